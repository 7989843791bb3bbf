// The main job, done like a person would in a real VS Code: train on the sample workspace, see labels and the
// loss panel.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lossPanel, openFile, pick, readLabels, runCommand, selectors, waitForLabels } from './driver.mjs';
import { inProject } from '../paths.mjs';

const demoFolder = inProject('out', 'demo');
const trainingTimeoutMs = 30 * 60_000;
const ends = ['done', 'stopped', 'diverged', 'failed', 'interrupted'];

/** Answers the quick pick of corpus and label column, where one is asked. */
async function chooseColumn(page, column) {
  const question = page.locator(selectors.quickPickRow).filter({ hasText: column }).first();
  const panel = lossPanel(page);
  panel.catch(() => {});
  const asked = await Promise.race([
    question.waitFor({ timeout: 60_000 }).then(() => true),
    panel.then(() => false),
  ]);
  if (asked) await pick(page, column);
}

/** The figures that the panel shows, by name. */
const readFigures = (panel) =>
  panel.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('.statistics dd')].map((value) => [
        value.parentElement.querySelector('dt').textContent,
        value.textContent,
      ]),
    ),
  );

/** A picture of the panel, or of a part of it, however long it is: the window grows till all of it is to be seen. */
export async function screenshotPanel(page, panel, file, part = 'main') {
  const { width, height } = page.viewportSize();
  const visibleHeight = await panel.evaluate(() => window.innerHeight);
  for (let added = 0; ;) {
    // The page learns of its new size a little later, and may still be adding rows.
    await panel.waitForFunction((least) => window.innerHeight >= least, visibleHeight + added);
    const hidden = await panel.evaluate(() =>
      Math.ceil(document.documentElement.scrollHeight - window.innerHeight),
    );
    if (hidden <= 0) break;
    added += hidden;
    await page.setViewportSize({ width, height: height + added });
  }
  await panel.locator(part).screenshot({ path: file });
  await page.setViewportSize({ width, height });
  return file;
}

/** Switches the labels of a plain text on, and looks at it. */
async function labelPlainText(page, file) {
  await openFile(page, file);
  await runCommand(page, 'RNN Tagger: Toggle Predicted Labels in This File');
  await waitForLabels(page, { file });
}

const describe = ({ line, text, labels }) =>
  `${line}\t${text.trim()}\t${labels.map(({ label }) => label).join(' ')}`;

/**
 * @param workbench of openWorkbench, on the sample workspace.
 * @param options `file`: the corpus file to look at; `column`: the label column to learn; `text`: a plain
 * text to label afterwards.
 */
export async function runDemo({ page, screenshot }, { file, column, text }) {
  mkdirSync(demoFolder, { recursive: true });
  const write = (name, text) => (
    writeFileSync(path.join(demoFolder, name), text),
    path.join(demoFolder, name)
  );

  await openFile(page, file);
  await runCommand(page, 'RNN Tagger: Train on Workspace');
  const start = Date.now();
  await chooseColumn(page, column);
  console.log(`Training ${column} on ${path.basename(file)} and its corpus…`);
  const panel = await lossPanel(page);
  await waitForLabels(page, { file, timeoutMs: trainingTimeoutMs });
  const firstLabelSeconds = (Date.now() - start) / 1000;
  const training = await screenshot('training');

  await panel
    .locator(ends.map(selectors.panelState).join(', '))
    .first()
    .waitFor({ timeout: trainingTimeoutMs });
  const state = await panel.locator(selectors.panel).innerText();
  if ((await panel.locator(selectors.panelState('done')).count()) === 0)
    throw new Error(`The training ended as: ${state}.`);
  const figures = {
    ...(await readFigures(panel)),
    'Seconds to the first label': firstLabelSeconds.toFixed(1),
  };
  const lines = (await readLabels(page)).filter(({ labels }) => labels.length > 0);
  const labels = write('labels.txt', `${lines.map(describe).join('\n')}\n`);
  const scores = write('scores.json', `${JSON.stringify(figures, null, 2)}\n`);
  const editor = await screenshot('editor');
  const panelPicture = await screenshotPanel(page, panel, path.join(demoFolder, 'panel.png'));
  await labelPlainText(page, text);
  const textPicture = await screenshot('text');

  for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${value}`);
  console.log(`Labels on screen: ${lines.reduce((sum, line) => sum + line.labels.length, 0)}`);
  return { labels, scores, training, editor, panel: panelPicture, text: textPicture };
}

export { demoFolder };
