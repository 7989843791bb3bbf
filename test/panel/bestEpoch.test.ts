import assert from 'node:assert/strict';
import { bestEpoch } from '../../src/run/curves';
import { describePanel } from './panelSuite';
import { epochRecord, historyTo, range, runIn } from './runs';
import { themes } from './themes';

const history = historyTo(2980);
const scores = history.epochs.map(({ development }) => development!.accuracy);
const best = 1 + scores.indexOf(Math.max(...scores));

describe('the best epoch', () => {
  it('is that with the best score, and of equal ones that with the lowest loss, as the run keeps it', () => {
    const state = (accuracies: readonly number[], losses: readonly number[]) =>
      runIn('running', {
        history: {
          ...history,
          epochs: accuracies.map((accuracy, i) => ({
            ...epochRecord(i + 1),
            development: { ...epochRecord(i + 1).development!, accuracy, loss: losses[i] },
          })),
        },
      }).state;
    assert.equal(bestEpoch(state([0.5, 0.7, 0.6], [1, 1, 0.1]))?.epoch, 2);
    assert.equal(bestEpoch(state([0.5, 0.7, 0.7, 0.7], [1, 1, 0.4, 0.4]))?.epoch, 3);
    assert.deepEqual(bestEpoch(state([0.5], [1])), { epoch: 1, step: 240, score: 0.5 });
    assert.equal(bestEpoch(state([], [])), undefined);
  });
});

describePanel('The best epoch in the loss panel', (open) => {
  const opened = async (theme = themes.darkModern) => {
    const shown = await open(theme, { viewport: { width: 350, height: 1000 } });
    await shown.page.evaluate(() => {
      const texts: string[] = [];
      Object.assign(window, { texts });
      const { fillText } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
        texts.push(text);
        fillText.call(this, text, ...place);
      };
    });
    return {
      shown,
      /** What was drawn of best epochs since this was asked last. */
      marks: () =>
        shown.page.evaluate(() =>
          (window as unknown as { texts: string[] }).texts.splice(0).filter((text) => text.includes('best')),
        ),
    };
  };

  it('is marked in both charts, in words, and in the table and the description', async () => {
    const { shown, marks } = await opened();
    await shown.send({ type: 'hydrate', run: runIn('done', { history }) });
    assert.deepEqual(new Set(await marks()), new Set([`★ best: epoch ${best}`]));
    const text = (await shown.page.locator('section.score .chart-canvas').getAttribute('aria-label')) ?? '';
    assert.ok(text.includes(`The best is epoch ${best}, with `), text);
    assert.match(
      (await shown.page.locator('tr.best > th').textContent()) ?? '',
      new RegExp(`^${best}, best`),
    );
    // Of one epoch it is no news.
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(250) }) });
    assert.deepEqual(await marks(), []);
  });

  it('is not drawn where it is out of sight', async () => {
    const { shown, marks } = await opened();
    const early = {
      ...history,
      epochs: range(1, 12).map((epoch) => ({
        ...epochRecord(epoch),
        development: { ...epochRecord(epoch).development!, accuracy: epoch === 2 ? 0.99 : 0.5 },
      })),
    };
    await shown.send({ type: 'hydrate', run: runIn('done', { history: early }) });
    assert.deepEqual(new Set(await marks()), new Set(['★ best: epoch 2']));
    const chart = shown.page.locator('section.loss .chart-canvas');
    await chart.focus();
    await shown.page.keyboard.press('End');
    for (let i = 0; i < 4; i++) await shown.page.keyboard.press('+');
    await shown.drawn();
    await marks();
    await shown.send({ type: 'hydrate', run: runIn('done', { history: early }) });
    assert.deepEqual(await marks(), []);
  });

  it('is used by a button of a run that has ended, which says what is kept', async () => {
    const { shown } = await opened();
    const kept = shown.page.locator('.kept-epochs');
    await shown.send({
      type: 'hydrate',
      run: runIn('running', { history, best: { epoch: 12, step: 2880 } }),
    });
    assert.equal(await kept.isVisible(), false);
    await shown.send({ type: 'hydrate', run: runIn('done', { history, best: { epoch: 20, step: 4800 } }) });
    assert.equal(await kept.locator('p').innerText(), `Epoch ${best}, the best, is kept.`);
    await kept.getByRole('button', { name: 'Use This Epoch' }).press('Enter');
    assert.deepEqual((await shown.posted()).at(-1), { type: 'learned.use', run: 'run-1' });
    const stopped = { best: { epoch: best, step: 240 * best }, checkpoint: { epoch: 13, step: 2980 } };
    await shown.send({ type: 'hydrate', run: runIn('stopped', { history, ...stopped }) });
    assert.equal(
      await kept.locator('p').innerText(),
      `Epoch ${best}, the best, is kept to label text with, and epoch 13, the last, to go on from.`,
    );
    await shown.send({ type: 'hydrate', run: runIn('failed', { history }) });
    assert.equal(await kept.isVisible(), false);
  });

  for (const theme of Object.values(themes))
    it(`is seen in ${theme.name}`, async () => {
      const { shown } = await opened(theme);
      await shown.send({
        type: 'hydrate',
        run: runIn('done', { history, best: { epoch: best, step: 240 * best } }),
      });
      await shown.screenshot(`panel-best-${theme.name}`);
      assert.ok(await shown.page.locator('.kept-epochs button').isVisible());
    });
});
