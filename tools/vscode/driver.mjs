// Drives VS Code like a person would: keys, clicks, and looking. What is looked for in the window is named
// here and nowhere else.
import { setTimeout as sleep } from 'node:timers/promises';
import { renderedLabels } from './renderedLabels.mjs';

/** Machines with other work take many times longer than a person would wait. */
const patienceMs = 180_000;

export const selectors = {
  quickInput: '.quick-input-widget',
  quickInputText: '.quick-input-widget input[type="text"]',
  quickPickRow: '.quick-input-list .monaco-list-row',
  /** Inside a row: without description, key binding and group. */
  quickPickName: '.label-name',
  tab: '.tabs-container .tab',
  notification:
    '.notification-toast .notification-list-item-message, .notifications-center .notification-list-item-message',
  hover: '.monaco-hover:not(.hidden)',
  statusBarItem: '.part.statusbar .statusbar-item',
  /** Inside the panel's page. */
  panel: 'main .state',
  panelState: (state) => `main .state.${state}`,
  panelFigures: 'main .statistics dd',
};

/** Opens the command palette; the first key may come before VS Code listens. */
async function openQuickInput(page) {
  const input = page.locator(selectors.quickInputText);
  for (const end = Date.now() + patienceMs; ;) {
    await page.keyboard.press('F1');
    try {
      await input.waitFor({ timeout: 3000 });
      return input;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** Clicks the row of the open quick pick whose text contains `text`. */
export async function pick(page, text) {
  await page.locator(selectors.quickPickRow).filter({ hasText: text }).first().click({ timeout: patienceMs });
}

/**
 * F1, the command's title with its category ("RNN Tagger: Train on Workspace"), click. The palette lists the
 * commands that were enabled when it was opened: it is opened again till the command is there.
 */
export async function runCommand(page, title) {
  // What was typed is highlighted inside a longer title too: the whole name counts.
  const named = page
    .locator(selectors.quickPickName)
    .filter({ hasText: new RegExp(`^\\s*${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`) });
  const row = page.locator(selectors.quickPickRow).filter({ has: named }).first();
  for (const end = Date.now() + patienceMs; ;) {
    await (await openQuickInput(page)).fill(`>${title}`);
    try {
      return await row.click({ timeout: 5000 });
    } catch (error) {
      if (Date.now() > end) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Opens a file of the workspace by its name. */
export async function openFile(page, name) {
  await (await openQuickInput(page)).fill(name);
  await pick(page, name);
  await page.locator(selectors.tab).filter({ hasText: name }).first().waitFor({ timeout: patienceMs });
}

/** A frame that is being replaced may never answer: it is asked again later. */
const slowFrameMs = 1000;

/** How many elements of a frame a selector matches. */
export const countIn = (frame, selector) =>
  Promise.race([
    frame
      .locator(selector)
      .count()
      .catch(() => 0),
    sleep(slowFrameMs).then(() => 0),
  ]);

/** The frame of a webview's page, at any depth, in which the selector matches. */
export async function webviewFrame(page, selector, timeoutMs = patienceMs) {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(50)) {
    for (const frame of page.frames()) {
      if (frame !== page.mainFrame() && (await countIn(frame, selector)) > 0) return frame;
    }
  }
  throw new Error(`Waited ${timeoutMs / 1000} s for a webview that has ${selector}.`);
}

/** The page of the loss panel. */
export const lossPanel = (page, timeoutMs) => webviewFrame(page, selectors.panel, timeoutMs);

/** Every visible line with the labels drawn in it. */
export const readLabels = (page) => page.evaluate(renderedLabels);

/**
 * Waits till labels are drawn, in the file of that name where one is given. @returns the lines that have
 * some.
 */
export async function waitForLabels(page, { file = '', timeoutMs = patienceMs } = {}) {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(50)) {
    const lines = (await readLabels(page)).filter(
      (line) => line.labels.length > 0 && line.file.endsWith(file),
    );
    if (lines.length > 0) return lines;
  }
  throw new Error(`No label was drawn${file === '' ? '' : ` in ${file}`} within ${timeoutMs / 1000} s.`);
}
