import assert from 'node:assert/strict';
import type { FromRuns, ListedRun } from '../../src/panel/runsProtocol';
import type { RunCurves } from '../../src/run/runCurves';
import { faultsFoundByAxe, withAxe } from './accessibility';
import { otherRun } from './comparedRuns';
import type { OtherRun } from './comparedRuns';
import type { PanelPage } from './harness';
import { assertReadable, describePanel } from './panelSuite';
import { historyTo, runIn } from './runs';
import { themes } from './themes';

const run = runIn('running', { history: historyTo(2980) });
const shown: ListedRun = { ...otherRun('run-1', 0, { seed: 3 }).listed, title: run.title };
const others = [
  otherRun('a', 0.3, { seed: 1 }),
  otherRun('b', 0.5, { seed: 2 }),
  otherRun('c', 0.8, { hidden: 256 }, 4200),
];

type Follow = Extract<FromRuns, { type: 'runs.follow' }>;

/** What the page has asked for last. */
async function asked(page: PanelPage): Promise<Follow | undefined> {
  return (await page.posted()).findLast((message) => message.type === 'runs.follow');
}

async function tell(page: PanelPage, runs: readonly OtherRun[], curves = runs): Promise<void> {
  await page.send({
    type: 'runs',
    list: [shown, ...runs.map(({ listed }) => listed)],
    curves: curves.map((each) => each.curves),
  });
}

const section = (page: PanelPage) => page.page.locator('details.runs');
const boxOf = (page: PanelPage, name: string) => section(page).getByRole('checkbox', { name });
const rowOf = (page: PanelPage, name: string) =>
  section(page)
    .locator('tbody tr')
    .filter({ has: page.page.getByText(name, { exact: true }) });
const values = (page: PanelPage) => page.page.locator('.run-values');

/** Opens the section, and draws runs over the one that is shown. */
async function compare(page: PanelPage, names: readonly string[]): Promise<void> {
  await page.send({ type: 'hydrate', run });
  await page.page.getByText('Runs over each other').click();
  await page.drawn();
  await tell(page, others, []);
  for (const name of names) await boxOf(page, `Run ${name}`).check();
  await page.drawn();
  await tell(
    page,
    others,
    others.filter(({ listed }) => names.includes(listed.id)),
  );
}

