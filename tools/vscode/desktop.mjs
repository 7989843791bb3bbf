// Desktop VS Code, downloaded by @vscode/test-electron. Used where there is a display.
import { setTimeout as sleep } from 'node:timers/promises';
import { endTree, runQuietly, start } from '../children.mjs';
import { cacheFolder } from '../paths.mjs';
import { freePort } from './server.mjs';

const startTimeoutMs = 120_000;

export const hasDisplay = () =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

/** Downloads desktop VS Code where it is not there yet. @returns its executable. */
export async function ensureDesktop() {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  return downloadAndUnzipVSCode({ cachePath: cacheFolder });
}

/**
 * Which VS Code the tests use: the one that RNN_TAGGER_VSCODE names (`desktop` or `server`), else desktop
 * where there is a display and it can be had, else the server.
 */
export async function chooseHost() {
  const chosen = process.env.RNN_TAGGER_VSCODE;
  if (chosen === 'desktop' || chosen === 'server') return chosen;
  if (!hasDisplay()) return 'server';
  try {
    await ensureDesktop();
    return 'desktop';
  } catch (error) {
    if (process.platform === 'win32') throw error;
    console.log(
      `Desktop VS Code could not be downloaded (${error.message}); the tests use VS Code's server instead.`,
    );
    return 'server';
  }
}

/**
 * Connects to the workbench window of a Chromium or desktop VS Code that was started with
 * --remote-debugging-port.
 */
export async function connectToWorkbench(debuggingPort, timeoutMs = startTimeoutMs) {
  const { chromium } = await import('playwright-core');
  const end = Date.now() + timeoutMs;
  const connect = async () => {
    for (;;) {
      try {
        return await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`, { noDefaults: true });
      } catch (error) {
        if (Date.now() > end) throw error;
        await sleep(200);
      }
    }
  };
  const browser = await connect();
  for (; Date.now() < end; await sleep(100)) {
    for (const page of browser.contexts().flatMap((context) => context.pages())) {
      const found = await page
        .locator('.monaco-workbench')
        .count()
        .catch(() => 0);
      if (found > 0) return { page, disconnect: () => browser.close() };
    }
  }
  throw new Error(`No VS Code window appeared within ${timeoutMs / 1000} s.`);
}

/** Opens desktop VS Code on a folder. */
export async function openDesktop({ folder, vsix, userDataDir, extensionsDir, workspaceTrust, size }) {
  const { resolveCliArgsFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  const executable = await ensureDesktop();
  const profile = [`--user-data-dir=${userDataDir}`, `--extensions-dir=${extensionsDir}`];
  if (vsix !== undefined) {
    const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
    await runQuietly(cli, [...args, ...profile, '--install-extension', vsix], {
      shell: process.platform === 'win32',
    });
  }
  const debuggingPort = await freePort();
  const child = start(
    executable,
    [
      ...(folder === undefined ? [] : [folder]),
      ...profile,
      `--remote-debugging-port=${debuggingPort}`,
      `--window-size=${size.width},${size.height}`,
      '--no-sandbox',
      '--disable-updates',
      '--skip-welcome',
      '--skip-release-notes',
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((_, reject) =>
    child.once('exit', (code) => reject(new Error(`VS Code ended with code ${code}.`))),
  );
  ended.catch(() => {});
  const { page, disconnect } = await Promise.race([connectToWorkbench(debuggingPort), ended]);
  const close = async () => {
    await disconnect();
    endTree(child);
  };
  return { page, url: page.url(), ended, closeWindow: close, close };
}
