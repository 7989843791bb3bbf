import assert from 'node:assert/strict';
import { PanelFeed } from '../../src/panel/feed';
import { addLosses, emptyHistory, maximumPoints } from '../../src/run/history';
import { assertReadable, describePanel } from './panelSuite';
import { epochRecord, historyTo, lossAt, runIn, stepsPerEpoch } from './runs';
import { themes } from './themes';

const { darkModern, lightModern } = themes;

describePanel('The loss panel in Chromium', (open) => {
  for (const theme of Object.values(themes)) {
    describe(`in ${theme.name}`, () => {
      it('draws a run with its figures, readably', async () => {
        const shown = await open(theme);
        await shown.send({ type: 'hydrate', run: runIn('running'), history: historyTo(2980) });
        assert.ok(
          (await shown.pixels('loss', theme.variables['charts-blue'])) > 400,
          'training loss is drawn',
        );
        assert.ok(
          (await shown.pixels('loss', theme.variables['charts-yellow'])) > 100,
          'development loss is drawn',
        );
        assert.ok((await shown.pixels('score', theme.variables['charts-green'])) > 200, 'accuracy is drawn');
        assert.ok(
          (await shown.pixels('flow', theme.variables['charts-blue'])) > 200,
          'gradient flow is drawn',
        );
        assert.deepEqual(await shown.statistics(), {
          Epoch: '13 of 20',
          Step: '2,980 of 4,800',
          'Tokens per second': '12,400',
          Elapsed: '2 min 06 s',
          'Time left': '1 min 23 s',
          'Best accuracy': `${(100 * Math.max(...historyTo(2980).epochs.map((record) => record.development?.accuracy ?? 0))).toFixed(1)}% in epoch 12`,
          Network: 'features · 2 layers × 128 units × 2 directions · ReLU · CRF · Adam',
          Device: 'gpu.js webasm, 2 threads',
        });
        await assertReadable(shown);
        await shown.screenshot(`panel-${theme.name}`);
      });

      it('says how to begin where there is no run', async () => {
        const shown = await open(theme);
        await shown.send({ type: 'hydrate', history: emptyHistory() });
        assert.equal(await shown.page.locator('h1:visible').textContent(), 'No run yet');
        await assertReadable(shown);
        await shown.screenshot(`panel-empty-${theme.name}`);
        await shown.page.getByRole('button', { name: 'Train' }).click();
        assert.deepEqual(await shown.posted(), [{ type: 'ready' }, { type: 'train' }]);
      });

      it('says why a run failed', async () => {
        const shown = await open(theme);
        await shown.send({
          type: 'hydrate',
          run: runIn('failed', {
            epoch: 3,
            step: 700,
            message: 'The trainer ended unexpectedly.\nThe last checkpoint is kept.',
          }),
          history: historyTo(700),
        });
        assert.equal(
          await shown.page.locator('.notice p').innerText(),
          'The trainer ended unexpectedly.\nThe last checkpoint is kept.',
        );
        assert.equal((await shown.statistics())['Time left'], '–');
        await assertReadable(shown);
        await shown.screenshot(`panel-failed-${theme.name}`);
        await shown.page.getByRole('button', { name: 'Show Log' }).click();
        assert.deepEqual((await shown.posted()).at(-1), { type: 'showLog' });
      });
    });
  }

  it('lists the devices that were measured, and says what is to be known of the run', async () => {
    const shown = await open();
    const devices = [
      {
        name: 'webgpu',
        description: 'WebGPU (gpu.js 2.24.1, NVIDIA H100)',
        tokensPerSecond: 412_345,
        chosen: true,
      },
      {
        name: 'simd',
        description: 'WebAssembly SIMD (2 threads)',
        tokensPerSecond: 211_002.5,
        chosen: false,
      },
      {
        name: 'cpu',
        description: 'JavaScript (gpu.js 2.24.1)',
        tokensPerSecond: 2675,
        givenUp: true,
        chosen: false,
      },
      { name: 'webgl2', why: 'WebGL 2 has no float textures here.', chosen: false },
    ];
    const notices = [
      '12 sentences are longer than 512 tokens: they are trained in windows that carry the state forward.',
      'The run went on from its last checkpoint on simd, without webgpu. The loss panel was closed.',
    ];
    await shown.send({
      type: 'hydrate',
      run: runIn('running', { devices, notices }),
      history: historyTo(2980),
    });
    assert.deepEqual(
      await shown.page
        .locator('section.devices tbody tr')
        .evaluateAll((rows) => rows.map((row) => Array.from(row.children, (cell) => cell.textContent))),
      [
        ['webgpu, taken', '412,000', 'WebGPU (gpu.js 2.24.1, NVIDIA H100)'],
        ['simd', '211,000', 'WebAssembly SIMD (2 threads)'],
        ['cpu', 'about 2,680', 'JavaScript (gpu.js 2.24.1); given up after its first step'],
        ['webgl2', '–', 'WebGL 2 has no float textures here.'],
      ],
    );
    assert.deepEqual(await shown.page.locator('.notices p').allTextContents(), notices);
    await assertReadable(shown);
    await shown.screenshot('panel-devices');
    await shown.send({ type: 'run', run: runIn('running') });
    assert.deepEqual(
      [
        await shown.page.locator('section.devices').isVisible(),
        await shown.page.locator('.notices').isVisible(),
      ],
      [false, false],
    );
  });

  it('says that it is ready, and nothing else, before it has a run', async () => {
    const shown = await open();
    assert.deepEqual(await shown.posted(), [{ type: 'ready' }]);
    assert.equal(await shown.page.locator('main').innerText(), '');
  });

  it('shows markup as text', async () => {
    const shown = await open();
    const attack = '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>';
    const devices = [
      { name: attack, description: attack, tokensPerSecond: 1, chosen: true },
      { name: attack, why: attack, chosen: false },
    ];
    const run = runIn('failed', {
      title: attack,
      message: `message ${attack}`,
      notices: [`notice ${attack}`],
      device: `device ${attack}`,
      devices,
    });
    await shown.send({ type: 'hydrate', run, history: historyTo(500) });
    assert.equal(await shown.page.locator('h1:visible').textContent(), attack);
    assert.deepEqual(await shown.page.locator('.notice p').allTextContents(), [
      `message ${attack}`,
      `notice ${attack}`,
    ]);
    assert.deepEqual(await shown.page.locator('section.devices tbody tr').allTextContents(), [
      `${attack}, taken1${attack}`,
      `${attack}–${attack}`,
    ]);
    assert.equal((await shown.statistics()).Device, `device ${attack}`);
    assert.equal(await shown.page.locator('main img, main script').count(), 0);
    assert.equal(await shown.page.evaluate(() => 'attacked' in window), false);
  });

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
      history: emptyHistory(),
    });
    assert.equal(
      await shown.page.locator('section.loss .chart-placeholder').innerText(),
      'The curve begins with the first step.',
    );
    assert.equal((await shown.statistics())['Time left'], '–');
    const steps = Array.from({ length: stepsPerEpoch }, (_, i) => i + 1);
    await shown.send(
      { type: 'losses', steps, losses: steps.map(lossAt) },
      { type: 'epoch', record: epochRecord(1) },
      { type: 'run', run: runIn('running', { epoch: 2, step: 240 }) },
    );
    assert.ok((await shown.pixels('loss', '#3794ff')) > 200);
    assert.deepEqual(
      await shown.page.locator('section.epochs tbody tr').first().locator('th, td').allTextContents(),
      ['1, best score', '0.997', '0.894', '72.5%', '12,500', '0:10'],
    );
    assert.equal(
      await shown.page.getByRole('status').textContent(),
      'Epoch 1 of 20, training loss 0.997, development loss 0.894, accuracy 72.5%',
    );
    const description = await shown.page.locator('section.loss .chart-canvas').getAttribute('aria-label');
    assert.match(
      description ?? '',
      /At step 240 the smoothed training loss is [01]\.\d{3}\. After epoch 1 the development loss is 0\.894\./,
    );
    await shown.send({ type: 'run', run: runIn('paused', { epoch: 2, step: 240 }) });
    assert.equal(await shown.page.getByRole('status').textContent(), 'Paused');
    await shown.send({ type: 'epoch', record: epochRecord(2) });
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
    feed.showRun(runIn('running'), historyTo(1000));
    assert.equal(waiting.length, 0, 'nothing is sent before the page is ready');
    await connect();
    await shown.page.getByRole('slider', { name: 'Smoothing' }).focus();
    await shown.page.keyboard.press('ArrowRight');
    feed.disconnect();
    const sent = waiting.length;
    const steps = Array.from({ length: 1980 }, (_, i) => 1001 + i);
    feed.addLosses(steps, steps.map(lossAt));
    for (let epoch = 5; epoch <= 12; epoch++) feed.addEpoch(epochRecord(epoch));
    feed.updateRun(runIn('done', { step: 2980 }));
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
    await shown.send({ type: 'hydrate', run: runIn('running'), history: historyTo(2000) });
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
    await shown.send({ type: 'hydrate', run: runIn('running'), history: historyTo(2000) });
    const legend = shown.page.locator('section.loss .legend');
    const latest = await legend.innerText();
    await shown.page.locator('section.loss .u-over').hover({ position: { x: 200, y: 60 } });
    await shown.drawn();
    assert.match(await legend.innerText(), /Step \d/);
    await shown.page.mouse.move(5, 5);
    await shown.drawn();
    assert.equal(await legend.innerText(), latest);
  });

  it('draws at most about ten times a second, however many losses come', async () => {
    const shown = await open();
    const history = emptyHistory();
    addLosses(
      history,
      Array.from({ length: maximumPoints }, (_, i) => i + 1),
      Array.from({ length: maximumPoints }, (_, i) => lossAt(i + 1)),
    );
    await shown.send({ type: 'hydrate', run: runIn('running', { epochs: 30, step: 4000 }), history });
    const measured = await shown.page.evaluate(async () => {
      window.drawings = { count: 0, longestMs: 0 };
      const began = performance.now();
      for (let i = 0; i < 200; i++) {
        window.dispatchEvent(
          new MessageEvent('message', { data: { type: 'losses', steps: [4001 + i], losses: [0.2] } }),
        );
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return { ...window.drawings, seconds: (performance.now() - began) / 1000 };
    });
    assert.ok(measured.count >= 1, 'some of the losses are drawn while they come');
    assert.ok(measured.count <= 10 * measured.seconds + 2, JSON.stringify(measured));
    console.log(
      `      a drawing of ${maximumPoints} points took ${measured.longestMs.toFixed(1)} ms at most`,
    );
  });

  it('takes the colours of another theme while it is open', async () => {
    const shown = await open(darkModern);
    await shown.send({ type: 'hydrate', run: runIn('running'), history: historyTo(2000) });
    await shown.setTheme(lightModern);
    assert.equal(await shown.pixels('loss', '#3794ff'), 0);
    assert.ok((await shown.pixels('loss', '#1a85ff')) > 300);
    await assertReadable(shown);
  });

  it('fits 300 pixels, twice the zoom, and a window that changes', async () => {
    const shown = await open(darkModern, { viewport: { width: 300, height: 700 }, deviceScaleFactor: 2 });
    await shown.send({ type: 'hydrate', run: runIn('interrupted'), history: historyTo(2980) });
    const fits = (): Promise<unknown> =>
      shown.page.evaluate(() => {
        const chart = document.querySelector('section.loss .chart');
        const canvas = document.querySelector<HTMLCanvasElement>('section.loss canvas');
        return {
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          canvas: (canvas?.width ?? 0) - 2 * (chart?.clientWidth ?? 0),
        };
      });
    assert.deepEqual(await fits(), { overflow: 0, canvas: 0 });
    await assertReadable(shown);
    await shown.screenshot('panel-narrow');
    await shown.page.setViewportSize({ width: 520, height: 600 });
    await shown.drawn();
    assert.deepEqual(await fits(), { overflow: 0, canvas: 0 });
  });

  it('has no animations, which would take the GPU from the trainer', async () => {
    const shown = await open(darkModern);
    const moving = (): Promise<number> => shown.page.evaluate(() => document.getAnimations().length);
    await shown.send({
      type: 'hydrate',
      run: runIn('starting', {
        epochs: 0,
        step: 0,
        stepsPerEpoch: 0,
        tokensPerSecond: undefined,
        secondsLeft: undefined,
        seconds: 0,
      }),
      history: emptyHistory(),
    });
    assert.equal(await moving(), 0);
    await shown.screenshot('panel-starting');
    await shown.send({ type: 'run', run: runIn('running') });
    assert.equal(await moving(), 0);
  });

  it('draws nothing while it is hidden, and all of it once it is shown', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running'), history: historyTo(200) });
    await shown.send({ type: 'visible', visible: false });
    const drawings = (): Promise<number> => shown.page.evaluate(() => window.drawings.count);
    const before = await drawings();
    for (let step = 201; step < 230; step++)
      await shown.send({ type: 'losses', steps: [step], losses: [lossAt(step)] });
    // The harness asks for one frame itself each time.
    assert.ok((await drawings()) - before <= 30, `${(await drawings()) - before} frames`);
    const blue = await shown.pixels('loss', '#3794ff');
    await shown.send({
      type: 'losses',
      steps: Array.from({ length: 2750 }, (_, i) => 230 + i),
      losses: Array.from({ length: 2750 }, (_, i) => lossAt(230 + i)),
    });
    assert.equal(await shown.pixels('loss', '#3794ff'), blue);
    await shown.send({ type: 'visible', visible: true });
    assert.notEqual(await shown.pixels('loss', '#3794ff'), blue);
  });

  it('draws a run whose loss became NaN', async () => {
    const shown = await open();
    const history = historyTo(300);
    history.losses.fill(NaN, 200);
    await shown.send({ type: 'hydrate', run: runIn('diverged', { step: 300 }), history });
    await shown.send({ type: 'losses', steps: [301, 302], losses: [Infinity, NaN] });
    assert.ok((await shown.pixels('loss', '#3794ff')) > 100);
    assert.match(await shown.page.locator('.notice p').innerText(), /smaller learning rate/);
  });

  it('names span F1 for span labels, and says where there is no development data', async () => {
    const shown = await open();
    const history = historyTo(500);
    history.epochs = history.epochs.map(({ development: _, ...record }) => record);
    await shown.send({ type: 'hydrate', run: runIn('running', { scoreName: 'span F1' }), history });
    assert.equal(await shown.page.locator('#score-title').innerText(), 'Span F1');
    assert.equal((await shown.statistics())['Best span F1'], '–');
    assert.match(
      await shown.page.locator('section.score .chart-placeholder').innerText(),
      /no development data/,
    );
    const spans = { precision: 0.5, recall: 0.4, f1: 0.444, gold: 10, predicted: 8, correct: 4 };
    await shown.send({
      type: 'epoch',
      record: {
        ...epochRecord(3),
        development: { tokens: 9, sentences: 1, loss: 0.3, accuracy: 0.9, spans },
      },
    });
    assert.equal((await shown.statistics())['Best span F1'], '44.4% in epoch 3');
  });

  it('has landmarks, names and headings', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running'), history: historyTo(1000) });
    const page = shown.page;
    assert.equal(await page.getByRole('main').count(), 1);
    assert.deepEqual(await page.getByRole('heading').allInnerTexts(), [
      'UD_English-EWT · UPOS',
      'Loss',
      'Accuracy',
      'Gradient flow',
      'Epochs',
    ]);
    for (const name of ['Loss', 'Accuracy', 'Gradient flow', 'Epochs'])
      assert.equal(await page.getByRole('region', { name, exact: true }).count(), 1, name);
    assert.equal(
      await page.getByRole('progressbar', { name: 'Training' }).getAttribute('aria-valuenow'),
      '62',
    );
    assert.equal(
      await page.getByRole('table', { name: 'Gradient flow' }).getByRole('columnheader').count(),
      7,
    );
    assert.equal(await page.getByRole('table', { name: 'Epochs' }).getByRole('columnheader').count(), 6);
    assert.equal(await page.getByRole('img', { name: /^Training loss by step/ }).count(), 1);
  });
});
