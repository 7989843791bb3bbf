import assert from 'node:assert/strict';
import { otherRun } from './comparedRuns';
import type { PanelPage } from './harness';
import { detailsOf, withLabels } from './learnedRuns';
import { modelWith, shownSentence } from './networkSentences';
import { describePanel } from './panelSuite';
import { flowAt, historyTo, runIn } from './runs';
import { themes } from './themes';

const history = withLabels(historyTo(2980));
const [last] = history.epochs.slice(-1);
const run = runIn('done', {
  history: { ...history, epochs: [...history.epochs.slice(0, -1), { ...last, flow: flowAt(1, 3) }] },
  best: { epoch: 12, step: 2880 },
  choice: {
    device: 'simd',
    trials: [
      { device: 'simd', description: 'SIMD, 2 threads', tokensPerSecond: 12_437 },
      { device: 'reference', description: 'JavaScript', tokensPerSecond: 912, givenUp: true },
      { device: 'webgpu', why: 'there is no adapter' },
    ],
  },
});
const others = [
  otherRun('a', 0.3, { seed: 1 }),
  otherRun('b', 0.5, { seed: 2 }),
  otherRun('with-a-name-as-long-as-some', 0.8, { hidden: 256 }, 4200),
];

/** Words of headings, buttons and the like that stand on two lines, hyphens aside. */
function brokenWords(
  page: PanelPage,
  headings = 'h1, h2, h3, thead th, button, dt, label',
): Promise<string[]> {
  return page.page.evaluate((selector) => {
    const broken: string[] = [];
    for (const heading of document.querySelectorAll(selector)) {
      const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode())
        for (const { 0: word, index } of (text.textContent ?? '').matchAll(/[\p{L}\p{N}]+/gu)) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          const lines = new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top)));
          if (lines.size > 1) broken.push(`${word} (${heading.textContent})`);
        }
    }
    return broken;
  }, headings);
}

/** Tables of which a part is cut off at the right. */
function cutTables(page: PanelPage): Promise<string[]> {
  return page.page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('.table-scroller'))
      // A matrix of many labels moves in its frame.
      .filter((place) => place.scrollWidth > place.clientWidth && !place.closest('.confusion-matrix'))
      .map(
        ({ scrollWidth, clientWidth, textContent }) =>
          `${scrollWidth} in ${clientWidth}: ${textContent.slice(0, 60)}`,
      ),
  );
}

/** Cells whose text goes over their edge, into the next. */
function fullCells(page: PanelPage): Promise<string[]> {
  return page.page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('th, td'))
      .filter((cell) => cell.clientWidth > 0 && cell.scrollWidth > cell.clientWidth)
      .map(({ scrollWidth, clientWidth, textContent }) => `${scrollWidth} in ${clientWidth}: ${textContent}`),
  );
}

/** What Chromium tells screen readers of a table: how many of each role are in it. */
async function rolesIn(page: PanelPage, table: string): Promise<Record<string, number>> {
  const session = await page.page.context().newCDPSession(page.page);
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: table });
  const { nodes } = await session.send('Accessibility.queryAXTree', { nodeId });
  const roles = ['table', 'row', 'columnheader', 'rowheader', 'cell'];
  return Object.fromEntries(
    roles.map((name) => [name, nodes.filter(({ role, ignored }) => !ignored && role?.value === name).length]),
  );
}

/** Where the layout changes, and between. */
const widths = [300, 350, 480, 541, 801];

