// node tools/lint/cycles.mjs: fails where imports go in a circle.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import typescript from 'typescript';
import { inProject, root } from '../paths.mjs';
import { importCycles } from './importCycles.mjs';

const folders = ['src', 'test', 'bench', 'tools'];

/** The project's own file that an import means, or undefined for a package. */
function resolveImport(file, name) {
  if (!name.startsWith('.')) return undefined;
  const target = path.resolve(path.dirname(file), name);
  return [target, `${target}.ts`, path.join(target, 'index.ts')].find(
    (candidate) => /\.m?ts$|\.mjs$/.test(candidate) && existsSync(candidate),
  );
}

function importsOf(file) {
  const { importedFiles } = typescript.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles
    .map(({ fileName }) => resolveImport(file, fileName))
    .filter((target) => target !== undefined);
}

const files = folders.flatMap((folder) =>
  readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
    .map((name) => inProject(folder, name))
    .filter((file) => /\.(ts|mjs)$/.test(file)),
);
const cycles = importCycles(new Map(files.map((file) => [file, importsOf(file)])));
for (const cycle of cycles)
  console.error(
    `Imports go in a circle:\n  ${cycle.map((file) => path.relative(root, file)).join('\n  → ')}`,
  );
process.exitCode = cycles.length > 0 ? 1 : 0;
