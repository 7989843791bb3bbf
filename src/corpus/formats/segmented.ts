import { InputError } from '../../common/errors';
import * as l10n from '../../common/l10n';
import { marked } from '../../common/l10n';
import { shownName } from '../../common/shownText';
import type { CorpusFile, CorpusLayout } from '../corpus';
import { parseLabel } from '../labels/notation';
import { detectScheme } from '../labels/scheme';
import { wordsOf } from '../labels/segmentation';
import { isUnspaced } from '../script';
import { LineScanner } from '../text/lines';
import { cutCharacters } from '../text/words';
import type { CorpusFileBuilder } from './corpusFileBuilder';
import type { CorpusFormat, Known } from './format';

/** Characters of a text that are looked at. */
const lookedAt = 200_000;

/** How every such text is laid out. */
export const segmentedLayout: CorpusLayout = { kind: 'segmented', columns: ['FORM', 'LABEL'], form: 0 };

/**
 * Text of a script without spaces, whose words are parted by spaces: each character is a token, and its label
 * says whether a word begins there (B), goes on (M), ends (E) or is that character alone (S). A line is a
 * sentence.
 */
export const segmented: CorpusFormat = {
  id: 'segmented',
  description: marked('text whose words spaces part (Chinese, Japanese, Thai)'),
  endings: [],
  fileNames: [],
  columnNames: 'given',
  labelColumns: [],
  signature: () => 'segmented',
  sniff: ({ text }, known) => (isSegmented(text.slice(0, lookedAt), known) ? segmentedLayout : undefined),
  read: readWords,
  writeLabels: (text, file, _, labels) => writeWords(text, file, labels),
  labelEnds: (_, file) => file.endColumn,
};

/** Whether labels say where words begin and end, and nothing else. */
export function areWordBorders(labels: readonly string[]): boolean {
  return labels.every((label) => {
    const parts = parseLabel(label);
    return parts !== undefined && parts.prefix !== 'O' && parts.type === '';
  });
}

const blank = /\s+/;
const punctuation = /^[，。、；：？！「」『』“”（）《》．…—,.;:?!]+$/u;

/**
 * Whether spaces part the words: most letters are of a script that is written without spaces, and what stands
 * between spaces is as short as words are. Punctuation that stands alone tells such a text from a list of
 * words, and from phrases with spaces between them.
 */
function isSegmented(text: string, known: Known): boolean {
  let words = 0;
  let lines = 0;
  let characters = 0;
  let inScript = 0;
  let letters = 0;
  let alone = 0;
  const scanner = new LineScanner(text);
  while (scanner.advance()) {
    const line = text.slice(scanner.start, scanner.end).trim();
    if (line === '') continue;
    lines++;
    for (const word of line.split(blank)) {
      words++;
      if (punctuation.test(word)) alone++;
      for (const character of word) {
        characters++;
        if (!/[\p{L}\p{M}]/u.test(character)) continue;
        letters++;
        if (isUnspaced(character)) inScript++;
      }
    }
  }
  if (words < 4 || inScript < 0.6 * letters || letters < 0.5 * characters) return false;
  // Words of Thai are longer than those of Chinese and Japanese.
  const longest = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(text) ? 8 : 3.2;
  if (characters > longest * words || words < 2 * lines) return false;
  return known === 'chosen' || (words >= 20 && words >= 4 * lines && alone >= words / 50 && alone >= 2);
}

/** Places on a line, in UTF-16 units of the text; the end is exclusive. */
interface Character {
  readonly start: number;
  readonly end: number;
}

/** Goes over the lines that hold something. */
function forEachLine(
  text: string,
  visit: (characters: readonly Character[], line: number, start: number) => void,
): void {
  const scanner = new LineScanner(text);
  while (scanner.advance()) {
    const { start, line } = scanner;
    const characters: Character[] = [];
    cutCharacters(text.slice(start, scanner.end), (from, to) =>
      characters.push({ start: start + from, end: start + to }),
    );
    if (characters.length > 0) visit(characters, line, start);
  }
}

function readWords(text: string, _: CorpusLayout, builder: CorpusFileBuilder): void {
  forEachLine(text, (characters, line, lineStart) => {
    builder.endSentence();
    characters.forEach(({ start, end }, i) => {
      const begins = i === 0 || characters[i - 1].end < start;
      const ends = i + 1 === characters.length || end < characters[i + 1].start;
      const label = begins ? (ends ? 'S' : 'B') : ends ? 'E' : 'M';
      builder.addToken({ line, startColumn: start - lineStart, endColumn: end - lineStart }, (column) =>
        column === 0 ? text.slice(start, end) : label,
      );
    });
  });
}

/** What parts most words of a text; a space where there is only one word in each line. */
function commonGap(text: string): string {
  const counts = new Map<string, number>();
  for (const [gap] of text.slice(0, lookedAt).matchAll(/(?<=\S)[^\S\r\n]+(?=\S)/g))
    counts.set(gap, (counts.get(gap) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [' ', 0])[0];
}

const spacedWord = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;

/** The text with spaces between the words that the labels say. Its characters stay, and so do its line ends. */
function writeWords(text: string, file: CorpusFile, labels: readonly string[]): string {
  if (labels.length !== file.tokens)
    throw new RangeError(`${labels.length} labels for ${file.tokens} tokens`);
  if (!areWordBorders(labels)) {
    const wrong = labels.find((label) => !areWordBorders([label])) ?? '';
    throw new InputError(
      l10n.t(
        'The model’s label “{0}” does not say where a word begins or ends, so it cannot be written as spaces between words.',
        shownName(wrong),
      ),
      { hint: l10n.t('Use a model that cuts text into words, or give the text as one character a line.') },
    );
  }
  const sentences = Array.from({ length: file.sentences }, (_, s) =>
    labels.slice(file.sentenceStart[s], file.sentenceStart[s + 1]),
  );
  const scheme = detectScheme(sentences);
  const gap = commonGap(text);
  const pieces: string[] = [];
  let written = 0;
  let sentence = 0;
  forEachLine(text, (characters) => {
    const begins = new Set(wordsOf(sentences[sentence++], scheme).map(({ start }) => start));
    for (let i = 1; i < characters.length; i++) {
      const [from, to] = [characters[i - 1].end, characters[i].start];
      const parted = to > from;
      if (begins.has(i) === parted) continue;
      // A space between words of other scripts is theirs.
      if (parted && spacedWord.test(text[from - 1]) && spacedWord.test(text[to])) continue;
      pieces.push(text.slice(written, from), begins.has(i) ? gap : '');
      written = to;
    }
  });
  pieces.push(text.slice(written));
  return pieces.join('');
}
