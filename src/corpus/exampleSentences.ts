/** Sentences of a file as a person is shown them to choose among readings: `Rita/B-PER lives/O in/O …`. */
import { shownName } from '../common/shownText';
import type { CorpusFile, LabelScheme } from './corpus';
import { columnAt } from './corpusFile';
import { isOtherOutside, isOutside } from './labels/notation';

const mostSentences = 3;
const mostTokens = 8;
const longestWord = 20;

/**
 * The first sentence, and the next ones with a label that does not stand for outside; three at most.
 *
 * @param column the label column by name; without, words alone.
 * @param scheme `IO`: runs of one label are put in brackets, as the spans that they are.
 */
export function exampleSentences(
  file: CorpusFile,
  column: string | undefined,
  scheme: LabelScheme,
): string[] {
  const form = columnAt(file, file.layout.form);
  const labels = file.columns.find(({ name }) => name === column);
  const wordAt = (t: number): string => shownName(form.values[form.ids[t]], longestWord);
  const labelAt = (t: number): string => labels?.values[labels.ids[t]] ?? '';
  const isPlain = (label: string): boolean => label === '' || isOutside(label) || isOtherOutside(label);
  const sentences: string[] = [];
  for (let s = 0; s < file.sentences && sentences.length < mostSentences; s++) {
    const [start, end] = [file.sentenceStart[s], file.sentenceStart[s + 1]];
    const tokens = Array.from({ length: Math.min(end - start, mostTokens) }, (_, i) => start + i);
    if (s > 0 && labels && tokens.every((t) => isPlain(labelAt(t)))) continue;
    const shown: string[] = [];
    for (let i = 0; i < tokens.length; i++) {
      const label = labelAt(tokens[i]);
      const words = [wordAt(tokens[i])];
      const isSpan = scheme === 'IO' && !isPlain(label);
      while (isSpan && i + 1 < tokens.length && labelAt(tokens[i + 1]) === label)
        words.push(wordAt(tokens[++i]));
      const text = isSpan ? `[${words.join(' ')}]` : words.join(' ');
      shown.push(labels ? `${text}/${shownName(label, longestWord)}` : text);
    }
    if (end - start > tokens.length) shown.push('…');
    sentences.push(shown.join(' '));
  }
  return sentences;
}
