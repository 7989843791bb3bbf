/** Inner shapes as the API shows them: plain data of its own, whatever a caller does to it. */
import { messageOf } from '../common/errors';
import type * as inner from '../corpus/corpus';
import { scoreOf } from '../corpus/labels/labelFindings';
import type { LabelFinding } from '../corpus/labels/labelFindings';
import { spansOf } from '../corpus/labels/spans';
import type { Lines } from '../corpus/text/lines';
import type { ModelInfo, TaggedToken } from '../engine/taggerProtocol';
import { modelVersion } from '../record/runRecord';
import type { RunRecord } from '../record/runRecord';
import { runTitle } from '../record/runTitle';
import type * as training from '../training/scores';
import type {
  Corpus,
  LabelError,
  LabelledSentence,
  LabelledSpan,
  LabelledToken,
  LabellingModel,
  Run,
  Scores,
} from './rnn-tagger';

export function plainCorpus({ id, name, layout, tokens, sentences, files, columns }: inner.Corpus): Corpus {
  return {
    id,
    name,
    format: layout.kind,
    tokens,
    sentences,
    files: files.map(({ file, split, ...counts }) => ({
      uri: file,
      ...(split && { split }),
      tokens: counts.tokens,
      sentences: counts.sentences,
    })),
    columns: columns.map((column) => ({
      name: column.name,
      spans: column.scheme !== 'none',
      labels: column.labels.map(({ label, count }) => ({ label, count })),
    })),
  };
}

export function plainRun(run: RunRecord): Run {
  const { id, corpus, corpusName, column, state, created, epoch, step, seconds } = run;
  const { device, message, development, test } = run;
  return {
    id,
    title: runTitle(run),
    corpus,
    corpusName,
    column,
    state,
    created,
    hasModel: modelVersion(run) !== undefined,
    epoch,
    step,
    seconds,
    ...(device !== undefined && { device }),
    ...(message !== undefined && { message }),
    ...(development && { development: plainScores(development) }),
    ...(test && { test: plainScores(test) }),
  };
}

function plainScores({ tokens, sentences, loss, accuracy, spans }: training.Scores): Scores {
  const { precision, recall, f1 } = spans ?? {};
  return {
    tokens,
    sentences,
    loss,
    accuracy,
    ...(precision !== undefined && recall !== undefined && f1 !== undefined
      ? { spans: { precision, recall, f1 } }
      : {}),
  };
}

/** @param key of the model in the tagger: `run:ID` or `imported:ID`. */
export function plainModel(
  key: string,
  { corpusName, column, labels }: Pick<ModelInfo, 'corpusName' | 'column' | 'labels'>,
): LabellingModel {
  return {
    ...(key.startsWith('run:') && { run: key.slice('run:'.length) }),
    corpusName,
    column,
    labels: [...labels],
  };
}

/** Tokens as they were labelled, by sentence. */
export function plainSentences(
  tokens: readonly TaggedToken[],
  lines: Lines,
  { scheme }: Pick<ModelInfo, 'scheme'>,
): LabelledSentence[] {
  const sentences: TaggedToken[][] = [];
  tokens.forEach((token, t) => {
    if (t === 0 || token.sentence !== tokens[t - 1].sentence) sentences.push([]);
    sentences[sentences.length - 1].push(token);
  });
  return sentences.map((sentence) => {
    const plain = sentence.map((token) => plainToken(token, lines));
    const labels = sentence.map(({ label }) => label);
    const spans = spansOf(labels, scheme).map(({ start, end, type }): LabelledSpan => {
      const { span, probability } = sentence[start];
      const text = spanText(plain.slice(start, end), lines);
      return { type, text, start, end, probability: span?.probability ?? probability };
    });
    return { tokens: plain, spans };
  });
}

function plainToken(
  { line, startColumn, endColumn, label, probability, gold }: TaggedToken,
  lines: Lines,
): LabelledToken {
  return {
    text: lines.lineAt(line).slice(startColumn, endColumn),
    line,
    startCharacter: startColumn,
    endCharacter: endColumn,
    label,
    probability,
    ...(gold !== undefined && { gold }),
  };
}

/** What stands in the text, where that is one line; of rows the words. */
function spanText(tokens: readonly LabelledToken[], lines: Lines): string {
  const [first, last] = [tokens[0], tokens[tokens.length - 1]];
  return first.line === last.line
    ? lines.lineAt(first.line).slice(first.startCharacter, last.endCharacter)
    : tokens.map(({ text }) => text).join(' ');
}

/** A finding where its sentence stands now. */
export function plainLabelError(
  { file, word, gold, suggested, margin }: LabelFinding,
  range: { readonly start: { line: number; character: number }; readonly end: { character: number } },
): LabelError {
  return {
    uri: file,
    line: range.start.line,
    startCharacter: range.start.character,
    endCharacter: range.end.character,
    word,
    gold,
    suggested,
    score: scoreOf(margin),
  };
}

/** Which versions of the API there are, for somebody who asked for another. */
export function unknownVersionText(asked: unknown, versions: readonly number[]): string {
  let shown: string;
  try {
    shown = String(asked);
  } catch (error) {
    shown = messageOf(error);
  }
  return `RNN Tagger has no API version ${shown.slice(0, 40)}. There is: ${versions.join(', ')}.`;
}
