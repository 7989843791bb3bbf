// npm run pictures: the pictures of the walkthroughs, dark and light, and of the README, taken of a real VS Code with
// the packaged extension. What they show is the sample and workspaces of the tests.
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildProject } from '../build/build.mjs';
import { packageExtension } from '../build/vsix.mjs';
import { ensureNodeModules } from '../install.mjs';
import { inProject, root } from '../paths.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureCodeServer } from './codeServer.mjs';
import { screenshotPanel } from './demo.mjs';
import {
  lossPanel,
  openFile,
  pick,
  readLabels,
  runCommand,
  selectors,
  waitForLabels,
  webviewFrame,
} from './driver.mjs';
import { temporaryFolder } from './profile.mjs';
import { openWorkbench } from './workbench.mjs';

const target = inProject('media', 'walkthroughs');
/** The same as PNG, to look at. */
const pngs = inProject('out', 'pictures');
const patienceMs = 240_000;
const size = { width: 960, height: 600 };
/** Of the README's pictures. */
const readmeSize = { width: 1440, height: 900 };
/** Of pictures in which the status bar counts. */
const smallSize = { width: 720, height: 400 };
const editorPlace = { x: 48, y: 35, width: 620, height: 400 };
const quality = 0.85;

const settings = {
  'editor.minimap.enabled': false,
  'breadcrumbs.enabled': false,
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  '[plaintext]': { 'editor.wordWrap': 'on' },
  'rnnTagger.device': 'simd',
};

/** Text stays sharp in WebP, at a fifth of a PNG's size. */
async function writeWebp(page, png, file) {
  const converter = await page.context().newPage();
  try {
    const url = await converter.evaluate(
      async ([base64, wanted]) => {
        const image = new globalThis.Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = globalThis.document.createElement('canvas');
        canvas.width = image.naturalWidth;
        canvas.height = image.naturalHeight;
        canvas.getContext('2d').drawImage(image, 0, 0);
        return canvas.toDataURL('image/webp', wanted);
      },
      [png.toString('base64'), quality],
    );
    if (!url.startsWith('data:image/webp')) throw new Error('This Chromium writes no WebP.');
    writeFileSync(file, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  } finally {
    await converter.close();
  }
}

/** A copy of a folder, which the scenes may change. */
function copyOf(folder, name) {
  const copy = path.join(temporaryFolder('pictures'), name);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

async function until(what, holds) {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50)) if (await holds()) return;
  throw new Error(`Waited ${patienceMs / 1000} s: ${what}.`);
}

const status = ({ page }, text) =>
  page.locator('[id="rnn-tagger.rnn-tagger.rnnTagger.status"]').filter({ hasText: text }).waitFor();

async function train(workbench, column) {
  const { page } = workbench;
  await runCommand(page, 'RNN Tagger: Train on Workspace');
  if (column !== undefined) {
    // The rows of the palette, which is closing, may hold the column's name, too.
    await page.locator(selectors.quickPickRow).first().filter({ hasNotText: 'RNN Tagger:' }).waitFor();
    await pick(page, column);
  }
  const panel = await lossPanel(page);
  await panel.locator(selectors.panelState('done')).waitFor();
  return panel;
}

const closeSideBar = ({ page }) => page.keyboard.press('Control+B');
const closeAll = ({ page }) => runCommand(page, 'View: Close All Editor Groups');

/** Opens a row of a tree by the keyboard, open or not. */
async function unfold(page, name, inside) {
  const row = (text) => page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
  await row(name).waitFor();
  await until(`${inside} below ${name}`, async () => {
    if (await row(inside).isVisible()) return true;
    await row(name).click();
    await sleep(1000);
    return row(inside).isVisible();
  });
}

