import assert from 'node:assert/strict';
import { formatFactor } from '../../src/common/figures';
import { shownName } from '../../src/common/shownText';
import { modelWith, oneHotModelOf, shownSentence, words } from './networkSentences';
import { describePanel } from './panelSuite';
import { themes } from './themes';

describePanel('The pictures of the network over a sentence', (open) => {
  const openPage = () =>
    open(themes.darkModern, { viewport: { width: 760, height: 1400 }, bundle: 'network' });

  it('says the value of a cell under the pointer and by the arrow keys', async () => {
    const shown = await openPage();
    const sentence = await shownSentence(modelWith());
    await shown.send({ type: 'show', sentence });
    const heat = shown.page.locator('.heat').first();
    const canvas = heat.locator('canvas');
    const { width, height } = (await canvas.boundingBox())!;
    await canvas.hover({ position: { x: (4.5 * width) / 8, y: (3.5 * height) / 12 } });
    const { h } = sentence.unrolled.sweeps[0];
    assert.equal(
      await heat.locator('.heat-value').textContent(),
      `unit 4, t = 5 “猫”: ${formatFactor(h[4 * 12 + 3])}`,
    );
    assert.equal(
      await heat.locator('.heat-scale').textContent(),
      `a column a word, a row a unit; colours from −${formatFactor(Math.max(...h.map(Math.abs)))} to ${formatFactor(Math.max(...h.map(Math.abs)))}`,
    );
    await shown.page.mouse.move(0, 0);
    assert.equal(await heat.locator('.heat-value').textContent(), '');
    await canvas.focus();
    await shown.page.keyboard.press('ArrowDown');
    await shown.page.keyboard.press('ArrowDown');
    assert.equal(
      await heat.locator('.heat-value').textContent(),
      `unit 2, t = 3 “sat”: ${formatFactor(h[2 * 12 + 1])}`,
    );
    // Blue below 0, orange above, the background at 0.
    const pixel = (row: number, column: number): Promise<number[]> =>
      canvas.evaluate(
        (drawn, [x, y]) => [...(drawn as HTMLCanvasElement).getContext('2d')!.getImageData(x, y, 1, 1).data],
        [column, row] as const,
      );
    for (let unit = 0; unit < 12; unit++) {
      const [r, , b] = await pixel(unit, 0);
      if (Math.abs(h[unit]) > 0.2) assert.equal(h[unit] > 0, r > b, `unit ${unit}: ${h[unit]}`);
    }
  });

  it('shows how the error fades, in the strip of δ and the chart, before the formulas say why', async () => {
    const shown = await openPage();
    const sentence = await shownSentence(modelWith({ layers: 2 }), { step: 7 });
    await shown.send({ type: 'show', sentence, tab: 'flow' });
    const places = ['.flow-summary', '.heat', '.flow .chart', 'table.formulas', 'table.steps'];
    const tops = await Promise.all(
      places.map(async (place) => (await shown.page.locator(`#panel-flow ${place}`).boundingBox())!.y),
    );
    assert.deepEqual(
      tops,
      tops.toSorted((a, b) => a - b),
    );
    await shown.screenshot('network-flow-order');
  });

  it('reads a cell of what is drawn now, at another step, direction and sentence', async () => {
    const shown = await openPage();
    const sentence = await shownSentence(modelWith());
    await shown.send({ type: 'show', sentence });
    const heat = shown.page.locator('.heat').first();
    const value = heat.locator('.heat-value');
    const canvas = heat.locator('canvas');
    const { width, height } = (await canvas.boundingBox())!;
    const [forward, backward] = sentence.unrolled.sweeps;
    // The pointer's cell is left with its step, but for a click that goes to it.
    const position = { x: (4.5 * width) / 8, y: (3.5 * height) / 12 };
    await canvas.hover({ position });
    assert.equal(await value.textContent(), `unit 4, t = 5 “猫”: ${formatFactor(forward.h[4 * 12 + 3])}`);
    await shown.page.keyboard.press('ArrowRight');
    assert.equal(await value.textContent(), '');
    await canvas.click({ position });
    assert.equal(await value.textContent(), `unit 4, t = 5 “猫”: ${formatFactor(forward.h[4 * 12 + 3])}`);
    await shown.page.mouse.move(0, 0);
    // The keys' cell goes along.
    await canvas.focus();
    await shown.page.keyboard.press('ArrowDown');
    await shown.page.keyboard.press('ArrowRight');
    assert.equal(await value.textContent(), `unit 1, t = 6 “on”: ${formatFactor(forward.h[5 * 12])}`);
    await shown.page.getByLabel('Layer and direction').selectOption('Layer 1, right to left');
    assert.equal(await value.textContent(), `unit 1, t = 6 “on”: ${formatFactor(backward.h[5 * 12])}`);
    const place = { ...sentence.place, line: 20, step: 0 };
    const other = await shownSentence(modelWith(), { step: 0 }, { place }, ['cat', 'sat']);
    await shown.send({ type: 'show', sentence: other });
    assert.equal(
      await value.textContent(),
      `unit 1, t = 1 “cat”: ${formatFactor(other.unrolled.sweeps[1].h[0])}`,
    );
  });

  it('names from what to what U, W and V lead, and what their columns and rows are', async () => {
    const shown = await openPage();
    await shown.send({ type: 'show', sentence: await shownSentence(modelWith({ layers: 2 })) });
    await shown.page.locator('#weights > summary').click();
    const told = (): Promise<(readonly [string, string])[]> =>
      shown.page.locator('#weights .heat:visible').evaluateAll((all) =>
        all.map((heat) => {
          const symbols = [...heat.querySelectorAll('h3 .formula')].map((part) =>
            part.getAttribute('aria-label'),
          );
          const scale = heat.querySelector('.heat-scale')?.textContent ?? '';
          return [symbols.join(': '), scale.replace(/; colours.*/, '')] as const;
        }),
      );
    const V = ['V: h_t → z_t', 'columns: from a unit of hₜ; rows: to a label of zₜ'] as const;
    const below =
      'columns: from a unit of xₜ, which is hₜ of layer 1, left to right first; rows: to a unit of hₜ';
    const list = shown.page.getByLabel('Layer and direction');
    await list.selectOption('Layer 2, left to right');
    assert.deepEqual(await told(), [
      ['U: h_t−1 → h_t', 'columns: from a unit of hₜ₋₁; rows: to a unit of hₜ'],
      ['W: x_t → h_t', below],
      V,
    ]);
    await shown.screenshot('network-weights');
    await list.selectOption('Layer 2, right to left');
    assert.deepEqual(await told(), [
      ['U: h_t+1 → h_t', 'columns: from a unit of hₜ₊₁; rows: to a unit of hₜ'],
      ['W: x_t → h_t', below],
      V,
    ]);
    assert.equal(await shown.page.getByText('from the hidden units of the step after').count(), 1);
    await list.selectOption('Layer 1, left to right');
    assert.deepEqual((await told())[1], [
      'W: x_t → h_t',
      'columns: from an input of xₜ; rows: to a unit of hₜ',
    ]);
  });

  it('reads U, W and V by all four arrow keys, which then do not step through time', async () => {
    const shown = await openPage();
    const sentence = await shownSentence(modelWith());
    await shown.send({ type: 'show', sentence });
    await shown.page.locator('#weights > summary').click();
    const read = async (index: number, keys: readonly string[]): Promise<string | null> => {
      const heat = shown.page.locator('#weights .heat').nth(index);
      await heat.locator('canvas').focus();
      for (const key of keys) await shown.page.keyboard.press(`Arrow${key}`);
      return heat.locator('.heat-value').textContent();
    };
    const [{ U, W }] = sentence.unrolled.sweeps;
    const [V] = sentence.unrolled.V!;
    const keys = ['Down', 'Down', 'Right', 'Right', 'Left'];
    assert.equal(await read(0, keys), `to unit 2 from unit 2: ${formatFactor(U![13])}`);
    assert.equal(await read(1, [...keys, 'Right']), `to unit 2 from input 3: ${formatFactor(W![6 + 2])}`);
    assert.equal(await read(2, keys), `to B-x from unit 2: ${formatFactor(V[13])}`);
    assert.equal(await shown.page.locator('.word[aria-selected=true] .form').textContent(), 'sat');
    // With another direction it is of that one's.
    await shown.page.getByLabel('Layer and direction').selectOption('Layer 1, right to left');
    assert.equal(
      await shown.page.locator('#weights .heat-value').first().textContent(),
      `to unit 2 from unit 2: ${formatFactor(sentence.unrolled.sweeps[1].U![13])}`,
    );
    // Of two layers, the columns of W are the units of the layer below in both directions; what was read is where one goes on.
    const deep = await shownSentence(modelWith({ layers: 2 }));
    await shown.send({ type: 'show', sentence: deep });
    await shown.page.getByLabel('Layer and direction').selectOption('Layer 2, left to right');
    const columns = Array.from({ length: 14 }, () => 'Right');
    assert.equal(
      await read(1, ['Down', ...columns]),
      `to unit 3 from unit 5 (Layer 1, right to left): ${formatFactor(deep.unrolled.sweeps[2].W![2 * 24 + 16])}`,
    );
  });

  it('shows of one-hot words the columns of W that the sentence has, with the words above them', async () => {
    const shown = await openPage();
    const hostile = '<img src=x onerror="alert(1)">';
    const sentence = await shownSentence(modelWith({ input: 'one-hot' }), {}, {}, [...words, hostile]);
    await shown.send({ type: 'show', sentence });
    await shown.page.locator('#weights > summary').click();
    const picture = shown.page.locator('#weights .heat').nth(1);
    const titles = ['the, The', 'cat', 'sat', '<unknown>', '猫'];
    assert.deepEqual(await picture.locator('.heat-titles > span').allTextContents(), [
      ...titles,
      `unknown: on, ${shownName(hostile, 20)}`,
    ]);
    assert.equal(await shown.page.locator('img').count(), 0);
    assert.match(
      (await picture.locator('.heat-scale').textContent()) ?? '',
      /^columns: from a word, those of this sentence among 10; rows: to a unit of hₜ; colours/,
    );
    const canvas = picture.locator('canvas');
    const { W } = sentence.unrolled.sweeps[0];
    assert.equal(W!.length, 12 * 6);
    await canvas.focus();
    for (const key of ['Down', 'Down', 'Right', 'Right']) await shown.page.keyboard.press(`Arrow${key}`);
    assert.equal(
      await picture.locator('.heat-value').textContent(),
      `to unit 2 from “sat”: ${formatFactor(W![6 + 2])}`,
    );
    await shown.screenshot('network-one-hot');
    // From right to left W is another.
    await shown.page.getByLabel('Layer and direction').selectOption('Layer 1, right to left');
    assert.equal(
      await picture.locator('.heat-value').textContent(),
      `to unit 2 from “sat”: ${formatFactor(sentence.unrolled.sweeps[1].W![6 + 2])}`,
    );
    // Of many words the titles stand upright, each above its column, and the picture moves in its frame.
    const many = Array.from({ length: 60 }, (_, n) => `${n % 9 === 0 ? 'cat' : 'Mountaineering'}${n}`);
    const known = await shownSentence(oneHotModelOf(many), {}, {}, many);
    await shown.send({ type: 'show', sentence: known });
    await shown.page.setViewportSize({ width: 300, height: 900 });
    await shown.drawn();
    const places = await picture.locator('.heat-titles > span').evaluateAll((all) =>
      all.map((title) => {
        const { left, right, bottom } = title.getBoundingClientRect();
        return { middle: (left + right) / 2, width: right - left, bottom };
      }),
    );
    assert.equal(places.length, 60);
    const box = (await canvas.boundingBox())!;
    places.forEach(({ middle, width, bottom }, n) => {
      assert.ok(width <= box.width / 60, `title ${n} is ${width} wide`);
      assert.ok(Math.abs(middle - box.x - ((n + 0.5) * box.width) / 60) < 2, `title ${n} is at ${middle}`);
      assert.ok(bottom <= box.y && bottom > box.y - 6, `title ${n} ends at ${bottom}`);
    });
    const overflow = () =>
      shown.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok((await overflow()) <= 0);
    // What the keys read is in sight.
    await canvas.focus();
    for (let n = 0; n < 40; n++) await shown.page.keyboard.press('ArrowRight');
    const left = await picture.locator('.heat-frame').evaluate(({ scrollLeft }) => scrollLeft);
    const frame = (await picture.locator('.heat-frame').boundingBox())!;
    const cell = (42.5 * box.width) / 60 - left;
    assert.ok(left > 0 && cell > 0 && cell < frame.width, `${cell} of ${frame.width}`);
    await shown.screenshot('network-one-hot-narrow');
  });
});
