import assert from 'node:assert/strict';
import { addLosses, emptyHistory, thinEpochs } from '../../src/run/history';
import type { PanelPage } from './harness';
import { assertReadable, describePanel } from './panelSuite';
import { epochRecord, historyTo, lossAt, range, runIn, stepsPerEpoch } from './runs';
import { themes } from './themes';

const run = runIn('running', { history: historyTo(2980) });

/** Where the crosshair is, in words. */
const place = (shown: PanelPage, chart: 'loss' | 'score'): Promise<string> =>
  shown.page.locator(`section.${chart} .legend .place`).innerText();

const chart = (shown: PanelPage) => shown.page.locator('section.loss .chart-canvas');

describePanel('The charts of the loss panel', (open) => {
  it('zoom into what is dragged over, all of them, and show all after a double click', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run });
    const showAll = shown.page.getByRole('button', { name: 'Show All' });
    assert.equal(await showAll.isVisible(), false);
    const box = await shown.page.locator('section.loss .u-over').boundingBox();
    assert.ok(box);
    await shown.page.mouse.move(box.x + box.width / 2, box.y + 40);
    await shown.page.mouse.down();
    await shown.page.mouse.move(box.x + box.width, box.y + 40, { steps: 5 });
    await shown.page.mouse.up();
    await shown.drawn();
    assert.equal(await showAll.isVisible(), true);
    await shown.screenshot('panel-zoomed');
    for (const name of ['loss', 'score'] as const) {
      await shown.page.locator(`section.${name} .u-over`).hover({ position: { x: 2, y: 20 } });
      await shown.drawn();
      const step = Number((await place(shown, name)).replace(/\D/g, ''));
      assert.ok(step > 1300 && step < 1900, `${name} begins at step ${step}`);
    }
    await shown.page.locator('section.loss .u-over').dblclick({ position: { x: 100, y: 20 } });
    await shown.drawn();
    assert.equal(await showAll.isVisible(), false);
  });

  it('have one crosshair', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run });
    await shown.page.locator('section.score .u-over').hover({ position: { x: 300, y: 20 } });
    await shown.drawn();
    const [loss, score] = [await place(shown, 'loss'), await place(shown, 'score')];
    assert.match(loss, /^Step [\d,]+$/);
    const distance = [loss, score].map((text) => Number(text.replace(/\D/g, '')));
    assert.ok(Math.abs(distance[0] - distance[1]) <= stepsPerEpoch / 2, `${loss}, ${score}`);
  });

  it('have that crosshair in gradient norm, learning rate and speed, too', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run });
    await shown.page.getByText('Gradient, learning rate and speed').click();
    await shown.drawn();
    await shown.page.locator('section.score .u-over').hover({ position: { x: 300, y: 20 } });
    await shown.drawn();
    const places = shown.page.locator('.rate .legend .place');
    const texts = await places.allInnerTexts();
    const score = await place(shown, 'score');
    assert.match(score, /^Step [\d,]+$/);
    assert.deepEqual(texts, [score, score, score]);
    await shown.page
      .locator('.rate .u-over')
      .nth(1)
      .hover({ position: { x: 20, y: 20 } });
    await shown.drawn();
    assert.notEqual(await place(shown, 'score'), score, 'and the other way round');
    assert.equal(await place(shown, 'score'), await places.nth(2).innerText());
  });

  it('zoom where Ctrl and the wheel are turned, move with Shift, and leave the wheel alone to scroll', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run });
    const over = shown.page.locator('section.loss .u-over');
    const showAll = shown.page.getByRole('button', { name: 'Show All' });
    await over.hover({ position: { x: 300, y: 40 } });
    await shown.page.mouse.wheel(0, -100);
    await shown.drawn();
    assert.equal(await showAll.isVisible(), false);
    const before = await place(shown, 'loss');
    const turn = async (key: 'Control' | 'Shift', deltaY: number): Promise<void> => {
      await shown.page.keyboard.down(key);
      await over.hover({ position: { x: 300, y: 40 } });
      await shown.page.mouse.wheel(0, deltaY);
      await shown.page.keyboard.up(key);
      await shown.drawn();
    };
    await turn('Control', -100);
    await turn('Control', -100);
    assert.equal(await showAll.isVisible(), true);
    await over.hover({ position: { x: 301, y: 40 } });
    await shown.drawn();
    const stepOf = (text: string): number => Number(text.replace(/\D/g, ''));
    assert.ok(
      Math.abs(stepOf(await place(shown, 'loss')) - stepOf(before)) < 30,
      'what is under the pointer stays',
    );
    await turn('Shift', 200);
    await over.hover({ position: { x: 300, y: 40 } });
    await shown.drawn();
    assert.ok(stepOf(await place(shown, 'loss')) > stepOf(before) + 100, 'later steps are shown');
    await turn('Control', 100);
    await turn('Control', 100);
    assert.equal(await showAll.isVisible(), false);
  });

  it('draw a run of 100,000 epochs, with the spike that its points hide', async () => {
    const shown = await open();
    const count = 100_000;
    let history = emptyHistory;
    for (let from = 1; from <= 4 * count; from += 4000) {
      const steps = range(from, from + 3999);
      history = addLosses(
        history,
        steps,
        steps.map((step) => (step === 300_001 ? 60 : lossAt(step / 100))),
      );
    }
    const records = range(1, count / 100).map((i) => ({ ...epochRecord(1), epoch: 100 * i, step: 400 * i }));
    history = { ...history, epochs: thinEpochs(records) };
    const long = runIn('running', {
      history,
      step: 4 * count,
      epoch: count,
      epochs: count,
      stepsPerEpoch: 4,
    });
    await shown.send({ type: 'hydrate', run: long });
    await shown.screenshot('panel-long');
    assert.ok((await shown.pixels('loss', '#3794ff')) > 100);
    await chart(shown).focus();
    await shown.page.keyboard.press('End');
    await shown.drawn();
    assert.equal(await place(shown, 'loss'), 'Step 400,000');
    // The axis has room for the spike, of which the mean of its steps shows little.
    const figures = (): Promise<number> => shown.pixels('loss', '#3794ff');
    const squeezed = await figures();
    await shown.screenshot('panel-long');
    await shown.page.getByRole('checkbox', { name: 'Cut outliers' }).check();
    await shown.drawn();
    assert.ok((await figures()) > 1.2 * squeezed, 'without it the curve has room');
    await shown.screenshot('panel-long-cut');
  });

  it('draw a run of one step', async () => {
    const shown = await open();
    await shown.send({
      type: 'hydrate',
      run: runIn('running', { history: historyTo(1), step: 1, epoch: 1 }),
    });
    assert.ok((await shown.pixels('loss', '#3794ff')) > 3, 'as a dot');
    assert.equal(await shown.page.locator('section.loss .legend .figure').first().innerText(), '2.325');
  });

  it('are read and zoomed by keys alone', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run });
    await chart(shown).focus();
    const press = async (key: string): Promise<string> => {
      await shown.page.keyboard.press(key);
      await shown.drawn();
      return place(shown, 'loss');
    };
    assert.equal(await press('Home'), 'Step 1');
    assert.equal(await press('ArrowRight'), 'Step 2');
    assert.equal(await press('End'), 'Step 2,980');
    await press('+');
    assert.equal(await shown.page.getByRole('button', { name: 'Show All' }).isVisible(), true);
    const first = await press('Home');
    assert.match(first, /^Step 1,4\d\d$/);
    await press('Shift+ArrowLeft');
    assert.notEqual(await press('Home'), first, 'what is shown has moved');
    await press('0');
    assert.equal(await press('Home'), 'Step 1');
    await shown.page.locator('section.loss select').focus();
    await shown.drawn();
    assert.equal(await place(shown, 'loss'), '', 'the crosshair goes with the focus');
  });

  it('count epochs and time, draw losses logarithmically, and cut outliers', async () => {
    const shown = await open();
    const losses = [...run.state.history.losses];
    losses[1500] = 400;
    const history = { ...run.state.history, losses };
    await shown.send({ type: 'hydrate', run: { ...run, state: { ...run.state, history } } });
    const drawn = (): Promise<number> => shown.pixels('loss', '#3794ff');
    const squeezed = await drawn();
    await shown.page.getByRole('checkbox', { name: 'Cut outliers' }).check();
    await shown.drawn();
    assert.ok((await drawn()) > 1.2 * squeezed, 'the noise of the curve has room');
    await shown.page.getByRole('checkbox', { name: 'Logarithmic' }).check();
    await shown.page.getByRole('combobox', { name: 'By' }).selectOption('time');
    await shown.drawn();
    assert.ok((await drawn()) > 100);
    await chart(shown).focus();
    await shown.page.keyboard.press('End');
    await shown.drawn();
    assert.equal(await place(shown, 'loss'), '2:06');
    await shown.screenshot('panel-logarithmic');
    const tokens = shown.page.getByRole('combobox', { name: 'By' }).locator('option[value=tokens]');
    assert.equal(await tokens.isDisabled(), true, 'it is not known how many tokens a step has');
  });

  it('look as they did after the page has come back', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run });
    await shown.page.getByRole('combobox', { name: 'By' }).selectOption('epoch');
    await shown.page.getByText('Gradient, learning rate and speed').click();
    await chart(shown).focus();
    await shown.page.keyboard.press('+');
    await shown.drawn();
    await shown.load();
    await shown.send({ type: 'hydrate', run });
    assert.equal(await shown.page.getByRole('combobox', { name: 'By' }).inputValue(), 'epoch');
    assert.equal(await shown.page.locator('details.rates').getAttribute('open'), '');
    assert.equal(await shown.page.getByRole('button', { name: 'Show All' }).isVisible(), true);
    await shown.send({ type: 'hydrate', run: { ...run, id: 'another' } });
    assert.equal(await shown.page.getByRole('button', { name: 'Show All' }).isVisible(), false);
  });

  for (const theme of Object.values(themes))
    it(`show gradient norm, learning rate and speed, in ${theme.name}`, async () => {
      const shown = await open(theme);
      await shown.send({ type: 'hydrate', run });
      for (const title of ['Details', 'Gradient, learning rate and speed'])
        await shown.page.getByText(title, { exact: true }).click();
      await shown.drawn();
      const rates = shown.page.locator('.rate');
      assert.equal(await rates.locator('canvas').count(), 3);
      assert.deepEqual(await rates.locator('.legend .figure').allInnerTexts(), [
        '1.5',
        '10',
        '8.6e-4',
        '12,800',
      ]);
      await assertReadable(shown);
      await shown.screenshot(`panel-rates-${theme.name}`);
    });
});
