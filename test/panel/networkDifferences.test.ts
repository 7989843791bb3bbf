import assert from 'node:assert/strict';
import type { TrainingSettings } from '../../src/model/settings/settings';
import { modelWith, shownSentence } from './networkSentences';
import { assertReadable, describePanel } from './panelSuite';
import { themes } from './themes';

/** Exactly the derivation's network. */
const plain = { input: 'one-hot', bidirectional: false, activation: 'tanh' } as const;

describePanel('What the network has that the derivation’s has not', (open) => {
  it('is named in a line, which opens to say what it changes, by the model’s own settings', async () => {
    const shown = await open(themes.darkModern, {
      viewport: { width: 760, height: 900 },
      bundle: 'network',
    });
    const line = shown.page.locator('.differences summary');
    const meanings = shown.page.locator('.differences li');
    const show = async (settings: Partial<TrainingSettings>) =>
      shown.send({ type: 'show', tab: 'network', sentence: await shownSentence(modelWith(settings)) });
    for (const [settings, names] of [
      [{ input: 'features' }, ['sum of feature rows']],
      [{ layers: 2 }, ['2 layers']],
      [{ bidirectional: true }, ['both directions']],
      [{ activation: 'sigmoid' }, ['sigmoid']],
      [{ activation: 'relu' }, ['ReLU']],
      [{ loss: 'crf' }, ['CRF']],
      [
        { input: 'features', layers: 2, bidirectional: true, activation: 'relu', loss: 'crf' },
        ['sum of feature rows', '2 layers', 'both directions', 'ReLU', 'CRF'],
      ],
    ] as const) {
      await show({ ...plain, ...settings });
      assert.equal(await line.textContent(), `Unlike the derivation’s Elman network: ${names.join(' · ')}`);
      const told = await meanings.allTextContents();
      assert.deepEqual(
        told.map((text) => text.slice(0, text.indexOf(':'))),
        names,
      );
    }
    assert.equal(await meanings.first().isVisible(), false);
    await line.click();
    const { unrolled } = await shownSentence(modelWith({ layers: 2 }));
    assert.match(
      (await meanings.first().textContent()) ?? '',
      new RegExp(`in the input table, .*: ${unrolled.sizes.K} rows of 6 numbers\\.$`),
    );
    // The step's formulas say the same.
    assert.equal(await shown.page.locator('.formula[aria-label="h_t = f(s_t) = ReLU(s_t)"]').count(), 1);
    await assertReadable(shown);
    await shown.screenshot('network-differences');
    // Another step leaves it open.
    await shown.page.locator('.word').nth(4).click();
    assert.equal(await meanings.first().isVisible(), true);
    await show(plain);
    assert.equal(await line.isVisible(), false);
  });
});
