import assert from 'node:assert/strict';
import { formatBase, formatFactor, formatLoss, formatPercent } from '../../src/common/figures';
import type { UnrolledText } from '../../src/engine/unrollProtocol';
import type { FromNetworkPage } from '../../src/panel/network/protocol';
import type { PanelPage } from './harness';
import { modelWith, shownSentence, words } from './networkSentences';
import { assertReadable, describePanel } from './panelSuite';
import { themes } from './themes';

describePanel('The network over a sentence', (open) => {
  const openPage = (theme = themes.darkModern, options: Parameters<typeof open>[1] = {}) =>
    open(theme, { viewport: { width: 760, height: 1400 }, ...options, bundle: 'network' });
  const posted = async (shown: PanelPage, type: FromNetworkPage['type']): Promise<FromNetworkPage[]> =>
    ((await shown.posted()) as unknown as FromNetworkPage[]).filter((message) => message.type === type);
  const selected = (shown: PanelPage): Promise<string | null> =>
    shown.page.locator('.word[aria-selected=true] .form').textContent();
  const formulaRow = (shown: PanelPage, start: string): Promise<string[]> =>
    shown.page
      .locator('table.formulas tr:visible')
      .filter({ has: shown.page.locator(`th .formula[aria-label^="${start}"]`) })
      .locator('td')
      .evaluateAll((cells) =>
        cells.map(
          (cell) =>
            [...cell.querySelectorAll('.formula')]
              .map((part) => part.getAttribute('aria-label'))
              .join('; ') ||
            (cell.textContent ?? ''),
        ),
      );

  it('shows words with their labels, the formulas with today’s sizes and the step’s numbers', async () => {
    const shown = await openPage();
    const sentence = await shownSentence(modelWith());
    await shown.send({ type: 'show', sentence });
    const { tokens, sweeps } = sentence.unrolled;
    assert.deepEqual(await shown.page.locator('.word .form').allTextContents(), words);
    assert.deepEqual(
      await shown.page.locator('.word .said').allTextContents(),
      tokens.map(({ label }) => label),
    );
    assert.equal(await selected(shown), 'sat');
    assert.deepEqual(await formulaRow(shown, 's_t = U h_t−1 + W x_t + b'), [
      '12×1 = 12×12 · 12×1 + 12×6 · 6×1 + 12×1',
      [
        `‖U h_t−1‖ = ${formatFactor(sweeps[0].recurrentNorms[2])}`,
        `‖W x_t‖ = ${formatFactor(sweeps[0].inputNorms[2])}`,
        `‖b‖ = ${formatFactor(sweeps[0].biasNorm)}`,
        `‖s_t‖ = ${formatFactor(Math.hypot(...sweeps[0].s.subarray(24, 36)))}`,
      ].join('; '),
    ]);
    assert.equal(
      (await formulaRow(shown, 'z_t = V^→ h_t^→ + V^← h_t^← + c'))[0],
      '3×1 = 3×12 · 12×1 + 3×12 · 12×1 + 3×1',
    );
    // By ŷ as training has it, and as the error that goes back has it.
    const { loss } = tokens[2];
    assert.ok(Math.abs(loss! + Math.log(sentence.unrolled.error.yHat)) < 1e-12);
    assert.equal((await formulaRow(shown, 'E_t ='))[1], `−log ŷ_t(O) = ${formatLoss(loss)}`);
    // ŷ in the row and the bars is that of E_t, −log of which it is.
    const yHat = new Map(tokens[2].best.map(({ label, probability }) => [label, probability]));
    assert.ok(Math.abs(loss! + Math.log(yHat.get('O')!)) < 1e-6);
    const { label } = tokens[2];
    assert.match(
      (await formulaRow(shown, 'ŷ_t = softmax(z_t)'))[1],
      new RegExp(`^ŷ_t\\(${label}\\) = ${formatPercent(yHat.get(label))}`),
    );
    assert.deepEqual(
      await shown.page.locator('.bars .bar-figure').allTextContents(),
      [...yHat.values()].map((share) => formatPercent(share)),
    );
    const { temperature } = sentence.unrolled;
    const confidence = shown.page.getByText('As a label’s confidence');
    assert.equal(
      await confidence.textContent(),
      `As a label’s confidence the editor shows ${formatPercent(tokens[2].confidence)}: softmax(zₜ / ${formatFactor(temperature)}). ${formatFactor(temperature)} is the temperature that fits development data best.`,
    );
    const bars = await shown.page.locator('.bars .bar-label').allTextContents();
    assert.deepEqual(
      bars,
      tokens[2].best.map(({ label }) => label),
    );
    assert.match((await shown.page.locator('.bars .chosen').textContent()) ?? '', /the model’s label/);
    // From right to left, s_t comes from the step after.
    await shown.page.getByLabel('Layer and direction').selectOption('Layer 1, right to left');
    assert.equal((await formulaRow(shown, 's_t = U h_t+1 + W x_t + b')).length, 2);
    // With a CRF it is the marginal's power; without a temperature ŷ is what the editor shows, and nothing is said.
    const crf = await shownSentence(modelWith({ loss: 'crf' }));
    await shown.send({ type: 'show', sentence: crf });
    assert.match((await confidence.textContent()) ?? '', /: ŷₜ to the power 1 \/ .* sum to 1/);
    const plain = { ...sentence.unrolled, temperature: 1 };
    await shown.send({ type: 'show', sentence: { ...sentence, unrolled: plain } });
    assert.equal(await confidence.isVisible(), false);
  });

  it('has E_t where no label is given, too: of the next most probable one, or of that which is chosen', async () => {
    const shown = await openPage();
    const model = modelWith();
    const input = {
      kind: 'text',
      text: 'The cat sat',
      firstLine: 0,
      firstColumn: 0,
      markdown: false,
    } as const;
    const show = async (label?: string): Promise<UnrolledText['error']> => {
      const sentence = await shownSentence(model, { input, place: { line: 0, column: 4 }, label });
      await shown.send({ type: 'show', sentence });
      return sentence.unrolled.error;
    };
    const next = await show();
    assert.equal(
      (await formulaRow(shown, 'E_t ='))[1],
      `−log ŷ_t(${next.label}) = ${formatLoss(-Math.log(next.yHat))}`,
    );
    await shown.page.getByText(`No label is given: so E_t would be if it were ${next.label}.`).waitFor();
    await shown.page.getByRole('tab', { name: 'Gradient Flow' }).click();
    const options = shown.page.getByLabel('Error if the label were').locator('option');
    assert.ok((await options.allTextContents()).includes(`${next.label} (the next most probable)`));
    await shown.page.getByRole('tab', { name: 'Network' }).click();
    const chosen = await show('O');
    assert.equal(
      (await formulaRow(shown, 'E_t ='))[1],
      `−log ŷ_t(O) = ${formatLoss(-Math.log(chosen.yHat))}`,
    );
  });

  it('steps through time by the arrow keys, forward and back, and asks for δ of each step', async () => {
    const shown = await openPage();
    const model = modelWith();
    const { place, ...first } = await shownSentence(model);
    await shown.send({ type: 'show', sentence: { place, ...first } });
    for (const [key, word, step] of [
      ['ArrowRight', '<unknown>', 3],
      ['ArrowRight', '猫', 4],
      ['ArrowLeft', '<unknown>', 3],
      ['End', 'cat', 7],
      ['ArrowRight', 'cat', undefined],
      ['Home', 'the', 0],
      ['ArrowLeft', 'the', undefined],
    ] as const) {
      const before = (await posted(shown, 'step')).length;
      await shown.page.keyboard.press(key);
      assert.equal(await selected(shown), word, key);
      const asked = (await posted(shown, 'step')).slice(before);
      assert.deepEqual(asked, step === undefined ? [] : [{ type: 'step', place: { ...place, step } }]);
      const answer = await shownSentence(model, { step }, { place: { ...place, step } });
      if (step !== undefined) await shown.send({ type: 'show', sentence: answer });
    }
    await shown.page.keyboard.press('Enter');
    assert.deepEqual(await posted(shown, 'reveal'), [{ type: 'reveal', place: { ...place, step: 0 } }]);
    await shown.page.locator('.word').nth(5).click();
    assert.equal(await selected(shown), 'on');
  });

  it('asks for one step at a time, the last one in the end, and is not taken back by the answer to an earlier one', async () => {
    const shown = await openPage();
    const model = modelWith();
    const first = await shownSentence(model);
    await shown.send({ type: 'show', sentence: first, tab: 'flow' });
    await shown.page.keyboard.press('ArrowRight');
    await shown.page.keyboard.press('ArrowRight');
    const answer = async (step: number): Promise<void> =>
      shown.send({
        type: 'show',
        sentence: await shownSentence(model, { step }, { place: { ...first.place, step } }),
      });
    const asked = async (): Promise<unknown[]> =>
      (await posted(shown, 'step')).map((message) => 'place' in message && message.place?.step);
    assert.deepEqual(await asked(), [3]);
    await answer(3);
    assert.equal(await selected(shown), '猫');
    assert.deepEqual(await asked(), [3, 4]);
    await answer(4);
    assert.equal(await selected(shown), '猫');
    assert.equal(await shown.page.locator('#panel-flow h2').textContent(), 'The error at t = 5: “猫”');
    // Another sentence at the cursor is no answer.
    await shown.send({ type: 'show', sentence: first });
    assert.equal(await selected(shown), 'sat');
  });

  it('shows how the gradient flows, in words, formulas and figures, with what may help', async () => {
    const shown = await openPage();
    const run = { id: 'r1', settings: { activation: 'tanh', clip: 5 } } as const;
    const sentence = await shownSentence(modelWith({ activation: 'tanh' }), { step: 6 }, { run });
    await shown.send({ type: 'show', sentence, tab: 'flow' });
    const [sweep] = sentence.unrolled.sweeps;
    const rows = await shown.page
      .locator('#panel-flow table:not(.formulas) tbody tr')
      .evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent)));
    assert.equal(rows.length, 7);
    assert.deepEqual(
      rows.map(([distance, word, norm]) => [distance, word, norm]),
      sweep.norms.map((norm, distance) => [String(distance), words[6 - distance], formatFactor(norm)]),
    );
    assert.deepEqual(await formulaRow(shown, 'γ = β_U ξ'), [
      '1×1',
      `γ = ${formatBase(sweep.spectralNorm)} · 1 = ${formatBase(sweep.bound)}`,
    ]);
    const { norms, bound } = sweep;
    assert.equal(
      (await formulaRow(shown, '‖δ_k‖ ≤ γ^t−k ‖δ_t‖'))[1],
      `t−k = 6:  ${formatFactor(norms[6])} ≤ ${formatBase(bound)}^6 · ${formatBase(norms[0])} ≈ ${formatFactor(bound ** 6 * norms[0])}`,
    );
    assert.ok(bound > 1);
    assert.equal(
      await shown.page.locator('td.in-words').first().textContent(),
      `γ > 1 allows growth, it does not force it. Here each step multiplies by ${formatFactor((norms[6] / norms[0]) ** (1 / 6))} on average.`,
    );
    // ∂E_t/∂U as a matrix, written out.
    const gradient = Array.from({ length: 144 }, (_, i) => {
      const [to, from] = [Math.floor(i / 12), i % 12];
      return [1, 2, 3, 4, 5, 6].reduce(
        (sum, k) => sum + sweep.delta[k * 12 + to] * sweep.h[(k - 1) * 12 + from],
        0,
      );
    });
    assert.deepEqual(await formulaRow(shown, '∂E_t/∂U = Σ_k δ_k ⊗ h_k−1'), [
      '12×12 = Σ 12×1 · 1×12',
      `‖∂E_t/∂U‖ = ${formatFactor(Math.hypot(...gradient))}`,
    ]);
    assert.deepEqual((await formulaRow(shown, 'δ_t = V^T(ŷ_t − y_t) ∘ f′(s_t)'))[1].split('; '), [
      `‖ŷ_t − y_t‖ = ${formatFactor(sentence.unrolled.error.residualNorm)}`,
      `‖δ_t‖ = ${formatFactor(sweep.norms[0])}`,
    ]);
    const unitsOff = shown.page.getByText(/^At t \d/);
    assert.match(
      (await unitsOff.textContent()) ?? '',
      new RegExp(`At t ${sweep.saturated[6]} of 12 units are saturated`),
    );
    // An error that is gone after some steps: little helps where few units are saturated.
    const withSweep = (saturated: number, by: number, activation: 'tanh' | 'relu' = 'tanh') => {
      const gone = {
        ...sweep,
        norms: norms.map((_, distance) => norms[0] * by ** distance),
        saturated: sweep.saturated.map(() => saturated),
      };
      return shown.send({
        type: 'show',
        sentence: { ...sentence, unrolled: { ...sentence.unrolled, activation, sweeps: [gone] } },
      });
    };
    const summary = shown.page.locator('.flow-summary');
    const button = shown.page.getByRole('button', { name: 'Train with ReLU' });
    await withSweep(3, 0.3);
    assert.equal(
      await summary.textContent(),
      'Layer 1, left to right: the error at “The” reaches 3 words back: less than 1 % of it arrives further.',
    );
    assert.equal(await button.isVisible(), false);
    await withSweep(3, 1e-3, 'relu');
    assert.match((await unitsOff.textContent()) ?? '', /3 of 12 units are off \(h = 0, so f′ = 0\): nothing/);
    assert.equal((await formulaRow(shown, 'f′(s) = 1 where h > 0, else 0')).length, 2);
    assert.equal(await shown.page.getByRole('columnheader', { name: 'Off of 12' }).count(), 1);
    await withSweep(4, 1e-3);
    assert.match(
      (await summary.textContent()) ?? '',
      /less than 1 % of the error at “The” arrives at the word before\./,
    );
    assert.match(
      (await shown.page.locator('.flow-help').textContent()) ?? '',
      /may let more of it through: compare the two runs\./,
    );
    await shown.page.getByRole('button', { name: 'Train with ReLU' }).click();
    assert.deepEqual(await posted(shown, 'trainWith'), [
      { type: 'trainWith', run: 'r1', changes: { activation: 'relu' } },
    ]);
    await shown.page.getByLabel('Error if the label were').selectOption('I-x');
    assert.deepEqual((await posted(shown, 'step')).at(-1), {
      type: 'step',
      place: { ...sentence.place, step: 6, label: 'I-x' },
    });
  });

  it('keeps the error’s label that a person chose from step to step, until it is the one that is given', async () => {
    const shown = await openPage();
    const model = modelWith();
    const sentence = await shownSentence(model);
    await shown.send({ type: 'show', sentence, tab: 'flow' });
    const list = shown.page.getByLabel('Error if the label were');
    const { label } = sentence.unrolled.tokens[2];
    assert.deepEqual(
      await list.locator('option').allTextContents(),
      ['O', 'B-x', 'I-x'].map((name) => {
        if (name === 'O') return label === 'O' ? 'O (given, the model’s label)' : 'O (given)';
        return name === label ? `${name} (the model’s label)` : name;
      }),
    );
    const answer = async (place: typeof sentence.place): Promise<void> =>
      shown.send({
        type: 'show',
        sentence: await shownSentence(model, { step: place.step, label: place.label }, { place }),
      });
    const chosen = { ...sentence.place, step: 2, label: 'I-x' };
    await list.selectOption({ index: 2 });
    await answer(chosen);
    await shown.page.locator('.words').focus();
    await shown.page.keyboard.press('ArrowRight');
    await answer({ ...chosen, step: 3 });
    await list.selectOption({ index: 1 });
    const { label: _, ...given } = chosen;
    await answer({ ...given, step: 3 });
    await shown.page.locator('.words').focus();
    await shown.page.keyboard.press('ArrowLeft');
    assert.deepEqual(
      (await posted(shown, 'step')).map((message) => 'place' in message && message.place),
      [chosen, { ...chosen, step: 3 }, { ...given, step: 3 }, { ...given, step: 2 }],
    );
  });

  it('names the bound by its direction, and says where it is not in the chart or no word is further on', async () => {
    const shown = await openPage();
    const sentence = await shownSentence(modelWith(), { step: 0 });
    await shown.send({ type: 'show', sentence, tab: 'flow' });
    const legend = shown.page.locator('#panel-flow .legend li.bound, #panel-flow .legend li:has(.bound)');
    const heading = shown.page.locator('#panel-flow h3:has-text("the bound") .formula');
    const summary = shown.page.locator('.flow-summary li');
    assert.equal(await heading.getAttribute('aria-label'), 'γ^t−k');
    assert.equal(
      await summary.first().textContent(),
      'Layer 1, left to right: from here the error goes no further. Step to a word that has others on that side.',
    );
    await shown.page.getByLabel('Layer and direction').selectOption('Layer 1, right to left');
    assert.equal(await heading.getAttribute('aria-label'), 'γ^k−t');
    assert.equal(await summary.filter({ hasText: 'from here' }).count(), 0);
    const [, backward] = sentence.unrolled.sweeps;
    const withBound = (bound: number) =>
      shown.send({
        type: 'show',
        sentence: {
          ...sentence,
          unrolled: {
            ...sentence.unrolled,
            sweeps: [{ ...backward, bound, norms: backward.norms.map((_, k) => 0.5 ** k) }],
          },
        },
      });
    const told = shown.page.locator('.bounds');
    await withBound(1.237);
    assert.equal(await told.textContent(), 'γ = 1.24 > 1: the bound γ^(k−t) grows and lies above the chart.');
    assert.equal(await legend.isVisible(), false);
    await withBound(0.9);
    assert.equal(await told.isVisible(), false);
    assert.equal(await legend.textContent(), 'Bound γ^(k−t)');
  });

  it('keeps its step, layer and tab over a reload, and asks for the sentence again', async () => {
    const shown = await openPage();
    const sentence = await shownSentence(modelWith({ layers: 2 }));
    await shown.send({ type: 'show', sentence });
    await shown.page.getByRole('tab', { name: 'Gradient Flow' }).click();
    await shown.page.getByLabel('Layer and direction').selectOption('Layer 2, right to left');
    await shown.page.locator('.word').nth(4).click();
    await shown.load();
    const place = { ...sentence.place, step: 4 };
    assert.deepEqual(await posted(shown, 'ready'), [{ type: 'ready', place }]);
    const again = await shownSentence(modelWith({ layers: 2 }), { step: 4 }, { place });
    await shown.send({ type: 'show', sentence: again });
    assert.equal(await selected(shown), '猫');
    assert.equal(
      await shown.page.getByRole('tab', { name: 'Gradient Flow' }).getAttribute('aria-selected'),
      'true',
    );
    assert.equal(
      await shown.page
        .getByLabel('Layer and direction')
        .evaluate((select) => (select as HTMLSelectElement).value),
      'Layer 2, right to left',
    );
  });

  it('says why there is nothing to show, with ways out, and that what it shows is old', async () => {
    const shown = await openPage();
    await shown.send({
      type: 'nothing',
      reason: {
        text: 'There is no model yet.',
        waysOut: [
          { wayOut: 'train', title: 'Train on Workspace' },
          { wayOut: 'import', title: 'Import Model…' },
        ],
      },
    });
    assert.equal(await shown.page.locator('.sentence').isVisible(), false);
    await shown.page.getByRole('button', { name: 'Train on Workspace' }).click();
    await shown.page.getByRole('button', { name: 'Show Sentence at Cursor' }).click();
    assert.deepEqual(await posted(shown, 'wayOut'), [
      { type: 'wayOut', wayOut: 'train' },
      { type: 'wayOut', wayOut: 'cursor' },
    ]);
    const sentence = await shownSentence(modelWith());
    await shown.send({ type: 'show', sentence });
    assert.equal(await shown.page.locator('.notice').isVisible(), false);
    await shown.send({ type: 'stale', text: 'The text was edited since.' });
    await shown.page.getByRole('button', { name: 'Show Again' }).click();
    assert.deepEqual(await posted(shown, 'step'), [{ type: 'step', place: { ...sentence.place, step: 2 } }]);
  });

  it('shows hostile words, labels and names as text', async () => {
    const hostile = '<img src=x onerror="alert(1)">_{x}^y; ';
    const labels = ['O', `B-${hostile}`, `I-${hostile}`];
    const shown = await openPage();
    const model = { ...modelWith({}, labels), scheme: 'IOB2' as const };
    const tokens = [hostile, '\u202eevil', 'cat'];
    const sentence = await shownSentence(model, {}, { file: hostile, model: hostile }, tokens);
    await shown.send({ type: 'show', sentence });
    assert.equal(await shown.page.locator('img').count(), 0);
    assert.equal(await shown.page.locator('.word .form').first().textContent(), hostile);
    assert.equal(await shown.page.locator('.word .form').nth(1).textContent(), '‹U+202E›evil');
    await shown.page.getByRole('tab', { name: 'Gradient Flow' }).click();
    assert.equal(await shown.page.locator('img').count(), 0);
  });

  it('says nothing of a message that it does not know, but to the log', async () => {
    const shown = await openPage();
    await shown.page.evaluate(() => {
      window.dispatchEvent(
        new MessageEvent('message', { data: { type: 'show', sentence: { unrolled: {} } } }),
      );
    });
    await shown.drawn();
    assert.deepEqual(await posted(shown, 'error'), [
      { type: 'error', message: 'A message “show” was not understood: it is ignored.' },
    ]);
    await shown.page.evaluate(() => (window.posted = []));
  });

  it('is in Chinese where VS Code is', async () => {
    const shown = await openPage(themes.lightModern, { language: 'zh-cn' });
    await shown.send({ type: 'show', sentence: await shownSentence(modelWith({ layers: 2 }), { step: 4 }) });
    for (const tab of ['网络', '梯度流']) {
      await shown.page.getByRole('tab', { name: tab }).click();
      await shown.drawn();
      const texts = await shown.page.locator('main').evaluate((main) => (main as HTMLElement).innerText);
      const own =
        /train\.conll|names|LABEL|Home|End|Enter|unknown|softmax|ReLU|tanh|Elman|sat|the|cat|The|log|max/g;
      assert.doesNotMatch(texts.replace(own, ''), /[A-Za-z]{4}/);
      await shown.screenshot(`network-chinese-${tab === '网络' ? 'step' : 'flow'}`);
    }
  });

  for (const theme of Object.values(themes)) {
    it(`is legible in ${theme.name}, wide and narrow`, async () => {
      const sentence = await shownSentence(
        modelWith({ layers: 2, loss: 'crf' }),
        { step: 5 },
        {
          run: { id: 'r', settings: { activation: 'tanh', clip: 0 } },
        },
      );
      const shown = await openPage(theme);
      await shown.send({ type: 'show', sentence });
      await shown.page.locator('#weights > summary').click();
      await assertReadable(shown);
      await shown.screenshot(`network-${theme.name}`);
      await shown.page.getByRole('tab', { name: 'Gradient Flow' }).click();
      await shown.drawn();
      await assertReadable(shown);
      await shown.screenshot(`network-flow-${theme.name}`);
      await shown.page.setViewportSize({ width: 300, height: 900 });
      await shown.drawn();
      for (const tab of ['Gradient Flow', 'Network']) {
        await shown.page.getByRole('tab', { name: tab }).click();
        await shown.drawn();
        const overflow = await shown.page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        assert.ok(overflow <= 0, `${tab} is ${overflow} px too wide`);
        const cut = await shown.page
          .locator('.table-scroller:visible')
          .evaluateAll((all) => all.filter((own) => own.scrollWidth > own.clientWidth).length);
        assert.equal(cut, 0, `${tab}: a table is cut`);
        await shown.screenshot(`network-narrow-${tab === 'Network' ? 'step' : 'flow'}-${theme.name}`);
      }
    });
  }
});
