import type { Corpus, CorpusFile, CorpusFileSummary, CorpusFormat } from './corpus';
import { offeredColumns } from './labels/columns';
import { summariseColumn } from './labels/summary';
import { isSplitFolder, splitsOfPaths } from './splits';

export type { CorpusFileSummary } from './corpus';

/** What a corpus needs to know of one of its files. */
export function summarise(file: CorpusFile, path: string): CorpusFileSummary {
  const { format } = file;
  const form = format.columns[format.form];
  return {
    file: file.file,
    path,
    format,
    tokens: file.tokens,
    sentences: file.sentences,
    columns: file.columns
      .filter((column) => column.name !== form)
      .map((column) => summariseColumn(file, column, format)),
  };
}

/**
 * What the files of one corpus share. CoNLL-U: the columns. Column files: how many columns there are, and
 * which hold ID and word; names are left out, since the rules that give them look at values, which may differ
 * between training and development data.
 */
export function signatureOf(format: CorpusFormat): string {
  if (format.kind === 'conllu') return format.columns.join(',');
  return `columns${format.columns.length},form${format.form}${format.columns[0] === 'ID' ? ',id' : ''}`;
}

/** One format for files of one signature: the names that most tokens go by. */
export function commonFormat(
  files: readonly { readonly format: CorpusFormat; readonly tokens: number }[],
): CorpusFormat {
  const byNames = new Map<string, { format: CorpusFormat; tokens: number }>();
  for (const { format, tokens } of files) {
    const key = `${format.columns.join(',')}${format.separator}`;
    const known = byNames.get(key);
    if (known) known.tokens += tokens;
    else byNames.set(key, { format, tokens });
  }
  return [...byNames.values()].reduce((best, entry) => (entry.tokens > best.tokens ? entry : best)).format;
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
    const signature = signatureOf(file.format);
    const folders = homes.get(signature) ?? new Set();
    homes.set(signature, folders.add(homeFolder(file.path)));
  }
  for (const file of full) {
    const signature = signatureOf(file.format);
    const folder = highestAbove(homeFolder(file.path), homes.get(signature) ?? new Set());
    const id = `${folder}#${signature}`;
    const group = groups.get(id);
    if (group) group.files.push(file);
    else groups.set(id, { folder, files: [file] });
  }
  const entries = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const names = nameCorpora(
    entries.map(([, group]) => ({ folder: group.folder, format: group.files[0].format })),
  );
  return entries.map(([id, group], i) => makeCorpus(id, names[i], group.files));
}

function makeCorpus(id: string, name: string, unordered: readonly CorpusFileSummary[]): Corpus {
  const files = [...unordered].sort((a, b) => (a.path < b.path ? -1 : 1));
  const format = commonFormat(files);
  const splits = splitsOfPaths(files.map((file) => file.path));
  return {
    id,
    name,
    format,
    files: files.map(({ file, tokens, sentences }, i) => ({ file, split: splits[i], tokens, sentences })),
    tokens: files.reduce((sum, file) => sum + file.tokens, 0),
    sentences: files.reduce((sum, file) => sum + file.sentences, 0),
    columns: offeredColumns(
      format,
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
  corpora: readonly { readonly folder: string; readonly format: CorpusFormat }[],
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
  return corpora.map(({ folder, format }, i) => {
    const others = corpora.filter((other) => other.folder === folder);
    return others.length === 1
      ? names[i]
      : `${names[i]} (${describeFormat(
          format,
          others.map((other) => other.format),
        )})`;
  });
}

function describeFormat(format: CorpusFormat, inFolder: readonly CorpusFormat[]): string {
  const sameKind = inFolder.filter((other) => other.kind === format.kind);
  if (format.kind === 'conllu' && sameKind.length === 1) return 'CoNLL-U';
  const sameWidth = sameKind.filter((other) => other.columns.length === format.columns.length);
  return sameWidth.length === 1 ? `${format.columns.length} columns` : format.columns.join(' ');
}