/** From annotated text. */
async function annotated(workbench, shoot) {
  const { page } = workbench;
  const dev = 'en_ewt-excerpt-dev.conllu';
  await status(workbench, /1 corpus/);
  await runCommand(page, 'View: Show RNN Tagger');
  await unfold(page, 'UD_English-EWT', 'UPOS');
  await unfold(page, 'UPOS', 'NOUN');
  await shoot('corpora', { x: 0, y: 0, width: 480, height: 420 });
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  const panel = await train(workbench, 'UPOS');
  await page.locator('.notification-toast').waitFor({ state: 'hidden' });
  await panel.locator('section.epochs tbody tr').nth(2).waitFor();
  await shoot('panel');
  await closeAll(workbench);
  await openFile(page, dev);
  await waitForLabels(page, { file: dev });
  await runCommand(page, 'RNN Tagger: Next Disagreement');
  await until('a disagreement is drawn', async () =>
    (await readLabels(page)).some(({ labels }) => labels.some(({ label }) => label.includes('≠'))),
  );
  await shoot('disagreements', editorPlace);
  await runCommand(page, 'RNN Tagger: Review Labels');
  await page.locator(selectors.statusBarItem, { hasText: /Review 1 of/ }).waitFor();
  await shoot('review');
  await page.keyboard.press('Escape');
  await closeAll(workbench);
  await openFile(page, 'letter.txt');
  await runCommand(page, 'RNN Tagger: Toggle Predicted Labels in This File');
  await waitForLabels(page, { file: 'letter.txt' });
  await shoot('letter', editorPlace);
  await runCommand(page, 'RNN Tagger: Find Label Errors');
  await pick(page, 'UPOS');
  await runCommand(page, 'Problems: Focus on Problems View');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'likely' }).first().waitFor();
  await shoot('errors');
}

const people = /\b(Anna|Tor|Rita|Omar|Mia|Jon|Paul|Ines)\b|\b(Oslo|Accra|New York|Rome|Bergen|Lima)\b/g;

/** What a person would label in the first lines of a text, as brat keeps it. */
function annotations(text) {
  return [...text.slice(0, 340).matchAll(people)]
    .map(({ 0: words, 1: person, index }, at) => {
      const end = index + words.length;
      return `T${at + 1}\t${person === undefined ? 'LOC' : 'PER'} ${index} ${end}\t${words}\n`;
    })
    .join('');
}

/** From plain text. */
async function plainText(workbench, shoot, folder, text) {
  const { page } = workbench;
  await closeSideBar(workbench);
  await openFile(page, 'travel.txt');
  await status(workbench, /select words/);
  await shoot('text');
  await page.keyboard.press('Control+F');
  await page.keyboard.type('Paul');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Alt+L');
  const input = page.locator(selectors.quickInputText);
  await input.waitFor();
  await input.fill('PER');
  await shoot('selection');
  await page.keyboard.press('Escape');
  writeFileSync(path.join(folder, 'travel.ann'), annotations(text));
  await status(workbench, /train a model now/);
  await shoot('enough');
}

/** From a corpus from elsewhere. */
async function otherCorpus(workbench, shoot) {
  const { page } = workbench;
  await closeSideBar(workbench);
  await openFile(page, 'names.txt');
  await shoot('elsewhere', editorPlace);
  await runCommand(page, 'RNN Tagger: Train on Workspace');
  const offer = page.locator('.notification-toast', { hasText: 'looks like' });
  await offer.waitFor();
  await shoot('offer', { x: size.width - 620, y: size.height - 400, width: 620, height: 400 });
  await offer.getByRole('button', { name: 'Use It' }).click();
  const panel = await lossPanel(page);
  await panel.locator(selectors.panelState('done')).waitFor();
  await closeAll(workbench);
  await runCommand(page, 'RNN Tagger: Check Corpus');
  await page
    .locator(selectors.tab)
    .filter({ hasText: /report|Check|corpus/i })
    .first()
    .waitFor();
  await page.locator('.view-line', { hasText: 'LABEL' }).first().waitFor();
  await shoot('report', editorPlace);
}

/** Of the README: a run and its labels. */
async function readmeSample({ page }, shoot) {
  const dev = 'en_ewt-excerpt-dev.conllu';
  await status({ page }, /1 corpus/);
  await openFile(page, dev);
  const panel = await train({ page }, 'UPOS');
  await waitForLabels(page, { file: dev });
  await page.locator('.notification-toast', { hasText: 'disagreements in' }).waitFor();
  await runCommand(page, 'Notifications: Clear All Notifications');
  await shoot('training');
  await screenshotPanel(page, panel, inProject('media', 'panel.png'));
  const learned = 'details.confusions';
  await panel.locator(`${learned} > summary`).click();
  await panel.locator(`${learned} tbody tr`).first().waitFor();
  await screenshotPanel(page, panel, inProject('media', 'learned.png'), learned);
  await runCommand(page, 'View: Focus First Editor Group');
  await openFile(page, 'letter.txt');
  await runCommand(page, 'RNN Tagger: Toggle Predicted Labels in This File');
  await waitForLabels(page, { file: 'letter.txt' });
  await shoot('letter');
  await closeAll({ page });
  await network({ page }, dev, 'from London St Pancras station');
  await shoot('network');
}

