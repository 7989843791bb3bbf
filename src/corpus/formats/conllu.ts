import type { CorpusFormat } from '../corpus';
import { LineScanner } from './rows';

/** CoNLL-U's columns (universaldependencies.org/format.html). */
export const conlluColumns: readonly string[] = [
  'ID',
  'FORM',
  'LEMMA',
  'UPOS',
  'XPOS',
  'FEATS',
  'HEAD',
  'DEPREL',
  'DEPS',
  'MISC',
];

export const conllu: CorpusFormat = { kind: 'conllu', columns: conlluColumns, form: 1, separator: '\t' };

/** Characters of the first line that are looked at: it may be anything in a file that is no treebank. */
const longestDeclaration = 4000;

/**
 * The format of a CoNLL-U file: the ten columns, or those that `# global.columns` names on its first line
 * (CoNLL-U Plus).
 */
export function conlluFormat(text: string): CorpusFormat {
  const scanner = new LineScanner(text);
  scanner.advance();
  const line = text.slice(scanner.start, Math.min(scanner.end, scanner.start + longestDeclaration)).trim();
  const declared = /^#\s*global\.columns\s*=(.+)$/.exec(line);
  if (!declared) return conllu;
  const columns = declared[1].trim().split(/\s+/);
  const form = columns.indexOf('FORM');
  return form < 0 ? conllu : { kind: 'conllu', columns, form, separator: '\t' };
}
