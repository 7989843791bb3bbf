import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { lightPalette } from '../../src/report/drawing';
import { pictureOf, reportText } from '../../src/report/formats';
import type { ReportedRun } from '../../src/report/reportedRun';
import { markerOf } from '../../src/run/runLook';
import { doneRun, hostile, hostileRun } from '../unit/report/runs';
import { patienceMs } from '../until';
import { otherRun } from './comparedRuns';
import { textContrasts } from './contrast';
import { launch } from './harness';
import { withLabels } from './learnedRuns';
import { describePanel } from './panelSuite';

describe('The report of a run in Chromium', function () {
  this.timeout(600_000);
  let browser: Browser;
  let folder: string;
  let page: Page;
  /** Addresses that the page asked for, and all that a script could have done. */
  const seen: string[] = [];

  before(async () => {
    browser = await launch();
    folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-page-'));
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => page?.context().close());

  /** Opens a run's report from its file, as a reader does. */
  async function open(run: ReportedRun, options: BrowserContextOptions = {}): Promise<string> {
    const file = path.join(folder, 'report.html');
    writeFileSync(file, reportText(run, 'html', { language: 'en' }));
    const context = await browser.newContext({ viewport: { width: 900, height: 1000 }, ...options });
    context.setDefaultTimeout(patienceMs);
    page = await context.newPage();
    seen.length = 0;
    page.on('request', (request) => seen.push(request.url()));
    page.on('dialog', (dialog) => {
      seen.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    const address = String(pathToFileURL(file));
    await page.goto(address, { waitUntil: 'load' });
    return address;
  }

  async function look(name: string): Promise<void> {
    mkdirSync('out/screenshots', { recursive: true });
    await page.screenshot({ path: `out/screenshots/${name}.png`, fullPage: true });
  }

  for (const colorScheme of ['light', 'dark'] as const)
    it(`opens from its file, readably, ${colorScheme}`, async () => {
      const address = await open(doneRun(), { colorScheme });
      assert.deepEqual(seen, [address]);
      assert.equal(await page.locator('svg:visible').count(), 6);
      const pale = (await textContrasts(page)).filter(({ ratio }) => ratio < 4.5);
      assert.deepEqual(pale, []);
      await look(`report-${colorScheme}`);
    });

  it('has F1 by label and epoch, with a small curve for each label', async () => {
    const { state } = doneRun();
    const address = await open(doneRun({ history: withLabels(state.history) }));
    assert.equal(await page.locator('td.curve svg:visible').count(), 4);
    assert.equal(await page.locator('img, script').count(), 0);
    const box = await page.locator('td.curve svg').first().boundingBox();
    assert.deepEqual([box?.width, box?.height], [84, 21]);
    const pale = (await textContrasts(page)).filter(({ ratio }) => ratio < 4.5);
    assert.deepEqual(pale, []);
    assert.deepEqual(seen, [address]);
    const section = page.locator('section:has(td.curve)');
    await section.screenshot({ path: 'out/screenshots/report-labels.png' });
    await page.setViewportSize({ width: 320, height: 900 });
    const [width, visible] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.equal(width, visible);
    await section.screenshot({ path: 'out/screenshots/report-labels-320.png' });
  });

  it('runs nothing and asks for nothing, whatever the names in it hold', async () => {
    const address = await open(hostileRun());
    assert.equal(await page.locator('img, script').count(), 0);
    assert.ok((await page.locator('h1').textContent())?.includes('<img src=x'));
    assert.ok((await page.locator('.note').allTextContents()).includes(hostile));
    assert.deepEqual(seen, [address]);
  });

  it('is read in a narrow window: what is wider moves by itself', async () => {
    await open(doneRun(), { viewport: { width: 320, height: 900 } });
    const [width, visible] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.equal(width, visible);
    await look('report-320');
  });

  it('is drawn in the colours of high contrast', async () => {
    await open(doneRun(), { forcedColors: 'active', colorScheme: 'light' });
    await look('report-forced-colors');
  });

  it('has charts as pictures of their own', async () => {
    await open(doneRun());
    const file = path.join(folder, 'charts.svg');
    writeFileSync(file, reportText(doneRun(), 'svg', { language: 'en' }));
    await page.goto(String(pathToFileURL(file)));
    // A browser draws it only where it is well-formed XML.
    assert.equal(await page.evaluate(() => document.documentElement.localName), 'svg');
    const viewer = path.join(folder, 'viewer.html');
    writeFileSync(viewer, '<!DOCTYPE html><img src="charts.svg">');
    await page.goto(String(pathToFileURL(viewer)));
    const width = await page.evaluate(() => document.querySelector('img')?.naturalWidth);
    assert.equal(width, 800);
    await look('report-svg');
  });
});

describePanel('The loss panel as a painter', (open) => {
  it('paints charts as PNG, with legend and axes', async () => {
    const shown = await open();
    const run = doneRun();
    const drawing = pictureOf(run, undefined);
    await shown.send({ type: 'paint', picture: 7, drawing });
    await shown.page.waitForFunction(() => window.posted.some(({ type }) => type === 'painted'));
    // A page hands its bytes over: they are told here as text.
    const [picture, text] = await shown.page.evaluate(() => {
      const message = window.posted.find((one) => one.type === 'painted');
      return message?.type === 'painted'
        ? [message.picture, btoa(Array.from(message.bytes, (byte) => String.fromCharCode(byte)).join(''))]
        : [];
    });
    assert.equal(picture, 7);
    const bytes = Buffer.from(String(text), 'base64');
    assert.deepEqual([...bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    // Width and height stand behind the signature (PNG, section 11.2.1).
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1600, 6 * 360 * 2]);
    mkdirSync('out/screenshots', { recursive: true });
    writeFileSync('out/screenshots/report-png.png', bytes);
  });

  it('paints the runs that are drawn over it in their colours, as SVG has them', async () => {
    const over = [
      { ...otherRun('a', 0.3), look: { place: 0, color: 3 } },
      { ...otherRun('c', 0.8, {}, 4200), look: { place: 1, color: 1 } },
    ].map(({ listed, curves, look }) => ({ name: listed.title, look, curves }));
    const run = { ...doneRun(), over };
    const [grey, purple] = [lightPalette['run-4'], lightPalette['run-2']];
    for (const chart of ['loss', 'score', 'gradient-norm', 'learning-rate', 'speed']) {
      const svg = reportText(run, 'svg', { language: 'en', chart });
      assert.match(svg, />Run a  \S/, chart);
      assert.match(svg, />Run c  \S/, chart);
      assert.match(svg, />4,200<|>4,000</, 'the axis reaches to the end of the longest');
      for (const color of [grey, purple]) assert.ok(svg.includes(`stroke:${color}`), `${chart}: ${color}`);
      assert.ok(svg.includes(`<path d="${markerOf(1)}"`), chart);
      assert.doesNotMatch(svg, /NaN|undefined/);
    }
    const otherScore = over.map((one) => ({ ...one, curves: { ...one.curves, spans: true } }));
    const score = reportText({ ...run, over: otherScore }, 'svg', { language: 'en', chart: 'score' });
    assert.doesNotMatch(score, /Run a/, 'another score is not drawn over this one');
    const shown = await open();
    await shown.send({ type: 'paint', picture: 9, drawing: pictureOf(run, undefined) });
    await shown.page.waitForFunction(() => window.posted.some(({ type }) => type === 'painted'));
    const [base64, counts] = await shown.page.evaluate(
      async (colors) => {
        const message = window.posted.find((one) => one.type === 'painted');
        if (message?.type !== 'painted') return ['', []] as const;
        const image = await createImageBitmap(new Blob([message.bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
        if (!context) throw new Error('no canvas');
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        const found = colors.map((color) => {
          const wanted = parseInt(color.slice(1), 16);
          let count = 0;
          for (let i = 0; i < data.length; i += 4)
            if (((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]) === wanted) count++;
          return count;
        });
        return [
          btoa(Array.from(message.bytes, (byte) => String.fromCharCode(byte)).join('')),
          found,
        ] as const;
      },
      [grey, purple],
    );
    assert.ok(counts.length === 2 && counts.every((count) => count > 2000), counts.join(', '));
    mkdirSync('out/screenshots', { recursive: true });
    writeFileSync('out/screenshots/report-png-over.png', Buffer.from(base64, 'base64'));
  });

  it('says why it cannot', async () => {
    const shown = await open();
    await shown.send({ type: 'paint', picture: 8, drawing: { width: 1e9, height: 1e9, shapes: [] } });
    await shown.page.waitForFunction(() => window.posted.some(({ type }) => type === 'notPainted'));
  });
});
