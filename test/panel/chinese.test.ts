import assert from 'node:assert/strict';
import type { RunPhase } from '../../src/run/runState';
import { assertReadable, describePanel } from './panelSuite';
import { epochRecord, flowAt, historyTo, runIn } from './runs';
import { themes } from './themes';

/** Names that are the same in Chinese: of devices, of the score, of what the run was given. */
const names = /\b(F1|UPOS|WebGPU|WebGL2|WebAssembly|SIMD|simd|webgpu|webgl2|cpu|VS Code|RNN Tagger)\b/g;

const phases: RunPhase[] = [
  'starting',
  'moving',
  'running',
  'paused',
  'stopping',
  'done',
  'stopped',
  'interrupted',
  'diverged',
  'failed',
];

describePanel('The loss panel in Chinese', (open) => {
  const options = { language: 'zh-cn' };
  const history = {
    ...historyTo(2980),
    epochs: [1, 2, 3].map((epoch) => ({ ...epochRecord(epoch), flow: flowAt(epoch, 2) })),
  };

  it('says nothing in English, to eyes or screen readers, in any phase', async () => {
    const shown = await open(themes.darkModern, options);
    assert.equal(await shown.page.locator('html').getAttribute('lang'), 'zh-cn');
    const said = new Set<string>();
    for (const phase of [undefined, ...phases]) {
      const run = phase && {
        ...runIn(phase, { history }),
        title: '人民日报 · 词性',
        network: '双向，128 个隐藏单元',
      };
      await shown.send({
        type: 'hydrate',
        run: run && { ...run, state: { ...run.state, device: undefined } },
      });
      const texts = await shown.page.evaluate(() => [
        ...document.body.innerText.split('\n'),
        ...Array.from(document.querySelectorAll('.visually-hidden'), (hidden) => hidden.textContent ?? ''),
        ...Array.from(
          document.querySelectorAll('[aria-label]'),
          (named) => named.getAttribute('aria-label') ?? '',
        ),
      ]);
      for (const text of texts) said.add(text.trim());
    }
    const english = [...said].filter((text) => /[A-Za-z]{2,}/.test(text.replace(names, '')));
    assert.deepEqual(english, []);
    for (const expected of ['损失', '轮次', '暂停', '停止', '还没有训练', '已暂停', '梯度流']) {
      assert.ok(
        [...said].some((text) => text.includes(expected)),
        expected,
      );
    }
  });

  for (const [name, width] of [
    ['wide', 760],
    ['narrow', 340],
  ] as const) {
    it(`is readable, with nothing cut off, in a ${name} column`, async () => {
      const shown = await open(themes.lightModern, { ...options, viewport: { width, height: 1040 } });
      await shown.send({ type: 'hydrate', run: runIn('running', { history }) });
      await assertReadable(shown);
      await shown.screenshot(`panel-chinese-${name}`);
      const cut = await shown.page.evaluate(() =>
        Array.from(document.querySelectorAll('button, h2, dt, dd, .legend li'), (shownText) => shownText)
          .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
          .map(({ textContent }) => textContent),
      );
      assert.deepEqual(cut, []);
    });
  }
});
