// Starts a real VS Code whose extension host is watched while it trains.
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from '../../tools/vscode/chromium.mjs';
import { codeServerEntry } from '../../tools/vscode/codeServer.mjs';
import { chooseHost, connectToWorkbench, ensureDesktop } from '../../tools/vscode/desktop.mjs';
import { serveWorkbench } from '../../tools/vscode/endpoint.mjs';
import { inProject, root } from '../../tools/paths.mjs';
import { temporaryFolder, writeSettings } from '../../tools/vscode/profile.mjs';
import { freePort } from '../../tools/vscode/server.mjs';

/**
 * @returns why there is no VS Code to measure in; undefined where there is one. Nothing is installed for it.
 */
export async function vsCodeMissing() {
  if ((await chooseHost()) === 'desktop') return undefined;
  return existsSync(codeServerEntry) && findChromium() !== undefined
    ? undefined
    : 'VS Code’s server is not installed: npm test -- --only extension does that';
}

/** See realHost.d.mts. */
export async function measureInVsCode(files, seconds) {
  const folder = path.join(temporaryFolder('workspace'), 'corpus');
  mkdirSync(folder);
  for (const file of files) copyFileSync(file, path.join(folder, path.basename(file)));
  return runInVsCode({
    folder,
    program: inProject('out', 'bench', 'host', 'inVsCode.js'),
    variable: 'RNN_TAGGER_BENCH_HOST',
    request: (result) => ({ file: path.join(folder, path.basename(files[0])), seconds, result }),
  });
}

/** See realHost.d.mts. */
export async function runInVsCode({ folder, program, settings = {}, variable, request }) {
  const { runTests } = await import('@vscode/test-electron');
  const host = await chooseHost();
  const profile = temporaryFolder('profile');
  writeSettings(profile, { settings });
  const result = path.join(temporaryFolder('result'), 'figures.json');
  const debuggingPort = await freePort();
  let connected;
  const endpoint = await serveWorkbench(
    async () => (connected ??= await connectToWorkbench(debuggingPort)).page,
  );
  try {
    await runTests({
      vscodeExecutablePath:
        host === 'desktop' ? await ensureDesktop() : inProject('tools', 'vscode', 'code-stand-in.mjs'),
      extensionDevelopmentPath: root,
      extensionTestsPath: program,
      launchArgs: [
        folder,
        `--user-data-dir=${profile}`,
        `--extensions-dir=${path.join(profile, 'extensions')}`,
        `--remote-debugging-port=${debuggingPort}`,
      ],
      extensionTestsEnv: { ...endpoint.environment, [variable]: JSON.stringify(request(result)) },
    });
  } finally {
    await connected?.disconnect().catch(() => {});
    await endpoint.close();
  }
  return JSON.parse(readFileSync(result, 'utf8'));
}
