// A VS Code window to drive like a person would: from code-server in Chromium, or desktop VS Code.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchChromiumWithProfile } from './chromium.mjs';
import { openDesktop } from './desktop.mjs';
import { screenshotFolder } from '../paths.mjs';
import { temporaryFolder, writeSettings } from './profile.mjs';
import { installExtension, startServer } from './server.mjs';

/** For a window to appear, and for what happens in it. */
const workbenchTimeoutMs = 180_000;

/**
 * In a browser VS Code saves its state (extensions' mementos, too) 100 ms after a change and not at its end,
 * and tells nobody when.
 */
const stateSavedMs = 1000;

/** Waits till the window shows its status bar. */
async function workbenchReady(page) {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: workbenchTimeoutMs });
}

/**
 * Starts VS Code's server and a Chromium on it, at the given folder.
 * @param options see workbench.d.mts; `payload`: pairs for the workbench; `prepare(page)`: called before the
 * page opens.
 */
export async function openInChromium({
  folder,
  userDataDir,
  extensionsDir,
  workspaceTrust,
  size,
  debuggingPort,
  payload = () => [],
  prepare = async () => {},
}) {
  const server = await startServer({ userDataDir, extensionsDir, workspaceTrust });
  const args = debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`];
  let context;
  const closeWindow = async () => {
    if (context !== undefined) await sleep(stateSavedMs);
    await context?.close();
    context = undefined;
  };
  const close = async () => {
    await closeWindow();
    await server.close();
  };
  try {
    context = await launchChromiumWithProfile(path.join(userDataDir, 'chromium'), {
      args,
      viewport: size,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = context.pages()[0] ?? (await context.newPage());
    await prepare(page);
    const origin = `http://127.0.0.1:${server.port}/`;
    const pairs = payload(`vscode-remote://127.0.0.1:${server.port}`);
    const query = new URLSearchParams({
      ...(folder === undefined
        ? { ew: 'true' }
        : { [folder.endsWith('.code-workspace') ? 'workspace' : 'folder']: folder }),
      ...(pairs.length > 0 ? { payload: JSON.stringify(pairs) } : {}),
    });
    const url = `${origin}?${query}`;
    await page.goto(url, { timeout: workbenchTimeoutMs });
    return { page, url, ended: server.ended, closeWindow, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * What a language pack tells a window in a browser. Without the pack VS Code's own texts stay English, and those
 * of extensions are in the language.
 */
function inLanguage(language) {
  return async (page) => {
    if (language !== undefined)
      await page.addInitScript((name) => (globalThis._VSCODE_NLS_LANGUAGE = name), language);
  };
}

/** Opens VS Code on a folder with an installed .vsix, and waits for its window. See workbench.d.mts. */
export async function openWorkbench({
  folder,
  vsix,
  userDataDir,
  theme,
  settings,
  workspaceTrust = false,
  language,
  size = { width: 1440, height: 900 },
  host = process.env.RNN_TAGGER_VSCODE ?? 'server',
  screenshots = screenshotFolder,
}) {
  const profile = userDataDir ?? temporaryFolder('profile');
  const extensionsDir = path.join(profile, 'extensions');
  writeSettings(profile, { theme, settings });
  const options = { folder, userDataDir: profile, extensionsDir, workspaceTrust, size };
  if (host === 'server' && vsix !== undefined) await installExtension(vsix, profile, extensionsDir);
  const opened =
    host === 'desktop'
      ? await openDesktop({ ...options, vsix })
      : await openInChromium({ ...options, prepare: inLanguage(language) });
  const { page } = opened;
  page.setDefaultTimeout(workbenchTimeoutMs);
  try {
    await workbenchReady(page);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return {
    ...opened,
    async screenshot(name) {
      mkdirSync(screenshots, { recursive: true });
      const file = path.join(screenshots, `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    async reload() {
      await page.reload({ timeout: workbenchTimeoutMs });
      await workbenchReady(page);
    },
  };
}
