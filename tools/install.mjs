// npm packages of the project: installed when they are missing or package-lock.json has changed.
import { existsSync } from 'node:fs';
import { npm, run } from './children.mjs';
import { inProject, readJson, root } from './paths.mjs';

/**
 * Whether node_modules holds what package-lock.json says: npm leaves a list of what it installed, when it is
 * done.
 */
function upToDate() {
  const list = inProject('node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const installed = readJson(list).packages;
  const wanted = readJson(inProject('package-lock.json')).packages;
  const maybeAbsent = (entry) => entry.optional === true || entry.devOptional === true || entry.peer === true;
  const same = Object.entries(wanted).every(
    ([place, entry]) =>
      place === '' ||
      (installed[place] === undefined ? maybeAbsent(entry) : installed[place].version === entry.version),
  );
  return same && Object.keys(installed).every((place) => wanted[place] !== undefined);
}

/** Runs `npm ci` where needed. @throws when it fails. */
export async function ensureNodeModules() {
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new Error(`Node 20 or later is needed; this is ${process.version}.`);
  if (upToDate()) return;
  console.log('Installing npm packages…');
  const [program, ...args] = npm();
  const { code } = await run(program, [...args, 'ci'], {
    cwd: root,
    shell: program === 'npm' && process.platform === 'win32',
  });
  if (code !== 0) throw new Error('npm ci failed (see above).');
}
