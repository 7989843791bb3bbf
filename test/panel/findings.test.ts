import assert from 'node:assert/strict';
import { describePanel } from './panelSuite';
import { epochRecord, historyTo, runIn, stepsPerEpoch } from './runs';
import { themes } from './themes';

/** The development loss rises from epoch 4 on, and the accuracy falls in epoch 7 after a spike of the loss. */
function overfitted() {
  const history = historyTo(9 * stepsPerEpoch);
  const losses = history.losses.map((loss, i) => (i === 6.5 * stepsPerEpoch ? 9 : loss));
  const epochs = history.epochs.map((record) => {
    const { epoch, development } = epochRecord(record.epoch);
    const loss = epoch > 4 ? 0.6 + 0.05 * epoch : 1 - 0.1 * epoch;
    const accuracy = epoch === 7 ? 0.31 : 0.8;
    return { ...record, development: development && { ...development, loss, accuracy } };
  });
  return runIn('running', {
    epoch: 10,
    step: 9 * stepsPerEpoch,
    history: { steps: history.steps, losses, epochs },
  });
}

describePanel('What the loss panel names', (open) => {
  for (const theme of [themes.darkModern, themes.lightModern, themes.highContrastLight])
    it(`is over-fitting and a fall of the score, in ${theme.name}`, async () => {
      const shown = await open(theme);
      await shown.send({ type: 'hydrate', run: overfitted() });
      assert.deepEqual(await shown.page.locator('.findings li').allInnerTexts(), [
        'Epoch 7: accuracy fell from 80.0 % to 31.0 % after a spike of the loss.',
        'Since epoch 4 the development loss rises while the training loss falls: the model begins to learn its training data by heart.',
      ]);
      await shown.screenshot(`panel-findings-${theme.name}`);
    });

  it('is nothing more once another run is shown', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: overfitted() });
    await shown.send({
      type: 'hydrate',
      run: runIn('running', { history: historyTo(700) }, { id: 'run-2' }),
    });
    assert.equal(await shown.page.locator('.findings li').count(), 0);
  });
});