/** The network over a sentence of a file, beside it. */
async function network({ page }, file, words) {
  await openFile(page, file);
  await page.keyboard.press('Control+F');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  // The selection covers the line of the text: the words stand in the rows below.
  await page.keyboard.press('ArrowRight');
  for (let row = 0; row < 4; row++) await page.keyboard.press('ArrowDown');
  await runCommand(page, 'RNN Tagger: Show Network');
  const shown = await webviewFrame(page, 'main.network');
  await shown.locator('.word').first().waitFor();
  await shown.locator('.formula').first().waitFor();
}

/** Of the README: the view in the activity bar. */
async function readmeViews(workbench, shoot) {
  const { page } = workbench;
  await status(workbench, /2 corpora/);
  await train(workbench, 'LABEL');
  await closeAll(workbench);
  await openFile(page, 'unlabelled.conll');
  await waitForLabels(page, { file: 'unlabelled.conll' });
  await runCommand(page, 'View: Show RNN Tagger');
  await unfold(page, 'names', 'Training');
  await unfold(page, 'Labels LABEL', 'B-LOC');
  await page.locator('.pane-body .monaco-list-row', { hasText: '→ PER' }).first().waitFor();
  await runCommand(page, 'Notifications: Clear All Notifications');
  await shoot('views');
}

async function inWindow({ folder, theme, vsix, windowSize = size, isForReadme = false }, scene) {
  const workbench = await openWorkbench({ folder, vsix, theme, settings, size: windowSize, host: 'server' });
  workbench.page.setDefaultTimeout(patienceMs);
  try {
    const shoot = async (name, clip) => {
      await workbench.page.mouse.move(windowSize.width - 5, 60);
      const png = await workbench.page.screenshot({ clip, caret: 'hide', animations: 'disabled' });
      if (isForReadme) return void writeFileSync(inProject('media', `${name}.png`), png);
      writeFileSync(path.join(pngs, `${name}-${theme}.png`), png);
      await writeWebp(workbench.page, png, path.join(target, `${name}-${theme}.webp`));
      console.log(`${name}-${theme}`);
    };
    await scene(workbench, shoot);
  } catch (error) {
    console.error(`What VS Code showed then: ${await workbench.screenshot('pictures-failed')}`);
    throw error;
  } finally {
    await workbench.close();
  }
}

const text = inProject('test', 'workspaces', 'begin');
const scenes = {
  annotated: (theme, vsix) =>
    inWindow({ folder: copyOf(inProject('sample'), 'sample'), theme, vsix }, annotated),
  text: async (theme, vsix) => {
    const folder = copyOf(text, 'texts');
    rmSync(path.join(folder, 'README.md'));
    const content = readFileSync(path.join(folder, 'travel.txt'), 'utf8');
    await inWindow({ folder, theme, vsix, windowSize: smallSize }, (workbench, shoot) =>
      plainText(workbench, shoot, folder, content),
    );
  },
  otherCorpus: async (theme, vsix) => {
    const folder = path.join(temporaryFolder('pictures'), 'download');
    mkdirSync(folder);
    const copy = copyOf(inProject('test', 'workspaces', 'likely', 'names'), 'names');
    renameSync(path.join(copy, 'train.txt'), path.join(folder, 'names.txt'));
    await inWindow({ folder, theme, vsix }, otherCorpus);
  },
  readme: async (theme, vsix) => {
    if (theme !== 'dark') return;
    const options = { theme, vsix, windowSize: readmeSize, isForReadme: true };
    await inWindow({ ...options, folder: copyOf(inProject('sample'), 'sample') }, readmeSample);
    await inWindow(
      { ...options, folder: copyOf(inProject('test', 'workspaces', 'views'), 'views') },
      readmeViews,
    );
  },
};

try {
  const { values } = parseArgs({ options: { only: { type: 'string' }, theme: { type: 'string' } } });
  await ensureNodeModules();
  await ensureChromium();
  await ensureCodeServer();
  await buildProject();
  for (const folder of [target, pngs]) mkdirSync(folder, { recursive: true });
  const { vsix } = await packageExtension({
    output: path.join(temporaryFolder('package'), 'rnn-tagger.vsix'),
  });
  for (const theme of ['dark', 'light'].filter((own) => values.theme === undefined || own === values.theme))
    for (const [name, take] of Object.entries(scenes))
      if (values.only === undefined || values.only === name) await take(theme, vsix);
  console.log(`The pictures are in ${path.relative(root, target)}.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
