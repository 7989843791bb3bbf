/** What each column of a file holds, told from all of its values, and from the names in its header. */
import { isOutside, parseLabel } from '../../labels/notation';
import type { ColumnStatistics } from './columnStatistics';
import type { RowSurvey } from './rowSurvey';

export type ColumnRole =
  /** Counts the words of each sentence. */
  | 'word number'
  /** The number of the sentence. */
  | 'sentence number'
  | 'word'
  /** Labels that mark spans; phrases of the kind of CoNLL-2000 apart. */
  | 'spans'
  | 'chunks'
  /** Other labels: few distinct ones. */
  | 'tags'
  /** `SpaceAfter=No` and the like. */
  | 'notes'
  | 'numbers'
  /** One value in all rows. */
  | 'constant'
  /** Anything else, such as lemmas. */
  | 'other';

/** What a column holds, and for spans how many tokens are in one, as a share. */
export interface ColumnReading {
  readonly role: ColumnRole;
  readonly inside: number;
}

/** A column with more distinct values than this is not taken for labels unless somebody says so. */
export const mostLikelyLabels = 300;

/** Roles of the columns, one of them `word`. */
export function readColumns(survey: RowSurvey, header: readonly string[] | undefined): ColumnReading[] {
  const readings = survey.columns.map((column, i) => readColumn(column, i));
  const named = header?.map(roleOfName);
  const word = wordColumn(survey, readings, named);
  return readings.map((reading, i) => {
    if (i === word) return { role: 'word', inside: 0 };
    const said = named?.[i];
    if (said !== undefined && said !== 'word') return { ...reading, role: said };
    return reading.role === 'word' ? { role: 'other', inside: 0 } : reading;
  });
}

function readColumn(column: ColumnStatistics, index: number): ColumnReading {
  const of = (role: ColumnRole, inside = 0): ColumnReading => ({ role, inside });
  if (column.filled === 0) return of('constant');
  if (index === 0 && column.countsWords) return of('word number');
  if (column.distinct === 1) return of('constant');
  const spans = readSpans(column);
  if (spans) return spans;
  if (column.countsSentences) return of('sentence number');
  if (column.holdsNotes) return of('notes');
  if (column.isNumeric) return of('numbers');
  return of(column.isOpen || column.distinct > mostLikelyLabels ? 'other' : 'tags');
}

const phrase = /^(?:[A-Z]*NP|VP|PP|ADJP|ADVP|SBAR|PRT|CONJP|INTJ|LST|UCP|NC|VC|PC)$/;

/** Whether nearly all values read as span labels, and not only as `O`. */
function readSpans(column: ColumnStatistics): ColumnReading | undefined {
  if (column.isOpen) return undefined;
  const prefixed = readPrefixed(column, 'prefix') ?? readPrefixed(column, 'suffix');
  if (prefixed) return prefixed;
  return isTypesAlone(column)
    ? { role: 'spans', inside: column.share((value) => !isOutside(value)) }
    : undefined;
}

/** The same of labels with a letter before or behind the type. */
function readPrefixed(column: ColumnStatistics, notation: 'prefix' | 'suffix'): ColumnReading | undefined {
  // Words are told from labels by the first of them.
  if (!column.isNearlyAll(0.94, (value) => parseLabel(value, notation) !== undefined)) return undefined;
  let parsed = 0;
  let inside = 0;
  let outside = 0;
  let typed = 0;
  let phrases = 0;
  let all = 0;
  for (const [value, count] of column.values()) {
    all += count;
    const label = parseLabel(value, notation);
    if (!label) continue;
    parsed += count;
    if (label.prefix === 'O') {
      if (isOutside(value)) outside += count;
      continue;
    }
    inside += count;
    if (label.type !== '') typed += count;
    if (phrase.test(label.type)) phrases += count;
  }
  if (inside === 0 || parsed < 0.95 * all) return undefined;
  // Letters alone may be a class of words: then O must stand for outside, or every token be in a span.
  if (typed === 0 && (column.distinct > 5 || (outside === 0 && inside < all))) return undefined;
  const isChunks = typed > 0 && phrases >= 0.9 * typed;
  return {
    role: isChunks ? 'chunks' : 'spans',
    inside: inside / Math.max(1, all + column.emptyShare * all),
  };
}

