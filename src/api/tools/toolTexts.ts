/** What tools answer: JSON of bounded size, made of what the API gives out. */
import { escapeMarkdown } from '../../common/escapeMarkdown';
import { shownName } from '../../common/shownText';
import type { LabelError, LabelErrors, LabelledSentence, Labelling, Run, Scores } from '../rnn-tagger';

/** Longer answers are cut, in UTF-16 units. */
const longestAnswer = 20_000;

/** Names and words of the user's data as a confirmation shows them. */
export const inMarkdown = (text: string, longest = 60): string => escapeMarkdown(shownName(text, longest));

/**
 * An answer with as many of its items as fit, the first ones.
 *
 * @param render the answer with so many items.
 */
export async function fitting(
  items: number,
  render: (shown: number) => string,
  fits: (answer: string) => boolean | PromiseLike<boolean>,
): Promise<string> {
  for (let shown = items; shown > 0; shown = Math.floor(shown / 2)) {
    const answer = render(shown);
    if (answer.length <= longestAnswer && (await fits(answer))) return answer;
  }
  return render(0);
}

/** Spans where labels mark some, else each token with its label. */
export function labellingAnswer({ model, sentences }: Labelling, shown: number): string {
  const { corpusName, column, run } = model;
  return JSON.stringify({
    model: { trainedOn: corpusName, column, ...(run !== undefined && { run }) },
    sentences: sentences.slice(0, shown).map(sentenceAnswer),
    ...leftOut(sentences.length - shown, 'sentences'),
  });
}

function sentenceAnswer({ tokens, spans }: LabelledSentence): object {
  const first = { line: (tokens.at(0)?.line ?? 0) + 1 };
  if (spans.length > 0 || tokens.every(({ label }) => label === 'O'))
    return {
      ...first,
      text: tokens.map(({ text }) => text).join(' '),
      spans: spans.map(({ type, text, probability }) => ({ text, type, probability: rounded(probability) })),
    };
  return { ...first, tokens: tokens.map(({ text, label }) => [text, label]) };
}

/** Which of the label errors are asked for. */
export interface LabelErrorQuery {
  readonly file?: string;
  readonly label?: string;
}

export function askedErrors(
  { findings }: LabelErrors,
  { file, label }: LabelErrorQuery,
  nameOf: (uri: string) => string,
): LabelError[] {
  return findings.filter(
    ({ uri, gold }) =>
      (label === undefined || gold === label) &&
      (file === undefined || uri === file || nameOf(uri) === file || nameOf(uri).endsWith(`/${file}`)),
  );
}

export function labelErrorsAnswer(
  column: string,
  errors: readonly LabelError[],
  nameOf: (uri: string) => string,
  shown: number,
): string {
  return JSON.stringify({
    column,
    open: errors.length,
    order: 'the surest first; score is no probability',
    labelErrors: errors.slice(0, shown).map(({ uri, line, word, gold, suggested, score }) => ({
      file: nameOf(uri),
      line: line + 1,
      word,
      gold,
      suggested,
      score: rounded(score),
    })),
    ...leftOut(errors.length - shown, 'labelErrors'),
  });
}

/** A run's scores, and which other runs there are. */
export function runAnswer(run: Run, others: readonly Run[], shown: number): string {
  const { id, title, corpusName, column, state, message, device, created } = run;
  return JSON.stringify({
    run: { id, title, corpus: corpusName, column, state, message, device, created, epoch: run.epoch },
    trainingSeconds: rounded(run.seconds),
    development: run.development ? scoresAnswer(run.development) : 'none yet',
    test: run.test ? scoresAnswer(run.test) : 'none',
    otherRuns: others
      .slice(0, shown)
      .map((other) => ({ id: other.id, title: other.title, state: other.state, created: other.created })),
    ...leftOut(others.length - shown, 'otherRuns'),
  });
}

function scoresAnswer({ tokens, sentences, loss, accuracy, spans }: Scores): object {
  return {
    tokens,
    sentences,
    accuracy: rounded(accuracy, 4),
    ...(spans && {
      spanPrecision: rounded(spans.precision, 4),
      spanRecall: rounded(spans.recall, 4),
      spanF1: rounded(spans.f1, 4),
    }),
    lossInNatsPerToken: rounded(loss, 4),
  };
}

const leftOut = (count: number, what: string): object =>
  count > 0 ? { notShown: `${count} more ${what}: ask for less at a time` } : {};

const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));
