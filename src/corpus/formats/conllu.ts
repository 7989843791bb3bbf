import type { CorpusFormat } from '../corpus';

/** CoNLL-U's columns (universaldependencies.org/format.html). */
export const conlluColumns: readonly string[] = ['ID', 'FORM', 'LEMMA', 'UPOS', 'XPOS', 'FEATS', 'HEAD', 'DEPREL', 'DEPS', 'MISC'];

export const conllu: CorpusFormat = { kind: 'conllu', columns: conlluColumns, form: 1, separator: '\t' };

/** The format of a CoNLL-U file: the ten columns, or those that `# global.columns` names on its first line (CoNLL-U Plus). */
export function conlluFormat(text: string): CorpusFormat {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const feed = text.indexOf('\n', start);
  const declared = /^#\s*global\.columns\s*=\s*(.+?)\s*$/.exec(text.slice(start, feed < 0 ? undefined : feed));
  if (!declared) return conllu;
  const columns = declared[1].split(/\s+/);
  const form = columns.indexOf('FORM');
  return form < 0 ? conllu : { kind: 'conllu', columns, form, separator: '\t' };
}
