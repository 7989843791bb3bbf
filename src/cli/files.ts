import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../common/errors';
import { decodeUtf8 } from '../corpus/decode';
import { isCorpusFileName } from '../corpus/formats';
import { detectLayout } from '../corpus/formats/detect';
import { FileSample } from '../corpus/formats/rows/sample';
import type { StatedLayout } from '../corpus/formats/rows/statedLayout';
import type { SourceFile } from '../engine/sourceFile';
import { fileError } from './fileError';

/**
 * Corpus files at a path: the file itself, whatever its name, or those below the folder whose names are
 * corpora's, sorted.
 */
export async function corpusFiles(target: string): Promise<string[]> {
  const info = await stat(target).catch((error: unknown) => {
    throw fileError(error, target);
  });
  if (!info.isDirectory()) return [target];
  const entries = await readdir(target, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      throw fileError(error, error.path ?? target);
    },
  );
  const files: string[] = [];
  const others: string[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const byName = isCorpusFileName(entry.name);
    if (!byName && !mayHoldCorpus(entry.name)) continue;
    if (path.relative(target, file).split(path.sep).includes('node_modules')) continue;
    // Collections under version control often hold links to their files.
    const isFile = entry.isSymbolicLink()
      ? (await stat(file).catch(() => undefined))?.isFile()
      : entry.isFile();
    if (isFile) (byName ? files : others).push(file);
  }
  // What other files are, their text says.
  if (files.length === 0) for (const file of others.sort()) if (await holdsCorpus(file)) files.push(file);
  if (files.length === 0)
    throw new InputError(
      'No corpus files in this folder: neither by name (.conllu, .conll, .iob2, .bio, .bmes, …), nor .txt, .tsv, .csv, .json or .jsonl that read like one.',
      { file: target, hint: 'Name a file to be told what is wrong with it.' },
    );
  return files.sort();
}

/** Endings of files that may be a corpus or anything else. */
const otherEndings = ['.txt', '.tsv', '.csv', '.json', '.jsonl', '.dat', '.tags', '.train', '.dev', '.test'];

function mayHoldCorpus(name: string): boolean {
  return otherEndings.includes(path.extname(name).toLowerCase());
}

async function holdsCorpus(file: string): Promise<boolean> {
  const { text } = decodeUtf8(file, await readBytes(file));
  const annotations = (await readAnnotations(file)) && '';
  return detectLayout(path.basename(file), new FileSample(text, annotations)) !== undefined;
}

/** The annotations of a text that brat keeps beside it: `a.ann` of `a.txt`. */
async function readAnnotations(file: string): Promise<SourceFile['companion']> {
  if (path.extname(file).toLowerCase() !== '.txt') return undefined;
  const beside = `${file.slice(0, -4)}.ann`;
  const isThere = await stat(beside).then(
    (info) => info.isFile(),
    () => false,
  );
  return isThere ? { file: beside, content: await readBytes(beside) } : undefined;
}

/** Reads a file as the engine takes it. `folder` is what its path is relative to. */
export async function readSourceFile(file: string, folder: string): Promise<SourceFile> {
  const content = await readBytes(file);
  const companion = await readAnnotations(file);
  const below = path.relative(path.dirname(path.resolve(folder)), path.resolve(file));
  return { file, path: below.split(path.sep).join('/'), content, ...(companion && { companion }) };
}

/** The corpus files at the paths, each once. */
export async function sourcesAt(
  paths: readonly string[],
  stated: StatedLayout | undefined,
): Promise<SourceFile[]> {
  const sources = new Map<string, SourceFile>();
  for (const target of paths) {
    const files = await corpusFiles(target);
    const isFolder = (await stat(target)).isDirectory();
    const folder = isFolder ? target : path.dirname(target);
    for (const file of files) {
      const real = await realpath(file);
      if (!sources.has(real))
        sources.set(real, { ...(await readSourceFile(file, folder)), stated, chosen: !isFolder });
    }
  }
  return [...sources.values()];
}

/** @throws {InputError} where the file cannot be read. */
export async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // A copy that owns its memory: small files share a pool, and what is sent to a worker is transferred.
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw fileError(error, file);
  }
}