/** Types without letters: `O` is the most frequent value, and there are few others. */
function isTypesAlone(column: ColumnStatistics): boolean {
  if (column.distinct > mostLikelyLabels) return false;
  const outside = column.share(isOutside);
  if (outside < 0.3 || outside === 1) return false;
  for (const [value, count] of column.values())
    if (!isOutside(value) && count / column.filled > outside) return false;
  return true;
}

/**
 * The column with the words: of those that may be it the leftmost with at least a quarter as many distinct
 * values as any. What reads like tags, in capital letters alone beside one that does not, is none.
 */
function wordColumn(
  survey: RowSurvey,
  readings: readonly ColumnReading[],
  named: readonly (ColumnRole | undefined)[] | undefined,
): number {
  const said = named?.indexOf('word') ?? -1;
  return said >= 0 ? said : likelyWords(survey, readings, named)[0];
}

/**
 * Columns that may be the one with the words where no header says which: that which is taken first. One,
 * where none of the others would be left to hold labels.
 */
export function likelyWordColumns(survey: RowSurvey): number[] {
  const readings = survey.columns.map((column, i) => readColumn(column, i));
  const likely = likelyWords(survey, readings, undefined);
  const labels: readonly ColumnRole[] = ['spans', 'chunks', 'tags'];
  const isLabelled = readings.some(({ role }, i) => !likely.includes(i) && labels.includes(role));
  return isLabelled ? likely : likely.slice(0, 1);
}

function likelyWords(
  { columns }: RowSurvey,
  readings: readonly ColumnReading[],
  named: readonly (ColumnRole | undefined)[] | undefined,
): number[] {
  const unlikely: readonly ColumnRole[] = ['word number', 'sentence number', 'notes'];
  const possible = columns
    .map((_, i) => i)
    .filter((i) => !unlikely.includes(readings[i].role) && named?.[i] === undefined);
  let candidates = possible.filter((i) => i === possible[0] || readings[i].role !== 'constant');
  const prefer = (condition: (i: number) => boolean): void => {
    const better = candidates.filter(condition);
    if (better.length > 0) candidates = better;
  };
  prefer((i) => readings[i].role !== 'spans' && readings[i].role !== 'chunks');
  prefer((i) => readings[i].role !== 'numbers');
  prefer((i) => columns[i].letters >= 0.2);
  // Names of tokens, such as s1w2, are no words where another column may hold them.
  const hasDigits = (i: number): boolean => columns[i].share((value) => /\d/.test(value)) >= 0.9;
  if (candidates.some((i) => !hasDigits(i) && columns[i].distinct >= 10 && columns[i].hasLowerCase))
    prefer((i) => !hasDigits(i));
  if (candidates.some((i) => columns[i].hasLowerCase)) prefer((i) => !isTagLike(columns[i]));
  if (candidates.length === 0)
    return [Math.min(columns.length - 1, readings[0]?.role === 'word number' ? 1 : 0)];
  const most = Math.max(...candidates.map((i) => columns[i].distinct));
  return candidates.filter((i) => columns[i].distinct >= most / 4);
}

