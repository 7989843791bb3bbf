import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lossPanel, selectors, waitForLabels } from '../../../tools/vscode/driver.mjs';
import { temporaryFolder } from '../../../tools/vscode/profile.mjs';
import type { Workbench } from '../../../tools/vscode/workbench.mjs';
import { isDone, Newcomer, newWindow, status, step, waitForStep } from './newcomer';

const name = 'tuits_ner.train';
const sentences = 1200;

/** A corpus as another project left it: one file, columns parted by spaces, no development data, and a name of theirs. */
function writeCorpus(folder: string): void {
  mkdirSync(path.join(folder, 'datos'), { recursive: true });
  const corpus = readFileSync('test/workspaces/sample/WNUT17/wnut17train.conll', 'utf8');
  const some = corpus
    .split(/\n\s*\n/)
    .slice(0, sentences)
    .join('\n\n');
  writeFileSync(path.join(folder, 'datos', name), `${some.replaceAll('\t', ' ')}\n`);
  writeFileSync(path.join(folder, 'LEEME.txt'), 'Nombres en tuits.\n\nUna palabra por línea.\n');
}

describe('getting started with a corpus from elsewhere', () => {
  const folder = path.join(temporaryFolder('download'), 'corpus');
  let workbench: Workbench;
  let newcomer: Newcomer;
  before(async () => {
    writeCorpus(folder);
    workbench = await newWindow({ folder });
    newcomer = new Newcomer(workbench);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('from-elsewhere-failed');
  });
  after(() => workbench?.close());

  it('opens its walkthrough where another one is shown', async () => {
    const { page } = workbench;
    await status(workbench, 'No corpus found: start one, or say where it is').waitFor();
    await page.locator(selectors.tab).filter({ hasText: 'Walkthrough: Setup VS Code' }).waitFor();
    await newcomer.run('RNN Tagger: Get Started');
    await waitForStep(workbench, 'Let it be found');
    await isDone(workbench, 'Open the folder it is in');
    await workbench.screenshot('from-elsewhere-1-walkthrough');
  });

  it('finds a file that no name gives away by the button of the step, and trains on it', async () => {
    const { page } = workbench;
    await newcomer.click(
      page.locator(`${step}.expanded`).getByRole('button', { name: 'Train on Workspace' }),
    );
    const offer = page.locator('.notification-toast', { hasText: `datos/${name} looks like CoNLL columns` });
    await offer.waitFor();
    await workbench.screenshot('from-elsewhere-2-offer');
    await newcomer.click(offer.getByRole('button', { name: 'Use It' }));
    const panel = await lossPanel(page);
    await workbench.screenshot('from-elsewhere-3-training');
    await panel.locator(selectors.panelState('done')).waitFor();
    newcomer.tell('a corpus from elsewhere, from the window to the end of the run');
  });

  it('leads from the end of the run to labels in the file', async () => {
    const { page } = workbench;
    const end = page.locator('.notification-toast', { hasText: 'disagreements in' });
    await end.waitFor();
    await workbench.screenshot('from-elsewhere-4-end');
    await newcomer.click(end.getByRole('button').filter({ hasText: 'Surest' }));
    const lines = await waitForLabels(page, { file: name });
    newcomer.tell('a corpus from elsewhere, from the window to labels in its file');
    assert.ok(lines.length > 0);
    await page.locator(selectors.statusBarItem, { hasText: /Review 1 of/ }).waitFor();
    await workbench.screenshot('from-elsewhere-5-labels');
  });
});
