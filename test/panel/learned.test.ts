import assert from 'node:assert/strict';
import type { PanelPage } from './harness';
import { confusions, detailsOf, hostile, manyConfusions, withLabels } from './learnedRuns';
import { assertReadable, describePanel } from './panelSuite';
import { epochMessage, historyTo, runIn } from './runs';
import { themes } from './themes';

const done = runIn('done', { history: historyTo(2980), best: { epoch: 12, step: 2880 } });

const asked = async (shown: PanelPage): Promise<unknown[]> =>
  (await shown.posted()).filter(({ type }) => type.startsWith('learned.'));

const openSection = async (shown: PanelPage, id: string): Promise<void> => {
  await shown.page.locator(`#${id} > summary`).click();
  await shown.drawn();
};

const cells = (shown: PanelPage, table: string): Promise<string[][]> =>
  shown.page
    .locator(`${table} tbody tr`)
    .evaluateAll((rows) => rows.map((row) => Array.from(row.children, (cell) => cell.textContent ?? '')));

const column = async (shown: PanelPage, table: string, index: number): Promise<string[]> =>
  (await cells(shown, table)).map((row) => row[index]);

describePanel('What a model has learned, in the loss panel', (open) => {
  const opened = async (id: string, details = detailsOf(), theme = themes.darkModern, width = 760) => {
    const shown = await open(theme, { viewport: { width, height: 1000 } });
    await shown.send({ type: 'hydrate', run: done });
    await openSection(shown, id);
    await shown.send({ type: 'learned', run: 'run-1', details });
    return shown;
  };

  it('is asked for once somebody opens a section of a run that is done, and once only', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(2980) }) });
    assert.equal(await shown.page.locator('#label-scores').isVisible(), false);
    await shown.send({ type: 'hydrate', run: done });
    assert.deepEqual(await asked(shown), []);
    await openSection(shown, 'label-scores');
    assert.deepEqual(await asked(shown), [{ type: 'learned.read', run: 'run-1' }]);
    assert.equal(await shown.page.locator('#label-scores .learned-note').innerText(), 'Reading…');
    // An answer to what another run's page asked.
    await shown.send({ type: 'learned', run: 'another', details: detailsOf() });
    assert.equal(await shown.page.getByRole('table', { name: 'Scores by label' }).isVisible(), false);
    await shown.send({ type: 'learned', run: 'run-1', details: detailsOf() });
    assert.equal(await shown.page.getByRole('table', { name: 'Scores by label' }).isVisible(), true);
    await openSection(shown, 'confusions');
    assert.equal((await asked(shown)).length, 1);
    // Open sections are open in a new page, and it asks anew.
    await shown.load();
    await shown.send({ type: 'hydrate', run: done });
    assert.deepEqual(await asked(shown), [{ type: 'learned.read', run: 'run-1' }]);
    await shown.send({ type: 'hydrate', run: { ...done, id: 'run-2' } });
    assert.deepEqual((await asked(shown)).at(-1), { type: 'learned.read', run: 'run-2' });
  });

  it('says so where nothing was kept', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: done });
    await openSection(shown, 'confusions');
    await shown.send({ type: 'learned', run: 'run-1' });
    assert.match(
      await shown.page.locator('#confusions .learned-note').innerText(),
      /^Nothing of the kind was kept/,
    );
    assert.equal(await shown.page.locator('#confusions table').first().isVisible(), false);
    await shown.send({ type: 'learned', run: 'run-1', details: {} });
    assert.match(await shown.page.locator('#confusions .learned-note').innerText(), /^There is no data/);
  });

  it('has scores by label that are sorted by any column, by keys alone', async () => {
    const shown = await opened('label-scores');
    const table = '#label-scores';
    assert.deepEqual(await cells(shown, table), [
      ['NOUN', '87.8 %', '95.4 %', '91.4 %', '734'],
      ['PUNCT', '100.0 %', '100.0 %', '100.0 %', '520'],
      ['VERB', '100.0 %', '95.0 %', '97.4 %', '400'],
      ['PROPN', '86.1 %', '77.5 %', '81.6 %', '271'],
      ['ADJ', '97.8 %', '91.4 %', '94.5 %', '197'],
      [hostile, '0.0 %', '0.0 %', '0.0 %', '3'],
    ]);
    assert.equal(await shown.page.locator('img').count(), 0, 'a label is text');
    assert.match(
      await shown.page.locator(`${table} .flow-words`).first().innerText(),
      /^On the development data, by the model of epoch \d+\. Support is how many tokens have the label\.$/,
    );
    const sorted = () =>
      shown.page
        .locator(`${table} th[aria-sort]`)
        .evaluateAll((heads) =>
          heads.map((head) => [head.querySelector('span')?.textContent, head.getAttribute('aria-sort')]),
        );
    assert.deepEqual(await sorted(), [['Support', 'descending']]);
    await shown.page.getByRole('button', { name: 'Recall' }).focus();
    await shown.page.keyboard.press('Enter');
    assert.deepEqual(await sorted(), [['Recall', 'descending']]);
    assert.deepEqual(await column(shown, table, 0), ['PUNCT', 'NOUN', 'VERB', 'ADJ', 'PROPN', hostile]);
    await shown.page.keyboard.press('Space');
    assert.deepEqual(await sorted(), [['Recall', 'ascending']]);
    assert.deepEqual(await column(shown, table, 0), [hostile, 'PROPN', 'ADJ', 'VERB', 'NOUN', 'PUNCT']);
    await shown.page.keyboard.press('Shift+Tab');
    await shown.page.keyboard.press('Shift+Tab');
    await shown.page.keyboard.press('Enter');
    assert.deepEqual(await sorted(), [['Label', 'ascending']]);
    assert.deepEqual(await column(shown, table, 0), [hostile, 'ADJ', 'NOUN', 'PROPN', 'PUNCT', 'VERB']);
  });

  it('has F1 by epoch, of a run that goes on too: a curve for each label, and any epoch by a slider', async () => {
    const shown = await open();
    const history = withLabels(historyTo(2980));
    await shown.send({ type: 'hydrate', run: runIn('running', { history }) });
    await openSection(shown, 'label-scores');
    const table = '.label-epochs';
    const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
    const f1In = (epoch: number): string[] => history.epochs[epoch - 1].labels!.map(([, f1]) => percent(f1));
    assert.deepEqual(await column(shown, table, 0), ['NOUN', 'PUNCT', 'VERB', hostile]);
    assert.deepEqual(await column(shown, table, 2), f1In(12));
    assert.deepEqual(await column(shown, table, 3), ['5', '7', '9', '11']);
    assert.equal((await asked(shown)).length, 0, 'what is known needs no question');
    const slider = shown.page.locator(table).getByRole('slider', { name: 'Epoch' });
    await slider.press('Home');
    assert.deepEqual(await column(shown, table, 2), f1In(1));
    assert.equal(await slider.getAttribute('aria-valuetext'), 'after epoch 1');
    assert.match(
      (await column(shown, table, 1))[2],
      /^from 20\.0 % after epoch 1 to 88\.6 % after epoch 12$/,
    );
    await slider.press('End');
    const { development: _, ...record } = { ...history.epochs[11], epoch: 13, step: 3120 };
    await shown.send(epochMessage({ ...record, labels: [['VERB', 0.9]] }));
    assert.deepEqual(await cells(shown, table), [
      ['VERB', 'from 20.0 % after epoch 1 to 90.0 % after epoch 13', '90.0 %', '10'],
    ]);
    // After a reload, and beside what is known once it is done; a run of an earlier version has none.
    await shown.load();
    await shown.send({ type: 'hydrate', run: runIn('done', { history }) });
    await shown.send({ type: 'learned', run: 'run-1', details: detailsOf() });
    assert.equal(await shown.page.locator('#label-scores table:visible').count(), 2);
    assert.equal(await shown.page.locator('img').count(), 0, 'a label is text');
    await shown.send({ type: 'hydrate', run: runIn('done', { history: historyTo(2980) }) });
    assert.equal(await shown.page.locator(table).isVisible(), false);
  });

  it('keeps the epoch that is looked at over a reload, till another run is shown or the last is chosen', async () => {
    const shown = await open();
    const history = withLabels(historyTo(2980));
    const run = runIn('running', { history });
    await shown.send({ type: 'hydrate', run });
    await openSection(shown, 'label-scores');
    const slider = shown.page.locator('.label-epochs').getByRole('slider', { name: 'Epoch' });
    const epoch = () => slider.getAttribute('aria-valuetext');
    await slider.press('Home');
    await slider.press('ArrowRight');
    await shown.send({ type: 'hydrate', run });
    assert.equal(await epoch(), 'after epoch 2', 'the same run, told anew');
    await shown.load();
    await shown.send({ type: 'hydrate', run });
    assert.equal(await epoch(), 'after epoch 2');
    const [, , ...later] = history.epochs;
    const thinned = { ...history, epochs: [history.epochs[0], ...later] };
    await shown.send({ type: 'hydrate', run: runIn('running', { history: thinned }) });
    assert.equal(await epoch(), 'after epoch 3', 'the next one, where it is not kept any more');
    await shown.send({ type: 'hydrate', run: { ...run, id: 'run-2' } });
    assert.equal(await epoch(), 'after epoch 12', 'it was chosen of another run');
    await slider.press('Home');
    await slider.press('End');
    await shown.load();
    await shown.send({ type: 'hydrate', run: { ...run, id: 'run-2' } });
    await shown.send(epochMessage({ ...history.epochs[11], epoch: 13, step: 3120 }));
    assert.equal(await epoch(), 'after epoch 13', 'at the end it follows the run');
  });

  it('lists the most frequent confusions, whose numbers open their tokens', async () => {
    const shown = await opened('confusions');
    const rows = await cells(shown, '.confusion-list');
    assert.deepEqual(rows.slice(0, 3), [
      ['PROPN', 'NOUN', '61', '22.5 %'],
      ['NOUN', 'PROPN', '34', '4.6 %'],
      ['VERB', 'NOUN', '19', '4.8 %'],
    ]);
    assert.equal(rows.length, 6);
    await shown.page
      .getByRole('button', { name: 'Open 61 tokens with the label PROPN, predicted NOUN' })
      .first()
      .click();
    assert.deepEqual((await asked(shown)).at(-1), {
      type: 'learned.tokens',
      run: 'run-1',
      gold: 'PROPN',
      predicted: 'NOUN',
    });
    await shown.page
      .locator('.confusion-list')
      .getByRole('button', { name: '1 token with the label VERB' })
      .press('Enter');
    assert.deepEqual((await asked(shown)).at(-1), {
      type: 'learned.tokens',
      run: 'run-1',
      gold: 'VERB',
      predicted: 'ADJ',
    });
    await shown.page
      .locator('.confusion-list')
      .getByRole('button', { name: `label ${hostile}` })
      .click();
    assert.deepEqual(((await asked(shown)).at(-1) as { gold: string }).gold, hostile);
  });

  it('has a matrix in which the arrow keys go from number to number', async () => {
    const shown = await opened('confusions');
    const heads = await shown.page.locator('.confusion-matrix thead th').allTextContents();
    assert.deepEqual(heads, ['NOUN', 'PROPN', 'ADJ', 'VERB', hostile, 'PUNCT']);
    const rows = await cells(shown, '.confusion-matrix');
    for (const [gold, predicted, count] of confusions)
      assert.equal(
        rows[heads.indexOf(gold)][heads.indexOf(predicted) + 1],
        String(count),
        `${gold} ${predicted}`,
      );
    assert.equal(
      rows.flat().filter((text) => /^\d+$/.test(text)).length,
      confusions.length,
      'no other has a number',
    );
    const matrix = shown.page.locator('.confusion-matrix table');
    assert.equal(await matrix.locator('button[tabindex="0"]').count(), 1);
    await matrix.locator('button[tabindex="0"]').focus();
    const focused = () => shown.page.evaluate(() => document.activeElement?.textContent);
    const after = async (key: string) => {
      await shown.page.keyboard.press(key);
      return focused();
    };
    assert.equal(await focused(), '700');
    assert.equal(await after('ArrowRight'), '34');
    assert.equal(await after('ArrowDown'), '210');
    assert.equal(await after('ArrowLeft'), '61');
    assert.equal(await after('ArrowDown'), '17');
    assert.equal(await after('ArrowLeft'), '17', 'at the edge it stays');
    await shown.page.keyboard.press('Enter');
    assert.deepEqual((await asked(shown)).at(-1), {
      type: 'learned.tokens',
      run: 'run-1',
      gold: 'ADJ',
      predicted: 'NOUN',
    });
    await shown.page.keyboard.press('Tab');
    assert.equal(
      await matrix.evaluate((table) => table.contains(document.activeElement)),
      false,
      'one Tab leaves it',
    );
  });

  it('shows of many labels the most confused, and more when asked', async () => {
    const shown = await opened('confusions', detailsOf(manyConfusions(400)));
    assert.equal(await shown.page.locator('.confusion-matrix tbody tr').count(), 12);
    assert.match(await shown.page.locator('#confusions').innerText(), /The 12 most confused of 400 labels\./);
    await shown.page.getByRole('button', { name: 'Show 60 of 400 Labels' }).click();
    assert.equal(await shown.page.locator('.confusion-matrix tbody tr').count(), 60);
    assert.match(await shown.page.locator('#confusions').innerText(), /The 60 most confused of 400 labels\./);
    await shown.page.getByRole('button', { name: 'Show All 400 Confusions' }).click();
    assert.equal(await shown.page.locator('.confusion-list tbody tr').count(), 400);
    await openSection(shown, 'label-scores');
    await shown.page.getByRole('button', { name: 'Show All 400', exact: true }).click();
    assert.equal(await shown.page.locator('#label-scores tbody tr').count(), 400);
  });

  it('draws how sure the model is against how often it is right, and says it in words and figures', async () => {
    const shown = await opened('reliability');
    const text = await shown.page.locator('#reliability .flow-words').first().innerText();
    // 12 bins; the means lie 0.2 of a bin apart: (bin + 0.6) / 15 and (bin + 0.4) / 15.
    assert.match(
      text,
      /^Over 1,240 tokens .* is 86\.1 % sure in the mean, and right in 84\.8 %\..* is 2\.1 %\.$/,
    );
    const rows = await cells(shown, '#reliability');
    assert.equal(rows.length, 12, 'bins without tokens are left out');
    assert.deepEqual(rows[0], ['20 % to 27 %', '15', '24.0 %', '22.7 %']);
    assert.deepEqual(rows.at(-1), ['93 % to 100 %', '800', '97.3 %', '96.0 %']);
    const chart = shown.page.locator('#reliability .chart-canvas');
    assert.equal(await chart.getAttribute('role'), 'img');
    assert.equal(await chart.getAttribute('aria-label'), `${text} The table below has the figures.`);
    await shown.page.locator('#reliability .u-over').hover({ position: { x: 620, y: 20 } });
    await shown.drawn();
    assert.equal(await shown.page.locator('#reliability .legend .place').innerText(), '97.3 % sure');
    assert.match(await shown.page.locator('#reliability .legend').innerText(), /96\.0 %/);
  });

  it('sets known words beside unknown ones', async () => {
    const shown = await opened('known-words');
    assert.deepEqual(await cells(shown, '#known-words'), [
      ['Known', '1,800 (84.7 %)', '95.0 %'],
      ['Unknown', '325 (15.3 %)', '68.0 %'],
    ]);
    const spans = { precision: 0.5, recall: 0.5, f1: 0.5, gold: 40, predicted: 40, correct: 20 };
    const { learned, development } = detailsOf();
    const inVocabulary = { recall: 0.9, gold: 100, correct: 90 };
    const outOfVocabulary = { recall: 0.5, gold: 10, correct: 5 };
    await shown.send({
      type: 'learned',
      run: 'run-1',
      details: {
        development: { ...development!, words: { inVocabulary, outOfVocabulary } },
        learned: {
          ...learned!,
          knownWords: { tokens: 3, correct: 3, spans },
          unknownWords: { tokens: 0, correct: 0, spans: { ...spans, gold: 0, correct: 0 } },
        },
      },
    });
    assert.deepEqual(await cells(shown, '#known-words'), [
      ['Known', '3 (100.0 %)', '100.0 %', '40', '50.0 %'],
      ['Unknown', '0 (0.0 %)', '–', '0', '–'],
    ]);
    assert.match(
      await shown.page.locator('#known-words .flow-words').first().innerText(),
      /A span counts as unknown .* Of 100 words of the training data 90\.0 % are cut right, of 10 others 50\.0 %\.$/,
    );
  });

  it('lists the worst sentences, each of which opens', async () => {
    const shown = await opened('worst-sentences');
    const rows = await cells(shown, '#worst-sentences');
    assert.equal(rows.length, 10);
    assert.deepEqual(rows[0], ['The 0 th of the worst sentences of all', '9 of 20', '31.50']);
    assert.deepEqual(rows[1].slice(0, 2), [`They wrote ${hostile} in it`, '9 of 19']);
    assert.equal(await shown.page.locator('img').count(), 0, 'a sentence is text');
    await shown.page.getByRole('button', { name: 'Show All 14' }).press('Enter');
    assert.equal((await cells(shown, '#worst-sentences')).length, 14);
    await shown.page.locator('#worst-sentences tbody button').nth(12).press('Enter');
    assert.deepEqual((await asked(shown)).at(-1), { type: 'learned.sentence', run: 'run-1', place: 12 });
  });

  for (const theme of Object.values(themes)) {
    it(`is readable in ${theme.name}, 340 pixels wide`, async () => {
      const shown = await opened('label-scores', detailsOf(), theme, 340);
      const history = withLabels(historyTo(2980));
      await shown.send({ type: 'hydrate', run: { ...done, state: { ...done.state, history } } });
      for (const id of ['confusions', 'worst-sentences', 'known-words', 'reliability'])
        await openSection(shown, id);
      await assertReadable(shown);
      const width = await shown.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 340, `${width} pixels`);
      await shown.screenshot(`panel-learned-${theme.name}`);
    });
  }
});