describePanel('Runs over each other in the loss panel', (open) => {
  it('ask for nothing before somebody looks, then for the list, and for the curves that are chosen', async () => {
    const page = await open();
    await page.send({ type: 'hydrate', run });
    assert.equal(await asked(page), undefined);
    await page.page.getByText('Runs over each other').click();
    await page.drawn();
    assert.deepEqual(await asked(page), {
      ...{ type: 'runs.follow', list: true, curves: [], smoothing: 25, first: true },
    });
    await tell(page, others, []);
    assert.equal(await values(page).isVisible(), false);
    assert.ok(await boxOf(page, run.title).isDisabled(), 'the run that is shown is always drawn');
    await boxOf(page, 'Run a').check();
    await boxOf(page, 'Run c').check();
    await page.drawn();
    assert.deepEqual((await asked(page))?.curves, ['a', 'c']);
    assert.equal((await asked(page))?.first, false);
    const before = await page.pixels('loss', '#d4f5b4');
    await tell(page, others, [others[0], others[2]]);
    assert.ok((await page.pixels('loss', '#d4f5b4')) > before + 200, 'it has its own colour');
    assert.ok((await page.pixels('score', '#a982ad')) > 50, 'so has the other, in the other chart');
    assert.equal(await values(page).locator('tbody tr').count(), 3);
  });

  it('say in what their settings differ, and are sorted by their figures', async () => {
    const page = await open();
    await compare(page, ['a', 'c']);
    assert.match(await rowOf(page, 'Run c').innerText(), /seed 1, hidden 256|hidden 256, seed 1/);
    const order = () => section(page).locator('tbody .name').allInnerTexts();
    assert.deepEqual(await order(), [run.title, 'Run a', 'Run b', 'Run c'], 'the best score first');
    await section(page).getByRole('button', { name: 'Smoothed loss' }).click();
    assert.deepEqual(await order(), [run.title, 'Run a', 'Run b', 'Run c'], 'the lowest loss first');
    await section(page).getByRole('button', { name: 'Time' }).click();
    await section(page).getByRole('button', { name: 'Time' }).click();
    assert.equal((await order())[0], 'Run c');
    assert.equal(
      await section(page).locator('th[aria-sort]').getAttribute('aria-sort'),
      'descending',
      'screen readers are told',
    );
  });

  it('are picked from their curves by a click and by keys, and from the table of values', async () => {
    const page = await open();
    await compare(page, ['a', 'c']);
    const box = await page.page.locator('section.score .u-over').boundingBox();
    assert.ok(box);
    // Behind the end of the run that is shown there is one curve.
    await page.page.locator('section.loss .chart-canvas').focus();
    const picked = () => section(page).locator('tr[aria-current=true] .name').allInnerTexts();
    assert.deepEqual(await picked(), []);
    await page.page.keyboard.press('Home');
    await page.page.keyboard.press('ArrowUp');
    await page.drawn();
    assert.deepEqual(await picked(), [run.title]);
    await page.page.keyboard.press('ArrowUp');
    await page.drawn();
    assert.deepEqual(await picked(), ['Run a']);
    await page.page.keyboard.press('ArrowUp');
    await page.drawn();
    assert.deepEqual(await picked(), ['Run c']);
    await values(page).getByRole('button', { name: 'Run a' }).click();
    await page.drawn();
    assert.deepEqual(await picked(), ['Run a']);
    // The run that goes on longest ends alone, at the right.
    const place = await page.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('section.score canvas');
      const over = document.querySelector('section.score .u-over')?.getBoundingClientRect();
      const context = canvas?.getContext('2d');
      if (!canvas || !context || !over) return undefined;
      const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
      const frame = canvas.getBoundingClientRect();
      for (let x = width - 20; x > 0; x--)
        for (let y = 0; y < canvas.height; y++) {
          const at = 4 * (y * width + x);
          if (Math.abs(data[at] - 0xa9) + Math.abs(data[at + 1] - 0x82) + Math.abs(data[at + 2] - 0xad) < 24)
            return { x: frame.left + x / devicePixelRatio, y: frame.top + y / devicePixelRatio };
        }
      return undefined;
    });
    assert.ok(place, 'the curve is there');
    await page.page.mouse.click(place.x, place.y);
    await page.drawn();
    assert.deepEqual(await picked(), ['Run c']);
  });

  it('have their values where the crosshair is, also behind the end of the run that is shown', async () => {
    const page = await open();
    await compare(page, ['a', 'c']);
    await page.page.locator('section.loss .chart-canvas').focus();
    await page.page.keyboard.press('End');
    await page.drawn();
    const rows = await values(page).locator('tbody tr').allInnerTexts();
    assert.match(await values(page).innerText(), /Step 4,\d\d\d/);
    assert.match(rows.find((text) => text.includes('Run c')) ?? '', /0\.\d+/);
    assert.doesNotMatch(rows.find((text) => text.includes('Run a')) ?? '', /0\.\d+/, 'it is over');
  });

  it('keep the crosshair by Enter or a click, and their values are copied as they are sorted', async () => {
    const page = await open();
    await compare(page, ['a', 'c']);
    await page.page.locator('section.loss .chart-canvas').focus();
    await page.page.keyboard.press('Home');
    await page.page.keyboard.press('Enter');
    await page.page.keyboard.press('End');
    await page.drawn();
    assert.match(await values(page).innerText(), /Step 1\n/);
    await values(page).getByRole('button', { name: 'Training loss' }).click();
    await values(page).getByRole('button', { name: 'Copy' }).click();
    const copied = (await page.posted()).findLast((message) => message.type === 'runs.copy');
    assert.ok(copied?.type === 'runs.copy');
    const lines = copied.text.split('\n').map((line) => line.split('\t'));
    assert.deepEqual(
      lines.map(([name]) => name),
      ['Step 1', run.title, 'Run a', 'Run c'],
    );
    assert.ok(lines.slice(1).every(([, loss]) => Number(loss) > 1));
    await page.screenshot('panel-crosshair');
    await page.load();
    await page.send({ type: 'hydrate', run });
    assert.match(await values(page).innerText(), /Step 1\n/, 'also after a reload, of the run alone');
    await values(page).getByRole('button', { name: 'Let the Crosshair Go' }).click();
    await page.drawn();
    assert.equal(await values(page).isVisible(), false);
    const over = page.page.locator('section.loss .u-over');
    await over.click({ position: { x: 200, y: 8 } });
    await page.drawn();
    assert.match(await values(page).innerText(), /Step [\d,]+\n/);
    await page.page.keyboard.press('Escape');
    await over.dblclick({ position: { x: 300, y: 8 } });
    await page.drawn();
    assert.equal(await values(page).isVisible(), false, 'a double click keeps nothing');
  });

  it('are hidden, pinned, named and shown, and all of it comes back with the page', async () => {
    const page = await open();
    await compare(page, ['a', 'c']);
    await rowOf(page, 'Run c').getByRole('button', { name: 'Pin' }).click();
    await rowOf(page, 'Run a').getByRole('button', { name: 'Hide' }).click();
    await page.drawn();
    assert.deepEqual((await asked(page))?.curves, ['c'], 'nobody sees the other');
    assert.equal(await values(page).locator('tbody tr').count(), 2);
    await section(page).getByRole('button', { name: 'Smoothed loss' }).click();
    await rowOf(page, 'Run a').getByRole('button', { name: 'Rename…' }).click();
    await rowOf(page, 'Run a').getByRole('button', { name: 'Delete…' }).click();
    await rowOf(page, 'Run a').getByRole('button', { name: 'Show' }).click();
    assert.deepEqual((await page.posted()).slice(-3), [
      { type: 'runs.rename', run: 'a' },
      { type: 'runs.delete', run: 'a' },
      { type: 'runs.show', run: 'a' },
    ]);
    await page.load();
    await page.send({ type: 'hydrate', run });
    assert.deepEqual(await asked(page), {
      ...{ type: 'runs.follow', list: true, curves: ['c'], smoothing: 25, first: true },
    });
    await tell(page, others, [others[2]]);
    const pressed = (name: string, button: string) =>
      rowOf(page, name).getByRole('button', { name: button }).getAttribute('aria-pressed');
    assert.deepEqual(
      await Promise.all([pressed('Run a', 'Hide'), pressed('Run a', 'Pin'), pressed('Run c', 'Pin')]),
      ['true', 'false', 'true'],
    );
    assert.equal(await section(page).locator('th[aria-sort]').textContent(), 'Smoothed loss▲');
    await page.send({ type: 'hydrate', run: { ...run, id: 'b', title: 'Run b' } });
    assert.equal(await boxOf(page, 'Run c').isChecked(), true, 'it is pinned');
    assert.equal(await boxOf(page, 'Run a').isChecked(), false);
  });

  it('have the colour that is chosen in the table, in charts and values, through hiding and reloads', async () => {
    const page = await withAxe(await open());
    await compare(page, ['a', 'c']);
    const [green, grey] = ['#d4f5b4', '#ada598'];
    const colorOf = (name: string) => section(page).getByRole('combobox', { name: `Colour of ${name}` });
    const chosen = (name: string) => colorOf(name).locator('option:checked').innerText();
    assert.deepEqual([await chosen('Run a'), await chosen('Run c')], ['Green', 'Purple']);
    assert.equal(await colorOf('Run b').count(), 0, 'it is not drawn');
    const samples = () => page.page.locator('.sample.run-4').count();
    const charts = ['loss', 'score', 'speed'] as const;
    await page.page.getByText('Gradient, learning rate and speed').click();
    await page.drawn();
    const pixels = (color: string) => Promise.all(charts.map((chart) => page.pixels(chart, color)));
    const before = { green: await pixels(green), grey: await pixels(grey) };
    assert.equal(await samples(), 0);
    // By keys: grey is the third behind green.
    await colorOf('Run a').focus();
    for (let i = 0; i < 3; i++) await page.page.keyboard.press('ArrowDown');
    await page.drawn();
    assert.equal(await chosen('Run a'), 'Grey');
    assert.equal(await samples(), 2, 'in the table of runs and in that of values');
    const after = { green: await pixels(green), grey: await pixels(grey) };
    charts.forEach((chart, i) => {
      assert.ok(after.green[i] < before.green[i] / 4, `${chart}: ${before.green[i]}, ${after.green[i]}`);
      assert.ok(after.grey[i] > before.grey[i] + 50, `${chart}: ${before.grey[i]}, ${after.grey[i]}`);
    });
    await page.screenshot('panel-runs-colours');
    assert.deepEqual(await faultsFoundByAxe(page), []);

    await page.page.getByRole('button', { name: 'Save Run…' }).click();
    assert.deepEqual((await page.posted()).at(-1), {
      ...{ type: 'saveRun', run: 'run-1' },
      over: [
        { run: 'a', place: 0, color: 3 },
        { run: 'c', place: 1, color: 1 },
      ],
    });

    await rowOf(page, 'Run a').getByRole('button', { name: 'Hide' }).click();
    await page.load();
    await page.send({ type: 'hydrate', run });
    await tell(page, others, [others[2]]);
    assert.equal(await chosen('Run a'), 'Grey', 'a reload keeps it, hidden or not');
    await boxOf(page, 'Run a').uncheck();
    await boxOf(page, 'Run b').check();
    await boxOf(page, 'Run a').check();
    await page.drawn();
    assert.deepEqual([await chosen('Run a'), await chosen('Run b')], ['Grey', 'Green'], 'so does its box');
    await colorOf('Run c').selectOption('Green');
    await boxOf(page, 'Run b').uncheck();
    await boxOf(page, 'Run b').check();
    await page.drawn();
    assert.equal(await chosen('Run b'), 'Purple', 'the first that nobody has');
  });

  it('have colours whose names are true and stand out in every theme, also in Chinese', async () => {
    const page = await open(undefined, { language: 'zh-cn' });
    await page.send({ type: 'hydrate', run });
    await page.page.locator('details.runs > summary').click();
    await tell(page, others, []);
    await boxOf(page, 'Run a').check();
    const select = page.page.getByRole('combobox', { name: 'Run a 的颜色' });
    for (const theme of Object.values(themes)) {
      await page.setTheme(theme);
      const options = await select.locator('option').evaluateAll((all) => {
        const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const luminance = (color: string): number => {
          if (!context) throw new Error('no canvas');
          context.fillStyle = color;
          context.fillRect(0, 0, 1, 1);
          const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((value) =>
            value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
          );
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        return all.map((option) => {
          const { color, backgroundColor } = getComputedStyle(option);
          const [less, more] = [luminance(color), luminance(backgroundColor)].sort((a, b) => a - b);
          return { name: option.textContent, backgroundColor, ratio: (more + 0.05) / (less + 0.05) };
        });
      });
      assert.equal(new Set(options.map(({ backgroundColor }) => backgroundColor)).size, 8, theme.name);
      assert.deepEqual(
        options.filter(({ ratio }) => ratio < 4.5),
        [],
        theme.name,
      );
      assert.deepEqual(
        options.map(({ name }) => name),
        [
          '绿色',
          '紫色',
          '青绿色',
          '灰色',
          '天蓝色',
          '靛蓝色',
          theme.name === 'dark-modern' ? '黄色' : '橄榄色',
          '蓝色',
        ],
        theme.name,
      );
    }
  });

  it('are those that a command asks for, once, with those that are pinned', async () => {
    const page = await open();
    await compare(page, ['a', 'c']);
    await rowOf(page, 'Run c').getByRole('button', { name: 'Pin' }).click();
    await rowOf(page, 'Run a').getByRole('button', { name: 'Hide' }).click();
    const asksFor = { ...run, over: { runs: ['b'], id: '1' } };
    await page.send({ type: 'hydrate', run: asksFor });
    assert.deepEqual([...((await asked(page))?.curves ?? [])].sort(), ['b', 'c']);
    await boxOf(page, 'Run b').uncheck();
    await page.load();
    await page.send({ type: 'hydrate', run: asksFor });
    assert.deepEqual((await asked(page))?.curves, ['c'], 'it was done before');
    await page.send({ type: 'hydrate', run: { ...run, over: { runs: ['a', 'b'], id: '2' } } });
    assert.deepEqual([...((await asked(page))?.curves ?? [])].sort(), ['a', 'b', 'c']);
  });

  it('open with their section where a command asks for them', async () => {
    const page = await open();
    await page.send({ type: 'hydrate', run: { ...run, over: { runs: ['a', 'b'], id: '1' } } });
    await page.drawn();
    const { list, curves } = (await asked(page)) ?? {};
    assert.deepEqual([list, curves], [true, ['a', 'b']]);
    assert.equal(await section(page).getAttribute('open'), '');
  });

  it('are at most eight, and a run that is deleted goes, with a line that says so', async () => {
    const page = await open();
    await page.send({ type: 'hydrate', run });
    await page.page.getByText('Runs over each other').click();
    const many = Array.from({ length: 10 }, (_, i) => otherRun(`${i}`, i / 10, { seed: i }));
    await tell(page, many, []);
    for (let i = 0; i < 8; i++) await boxOf(page, `Run ${i}`).check();
    await page.drawn();
    assert.equal(await boxOf(page, 'Run 8').isDisabled(), true);
    assert.equal((await asked(page))?.curves.length, 8);
    await tell(page, many.slice(1), many.slice(1, 8));
    assert.equal(
      await page.page.locator('section.loss .runs-news').innerText(),
      'Run 0 was deleted: its curves are gone.',
    );
    assert.equal(await boxOf(page, 'Run 8').isDisabled(), false);
    assert.equal((await asked(page))?.curves.length, 7);
  });

  it('are in the charts of gradient norm, learning rate and speed, with the crosshair that is kept', async () => {
    const page = await open();
    await compare(page, ['a', 'c']);
    await page.page.getByText('Gradient, learning rate and speed').click();
    await page.drawn();
    const charts = ['gradient-norm', 'learning-rate', 'speed'] as const;
    const pixels = (color: string) => Promise.all(charts.map((chart) => page.pixels(chart, color)));
    const drawn = await pixels('#a982ad');
    assert.ok(
      drawn.every((count) => count > 50),
      `the run that goes on longest has its colour in each: ${drawn.join(', ')}`,
    );
    const line = '#9d9d9d';
    const before = await pixels(line);
    const over = page.page.locator('.rate.speed .u-over');
    await over.click({ position: { x: 60, y: 90 } });
    await page.drawn();
    assert.match(await values(page).innerText(), /Step [\d,]+\n/, 'a click in one of them keeps it');
    const after = await pixels(line);
    assert.ok(
      after.every((count, i) => count > before[i] + 80),
      `${before.join(', ')} before, ${after.join(', ')} after`,
    );
    await page.screenshot('panel-runs-rates');
    await section(page).getByRole('checkbox', { name: 'Seeds as mean ± deviation' }).check();
    await page.drawn();
    assert.ok(
      (await pixels('#d4f5b4')).every((count) => count > 50),
      'a mean of seeds is there, too',
    );
    await boxOf(page, 'Run c').uncheck();
    await page.drawn();
    assert.ok((await pixels('#a982ad')).every((count) => count < 20));
  });

  it('are named in the descriptions of all charts, with their last values', async () => {
    const page = await open();
    await compare(page, ['a', 'c']);
    await page.page.getByText('Gradient, learning rate and speed').click();
    await page.drawn();
    const charts = ['section.loss', 'section.score', '.gradient-norm', '.learning-rate', '.speed'];
    const said = (): Promise<string[]> =>
      Promise.all(
        charts.map(
          async (chart) =>
            (await page.page.locator(`${chart} .chart-canvas`).getAttribute('aria-label')) ?? '',
        ),
      );
    const score = await rowOf(page, 'Run c').locator('td').nth(1).innerText();
    const words = await said();
    words.forEach((text, i) =>
      assert.match(text, /Other runs are drawn over it: Run a, last \S.*; Run c, last \S+\d/, charts[i]),
    );
    assert.ok(words[1].includes(`Run c, last ${score}`), words[1]);
    await section(page).getByRole('checkbox', { name: 'Seeds as mean ± deviation' }).check();
    await boxOf(page, 'Run c').uncheck();
    await page.drawn();
    for (const text of await said()) assert.match(text, /drawn over it: Mean of 2 seeds: 1, 3, last \S*\d/);
    await boxOf(page, 'Run a').uncheck();
    await page.drawn();
    for (const text of await said()) assert.doesNotMatch(text, /Other runs|Mean of|Run a/);
  });

  it('that are missing in a chart are told below it, with the reason', async () => {
    const page = await open();
    await compare(page, ['a', 'c']);
    await page.page.getByText('Gradient, learning rate and speed').click();
    const notes = () => page.page.locator('.chart-note').allInnerTexts();
    assert.deepEqual(await notes(), ['', '', '', '', '']);
    const { listed, curves } = others[2];
    const withEpochs = (change: (epoch: RunCurves['epochs'][number]) => object): OtherRun => ({
      listed,
      curves: { ...curves, epochs: curves.epochs.map((epoch) => ({ ...epoch, ...change(epoch) })) },
    });
    const { spans, seconds } = curves;
    await tell(page, others, [{ listed, curves: { ...curves, spans: !spans } }]);
    assert.deepEqual(await notes(), ['', 'Run c is not drawn here: its score is span F1.', '', '', '']);
    const early = withEpochs(() => ({ score: undefined, flow: undefined, learningRate: undefined }));
    await tell(page, others, [early]);
    const without = 'Run c is not drawn here: it has no such figures.';
    assert.deepEqual(await notes(), [
      ...['', 'Run c is not drawn here: it has no score.'],
      ...[without, without, ''],
    ]);
    const untimed = withEpochs(() => ({ seconds: 0 }));
    await tell(page, others, [{ listed, curves: { ...untimed.curves, seconds: 0 } }]);
    assert.deepEqual(await notes(), ['', '', '', '', ''], 'steps are known');
    const by = page.page.getByRole('combobox', { name: 'By' });
    await by.selectOption('time');
    await page.drawn();
    assert.equal((await notes())[0], 'Run c is not drawn: it has no training time.');
    assert.ok((await page.pixels('loss', '#a982ad')) < 20);
    await page.screenshot('panel-run-left-out');
    await tell(page, others, [{ listed, curves: { ...curves, seconds } }]);
    assert.deepEqual(await notes(), ['', '', '', '', '']);
    assert.ok((await page.pixels('loss', '#a982ad')) > 50);
  });

  for (const theme of Object.values(themes))
    it(`have seeds as their mean and deviation, in ${theme.name}`, async () => {
      const page = await open(theme);
      await compare(page, ['a', 'b', 'c']);
      await page.screenshot(`panel-runs-${theme.name}`);
      await section(page).getByRole('checkbox', { name: 'Seeds as mean ± deviation' }).check();
      await page.drawn();
      const names = await values(page).locator('.name').allInnerTexts();
      assert.deepEqual(names.sort(), ['Mean of 3 seeds: 1, 2, 3', 'Run c', run.title].sort());
      await assertReadable(page);
      await page.screenshot(`panel-seeds-${theme.name}`);
    });
});
