/** What a text looks like that is none of the project's formats, and what would help. */
import * as l10n from '../../common/l10n';

/** Characters that are looked at. */
const lookedAt = 20_000;

interface Likeness {
  readonly matches: (lines: readonly string[]) => boolean;
  readonly message: string;
}

const share = (lines: readonly string[], condition: (line: string) => boolean): number =>
  lines.filter(condition).length / Math.max(1, lines.length);

/** Whether a line is of two words or more of which nearly all end in a tag. */
function wordsEndIn(line: string, tag: RegExp): boolean {
  const words = line.trim().split(/\s+/);
  return words.length > 1 && words.filter((word) => tag.test(word)).length >= 0.7 * words.length;
}

const likenesses: readonly Likeness[] = [
  {
    matches: ([first]) => first.startsWith('#FORMAT=WebAnno'),
    message: l10n.t(
      'It looks like WebAnno TSV, but not of version 3, or without a layer of spans: export it as WebAnno TSV 3, CoNLL 2002 or CoNLL-U.',
    ),
  },
  {
    matches: (lines) => share(lines, (line) => /^\s*\{.*\}\s*$/.test(line)) > 0.8,
    message: l10n.t(
      'It looks like JSON lines, but not with a text and its spans, nor with tokens and their labels, in nearly all of them.',
    ),
  },
  {
    matches: ([first]) => /^\s*[[{]/.test(first),
    message: l10n.t('It looks like JSON, but not like a list of texts with spans, or of tokens with labels.'),
  },
  {
    matches: (lines) => share(lines, (line) => /^T\d+\t\S+ \d+ \d+/.test(line)) > 0.5,
    message: l10n.t(
      'It looks like annotations of brat, which are read with their text: name the .txt beside this file.',
    ),
  },
  {
    matches: (lines) => share(lines, (line) => wordsEndIn(line, /.[/_|][^/_|]+$/)) > 0.8,
    message: l10n.t(
      'It looks like words with their tags behind them, but not all have one, or all the same: see that each word ends in its tag.',
    ),
  },
  {
    matches: (lines) =>
      share(lines, (line) => line.includes(',')) > 0.9 &&
      share(lines, (line) => line.split(',').length === lines[0].split(',').length) > 0.7,
    message: l10n.t(
      'It looks like CSV without one token a row and its label: say that commas part its columns, and name them with “form” for the words.',
    ),
  },
  {
    matches: (lines) =>
      share(
        lines,
        (line) => line.split(';').length > 1 && line.split(';').length === lines[0].split(';').length,
      ) > 0.9,
    message: l10n.t(
      'It looks like a table parted by semicolons: say so, and name its columns with “form” for the words.',
    ),
  },
];

/** What would help with a text that looks like something else; undefined where it does not. */
export function likenessOf(text: string): string | undefined {
  const lines = text
    .slice(0, lookedAt)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.slice(0, 2000));
  return lines.length > 0 ? likenesses.find(({ matches }) => matches(lines))?.message : undefined;
}
