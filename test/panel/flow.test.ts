import assert from 'node:assert/strict';
import { formatFactor as figure } from '../../src/common/figures';
import type { ShownRun } from '../../src/panel/protocol';
import type { PanelPage } from './harness';
import { assertReadable, describePanel } from './panelSuite';
import { epochMessage, epochRecord, flowAt, historyTo, runIn } from './runs';
import { themes } from './themes';

describePanel('Gradient flow in the loss panel', (open) => {
  const rows = (shown: PanelPage) =>
    shown.page
      .locator('section.flow tbody tr')
      .evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent)));

  it('is hidden until it was measured, and then shows the last epoch in which it was', async () => {
    const shown = await open();
    const { flow: _, ...unmeasured } = epochRecord(1);
    await shown.send({
      type: 'hydrate',
      run: runIn('running', { history: { ...historyTo(100), epochs: [unmeasured] } }),
    });
    const flow = shown.page.locator('section.flow');
    assert.equal(await flow.isVisible(), false);
    await shown.send(
      epochMessage({ ...epochRecord(2), flow: { gradientNorm: { mean: 1, largest: 2 }, sweeps: [] } }),
    );
    assert.equal(await flow.isVisible(), false);
    await shown.send(epochMessage(epochRecord(4)));
    assert.equal(await flow.locator('.unit').textContent(), 'after epoch 4');
    assert.deepEqual(await rows(shown), [
      [
        'Layer 1, left to right',
        '0.96: must vanish',
        ...[1, 5, 10, 20].map((steps) => figure(flowAt(4).sweeps[0].norms[steps])),
        '12.0 %',
      ],
      [
        'Layer 1, right to left',
        '1.22: need not vanish',
        ...[1, 5, 10, 20].map((steps) => figure(flowAt(4).sweeps[1].norms[steps])),
        '12.0 %',
      ],
    ]);
    // Not measured again: the curves stay, and the gradient's norm is the newer epoch's.
    await shown.send(
      epochMessage({
        ...epochRecord(5),
        flow: { gradientNorm: { mean: 3.14, largest: 27.2 }, sweeps: [] },
      }),
    );
    assert.equal(await flow.locator('.unit').textContent(), 'after epoch 4');
    assert.match(
      (await flow.locator('.flow-words:not(.bounds)').first().textContent()) ?? '',
      /epoch 5 .* 3\.1 in the mean and 27 at most/,
    );
    await shown.send({ type: 'hydrate', run: runIn('running', {}, { id: 'another' }) });
    assert.equal(await flow.isVisible(), false);
  });

  it('is said in words, and read where the pointer is', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(2980) }) });
    const chart = shown.page.locator('section.flow [role=img]');
    assert.match(
      (await chart.getAttribute('aria-label')) ?? '',
      /Layer 1, left to right: γ is 0\.96: must vanish, and .* is left after 23 steps\. Layer 1, right to left/,
    );
    await chart.hover();
    const legend = await shown.page.locator('section.flow .legend li:visible').allTextContents();
    const steps = Number(/^(\d+) steps away$/.exec(legend[0])?.[1]);
    assert.ok(steps > 5 && steps < 20);
    const { sweeps } = flowAt(10);
    assert.deepEqual(legend.slice(1), [
      `Layer 1, left to right${figure(sweeps[0].norms[steps])}`,
      `Layer 1, right to left${figure(sweeps[1].norms[steps])}`,
      'Bound γ^(t−k)',
    ]);
  });

  it('is looked at after any epoch by a slider, which stays where it was put, also over a reload', async () => {
    const shown = await open();
    const run = runIn('running', { history: historyTo(2980) });
    await shown.send({ type: 'hydrate', run });
    const when = shown.page.locator('section.flow .unit');
    assert.equal(await when.textContent(), 'after epoch 10');
    const slider = shown.page.getByRole('slider', { name: 'Epoch' });
    await slider.focus();
    await shown.page.keyboard.press('Home');
    await when.filter({ hasText: /^after epoch 1$/ }).waitFor();
    assert.equal(await slider.getAttribute('aria-valuetext'), 'after epoch 1');
    // The norm of the gradient is that epoch's.
    await shown.page.getByText('Over the steps of epoch 1 the norm').waitFor();
    await shown.send(epochMessage(epochRecord(13)));
    assert.equal(await when.textContent(), 'after epoch 1');
    await shown.load();
    await shown.send({ type: 'hydrate', run });
    await when.filter({ hasText: /^after epoch 1$/ }).waitFor();
    await slider.focus();
    await shown.page.keyboard.press('End');
    await when.filter({ hasText: /^after epoch 10$/ }).waitFor();
    await shown.send(epochMessage(epochRecord(13)));
    await when.filter({ hasText: /^after epoch 13$/ }).waitFor();
    await shown.page.keyboard.press('Home');
    await shown.send({ type: 'hydrate', run: { ...run, id: 'another' } });
    await when.filter({ hasText: /^after epoch 10$/ }).waitFor();
  });

  it('says what it comes to, and offers a run with what may help', async () => {
    const shown = await open();
    const flow = shown.page.locator('section.flow');
    const runOf = (norms: readonly number[], settings: ShownRun['settings'], saturated = 0.4): ShownRun => {
      const sweep = { layer: 1, direction: 'leftToRight', norms, bound: 1.5, saturated } as const;
      const record = { ...epochRecord(1), flow: { gradientNorm: { mean: 1, largest: 2 }, sweeps: [sweep] } };
      return runIn('done', { history: { ...historyTo(100), epochs: [record] } }, { settings });
    };
    const vanishing = Array.from({ length: 12 }, (_, distance) => 0.6 ** distance);
    const growing = Array.from({ length: 12 }, (_, distance) => 1.4 ** distance);
    const lasting = [1, 0.9, 0.8];
    for (const [norms, activation, clip, words, button] of [
      [
        vanishing,
        'tanh',
        5,
        'the error reaches 9 words back: less than 1 % of it arrives further.',
        'Train with ReLU',
      ],
      [
        vanishing,
        'relu',
        5,
        'the error reaches 9 words back: less than 1 % of it arrives further.',
        undefined,
      ],
      [[1, 0.001], 'sigmoid', 0, 'less than 1 % of the error arrives at the word before.', 'Train with ReLU'],
      [growing, 'relu', 0, 'it grows, to 40 times after 11 steps', 'Train with Clipping'],
      [growing, 'tanh', 5, 'it grows, to 40 times after 11 steps', undefined],
      [lasting, 'tanh', 0, 'after 2 steps 0.8 of it is left', undefined],
    ] as const) {
      await shown.send({ type: 'hydrate', run: runOf(norms, { activation, clip }) });
      await flow.locator('.flow-summary li').filter({ hasText: words }).waitFor();
      const buttons = await flow.locator('button:visible').allInnerTexts();
      assert.deepEqual(buttons, button === undefined ? [] : [button], words);
      const units = activation === 'relu' ? 'Units that are off' : 'Saturated units';
      assert.equal(await flow.locator('thead th').last().textContent(), units);
      assert.match(
        (await flow.locator('.meaning').textContent()) ?? '',
        activation === 'relu'
          ? /the dotted lines\. A unit is off at a token where its h is 0, so f′ = 0: nothing goes back through it there\.$/
          : /the dotted lines\. A unit is saturated where f′ is under 5% of its largest\.$/,
      );
      if (activation === 'relu' && clip === 5) await shown.screenshot('panel-flow-relu');
    }
    // With few units saturated, ReLU is offered for sigmoid alone.
    const offer = flow.getByRole('button', { name: 'Train with ReLU' });
    for (const [activation, offered] of [
      ['tanh', false],
      ['sigmoid', true],
    ] as const) {
      await shown.send({ type: 'hydrate', run: runOf(vanishing, { activation, clip: 5 }, 0.3) });
      await shown.drawn();
      assert.equal(await offer.isVisible(), offered, activation);
    }
    // The bound of 1.5 is above what is drawn.
    assert.equal(
      await flow.locator('.bounds').textContent(),
      'γ = 1.5 > 1: the bound γ^(t−k) grows and lies above the chart.',
    );
    await shown.send({ type: 'hydrate', run: runOf(vanishing, { activation: 'tanh', clip: 5 }) });
    await flow.getByRole('button', { name: 'Train with ReLU' }).click();
    assert.deepEqual((await shown.posted()).at(-1), {
      type: 'trainWith',
      run: 'run-1',
      changes: { activation: 'relu' },
    });
    await shown.screenshot('panel-flow-help');
  });

  it('leads to a sentence’s once the run has a model', async () => {
    const shown = await open();
    const button = shown.page.getByRole('button', { name: 'Show This for a Sentence' });
    const history = historyTo(500);
    await shown.send({ type: 'hydrate', run: runIn('running', { history }) });
    await shown.page.locator('section.flow').waitFor();
    assert.equal(await button.isVisible(), false);
    const moment = { epoch: 2, step: 480 };
    const withModel = { history, best: moment, checkpoint: moment };
    await shown.send({ type: 'hydrate', run: runIn('running', withModel, { elsewhere: true }) });
    await shown.drawn();
    assert.equal(await button.isVisible(), false);
    await shown.send({ type: 'hydrate', run: runIn('done', withModel) });
    await button.click();
    assert.deepEqual((await shown.posted()).at(-1), { type: 'showGradientFlow' });
    await shown.screenshot('panel-flow-sentence');
  });

  for (const theme of Object.values(themes)) {
    it(`draws of many layers three, and lists all, in ${theme.name}`, async () => {
      const shown = await open(theme);
      await shown.send({
        type: 'hydrate',
        run: runIn('running', {
          history: { ...historyTo(100), epochs: [{ ...epochRecord(1), flow: flowAt(1, 5) }] },
        }),
      });
      assert.equal((await rows(shown)).length, 10);
      const drawn = await shown.page.locator('section.flow .legend li:visible').allTextContents();
      assert.deepEqual(drawn.filter(Boolean), [
        ...[1, 3, 5].flatMap((layer) => [`Layer ${layer}, left to right`, `Layer ${layer}, right to left`]),
        'Bound γ^(t−k)',
      ]);
      for (const color of ['charts-blue', 'charts-yellow', 'charts-green'])
        assert.ok((await shown.pixels('flow', theme.variables[color])) > 200, color);
      await assertReadable(shown);
      await shown.screenshot(`panel-flow-${theme.name}`);
      // Another network, while the page is open.
      await shown.send(epochMessage(epochRecord(4)));
      assert.equal(await shown.pixels('flow', theme.variables['charts-green']), 0);
    });
  }
});
