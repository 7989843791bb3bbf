// Runs the tests of test/extension inside a real VS Code, through @vscode/test-electron.
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { connectToWorkbench, ensureDesktop } from '../vscode/desktop.mjs';
import { serveWorkbench } from '../vscode/endpoint.mjs';
import { inProject, root } from '../paths.mjs';
import { temporaryFolder, writeSettings } from '../vscode/profile.mjs';
import { add, failedWith, readResult, testFiles } from './results.mjs';
import { freePort } from '../vscode/server.mjs';

const bundled = path.join('out', 'test', 'extension');

/**
 * Which files run in which start of VS Code. Files directly in test/extension open the workspace `sample`,
 * those in a subfolder the workspace of that name, or its NAME.code-workspace; they share one start. `NAME.1.test.ts`, `NAME.2.test.ts`…
 * each have a start of their own, in this order, on the same user profile and the same copy of the workspace:
 * what is between them is what a user sees who closes and reopens the window.
 * @returns for each profile its `workspace`, `name` and `starts` (lists of files).
 */
export function planProfiles(files, folder = inProject(bundled)) {
  const profiles = new Map();
  for (const file of files) {
    const relative = path.relative(folder, file);
    const workspace = path.dirname(relative) === '.' ? 'sample' : path.dirname(relative).split(path.sep)[0];
    const phase = /^(.+)\.(\d+)\.test\.js$/.exec(path.basename(file));
    const name = phase === null ? workspace : `${workspace}, ${phase[1]}`;
    if (!profiles.has(name)) profiles.set(name, { name, workspace, starts: [] });
    const { starts } = profiles.get(name);
    const start = phase === null ? 0 : Number(phase[2]);
    (starts[start] ??= []).push(file);
  }
  return [...profiles.values()].map((profile) => ({
    ...profile,
    starts: profile.starts.filter((start) => start !== undefined),
  }));
}

/** Starts VS Code once and runs the files in its extension host. */
async function runStart({ files, name, folder, profile, executable, extension, grep, limitMinutes }) {
  const { runTests } = await import('@vscode/test-electron');
  const debuggingPort = await freePort();
  let connected;
  const endpoint = await serveWorkbench(
    async () => (connected ??= await connectToWorkbench(debuggingPort)).page,
  );
  const resultFile = path.join(temporaryFolder('result'), 'result.json');
  try {
    const ended = runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: extension,
      extensionTestsPath: path.join(extension, bundled, 'index.js'),
      launchArgs: [
        ...(folder === undefined ? [] : [folder]),
        `--user-data-dir=${profile}`,
        `--extensions-dir=${path.join(profile, 'extensions')}`,
        `--remote-debugging-port=${debuggingPort}`,
        '--window-size=1440,900',
      ],
      extensionTestsEnv: {
        ...endpoint.environment,
        RNN_TAGGER_TEST_FILES: JSON.stringify(files),
        RNN_TAGGER_TEST_RESULT: resultFile,
        RNN_TAGGER_TEST_GREP: grep ?? '',
        RNN_TAGGER_TEST_MINUTES: String(limitMinutes),
      },
    });
    const code = await ended.then(
      () => 0,
      (error) => error.code ?? 1,
    );
    return readResult(resultFile, code, `VS Code (${name})`);
  } finally {
    await connected?.disconnect().catch(() => {});
    await endpoint.close();
  }
}

/**
 * Runs all extension tests.
 * @param options `host` (`desktop` or `server`), `grep`, `file`, `extension`: the folder of the extension under test;
 * `chosen`: of the test files those that run, by their paths; `limitMinutes`: how long one start may take.
 */
export async function runExtensionTests({
  host,
  grep,
  file,
  extension = root,
  chosen = () => true,
  limitMinutes = 30,
}) {
  const files = testFiles(path.relative(root, path.join(extension, bundled)), file).filter(chosen);
  if (files.length === 0) return failedWith(`No test files in ${bundled}.`);
  const executable =
    host === 'desktop' ? await ensureDesktop() : inProject('tools', 'vscode', 'code-stand-in.mjs');
  let result = { passed: 0, failed: 0 };
  for (const { name, workspace, starts } of planProfiles(files, path.join(extension, bundled))) {
    const source = path.join(extension, 'test', 'workspaces', workspace);
    if (!existsSync(source)) {
      const missing = `test/extension/${workspace}: there is no workspace test/workspaces/${workspace}.`;
      result = add(result, failedWith(missing));
      continue;
    }
    const folder = path.join(temporaryFolder('workspace'), workspace);
    cpSync(source, folder, { recursive: true });
    // Some are workspaces of other folders than that one.
    const file = path.join(folder, `${workspace}.code-workspace`);
    const opened = existsSync(file) ? file : folder;
    const profile = temporaryFolder('profile');
    writeSettings(profile);
    for (const start of starts)
      result = add(
        result,
        await runStart({
          files: start,
          name,
          folder: opened,
          profile,
          executable,
          extension,
          grep,
          limitMinutes,
        }),
      );
  }
  return result;
}
