// Runs bundled test files with mocha in pages of Chromium: each file in a page of its own, so that a lost GPU
// stays with it.
import path from 'node:path';
import { launchChromium } from '../vscode/chromium.mjs';
import { root } from '../paths.mjs';
import { add, failedWith, testFiles } from './results.mjs';
import { serveFiles } from './staticServer.mjs';

const page =
  '<!doctype html><meta charset="utf-8"><title>Tests</title><link rel="icon" href="data:,"><div id="mocha"></div><script src="/node_modules/mocha/mocha.js"></script>';

/** Runs in the page. */
function runMocha({ timeoutMs, grep }) {
  const mocha = globalThis.mocha;
  if (grep !== undefined) mocha.grep(new RegExp(grep));
  mocha.setup({ timeout: timeoutMs });
  const runner = mocha.run(() => globalThis.reportTest({ type: 'end' }));
  const indent = (test) => '  '.repeat(test.titlePath().length);
  runner.on(
    'suite',
    (suite) => suite.root || globalThis.reportTest({ type: 'suite', text: `${indent(suite)}${suite.title}` }),
  );
  runner.on('pass', (test) =>
    globalThis.reportTest({ type: 'passed', text: `${indent(test)}✔ ${test.title} (${test.duration}ms)` }),
  );
  runner.on('pending', (test) =>
    globalThis.reportTest({
      type: 'failed',
      text: `${indent(test)}✘ ${test.title}: skipped, which counts as failed`,
    }),
  );
  runner.on('fail', (test, error) =>
    globalThis.reportTest({
      type: 'failed',
      text: `${indent(test)}✘ ${test.title}\n${error.stack ?? error.message ?? error}`,
    }),
  );
}

async function runFile(browser, origin, file, { timeoutMs, stageTimeoutMs, grep }) {
  const context = await browser.newContext();
  const tests = await context.newPage();
  const counts = { passed: 0, failed: 0, failures: [] };
  let timer;
  try {
    const finished = new Promise((resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`not done after ${stageTimeoutMs / 1000} s`)),
        stageTimeoutMs,
      );
      tests.on('crash', () => reject(new Error('the page crashed')));
      tests
        .exposeFunction('reportTest', ({ type, text }) => {
          if (text !== undefined) console.log(text);
          if (type === 'end') resolve();
          else if (type !== 'suite') counts[type]++;
          if (type === 'failed') counts.failures.push(text.trim());
        })
        .catch(reject);
    });
    finished.catch(() => {});
    tests.on('console', (message) => console.log(`  ${message.type()}: ${message.text()}`));
    tests.on('pageerror', (error) => console.error(error.stack));
    await tests.goto(origin);
    await tests.evaluate(() =>
      globalThis.mocha.setup({ ui: 'bdd', reporter: function none() {}, forbidOnly: true }),
    );
    await tests.addScriptTag({ url: `/${path.relative(root, file).split(path.sep).join('/')}` });
    await tests.evaluate(runMocha, { timeoutMs, grep });
    await finished;
    return counts;
  } catch (error) {
    return add(counts, failedWith(`${path.relative(root, file)}: ${error.message}`));
  } finally {
    clearTimeout(timer);
    await context.close();
  }
}

/** @param folder of the bundled tests, such as out/browser/kernels. See runNodeTests. */
export async function runPageTests(folder, { timeoutMs, stageTimeoutMs = 30 * 60_000, grep, file: text }) {
  const files = testFiles(folder, text);
  if (files.length === 0) return failedWith(`No test files in ${folder}.`);
  const server = await serveFiles({ '/': page }, [folder, 'node_modules/mocha']);
  const browser = await launchChromium();
  let result = { passed: 0, failed: 0 };
  try {
    for (const file of files)
      result = add(result, await runFile(browser, server.origin, file, { timeoutMs, stageTimeoutMs, grep }));
  } finally {
    await browser.close();
    await server.close();
  }
  return result;
}
