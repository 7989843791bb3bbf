import assert from 'node:assert/strict';
import type { RunPhase } from '../../src/run/runState';
import { describePanel } from './panelSuite';
import { historyTo, runIn, stopped } from './runs';

describePanel('The loss panel’s buttons', (open) => {
  const offers: Record<RunPhase, Record<string, 'enabled' | 'disabled'>> = {
    starting: { Pause: 'disabled', Stop: 'enabled', 'Save Run…': 'enabled' },
    moving: { Pause: 'disabled', Stop: 'enabled', 'Save Run…': 'enabled' },
    running: {
      Pause: 'enabled',
      Stop: 'enabled',
      'Stop After This Epoch': 'enabled',
      'Save Run…': 'enabled',
    },
    paused: {
      Resume: 'enabled',
      Stop: 'enabled',
      'Stop After This Epoch': 'enabled',
      'Save Run…': 'enabled',
    },
    stopping: { Pause: 'disabled', Stop: 'disabled', 'Save Run…': 'enabled' },
    done: { 'Train…': 'enabled', 'Save Run…': 'enabled' },
    stopped: { 'Train…': 'enabled', 'Save Run…': 'enabled' },
    diverged: { 'Train…': 'enabled', 'Show Log': 'enabled', 'Save Run…': 'enabled' },
    failed: { 'Train…': 'enabled', 'Show Log': 'enabled', 'Save Run…': 'enabled' },
    interrupted: { Resume: 'enabled', 'Train…': 'enabled', 'Show Log': 'enabled', 'Save Run…': 'enabled' },
  };
  const messages: Record<string, string> = {
    Pause: 'pause',
    Resume: 'resume',
    Stop: 'stop',
    'Stop After This Epoch': 'stopAfterEpoch',
    'Train…': 'train',
    'Save Run…': 'saveRun',
    'Show Log': 'showLog',
  };

  for (const [phase, expected] of Object.entries(offers) as [RunPhase, Record<string, string>][]) {
    it(`offers ${Object.keys(expected).join(', ')} while ${phase}`, async () => {
      const shown = await open();
      await shown.send({ type: 'hydrate', run: runIn(phase, { history: historyTo(500) }) });
      const buttons = shown.page.locator('button:visible');
      const offered: Record<string, string> = {};
      for (const button of await buttons.all())
        offered[await button.innerText()] = (await button.isEnabled()) ? 'enabled' : 'disabled';
      assert.deepEqual(offered, expected);
      for (const button of await buttons.all()) await button.click({ force: true });
      const wanted = Object.keys(expected)
        .filter((name) => expected[name] === 'enabled')
        .map((name) => messages[name]);
      const sent = (await shown.posted()).slice(1).map((message) => message.type as string);
      assert.deepEqual(sent.sort(), wanted.sort());
    });
  }

  it('say that a run stops after its epoch, and take that back', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(500), epoch: 3 }) });
    await shown.send({ type: 'event', event: { type: 'stopAfterEpoch', wanted: true } });
    const state = shown.page.locator('main .state');
    await state.filter({ hasText: 'Training, to the end of epoch 3' }).waitFor();
    await shown.screenshot('panel-stops-after-epoch');
    await shown.page.getByRole('button', { name: 'Go On After This Epoch' }).click();
    assert.equal((await shown.posted()).at(-1)?.type, 'stopAfterEpoch');
    await shown.send({ type: 'event', event: { type: 'stopAfterEpoch', wanted: false } });
    await shown.page.getByRole('button', { name: 'Stop After This Epoch' }).waitFor();
    assert.equal(await state.innerText(), 'Training');
  });

  it('change the learning rate from the details, and say what it was changed to', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(500) }) });
    await shown.page.getByText('Details', { exact: true }).click();
    await shown.page.getByRole('button', { name: 'Change Learning Rate…' }).click();
    assert.equal((await shown.posted()).at(-1)?.type, 'changeLearningRate');
    await shown.send({
      type: 'event',
      event: { type: 'learningRate', epoch: 3, step: 1500, learningRate: 0.0005 },
    });
    await shown.page
      .locator('.notices li')
      .filter({ hasText: 'The learning rate was changed to 0.0005 after step 1,500.' })
      .waitFor();
    await shown.send({ type: 'hydrate', run: runIn('done', { history: historyTo(500) }) });
    await shown.page.getByRole('button', { name: 'Change Learning Rate…' }).waitFor({ state: 'hidden' });
  });

  it('are only Train… and Save Run… while the run goes on in another window, which is said', async () => {
    const shown = await open();
    const run = runIn('running', { history: historyTo(500) });
    await shown.send({ type: 'hydrate', run: { ...run, elsewhere: true } });
    assert.deepEqual(await shown.page.locator('button:visible').allInnerTexts(), ['Train…', 'Save Run…']);
    assert.equal(await shown.page.locator('main .state').innerText(), 'Training in another window');
    assert.match(await shown.page.locator('.notice:visible p').first().innerText(), /paused and stopped/);
    await shown.send({ type: 'hydrate', run: runIn('interrupted', { history: historyTo(500) }) });
    assert.ok(await shown.page.getByRole('button', { name: 'Resume' }).isEnabled());
    assert.equal(await shown.page.locator('main .state').innerText(), 'Interrupted');
  });

  it('lead on once a run is over: into the review of what its model is surest of, by keys too', async () => {
    const shown = await open();
    const best = { epoch: 12, step: 2880 };
    const done = runIn('done', { history: historyTo(500), best });
    await shown.send({ type: 'hydrate', run: done });
    const review = shown.page.locator('.outcome button');
    assert.equal(await review.innerText(), 'Review Surest Disagreements');
    const text = '<b>1,160</b> disagreements in 25,147 tokens of the development data.';
    const outcome = { text, start: 'Start with the 20 Surest' };
    await shown.send({ type: 'outcome', outcome });
    assert.equal(await shown.page.locator('.outcome p').innerText(), text);
    assert.equal(await shown.page.getByRole('status').textContent(), text, 'a screen reader is told');
    assert.equal(await review.innerText(), 'Start with the 20 Surest');
    await review.focus();
    await shown.page.keyboard.press('Enter');
    await review.dblclick();
    const asked = { type: 'review', run: done.id };
    assert.deepEqual((await shown.posted()).slice(1), [asked, asked]);
    // Where there is nothing to review, nothing is offered; a run without a model has no such line.
    await shown.send({ type: 'outcome', outcome: { text: 'Text and model agree.' } });
    assert.ok(await review.isHidden());
    for (const run of [runIn('running', { best }), runIn('done'), { ...done, elsewhere: true }]) {
      await shown.send({ type: 'hydrate', run });
      assert.ok(await shown.page.locator('.outcome').isHidden());
    }
    await shown.send({ type: 'hydrate', run: { ...done, outcome } });
    assert.equal(await review.innerText(), 'Start with the 20 Surest');
  });

  it('take one message from a double click', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(500) }) });
    await shown.page.getByRole('button', { name: 'Pause' }).dblclick();
    assert.deepEqual(await shown.posted(), [{ type: 'ready' }, { type: 'pause' }]);
  });

  it('keep the focus while they change, and answer to the keyboard', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(500) }) });
    const focused = (): Promise<string> =>
      shown.page.evaluate(() => document.activeElement?.textContent ?? '');
    await shown.page.keyboard.press('Tab');
    assert.equal(await focused(), 'Pause');
    const outline = await shown.page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    assert.equal(outline, 'solid', 'the focus is visible');
    await shown.page.keyboard.press('Enter');
    await shown.send({ type: 'event', event: { type: 'paused' } });
    assert.equal(await focused(), 'Resume');
    await shown.page.keyboard.press('Space');
    await shown.send({ type: 'event', event: { type: 'resumed' } });
    await shown.page.keyboard.press('Tab');
    assert.equal(await focused(), 'Stop');
    await shown.page.keyboard.press('Enter');
    await shown.send(stopped);
    assert.equal(
      await focused(),
      'PauseStopStop After This EpochTrain…Save Run…',
      'no button has the focus that Stop had',
    );
    await shown.page.keyboard.press('Enter');
    assert.deepEqual(
      (await shown.posted()).map((message) => message.type),
      ['ready', 'pause', 'resume', 'stop'],
    );
    const checkpoint = { epoch: 13, step: 2980, best: false, latest: true };
    await shown.send({ type: 'event', event: { type: 'checkpoint', ...checkpoint } });
    await shown.page.getByRole('button', { name: 'Resume' }).click();
    assert.equal((await shown.posted()).at(-1)?.type, 'resume');
  });
});
