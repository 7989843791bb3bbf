import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../common/errors';
import { decodeUtf8 } from '../corpus/decode';
import { isCorpusFileName } from '../corpus/formats';
import { detectLayout } from '../corpus/formats/detect';
import { FileSample } from '../corpus/formats/rows/sample';
import type { StatedLayout } from '../corpus/formats/rows/statedLayout';
import { annotationsOfText, textOfAnnotations } from '../corpus/formats/standoffNames';
import { mayHoldCorpus } from '../corpus/likelyNames';
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
  if (!info.isDirectory()) return [await sourceOf(target)];
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
    if (!(entry.isSymbolicLink() ? await isFile(file) : entry.isFile())) continue;
    const source = await sourceOf(file);
    // Annotations without their text are of no use.
    if (source !== file || textOfAnnotations(file) === undefined) (byName ? files : others).push(source);
  }
  // What other files are, their text says.
  if (files.length === 0) for (const file of others.sort()) if (await holdsCorpus(file)) files.push(file);
  if (files.length === 0)
    throw new InputError(
      'No corpus files in this folder: neither by name (.conllu, .conll, .iob2, .bio, .bmes, .ann beside its .txt, …), nor .txt, .tsv, .csv, .json or .jsonl that read like one.',
      { file: target, hint: 'Name a file to be told what is wrong with it.' },
    );
  return [...new Set(files)].sort();
}

/** The file that is read for a path: of annotations the text beside them, where it is there. */
export async function sourceOf(file: string): Promise<string> {
  const text = textOfAnnotations(file);
  return text !== undefined && (await isFile(text)) ? text : file;
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (info) => info.isFile(),
    () => false,
  );
}

async function holdsCorpus(file: string): Promise<boolean> {
  let bytes;
  try {
    bytes = await readFile(file);
  } catch (error) {
    // It may have been removed since the folder was listed.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw fileError(error, file);
  }
  const { text } = decodeUtf8(file, bytes);
  const annotations = (await readAnnotations(file)) && '';
  return detectLayout(path.basename(file), new FileSample(text, annotations)) !== undefined;
}

/** The annotations of a text that brat keeps beside it: `a.ann` of `a.txt`. */
export async function readAnnotations(
  file: string,
): Promise<{ readonly file: string; readonly content: Uint8Array<ArrayBuffer> } | undefined> {
  const beside = annotationsOfText(file);
  return beside !== undefined && (await isFile(beside))
    ? { file: beside, content: await readBytes(beside) }
    : undefined;
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
    const isFolder = await stat(target).then(
      (info) => info.isDirectory(),
      (error: unknown) => {
        throw fileError(error, target);
      },
    );
    const folder = isFolder ? target : path.dirname(target);
    for (const file of files) {
      const real = await realpath(file).catch((error: unknown) => {
        throw fileError(error, file);
      });
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
