// Makes the .vsix, and looks at what is in it.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { runQuietly } from '../children.mjs';
import { inProject, readJson, root } from '../paths.mjs';

const maximumSizeBytes = 4 * 1024 * 1024;

/** Files that users get. Anything else is a mistake in .vscodeignore. */
const allowed = [
  /^package\.json$/,
  /^package\.nls(\.[\w-]+)?\.json$/,
  /^README\.md$/,
  /^CHANGELOG\.md$/,
  /^LICENSE$/,
  /^dist\/[\w./-]+\.(js|css)$/,
  /^l10n\/bundle\.l10n\.[\w-]+\.json$/,
  /^languages\/[\w.]+\.json$/,
  /^dist\/ThirdPartyNotices\.txt$/,
  /^src\/api\/rnn-tagger\.d\.ts$/,
  /^media\/[\w./-]+$/,
  /^sample\/[\w./-]+$/,
];

const vsce = (folder, ...args) =>
  runQuietly(process.execPath, [inProject('node_modules', '@vscode', 'vsce', 'vsce'), ...args], {
    cwd: folder,
  });

const filesBelow = (folder, name) =>
  readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

/**
 * Packages what was built.
 * @param options `folder` of the extension (default: the project), `output` (default: NAME-VERSION.vsix in
 * it).
 * @returns the file, its size and the files in it. @throws when something is in it that should not be, or it
 * is too large.
 */
export async function packageExtension({ folder = root, output } = {}) {
  const { name, version, main } = readJson(path.join(folder, 'package.json'));
  const vsix = output ?? path.join(folder, `${name}-${version}.vsix`);
  const listed = await vsce(folder, 'ls', '--no-dependencies');
  const files = listed
    .split(/\r?\n/)
    .map((file) => file.trim().replaceAll('\\', '/'))
    .filter((file) => file !== '');
  const wrong = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
  if (wrong.length > 0) throw new Error(`These files do not belong in the package: ${wrong.join(', ')}`);
  if (!files.includes(path.posix.normalize(main))) throw new Error(`${main} is not in the package.`);
  if (!files.includes('dist/ThirdPartyNotices.txt'))
    throw new Error('The licences of what is bundled are not in the package.');
  const lacking = filesBelow(folder, 'sample').filter((file) => !files.includes(file));
  if (lacking.length > 0 || !files.includes('sample/README.md'))
    throw new Error(`The sample is not whole in the package: ${lacking.join(', ')}`);
  const mapped = files.filter(
    (file) =>
      file.endsWith('.js') &&
      readFileSync(path.join(folder, file), 'latin1').includes('sourceMappingURL=data:'),
  );
  if (mapped.length > 0) throw new Error(`These files carry source maps: ${mapped.join(', ')}`);
  // Without a repository there is no address that relative links could be made absolute with.
  await vsce(
    folder,
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    vsix,
  );
  const sizeBytes = statSync(vsix).size;
  if (sizeBytes > maximumSizeBytes)
    throw new Error(`${path.basename(vsix)} has ${sizeBytes} bytes, more than ${maximumSizeBytes}.`);
  return { vsix, sizeBytes, files };
}
