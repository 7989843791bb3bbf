// npm start: the main job in VS Code on the sample workspace. With a display, in desktop VS Code for you to
// try; without one or with
// --headless, by itself, with screenshots. --serve keeps VS Code running after that and prints a URL to open.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildProject } from '../build/build.mjs';
import { ensureChromium } from './chromium.mjs';
import { run } from '../children.mjs';
import { ensureCodeServer } from './codeServer.mjs';
import { demoFolder, runDemo } from './demo.mjs';
import { ensureDesktop, hasDisplay } from './desktop.mjs';
import { ensureNodeModules } from '../install.mjs';
import { cacheFolder, inProject, root } from '../paths.mjs';
import { temporaryFolder } from './profile.mjs';
import { packageExtension } from '../build/vsix.mjs';
import { openWorkbench } from './workbench.mjs';

const sample = inProject('test', 'workspaces', 'sample');

/** The development set of the sample's treebank: what is looked at while the rest is learned. */
function corpusFile() {
  const files = readdirSync(sample, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.conllu'))
    .sort();
  const file = files.find((name) => /dev/.test(path.basename(name))) ?? files[0];
  if (file === undefined) throw new Error('The sample workspace has no CoNLL-U file.');
  return path.basename(file);
}

/** Opens desktop VS Code with the extension loaded from this folder, and waits till it is closed. */
async function startDesktop() {
  const executable = await ensureDesktop();
  const profile = path.join(cacheFolder, 'try-out');
  console.log('Opening VS Code. Press F1 and run "RNN Tagger: Train on Workspace".');
  const args = [
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${profile}`,
    `--extensions-dir=${path.join(profile, 'extensions')}`,
    '--disable-updates',
    '--skip-welcome',
    sample,
  ];
  const { code } = await run(executable, args, { echo: false });
  if (code !== 0) throw new Error(`VS Code ended with code ${code}.`);
}

async function startHeadless({ serve }) {
  await ensureChromium();
  await ensureCodeServer();
  const { vsix } = await packageExtension({
    output: path.join(temporaryFolder('package'), 'rnn-tagger.vsix'),
  });
  const workbench = await openWorkbench({ folder: sample, vsix, screenshots: demoFolder, host: 'server' });
  try {
    const files = await runDemo(workbench, { file: corpusFile(), column: 'UPOS', text: 'letter.txt' });
    for (const [name, file] of Object.entries(files)) console.log(`${name}: ${path.relative(root, file)}`);
    if (!serve) return;
    await workbench.closeWindow();
    console.log(`\nVS Code is running. Open ${workbench.url}\nPress Ctrl+C to end it.`);
    await workbench.ended;
  } catch (error) {
    console.error(
      `What VS Code showed then: ${path.relative(root, await workbench.screenshot('failed').catch(() => demoFolder))}`,
    );
    throw error;
  } finally {
    await workbench.close();
  }
}

try {
  const { values } = parseArgs({
    options: { headless: { type: 'boolean', default: false }, serve: { type: 'boolean', default: false } },
  });
  await ensureNodeModules();
  await buildProject();
  if (!existsSync(sample)) throw new Error('test/workspaces/sample is missing.');
  if (hasDisplay() && !values.headless && !values.serve) await startDesktop();
  else await startHeadless(values);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
