import assert from 'node:assert/strict';
import { faultsFoundByAxe, withAxe } from './accessibility';
import { textContrasts } from './contrast';
import type { PanelPage } from './harness';
import { detailsOf, withLabels } from './learnedRuns';
import { modelWith, shownSentence } from './networkSentences';
import { describePanel } from './panelSuite';
import { historyTo, runIn } from './runs';
import { themes } from './themes';
import type { Theme } from './themes';

/** WCAG's ratio for text: in the themes of high contrast the enhanced one. */
const leastContrast = ({ classes }: Theme): number => (classes.includes('high-contrast') ? 7 : 4.5);

/** By all of axe's rules; in each theme by those on colours. */
async function assertAccessible(shown: PanelPage, view: string): Promise<void> {
  assert.deepEqual(await faultsFoundByAxe(shown), [], view);
  for (const theme of Object.values(themes)) {
    await shown.setTheme(theme);
    const place = `${view}, in ${theme.name}`;
    assert.deepEqual(await faultsFoundByAxe(shown, ['color-contrast']), [], place);
    const pale = (await textContrasts(shown.page)).filter(({ ratio }) => ratio < leastContrast(theme));
    assert.deepEqual(pale, [], place);
  }
}

async function openEverySection(shown: PanelPage): Promise<void> {
  await shown.page
    .locator('details')
    .evaluateAll((all) => all.forEach((details) => ((details as HTMLDetailsElement).open = true)));
  await shown.drawn();
}

describePanel('Every view of both pages, by axe and by the contrast of its text', (open) => {
  it('the loss panel', async () => {
    const shown = await withAxe(await open());
    await shown.send({ type: 'hydrate' });
    await assertAccessible(shown, 'no run yet');
    const choice = {
      device: 'simd',
      trials: [
        { device: 'webgpu', why: 'There is no GPU.' },
        { device: 'simd', description: 'WebAssembly SIMD', tokensPerSecond: 211_000 },
      ],
    } as const;
    const learned = { history: withLabels(historyTo(2980)), best: { epoch: 12, step: 2880 }, choice };
    await shown.send({
      type: 'hydrate',
      run: runIn('running', { ...learned, notices: [{ type: 'heldOut' }] }),
    });
    await openEverySection(shown);
    await assertAccessible(shown, 'a run that goes on');
    await shown.send({ type: 'hydrate', run: runIn('done', learned) });
    await openEverySection(shown);
    await shown.send({ type: 'learned', run: 'run-1', details: detailsOf() });
    await assertAccessible(shown, 'a run that is done, every section open');
    await shown.send({ type: 'hydrate', run: runIn('failed', { ...learned, message: 'Out of memory.' }) });
    await assertAccessible(shown, 'a run that failed');
  });

  it('the network over a sentence', async () => {
    const shown = await withAxe(await open(undefined, { bundle: 'network' }));
    await shown.send({
      type: 'nothing',
      reason: { text: 'There is no model yet.', waysOut: [{ wayOut: 'train', title: 'Train' }] },
    });
    await assertAccessible(shown, 'nothing to show');
    const run = { id: 'r', settings: { activation: 'tanh', clip: 0 } } as const;
    const model = modelWith({ layers: 2, loss: 'crf' });
    await shown.send({ type: 'show', sentence: await shownSentence(model, { step: 5 }, { run }) });
    await openEverySection(shown);
    await assertAccessible(shown, 'a step of the network');
    await shown.page.getByRole('tab', { name: 'Gradient Flow' }).click();
    await openEverySection(shown);
    await assertAccessible(shown, 'the gradient flow');
  });
});
