import assert from 'node:assert/strict';
import { PanelFeed } from '../../src/panel/feed';
import { maximumPoints } from '../../src/run/history';
import { describePanel } from './panelSuite';
import {
  epochMessage,
  epochRecord,
  historyTo,
  lossAt,
  progressTo,
  range,
  runIn,
  ScriptedSession,
  stepsPerEpoch,
} from './runs';

describePanel('The loss panel, of a run that goes on', (open) => {
  it('follows a run as it goes on', async () => {
    const shown = await open();
    await shown.send({
      type: 'hydrate',
      run: runIn('running', {
        epoch: 1,
        step: 0,
        tokensPerSecond: undefined,
        secondsLeft: undefined,
        seconds: 0,
      }),
    });
    assert.equal(
      await shown.page.locator('section.loss .chart-placeholder').innerText(),
      'The curve begins with the first step.',
    );
    assert.equal((await shown.statistics())['Time left'], '–');
    await shown.send(progressTo(range(1, stepsPerEpoch)), epochMessage(epochRecord(1)));
    assert.ok((await shown.pixels('loss', '#3794ff')) > 200);
    assert.deepEqual(
      await shown.page.locator('section.epochs tbody tr').first().locator('th, td').allTextContents(),
      ['1, best score', '0.997', '0.894', '72.5 %', '12,500', '0:10'],
    );
    assert.equal(
      await shown.page.getByRole('status').textContent(),
      'Epoch 1 of 20, training loss 0.997, development loss 0.894, accuracy 72.5 %',
    );
    const description = await shown.page.locator('section.loss .chart-canvas').getAttribute('aria-label');
    assert.match(
      description ?? '',
      /At step 240 the smoothed training loss is [01]\.\d{3}\. After epoch 1 the development loss is 0\.894\./,
    );
    await shown.send({ type: 'event', event: { type: 'paused' } });
    assert.equal(await shown.page.getByRole('status').textContent(), 'Paused');
    await shown.send(epochMessage(epochRecord(2)));
    assert.deepEqual(
      await shown.page.locator('section.epochs tbody th').allTextContents(),
      ['2, best score', '1'],
      'the newest first',
    );
  });

  it('shows the same after being hidden', async () => {
    const shown = await open();
    const feed = new PanelFeed();
    const waiting: Promise<void>[] = [];
    const connect = async (): Promise<void> => {
      feed.connect((message) => waiting.push(shown.send(message)));
      await Promise.all(waiting);
    };
    const run = runIn('running', { history: historyTo(1000) });
    const session = new ScriptedSession(run.state);
    feed.show(run, session);
    assert.equal(waiting.length, 0, 'nothing is sent before the page is ready');
    await connect();
    await shown.page.getByRole('slider', { name: 'Smoothing' }).focus();
    await shown.page.keyboard.press('ArrowRight');
    feed.disconnect();
    const sent = waiting.length;
    const speed = { tokensPerSecond: 12_000, secondsLeft: 0, seconds: 126 };
    const steps = range(1001, 2980);
    session.emit({ type: 'progress', epoch: 13, step: 2980, steps, losses: steps.map(lossAt), ...speed });
    for (let epoch = 5; epoch <= 12; epoch++) session.emit({ type: 'epoch', ...epochRecord(epoch) });
    session.emit({ type: 'ended', reason: 'done', epoch: 13, step: 2980, ...speed });
    assert.equal(waiting.length, sent, 'nothing is sent to a hidden panel');
    await shown.load();
    await connect();
    assert.equal(await shown.page.locator('section.epochs tbody tr').count(), 12);
    assert.equal(await shown.page.locator('.state').innerText(), 'Done');
    assert.equal(await shown.page.getByRole('status').textContent(), '', 'what was missed is not read out');
    assert.equal(await shown.page.getByRole('slider', { name: 'Smoothing' }).inputValue(), '30');
    assert.ok((await shown.pixels('loss', '#3794ff')) > 400);
  });

  it('smooths more or less by keyboard, and changes the curve', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(2000) }) });
    const before = await shown.pixels('loss', '#3794ff');
    await shown.page.getByRole('slider', { name: 'Smoothing' }).focus();
    await shown.page.keyboard.press('Home');
    await shown.drawn();
    assert.ok(
      (await shown.pixels('loss', '#3794ff')) > 1.5 * before,
      'without smoothing the curve is as noisy as the losses',
    );
  });

  it('shows values where the pointer is, and the latest when it has left', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(2000) }) });
    const legend = shown.page.locator('section.loss .legend');
    const latest = await legend.innerText();
    await shown.page.locator('section.loss .u-over').hover({ position: { x: 200, y: 60 } });
    await shown.drawn();
    assert.match(await legend.innerText(), /Step \d/);
    await shown.page.mouse.move(5, 5);
    await shown.drawn();
    assert.equal(await legend.innerText(), latest);
  });

  it('lists the newest hundred of many epochs, and all when asked to', async () => {
    const shown = await open();
    const epochs = range(1, 240).map(epochRecord);
    await shown.send({ type: 'hydrate', run: runIn('running', { history: { ...historyTo(100), epochs } }) });
    const rows = shown.page.locator('section.epochs tbody th');
    const numbers = async (): Promise<number[]> => (await rows.allInnerTexts()).map((text) => parseInt(text));
    assert.deepEqual(await numbers(), range(141, 240).reverse());
    await shown.send(epochMessage(epochRecord(241)));
    assert.deepEqual(await numbers(), range(142, 241).reverse());
    await shown.page.getByRole('button', { name: 'Show All 241 Epochs' }).click();
    await shown.drawn();
    assert.deepEqual(await numbers(), range(1, 241).reverse());
    assert.equal(await shown.page.getByRole('button', { name: /Show All \d+ Epochs/ }).count(), 0);
    await shown.send({
      type: 'hydrate',
      run: runIn('done', { history: { ...historyTo(100), epochs } }, { id: 'another' }),
    });
    assert.deepEqual(await numbers(), range(141, 240).reverse());
  });

  it('draws at most about ten times a second, however many losses come', async () => {
    const shown = await open();
    const steps = range(1, maximumPoints);
    const history = { steps, losses: steps.map(lossAt), epochs: [] };
    await shown.send({ type: 'hydrate', run: runIn('running', { epochs: 30, step: 4000, history }) });
    const messages = range(4001, 4200).map((step) => progressTo([step], [0.2]));
    const measured = await shown.page.evaluate(async (all) => {
      window.drawings = { count: 0, longestMs: 0 };
      const began = performance.now();
      for (const data of all) {
        window.dispatchEvent(new MessageEvent('message', { data }));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return { ...window.drawings, seconds: (performance.now() - began) / 1000 };
    }, messages);
    assert.ok(measured.count >= 1, 'some of the losses are drawn while they come');
    assert.ok(measured.count <= 10 * measured.seconds + 2, JSON.stringify(measured));
    console.log(
      `      a drawing of ${maximumPoints} points took ${measured.longestMs.toFixed(1)} ms at most`,
    );
  });

  it('draws nothing while it is hidden, and all of it once it is shown', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(200) }) });
    await shown.send({ type: 'visible', visible: false });
    const drawings = (): Promise<number> => shown.page.evaluate(() => window.drawings.count);
    const before = await drawings();
    for (let step = 201; step < 230; step++) await shown.send(progressTo([step]));
    // The harness asks for one frame itself each time.
    assert.ok((await drawings()) - before <= 30, `${(await drawings()) - before} frames`);
    const blue = await shown.pixels('loss', '#3794ff');
    await shown.send(progressTo(range(230, 2979)));
    assert.equal(await shown.pixels('loss', '#3794ff'), blue);
    await shown.send({ type: 'visible', visible: true });
    assert.notEqual(await shown.pixels('loss', '#3794ff'), blue);
  });

  it('draws a run whose loss became NaN', async () => {
    const shown = await open();
    const whole = historyTo(300);
    const history = { ...whole, losses: whole.losses.map((loss, i) => (i < 200 ? loss : NaN)) };
    await shown.send({ type: 'hydrate', run: runIn('diverged', { step: 300, history }) });
    await shown.send(progressTo([301, 302], [Infinity, NaN]));
    assert.ok((await shown.pixels('loss', '#3794ff')) > 100);
    assert.match(await shown.page.locator('.notice:not(.outcome) p').innerText(), /smaller learning rate/);
  });
});