describePanel('The loss panel with all of its sections', (open) => {
  const opened = async (width: number, language = 'en'): Promise<PanelPage> => {
    const page = await open(themes.darkModern, { viewport: { width, height: 900 }, language });
    await page.send({ type: 'hydrate', run });
    const folds = page.page.locator('details.folded');
    for (let i = 0; i < (await folds.count()); i++) await folds.nth(i).locator('> summary').click();
    const shown = { ...otherRun(run.id, 0, { seed: 3 }).listed, title: run.title };
    await page.send(
      { type: 'learned', run: run.id, details: detailsOf() },
      { type: 'runs', list: [shown, ...others.map(({ listed }) => listed)], curves: [] },
    );
    for (const { listed } of others) await page.page.getByRole('checkbox', { name: listed.title }).check();
    await page.send({ type: 'runs', curves: others.map(({ curves }) => curves) });
    return page;
  };

  for (const width of widths)
    it(`has no words that break and no tables that are cut, ${width} pixels wide`, async () => {
      const page = await opened(width);
      await page.screenshot(`panel-all-${width}`);
      assert.deepEqual(await brokenWords(page), []);
      assert.deepEqual(await cutTables(page), []);
      const scrolled = await page.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(scrolled <= width, `${scrolled} pixels`);
      // Rows that are laid out as a grid are rows for screen readers, too.
      const roles = await Promise.all([rolesIn(page, '.runs-table table'), rolesIn(page, '.flow table')]);
      assert.deepEqual(roles, [
        { table: 1, row: 5, columnheader: 7, rowheader: 4, cell: 29 },
        { table: 1, row: 7, columnheader: 7, rowheader: 6, cell: 36 },
      ]);
    });

  it('has no headings of tables that break and no tables that are cut, 300 pixels wide and in Chinese', async () => {
    const page = await opened(300, 'zh-cn');
    await page.screenshot('panel-all-chinese');
    assert.deepEqual(await brokenWords(page, 'thead th'), []);
    assert.deepEqual(await cutTables(page), []);
  });
});

describePanel('The network over a sentence in a narrow page', (open) => {
  const sentence = 'Eyjafjallajökull erupts , <unknown> 猫 on counterrevolutionaries The cat'.split(' ');
  const own = 'h1, h2, h3, th, td, button, label';
  /** δ fades to figures with a power of ten, of units whose number has three digits. */
  const shownAt = async (width: number, layers: number, language = 'en'): Promise<PanelPage> => {
    const page = await open(themes.darkModern, {
      viewport: { width, height: 900 },
      bundle: 'network',
      language,
    });
    const model = modelWith({ layers, hidden: 128, activation: 'tanh' });
    const shown = await shownSentence(model, { step: 8 }, {}, sentence);
    const sweeps = shown.unrolled.sweeps.map((sweep) => ({
      ...sweep,
      norms: sweep.norms.map((_, distance) => 1.2e-3 * 0.04 ** distance),
      wholeNorms: sweep.wholeNorms.map((_, distance) => 1.2e-3 * 0.05 ** (8 - distance)),
      saturated: sweep.saturated.map(() => 111),
    }));
    await page.send({
      type: 'show',
      tab: 'flow',
      sentence: { ...shown, unrolled: { ...shown.unrolled, sweeps } },
    });
    await page.drawn();
    return page;
  };

  for (const width of [300, 350, 480, 561, 701])
    for (const layers of [1, 2])
      it(`has no words that break and no figures that are cut, ${width} pixels wide, layers: ${layers}`, async () => {
        const page = await shownAt(width, layers);
        assert.deepEqual(await brokenWords(page, own), []);
        assert.deepEqual(await cutTables(page), []);
        assert.deepEqual(await fullCells(page), []);
        const scrolled = await page.page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(scrolled <= width, `${scrolled} pixels`);
        const figures = layers === 1 ? 6 : 7;
        assert.deepEqual(await rolesIn(page, 'table.steps'), {
          table: 1,
          row: 10,
          columnheader: figures,
          rowheader: 9,
          cell: 9 * (figures - 1),
        });
        await page.screenshot(`network-steps-${width}-${layers}`);
      });

  it('has no headings that break and no figures that are cut, 300 pixels wide and in Chinese', async () => {
    const page = await shownAt(300, 2, 'zh-cn');
    await page.screenshot('network-steps-chinese');
    assert.deepEqual(await brokenWords(page, 'thead th'), []);
    assert.deepEqual(await cutTables(page), []);
    assert.deepEqual(await fullCells(page), []);
  });
});
