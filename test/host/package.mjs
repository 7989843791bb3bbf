// npm run package: makes the .vsix, and looks at what is in it.
import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { run, runQuietly } from './children.mjs';
import { ensureNodeModules } from './install.mjs';
import { inProject, readJson, root } from './paths.mjs';

const maximumSizeBytes = 2 * 1024 * 1024;

/** Files that users get; everything else is a mistake of the allow-list. */
const allowed = [
  /^package\.json$/, /^package\.nls(\.[\w-]+)?\.json$/, /^README\.md$/i, /^CHANGELOG\.md$/i, /^LICENSE(\.\w+)?$/i, /^dist\/[\w./-]+\.(js|css)$/, /^media\/[\w./-]+$/,
];
const required = ['package.json', 'README.md', 'LICENSE', 'dist/extension.js'];

/** Builds what ships and, on demand, the tests. */
export async function buildProject({ tests = false } = {}) {
  const { code } = await run(process.execPath, [inProject('esbuild.mjs'), ...(tests ? ['--tests'] : [])], { cwd: root });
  if (code !== 0) throw new Error('The build failed (see above).');
}

/** Packages what was built. @returns the file's path. @throws when something is in it that should not be, or the other way round. */
export async function packageExtension({ folder = root, output } = {}) {
  const { name, version } = readJson(path.join(folder, 'package.json'));
  const vsix = output ?? path.join(folder, `${name}-${version}.vsix`);
  const { createVSIX, listFiles } = await import('@vscode/vsce');
  const files = (await listFiles({ cwd: folder, dependencies: false })).map((file) => file.split(path.sep).join('/')).sort();
  const wrong = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
  if (wrong.length > 0) throw new Error(`Not allowed in the package: ${wrong.join(', ')}`);
  const missing = required.filter((file) => !files.some((other) => other.toLowerCase() === file.toLowerCase()));
  if (missing.length > 0) throw new Error(`Missing in the package: ${missing.join(', ')}`);
  return { files, vsix, createVSIX };
}
