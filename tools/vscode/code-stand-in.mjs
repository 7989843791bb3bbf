#!/usr/bin/env node
// Stands in for the desktop program `code` where VS Code cannot be downloaded or there is no display: takes
// the arguments that
// @vscode/test-electron gives it, runs the extension tests in VS Code's server and Chromium, and ends with
// their exit code.
import { fstatSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openInChromium } from './workbench.mjs';

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    'disable-workspace-trust': { type: 'boolean' },
    'remote-debugging-port': { type: 'string' },
    'window-size': { type: 'string' },
    'no-sandbox': { type: 'boolean' },
    'disable-gpu-sandbox': { type: 'boolean' },
    'disable-updates': { type: 'boolean' },
    'skip-welcome': { type: 'boolean' },
    'skip-release-notes': { type: 'boolean' },
  },
});

/** An extension host that hangs is ended. */
const limitMs = Number(process.env.RNN_TAGGER_TEST_MINUTES ?? 30) * 60_000;

/** What VS Code's window itself says at every start. */
const chatter =
  /^(Resolv(ing|ed) connection token|Creating a socket|Updating additional builtin|Ignoring fetching additional builtin|\[Service Worker\]|ChatSessionStore|Creation of workbench contribution)/;

/** Takes the output of the tests' console. Its arguments are console.log's: a format and values. */
function print(type, args) {
  if (chatter.test(args[0])) return;
  const write = type === 'error' || type === 'warn' ? console.error : console.log;
  write(...args);
}

const [width, height] = (values['window-size'] ?? '1440,900').split(',').map(Number);
let finish;
const finished = new Promise((resolve) => (finish = resolve));
// Started with a pipe, as @vscode/test-electron does: it ends when that process does, however it ended.
const stdin = fstatSync(0);
if (stdin.isFIFO() || stdin.isSocket())
  process.stdin
    .on('end', () => process.exit(1))
    .on('error', () => process.exit(1))
    .resume();
const workbench = await openInChromium({
  folder: positionals[0] === undefined ? undefined : path.resolve(positionals[0]),
  userDataDir: path.resolve(values['user-data-dir']),
  extensionsDir: path.resolve(values['extensions-dir']),
  workspaceTrust: values['disable-workspace-trust'] !== true,
  size: { width, height },
  debuggingPort: values['remote-debugging-port'],
  payload: (remote) =>
    ['extensionDevelopmentPath', 'extensionTestsPath']
      .filter((name) => values[name] !== undefined)
      .map((name) => [name, remote + path.resolve(values[name])]),
  prepare: async (page) => {
    await page.exposeFunction('codeAutomationLog', print);
    await page.exposeFunction('codeAutomationExit', finish);
    page.on('crash', () => (console.error('The page of VS Code crashed.'), finish(1)));
    page.on('close', () => finish(1));
  },
});
const timer = setTimeout(
  () => (console.error(`The tests were not done after ${limitMs / 60_000} minutes.`), finish(124)),
  limitMs,
);
const code = await Promise.race([finished, workbench.ended]).catch(
  (error) => (console.error(error.message), 1),
);
clearTimeout(timer);
await workbench.close();
process.exit(code);
