// The licences of what the bundles hold beside the project's own code, for the file that ships with them.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Its standard library is compiled into the kernels, which esbuild does not see. */
const compiledIn = ['assemblyscript'];

const licenceFile = /^(?:licen[cs]es?|copying|notice)(?:[.-].*)?$/i;

/** The folder of the package that a file belongs to. */
function packageOf(file) {
  for (
    let folder = path.dirname(file);
    path.basename(folder) !== 'node_modules';
    folder = path.dirname(folder)
  ) {
    const manifest = path.join(folder, 'package.json');
    // A package.json without a name only says how the files beside it are read.
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name) return folder;
  }
  throw new Error(`${file} belongs to no package.`);
}

/** The first comment of a file that a package took over from elsewhere, which names its origin and licence. */
function originOf(file) {
  const comment = /^\s*\/\*[\s\S]*?\*\//.exec(readFileSync(file, 'utf8'))?.[0];
  if (comment === undefined) throw new Error(`${file} does not say where it is from.`);
  return comment.trim();
}

function noticeOf(folder, files) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const licences = readdirSync(folder).filter((file) => licenceFile.test(file));
  if (licences.length === 0) throw new Error(`${name} has no licence file: it cannot be shipped.`);
  const texts = licences.sort().map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  const vendored = files.filter((file) => file.split(path.sep).includes('vendor')).sort();
  return [`${name} ${version} (${license})`, ...texts, ...vendored.map(originOf)].join('\n\n');
}

/**
 * The licence texts of all packages that files of `node_modules` among the inputs of bundles belong to, and of
 * what is compiled in.
 *
 * @param inputs paths, relative to `root` or absolute.
 * @throws where a package has no licence file.
 */
export function noticesOf(inputs, root) {
  const byFolder = new Map(compiledIn.map((name) => [path.join(root, 'node_modules', name), []]));
  for (const input of new Set(inputs)) {
    const file = path.resolve(root, input);
    if (!file.split(path.sep).includes('node_modules')) continue;
    const folder = packageOf(file);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  const notices = [...byFolder].map(([folder, files]) => noticeOf(folder, files)).sort();
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const head = 'RNN Tagger ships with parts of the following packages, under their own licences.';
  return `${[head, ...new Set(notices)].join(rule)}\n`;
}
