import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../tools/vscode/chromium.mjs';
import {
  lossPanel,
  openFile,
  pick,
  runCommand,
  selectors,
  waitForLabels,
} from '../../tools/vscode/driver.mjs';
import { temporaryFolder } from '../../tools/vscode/profile.mjs';
import type { Workbench } from '../../tools/vscode/workbench.mjs';
import { until } from '../until';
import { openSample, upos, waitForCorpora } from './sample';

/**
 * Every page that is driven believes to have the focus: it is told when it has not. VS Code asks `hasFocus` on each
 * of these events, but takes `focus` and `blur` for told already where an element of the page got the focus in
 * between, as an editor that opens does.
 */
const focus = (page: Page, on: boolean): Promise<void> =>
  page.evaluate((has) => {
    document.hasFocus = () => has;
    window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
    document.dispatchEvent(new Event('visibilitychange'));
  }, on);

/** The process of the window that trains, as the storage names it. */
function ownerOfRun(profile: string): number {
  const names = readdirSync(path.join(profile, 'User', 'workspaceStorage'), {
    recursive: true,
    encoding: 'utf8',
  });
  const [owner, ...others] = names.filter((name) => path.basename(name) === 'owner.json');
  assert.ok(owner && others.length === 0, `one run goes on: ${[owner, ...others].join(', ')}`);
  const file = path.join(profile, 'User', 'workspaceStorage', owner);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly pid: number }).pid;
}

/** Desktop VS Code opens a folder in one window only. */
const hasTwoWindows = process.env.RNN_TAGGER_VSCODE !== 'desktop';

(hasTwoWindows ? describe : () => undefined)('two windows on one folder', () => {
  const profile = temporaryFolder('profile');
  let workbench: Workbench;
  let browser: Browser | undefined;
  let second: Page;
  const status = (text: RegExp) =>
    second.locator('[id="rnn-tagger.rnn-tagger.rnnTagger.status"]').filter({ hasText: text }).waitFor();

  before(async () => {
    // Small, on one thread: two windows and their pages need the other cores.
    const settings = {
      'rnnTagger.training.epochs': 50_000,
      'rnnTagger.training.hidden': 16,
      'rnnTagger.training.threads': 1,
      'rnnTagger.device': 'simd',
    };
    workbench = await openSample({ userDataDir: profile, settings });
    await openFile(workbench.page, upos);
    // A browser of its own: in one browser, windows share the worker that serves the pages of panels, and the
    // one behind may hold it up for minutes.
    browser = await launchChromium();
    second = await browser.newPage({ viewport: workbench.page.viewportSize() });
    second.setDefaultTimeout(180_000);
    await second.goto(workbench.url);
    await waitForCorpora({ ...workbench, page: second });
    await openFile(second, 'letter.txt');
    await focus(second, false);
  });
  after(async () => {
    await browser?.close();
    await workbench?.close();
  });

  it('show a run of the other one, without the buttons that steer it', async () => {
    await workbench.page.bringToFront();
    await runCommand(workbench.page, 'RNN Tagger: Train on Workspace');
    await pick(workbench.page, 'XPOS');
    const own = await lossPanel(workbench.page);
    await own.locator('section.epochs tbody tr').nth(1).waitFor();
    await own.getByRole('button', { name: 'Stop', exact: true }).click();
    await own.locator(selectors.panelState('stopped')).waitFor();
    await runCommand(workbench.page, 'RNN Tagger: Train on Workspace');
    await pick(workbench.page, 'UPOS');
    await waitForLabels(workbench.page, { file: upos });
    await second.bringToFront();
    await focus(second, true);
    await status(/epoch .*in another window/);
    await runCommand(second, 'RNN Tagger: Show Loss Panel');
    const panel = await lossPanel(second);
    await panel.locator('main .state', { hasText: 'Training in another window' }).waitFor();
    await panel.locator('section.epochs tbody tr').nth(2).waitFor();
    assert.deepEqual(await panel.locator('header button:visible').allInnerTexts(), ['Train…', 'Save Run…']);
  });

  it('compare it with an earlier run while it goes on, and keep the one that is chosen', async () => {
    const [earlier, goesOn] = ['UD_English-EWT · XPOS', 'UD_English-EWT · UPOS'];
    await runCommand(second, 'RNN Tagger: Compare Runs…');
    await pick(second, earlier);
    await second.locator(selectors.quickInputText).press('Enter');
    const panel = await lossPanel(second);
    const title = panel.locator('h1:visible');
    const values = (run: string) => panel.locator('.run-values tbody tr', { hasText: run });
    const row = (run: string) => panel.locator('details.runs tbody tr', { hasText: run });
    await values(earlier).waitFor();
    assert.equal(await title.innerText(), goesOn);
    await panel.locator('main .state', { hasText: 'Training in another window' }).waitFor();
    assert.equal(await row(goesOn).getByRole('button', { name: 'Delete…' }).count(), 0);

    await row(earlier).getByRole('button', { name: 'Show', exact: true }).click();
    await title.filter({ hasText: earlier }).waitFor();
    await row(goesOn).getByRole('checkbox').check();
    await values(goesOn).waitFor();
    // The other window's run goes on under it, and nothing else is shown.
    for (let news = 0; news < 2; news++) {
      const before = await values(goesOn).innerText();
      await until('news of the other run', async () => (await values(goesOn).innerText()) !== before);
      assert.equal(await title.innerText(), earlier);
    }
    await second.screenshot({ path: path.resolve('out/screenshots/compare-two-windows.png') });
    assert.equal(await second.locator('.notification-toast .codicon-error').count(), 0);
    await row(goesOn).getByRole('button', { name: 'Show', exact: true }).click();
    await panel.locator('main .state', { hasText: 'Training in another window' }).waitFor();
  });

  it('can use its model', async () => {
    await runCommand(second, 'RNN Tagger: Choose Model');
    await pick(second, 'in training in another window');
    await openFile(second, 'letter.txt');
    await runCommand(second, 'RNN Tagger: Toggle Predicted Labels in This File');
    await waitForLabels(second, { file: 'letter.txt' });
  });

  it('go on with the run once the other one has died', async () => {
    process.kill(ownerOfRun(profile), 'SIGKILL');
    await runCommand(second, 'RNN Tagger: Show Loss Panel');
    const panel = await lossPanel(second);
    await panel.locator(selectors.panelState('interrupted')).waitFor();
    await panel.getByRole('button', { name: 'Resume' }).click();
    await panel.locator(selectors.panelState('running')).waitFor();
    await panel.getByRole('button', { name: 'Pause' }).waitFor();
    await status(/RNN Tagger: epoch [^a-z]*, loss/);
  });
});
