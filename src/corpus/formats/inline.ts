import * as l10n from '../../common/l10n';
import { marked } from '../../common/l10n';
import type { CorpusLayout } from '../corpus';
import { parseLabel } from '../labels/notation';
import { LineScanner } from '../text/lines';
import { fieldFormat } from './fields/fieldFormat';
import type { FieldSink } from './fields/fieldFormat';
import type { Known } from './format';
import { isTagLike } from './rows/columnRoles';
import { ColumnStatistics } from './rows/columnStatistics';
import { isEmpty, trimField } from './rows/fields';

/** What stands between a word and its tags; the first of which nearly all words have one is meant. */
const separators = ['/', '|', '_'] as const;

/** Characters of a text that are looked at, and tags of a word. */
const lookedAt = 200_000;
const mostTags = 8;

/** Words with their tags behind a sign, as in the Brown corpus: `The/DT cat/NN`; each line is a sentence. */
export const inline = fieldFormat({
  id: 'inline',
  description: marked('words with their tags behind them (word/TAG)'),
  walk: walkWords,
  breaks: ({ separator }) => (separator === '|' ? /[\s|]/ : separator === '_' ? /[\s_]/ : /[\s/]/),
  signature: ({ columns, separator }) => `inline${separator}${columns.length}`,
  sniff(sample, known) {
    const text = sample.text.slice(0, lookedAt);
    const counts = countWords(text);
    // Where one word is all of a line, rows of columns are meant, or a list of names.
    if (counts.words < 4 || counts.words < 2 * counts.lines) return undefined;
    for (const separator of separators) {
      const layout = sniffWords(text, counts, separator, known);
      if (layout) return layout;
    }
    return undefined;
  },
});

/** Goes over the words of a text, which white space parts. @param visit whether to go on. */
function forEachWord(text: string, visit: (from: number, to: number, scanner: LineScanner) => boolean): void {
  const scanner = new LineScanner(text);
  while (scanner.advance()) {
    let from = -1;
    for (let i = scanner.start; i <= scanner.end; i++) {
      const blank = i === scanner.end || isSpace(text.charCodeAt(i));
      if (!blank && from < 0) from = i;
      if (blank && from >= 0) {
        if (!visit(from, i, scanner)) return;
        from = -1;
      }
    }
  }
}

const isSpace = (code: number): boolean => code <= 32 || code === 0xa0 || code === 0x3000;

/**
 * Where the word and its tags stand, told from the right: a word may hold the sign itself.
 * What is not to be seen around a tag is no part of it.
 * @returns whether there is a word and as many tags.
 */
function takeApart(
  text: string,
  from: number,
  to: number,
  separator: number,
  width: number,
  bounds: number[],
): boolean {
  let end = to;
  let column = width - 1;
  for (let i = to - 1; i > from && column > 0; i--) {
    if (text.charCodeAt(i) !== separator || i + 1 === end) continue;
    bounds[2 * column] = i + 1;
    bounds[2 * column + 1] = end;
    end = i;
    column--;
  }
  bounds[0] = from;
  bounds[1] = end;
  if (column > 0) return false;
  for (let i = 1; i < width; i++) {
    trimField(text, bounds, i);
    if (isEmpty(bounds, i)) return false;
  }
  return true;
}

function walkWords(text: string, { separator = '/', columns }: CorpusLayout, sink: FieldSink): void {
  const bounds: number[] = [];
  const values: string[] = [];
  const sign = separator.charCodeAt(0);
  let current = -1;
  forEachWord(text, (from, to, { line, start: lineStart }) => {
    if (line !== current) sink.endSentence();
    current = line;
    if (!takeApart(text, from, to, sign, columns.length, bounds)) {
      const missing = columns.length - 1;
      sink.leaveOut(
        'no-tag',
        missing === 1
          ? l10n.t('This word has no tag behind “{0}”, so it is left out.', separator)
          : l10n.t('This word has no {0} tags behind “{1}”, so it is left out.', missing, separator),
        {
          line,
          lineStart,
          start: from,
          end: to,
        },
      );
      return true;
    }
    for (let i = 0; i < columns.length; i++) values[i] = text.slice(bounds[2 * i], bounds[2 * i + 1]);
    sink.token({ line, lineStart, bounds, values, end: to });
    return true;
  });
}

interface WordCounts {
  readonly words: number;
  /** Lines with words. */
  readonly lines: number;
}

function countWords(text: string): WordCounts {
  let words = 0;
  let lines = 0;
  let current = -1;
  forEachWord(text, (_from, _to, { line }) => {
    words++;
    if (line !== current) lines++;
    current = line;
    return true;
  });
  return { words, lines };
}

function sniffWords(
  text: string,
  { words }: WordCounts,
  separator: (typeof separators)[number],
  known: Known,
): CorpusLayout | undefined {
  const sign = separator.charCodeAt(0);
  const width = separator === '|' ? commonWidth(text, sign) : 2;
  if (width < 2 || width > mostTags) return undefined;
  const bounds: number[] = [];
  const forms = new ColumnStatistics();
  const tags = Array.from({ length: width - 1 }, () => new ColumnStatistics());
  const least = (known === 'chosen' ? 0.9 : 0.98) * words;
  let most = words;
  forEachWord(text, (from, to) => {
    // What has too few tags is something else: the rest of it is not looked at.
    if (!takeApart(text, from, to, sign, width, bounds)) {
      most--;
      return most >= least;
    }
    forms.add(text, bounds[0], bounds[1], false);
    tags.forEach((tag, i) => tag.add(text, bounds[2 * i + 2], bounds[2 * i + 3], false));
    return true;
  });
  const last = tags[width - 2];
  if (most < least) return undefined;
  if (last.distinct < 2 || last.distinct > 500 || forms.distinct < 2 || forms.letters < 0.3) return undefined;
  const isLabels = isTagLike(last) || last.share((value) => parseLabel(value) !== undefined) === 1;
  // Lists of paths, addresses or names in program text have no such tags, nor full stops of their own.
  const isPlain =
    words >= 50 &&
    last.distinct <= words / 4 &&
    last.letters > 0.5 &&
    forms.countOf('.') + forms.countOf(',') >= words / 100;
  const isCorpus =
    known === 'chosen' ||
    (forms.share((form) => form.includes(separator)) < 0.25 &&
      (isLabels ? forms.hasLowerCase || !forms.share(isLatin) : isPlain));
  return isCorpus ? layOut(separator, width) : undefined;
}

const isLatin = (value: string): boolean => /\p{Script=Latin}/u.test(value);

/** How many parts most of the first words have. */
function commonWidth(text: string, sign: number): number {
  const counts = new Map<number, number>();
  let words = 0;
  forEachWord(text.slice(0, 10_000), (from, to) => {
    words++;
    let parts = 1;
    for (let i = from + 1; i + 1 < to; i++) if (text.charCodeAt(i) === sign) parts++;
    counts.set(parts, (counts.get(parts) ?? 0) + 1);
    return true;
  });
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best && best[1] >= 0.8 * words ? best[0] : 0;
}

function layOut(separator: string, width: number): CorpusLayout {
  const between = Array.from({ length: width - 2 }, (_, i) => (i === 0 ? 'POS' : `COLUMN${i + 2}`));
  return { kind: 'inline', columns: ['FORM', ...between, 'LABEL'], form: 0, separator };
}
