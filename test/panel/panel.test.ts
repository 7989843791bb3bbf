import assert from 'node:assert/strict';
import type { DeviceName } from '../../src/kernels/registry';
import type { DeviceChoice } from '../../src/run/deviceTrial';
import type { RunNotice } from '../../src/run/runNotice';
import { assertReadable, describePanel } from './panelSuite';
import { epochMessage, epochRecord, historyTo, runIn } from './runs';
import { themes } from './themes';

const { darkModern, lightModern } = themes;

describePanel('The loss panel in Chromium', (open) => {
  for (const theme of Object.values(themes)) {
    describe(`in ${theme.name}`, () => {
      it('draws a run with its figures, readably', async () => {
        const shown = await open(theme);
        await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(2980) }) });
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
          'Time left': '1 min 23 s',
          'Last accuracy': `${(100 * (historyTo(2980).epochs.at(-1)?.development?.accuracy ?? 0)).toFixed(1)} %`,
          'Best accuracy': `${(100 * Math.max(...historyTo(2980).epochs.map((record) => record.development?.accuracy ?? 0))).toFixed(1)} % in epoch 12`,
          Step: '2,980 of 4,800',
          'Tokens per second': '12,400',
          Elapsed: '2 min 06 s',
          Network: 'features · 2 layers × 128 units × 2 directions · ReLU · CRF · Adam',
          Training: 'learning rate 0.002, falling · 32 sentences a step · clipping at 5 · seed 1',
          Device: 'gpu.js webasm, 2 threads',
        });
        await assertReadable(shown);
        await shown.screenshot(`panel-${theme.name}`);
      });

      it('says how to begin where there is no run', async () => {
        const shown = await open(theme);
        await shown.send({ type: 'hydrate' });
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
            history: historyTo(700),
          }),
        });
        assert.equal(
          await shown.page.locator('.notice:not(.outcome) p').innerText(),
          'The trainer ended unexpectedly.\nThe last checkpoint is kept.',
        );
        assert.equal((await shown.statistics())['Training time'], '2 min 06 s');
        await assertReadable(shown);
        await shown.screenshot(`panel-failed-${theme.name}`);
        await shown.page.getByRole('button', { name: 'Show Log' }).click();
        assert.deepEqual((await shown.posted()).at(-1), { type: 'showLog' });
      });
    });
  }

  it('lists the devices that were measured, and says what is to be known of the run', async () => {
    const shown = await open();
    const choice: DeviceChoice = {
      device: 'webgpu',
      trials: [
        { device: 'cpu', description: 'JavaScript (gpu.js 2.24.1)', tokensPerSecond: 2675, givenUp: true },
        { device: 'webgl2', why: 'WebGL 2 has no float textures here.' },
        { device: 'webgpu', description: 'WebGPU (gpu.js 2.24.1, NVIDIA H100)', tokensPerSecond: 412_345 },
        { device: 'simd', description: 'WebAssembly SIMD (2 threads)', tokensPerSecond: 211_002.5 },
      ],
    };
    const notices: RunNotice[] = [
      { type: 'heldOut' },
      { type: 'longSentences', count: 1234 },
      { type: 'moved', from: 'webgpu', to: 'simd', why: 'The loss panel was closed.' },
      { type: 'moved', from: 'simd', to: 'simd', why: 'It ran out of memory.' },
      { type: 'text', text: 'In words, as an earlier version kept it.' },
    ];
    await shown.send({
      type: 'hydrate',
      run: runIn('running', { choice, notices, history: historyTo(2980) }),
    });
    assert.deepEqual(
      await shown.page
        .locator('section.devices tbody tr')
        .evaluateAll((rows) => rows.map((row) => Array.from(row.children, (cell) => cell.textContent))),
      [
        ['webgpu, taken', '412,000', 'WebGPU (gpu.js 2.24.1, NVIDIA H100)'],
        ['simd', '211,000', 'WebAssembly SIMD (2 threads)'],
        ['cpu', 'about 2,680', 'JavaScript (gpu.js 2.24.1); so much slower that only one step was measured'],
        ['webgl2', '–', 'WebGL 2 has no float textures here.'],
      ],
    );
    assert.deepEqual(await shown.page.locator('.notices p').allTextContents(), [
      'No file is named as development data: a tenth of the documents is held out for it.',
      '1,234 sentences are longer than 512 tokens: they are trained in windows that carry the state forward.',
      'The run went on from its last checkpoint on simd, without webgpu. The loss panel was closed.',
      'The run went on from its last checkpoint with a fresh worker. It ran out of memory.',
      'In words, as an earlier version kept it.',
    ]);
    await assertReadable(shown);
    await shown.screenshot('panel-devices');
    await shown.send({ type: 'hydrate', run: runIn('running') });
    assert.deepEqual(
      [
        await shown.page.locator('section.devices').isVisible(),
        await shown.page.locator('.notices').isVisible(),
      ],
      [false, false],
    );
  });

  it('says what a run does before it trains', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('starting', { epoch: 0, step: 0 }) });
    const label = shown.page.locator('header .state');
    assert.equal(await label.innerText(), 'Reading');
    const preparation = { doing: 'measuring', devices: ['webgpu'] } as const;
    await shown.send({ type: 'event', event: { type: 'preparing', preparation } });
    await label.getByText('Measuring devices: webgpu').waitFor();
  });

  it('says that it is ready, and nothing else, before it has a run', async () => {
    const shown = await open();
    assert.deepEqual(await shown.posted(), [{ type: 'ready' }]);
    assert.equal(await shown.page.locator('main').innerText(), '');
  });

  it('ignores a message of another version, with a line in the log', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running') });
    await shown.page.evaluate(() => {
      for (const data of [{ type: 'later', run: {} }, 'text'])
        window.dispatchEvent(new MessageEvent('message', { data }));
    });
    await shown.drawn();
    assert.deepEqual((await shown.posted()).slice(1), [
      { type: 'error', message: 'A message “later” was not understood: it is ignored.' },
      { type: 'error', message: 'A message was not understood: it is ignored.' },
    ]);
    assert.equal(await shown.page.locator('h1:visible').textContent(), 'UD_English-EWT · UPOS');
    await shown.page.evaluate(() => (window.posted = []));
  });

  it('shows markup as text', async () => {
    const shown = await open();
    const attack = '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>';
    // What is damaged on the disk may be anything.
    const device = attack as DeviceName;
    const choice: DeviceChoice = {
      device,
      trials: [
        { device, description: attack, tokensPerSecond: 1 },
        { device: 'cpu', why: attack },
      ],
    };
    const run = runIn(
      'failed',
      {
        message: `message ${attack}`,
        notices: [{ type: 'text', text: `notice ${attack}` }],
        device: `device ${attack}`,
        choice,
        history: historyTo(500),
      },
      { title: attack },
    );
    await shown.send({ type: 'hydrate', run });
    assert.equal(await shown.page.locator('h1:visible').textContent(), attack);
    assert.deepEqual(await shown.page.locator('.notice:not(.outcome) p').allTextContents(), [
      `message ${attack}`,
      `notice ${attack}`,
    ]);
    assert.deepEqual(await shown.page.locator('section.devices tbody tr').allTextContents(), [
      `${attack}, taken1${attack}`,
      `cpu–${attack}`,
    ]);
    assert.equal((await shown.statistics()).Device, `device ${attack}`);
    assert.equal(await shown.page.locator('main img, main script').count(), 0);
    assert.equal(await shown.page.evaluate(() => 'attacked' in window), false);
  });

  it('takes the colours of another theme while it is open', async () => {
    const shown = await open(darkModern);
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(2000) }) });
    await shown.setTheme(lightModern);
    assert.equal(await shown.pixels('loss', '#3794ff'), 0);
    assert.ok((await shown.pixels('loss', '#1a85ff')) > 300);
    await assertReadable(shown);
  });

  it('fits 300 pixels, twice the zoom, and a window that changes', async () => {
    const shown = await open(darkModern, { viewport: { width: 300, height: 700 }, deviceScaleFactor: 2 });
    await shown.send({ type: 'hydrate', run: runIn('interrupted', { history: historyTo(2980) }) });
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

  for (const [name, viewport, deviceScaleFactor] of [
    ['300 pixels wide', { width: 300, height: 640 }, 1],
    ['at 200 % zoom', { width: 480, height: 450 }, 2],
  ] as const) {
    it(`has the figures and the loss on its first screen ${name}`, async () => {
      const shown = await open(darkModern, { viewport, deviceScaleFactor });
      await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(2980) }) });
      const bottom = (of: string): Promise<number> =>
        shown.page.locator(of).evaluate((found) => found.getBoundingClientRect().bottom);
      assert.ok((await bottom('dl.statistics:visible')) < (await bottom('section.loss .chart')));
      const end = await bottom('section.loss .chart');
      await shown.screenshot(`panel-first-screen-${viewport.width}`);
      assert.ok(end <= viewport.height, `the chart ends at ${end} of ${viewport.height} pixels`);
    });
  }

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
    });
    assert.equal(await moving(), 0);
    await shown.screenshot('panel-starting');
    await shown.send({ type: 'hydrate', run: runIn('running') });
    assert.equal(await moving(), 0);
  });

  it('names span F1 for span labels, and says where there is no development data', async () => {
    const shown = await open();
    const whole = historyTo(500);
    const history = { ...whole, epochs: whole.epochs.map(({ development: _, ...record }) => record) };
    await shown.send({ type: 'hydrate', run: runIn('running', { spans: true, history }) });
    assert.equal(await shown.page.locator('#score-title').innerText(), 'Span F1');
    assert.equal((await shown.statistics())['Best span F1'], '–');
    assert.match(
      await shown.page.locator('section.score .chart-placeholder').innerText(),
      /no development data/,
    );
    const spans = { precision: 0.5, recall: 0.4, f1: 0.444, gold: 10, predicted: 8, correct: 4 };
    const development = { tokens: 9, sentences: 1, loss: 0.3, accuracy: 0.9, spans };
    await shown.send(epochMessage({ ...epochRecord(3), development }));
    assert.equal((await shown.statistics())['Best span F1'], '44.4 % in epoch 3');
    const notice = shown.page.locator('.notices p');
    assert.equal(
      await notice.innerText(),
      'Spans in the development data: 10. That is too few: its scores say little.',
    );
    const enough = { ...development, spans: { ...spans, gold: 30 } };
    await shown.send(epochMessage({ ...epochRecord(4), development: enough }));
    assert.equal(await notice.count(), 0);
  });

  it('has landmarks, names and headings', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(1000) }) });
    const page = shown.page;
    assert.equal(await page.getByRole('main').count(), 1);
    assert.deepEqual(await page.getByRole('heading').allInnerTexts(), [
      'UD_English-EWT · UPOS',
      'Loss',
      'Accuracy',
      'Runs over each other',
      'Details',
      'Gradient, learning rate and speed',
      'Gradient flow',
      'Epochs',
      'What these words mean',
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
