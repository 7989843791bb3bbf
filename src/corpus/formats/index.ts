/** The formats, and how one is found by a file's name or by what a model file says. */
import type { CorpusLayout } from '../corpus';
import { brat } from './brat';
import { columns } from './columns';
import { conll2012 } from './conll2012';
import { conllu } from './conllu';
import { csv } from './csv';
import type { CorpusFormat } from './format';
import { inline } from './inline';
import { jsonSpans } from './json/jsonSpans';
import { tokenLists } from './json/tokenLists';
import { segmented } from './segmented';
import { webAnno } from './webAnno';

export type { CorpusFormat } from './format';

/** In the order in which they are tried: a file is of the first format that recognises it. */
export const formats: readonly CorpusFormat[] = [
  brat,
  webAnno,
  conllu,
  conll2012,
  jsonSpans,
  tokenLists,
  csv,
  inline,
  segmented,
  columns,
];

/** What a file is read as that was named as a corpus, but that no format recognises. */
export const fallbackFormat = columns;

/** The format of a layout. */
export function formatOf({ kind }: Pick<CorpusLayout, 'kind'>): CorpusFormat {
  const format = formats.find(({ id }) => id === kind);
  if (!format) throw new RangeError(`there is no corpus format ${kind}`);
  return format;
}

/** Whether files can be read some lines at a time: each token has a line of its own, and no field goes beyond it. */
export function isReadByLines(layout: CorpusLayout): boolean {
  return layout.quoted !== true && formatOf(layout).tokenPerLine === true;
}

/** Whether only files of this format are called so. `name`: folders left out, in any case. */
export function isNameOf({ endings, fileNames }: CorpusFormat, name: string): boolean {
  const lower = name.toLowerCase();
  const dot = lower.lastIndexOf('.');
  return (dot >= 0 && endings.includes(lower.slice(dot + 1))) || fileNames.includes(lower);
}

/** Whether only corpora are called so. `name`: folders left out. */
export function isCorpusFileName(name: string): boolean {
  return formats.some((format) => isNameOf(format, name));
}

/** Glob patterns that find the files of all formats: the default of `rnnTagger.corpora.include`. */
export function corpusFilePatterns(): string[] {
  const endings = formats.flatMap((format) => format.endings);
  const stems = new Map<string, string[]>();
  for (const name of formats.flatMap(({ fileNames }) => fileNames)) {
    const dot = name.lastIndexOf('.');
    const ending = name.slice(dot);
    stems.set(ending, [...(stems.get(ending) ?? []), name.slice(0, dot)]);
  }
  return [
    ...endings.map((ending) => `**/*.${ending}`),
    ...[...stems].map(([ending, names]) => `**/{${names.join(',')}}${ending}`),
  ];
}