const tag = /^[A-Z0-9_$#.,:;!?'"`()|=*+/<>-]{1,32}$/;

/** Whether a column's values are written as tags are: capital letters, digits, signs. */
export function isTagLike(column: ColumnStatistics): boolean {
  return (
    column.share((value) => tag.test(value)) >= 0.9 && column.share((value) => /[A-Z]/.test(value)) >= 0.5
  );
}

/** What people call columns in headers, without what is no letter. */
const names: Readonly<Record<string, ColumnRole>> = {
  ...Object.fromEntries(
    ['word', 'words', 'token', 'tokens', 'form', 'text', 'wordform', 'surface', 'character', 'char'].map(
      (name) => [name, 'word'],
    ),
  ),
  ...Object.fromEntries(
    ['id', 'idx', 'index', 'tokenid', 'wordid', 'tokenindex'].map((name) => [name, 'word number']),
  ),
  ...Object.fromEntries(
    ['sentence', 'sentenceid', 'sentid', 'sentenceidx', 'sentenceno', 'sentencenumber', 'sentences'].map(
      (name) => [name, 'sentence number'],
    ),
  ),
  ...Object.fromEntries(['lemma', 'lemmas', 'lemmatized'].map((name) => [name, 'other'])),
  ...Object.fromEntries(['misc', 'comment', 'comments', 'notes'].map((name) => [name, 'notes'])),
};

/** Names of columns that may hold labels. */
const labelNames =
  /^(?:labels?|tags?|pos|postags?|upos|xpos|cpos|nertags?|ner|ne|nelabels?|entity|entities|chunks?|chunktags?|iob|iob2|bio|named?entit(?:y|ies)|slots?|ne(?:coarse|fine|nested)?(?:lit|meto|comp)?|nel(?:lit|meto)?|deprel|head|feats|srl|predicate)$/;

const plain = (cell: string): string => cell.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

function roleOfName(cell: string): ColumnRole | undefined {
  const name = plain(cell);
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

/** Whether a header's cell says that the column numbers the sentences. */
export function isSentenceName(cell: string): boolean {
  return roleOfName(cell) === 'sentence number';
}

/**
 * The first row, where it names the columns: its cells are names that people give to columns, or it alone has
 * no label in columns where all others have.
 */
export function headerOf({ first, columns, rows }: RowSurvey): readonly string[] | undefined {
  if (rows < 2 || new Set(first).size < first.length || first.some((cell) => cell === '')) return undefined;
  // Files that were joined have it several times.
  const alone = first.map((cell, i) => columns[i].countOf(cell) <= 1 + Math.floor(rows / 20));
  const named = first.filter((cell, i) => alone[i] && isName(cell)).length;
  if (named >= 2 && first.some((cell, i) => alone[i] && roleOfName(cell) === 'word')) return first;
  if (named >= 2 && named === first.length) return first;
  const isOdd = first.some((cell, i) => alone[i] && isOddOneOut(cell, columns[i]));
  const hasName = first.some((cell, i) => alone[i] && isName(cell));
  return isOdd && hasName && alone.every(Boolean) ? first : undefined;
}

/** Whether people give a name such as a cell's to columns. */
function isName(cell: string): boolean {
  return roleOfName(cell) !== undefined || labelNames.test(plain(cell));
}

/**
 * Whether the first row may name the columns, although {@link headerOf} does not say so: all of its cells are
 * alone in their columns, and one is a name that people give to columns, or no label where all others are.
 */
export function mayBeHeader({ first, columns, rows }: RowSurvey): boolean {
  if (rows < 4 || first.some((cell, i) => cell === '' || columns[i].countOf(cell) > 1)) return false;
  return first.some((cell, i) => isName(cell) || isOddOneOut(cell, columns[i]) || isNoTag(cell, columns[i]));
}

/** Whether a cell is not written as tags are, in a column where all others are. */
function isNoTag(cell: string, column: ColumnStatistics): boolean {
  if (tag.test(cell) || column.isOpen || column.distinct > mostLikelyLabels) return false;
  const others = column.share((value) => value === cell || (tag.test(value) && /[A-Z]/.test(value)));
  return others >= 0.9 && column.distinct <= column.filled / 4;
}

/** Whether a cell is no span label, in a column where all others are. */
function isOddOneOut(cell: string, column: ColumnStatistics): boolean {
  if (parseLabel(cell)) return false;
  const others = column.share((value) => value === cell || parseLabel(value) !== undefined);
  return others >= 0.99 && column.share((value) => (parseLabel(value)?.type ?? '') !== '') > 0;
}
