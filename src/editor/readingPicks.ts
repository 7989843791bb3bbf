/** What is asked about a file that can be read in several ways, and what an answer adds to the settings. */
import { shownName } from '../common/shownText';
import { isWordName } from '../corpus/formats/rows/statedLayout';
import type { StatedLayout } from '../corpus/formats/rows/statedLayout';
import type { Reading, ReadingQuestion } from '../engine/openQuestions';
import type { PickText } from './corpusPicks';
import { withoutIcons } from './translate';
import type { Translate } from './translate';

/** @param file the file's name, as it is shown. */
export function questionText(about: ReadingQuestion['about'], file: string, t: Translate): string {
  switch (about) {
    case 'delimiter':
      return t('What parts the columns of {0}?', file);
    case 'header':
      return t('Does the first row of {0} name the columns?', file);
    case 'word':
      return t('Which column of {0} holds the words?', file);
    case 'spans':
      return t('Are the labels of {0} spans or tags?', file);
  }
}

/** Characters of a sentence: three of them are to be seen in a line that is cut off where the list ends. */
const longestSentence = 25;

/** A reading as a quick pick shows it, with sentences as they are read. */
export function readingText(reading: Reading, t: Translate): PickText {
  return {
    ...nameOf(reading, t),
    detail: withoutIcons(reading.sentences.map(beginningOf).join(' · ')),
  };
}

/** The first words of a sentence, with their labels. */
function beginningOf(sentence: string): string {
  const [first, ...others] = sentence.split(' ');
  let shown = first;
  for (const word of others) {
    if (shown.length + word.length + 1 > longestSentence) return `${shown} …`;
    shown += ` ${word}`;
  }
  return shown;
}

function nameOf({ stated, form }: Reading, t: Translate): Omit<PickText, 'detail'> {
  const { columns, delimiter, header, scheme } = stated;
  if (columns) {
    const names = columns.map((name) => (isWordName(name) ? t('word') : shownName(name)));
    return { label: t('Column {0}', form + 1), description: withoutIcons(names.join(' ')) };
  }
  if (delimiter !== undefined) return { label: delimiterText(delimiter, t), description: '' };
  if (header !== undefined)
    return header
      ? { label: t('Yes'), description: t('the first row is left out') }
      : { label: t('No'), description: t('the first row is a word with its label') };
  return scheme === 'IO'
    ? { label: t('Spans'), description: t('neighbours with the same label belong together') }
    : { label: t('Tags'), description: t('each word has a label of its own') };
}

function delimiterText(delimiter: string, t: Translate): string {
  switch (delimiter) {
    case '\t':
      return t('Tabs');
    case ' ':
      return t('Spaces');
    case ',':
      return t('Commas');
    case ';':
      return t('Semicolons');
    default:
      return delimiter;
  }
}

/**
 * The setting `rnnTagger.corpora.layouts` with what was answered of the files that some patterns find, behind
 * what it says of others, so that it holds.
 *
 * @param layouts the setting as it stands.
 */
export function withAnswer(
  layouts: Readonly<Record<string, unknown>>,
  patterns: readonly string[],
  { delimiter, ...stated }: StatedLayout,
): Record<string, unknown> {
  const answer = { ...stated, ...(delimiter !== undefined && { delimiter: settingOf(delimiter) }) };
  const others = Object.entries(layouts).filter(([pattern]) => !patterns.includes(pattern));
  const own = patterns.map((pattern) => [pattern, { ...(layouts[pattern] as object), ...answer }] as const);
  return Object.fromEntries([...others, ...own]);
}

function settingOf(delimiter: string): string {
  return delimiter === '\t' ? 'tab' : delimiter === ' ' ? 'space' : delimiter;
}
