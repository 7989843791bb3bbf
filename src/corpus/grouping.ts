import type { Corpus, CorpusFile, CorpusFileSummary, CorpusLayout } from './corpus';
import { formatOf } from './formats';
import { commonLayout, signatureOf } from './formats/layout';
import { offeredColumns } from './labels/columns';
import { summariseColumn } from './labels/summary';
import { shareKeysOfSummaries } from './sharedKeys';
import { isSplitFolder, splitsOfPaths } from './splits';

/** What a corpus needs to know of one of its files. */
export function summarise(file: CorpusFile, path: string): CorpusFileSummary {
  const { layout } = file;
  const form = layout.columns[layout.form];
  return {
    file: file.file,
    path,
    layout,
    tokens: file.tokens,
    sentences: file.sentences,
    leftOut: file.leftOut.rows,
    columns: file.columns
      .filter((column) => column.name !== form)
      .map((column) => summariseColumn(file, column, layout)),
  };
}

/**
 * Gathers files into corpora. A file belongs to its folder (a folder named like a split: to the one above),
 * and that to the highest folder above it which itself holds files of the same signature. Files without
 * tokens are of no corpus.
 */
export function groupCorpora(files: readonly CorpusFileSummary[]): Corpus[] {
  const groups = new Map<string, { folder: string; files: CorpusFileSummary[] }>();
  const homes = new Map<string, Set<string>>();
  const full = files.filter((file) => file.tokens > 0);
  for (const file of full) {
    const signature = signatureOf(file.layout);
    const folders = homes.get(signature) ?? new Set();
    homes.set(signature, folders.add(homeFolder(file.path)));
  }
  for (const file of full) {
    const signature = signatureOf(file.layout);
    const folder = highestAbove(homeFolder(file.path), homes.get(signature) ?? new Set());
    const id = `${folder}#${signature}`;
    const group = groups.get(id);
    if (group) group.files.push(file);
    else groups.set(id, { folder, files: [file] });
  }
  const entries = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const names = nameCorpora(
    entries.map(([, group]) => ({ folder: group.folder, layout: group.files[0].layout })),
  );
  return entries.map(([id, group], i) => makeCorpus(id, names[i], group.files));
}

function makeCorpus(id: string, name: string, unordered: readonly CorpusFileSummary[]): Corpus {
  const files = shareKeysOfSummaries([...unordered].sort((a, b) => (a.path < b.path ? -1 : 1)));
  const layout = commonLayout(files);
  const splits = splitsOfPaths(files.map((file) => file.path));
  return {
    id,
    name,
    layout,
    files: files.map(({ file, tokens, sentences, leftOut }, i) => ({
      file,
      split: splits[i],
      tokens,
      sentences,
      leftOut,
    })),
    tokens: files.reduce((sum, file) => sum + file.tokens, 0),
    sentences: files.reduce((sum, file) => sum + file.sentences, 0),
    columns: offeredColumns(
      layout,
      files.map((file) => file.columns),
    ),
  };
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
}

function homeFolder(path: string): string {
  const folder = parentOf(path);
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  return isSplitFolder(name) && folder.includes('/') ? parentOf(folder) : folder;
}

function highestAbove(folder: string, homes: ReadonlySet<string>): string {
  let highest = folder;
  for (let above = folder; above !== '';) {
    above = parentOf(above);
    if (homes.has(above)) highest = above;
  }
  return highest;
}

/**
 * A folder's own name; where two corpora would be called the same, with the folders above it as far as
 * needed, and where they share the folder, with the kind of file.
 */
function nameCorpora(
  corpora: readonly { readonly folder: string; readonly layout: CorpusLayout }[],
): string[] {
  const named = (depth: number, folder: string): string =>
    folder.split('/').slice(-depth).join('/') || 'corpus';
  const distinct = new Set(corpora.map(({ folder }) => folder));
  const names = corpora.map(({ folder }) => {
    const depth = folder.split('/').length;
    for (let i = 1; i < depth; i++) {
      const name = named(i, folder);
      if (![...distinct].some((other) => other !== folder && named(i, other) === name)) return name;
    }
    return named(depth, folder);
  });
  return corpora.map(({ folder, layout }, i) => {
    const others = corpora.filter((other) => other.folder === folder);
    return others.length === 1
      ? names[i]
      : `${names[i]} (${describeLayout(
          layout,
          others.map((other) => other.layout),
        )})`;
  });
}

function describeLayout(layout: CorpusLayout, inFolder: readonly CorpusLayout[]): string {
  const sameKind = inFolder.filter((other) => other.kind === layout.kind);
  const format = formatOf(layout);
  if (format.columnNames === 'given' && sameKind.length === 1) return format.description;
  const sameWidth = sameKind.filter((other) => other.columns.length === layout.columns.length);
  return sameWidth.length === 1 ? `${layout.columns.length} columns` : layout.columns.join(' ');
}
