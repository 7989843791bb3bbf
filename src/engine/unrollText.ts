import { InputError } from '../common/errors';
import { formatCount } from '../common/figures';
import * as l10n from '../common/l10n';
import { layOut } from '../corpus/features/lists';
import { unknownWordNumber } from '../corpus/vocabulary';
import { windowLength } from '../corpus/windowLength';
import type { MatrixData } from '../kernels/kernels';
import { logProbability } from '../model/decoding/logProbability';
import type { UnrolledNetwork } from '../model/network/unrolled';
import type { Predictor, UnrolledPrediction } from '../model/predictor';
import { networkOf } from '../model/settings/networkOf';
import type { TaggerModel } from '../model/taggerModel';
import { bestLabels } from './bestLabels';
import { givenLabels } from './givenLabels';
import { inputSentences } from './inputSentences';
import type { Row } from './inputSentences';
import type { UnrollRequest } from './taggerProtocol';
import type { Numbers, UnrolledText, UnrolledTextSweep, UnrolledToken, WordColumn } from './unrollProtocol';

/** Labels of a step that are looked at. */
const bestCount = 8;

/** A matrix with more numbers is not sent: nobody looks at its picture. */
const mostNumbers = 2 ** 18;

/**
 * The network over the sentence at a place.
 *
 * @returns undefined where the input has no sentence.
 * @throws {InputError} for a sentence longer than a window, or where the model's numbers overflow.
 */
export async function unrollText(
  { input, place, given, step, label }: UnrollRequest,
  model: TaggerModel,
  predictor: Predictor,
): Promise<UnrolledText | undefined> {
  const { sentences, columns } = inputSentences(input, model, predictor.columns);
  const s = sentenceAt(sentences, place);
  if (s === undefined) return undefined;
  const tokens = withGiven(sentences[s], given, model);
  const T = tokens.length;
  if (T > windowLength)
    throw new InputError(
      l10n.t(
        'This sentence has {0} words; the network is shown over at most {1}.',
        formatCount(T),
        windowLength,
      ),
      { hint: l10n.t('Put the cursor into a shorter sentence.') },
    );
  const at = Math.min(step ?? Math.max(0, tokenAt(tokens, place)), T - 1);
  const numberOf = (name: string | undefined): number | undefined => {
    const number = name === undefined ? -1 : model.labels.indexOf(name);
    return number < 0 ? undefined : number;
  };
  const found = await predictor.unroll(
    tokens.map(({ form }) => form),
    columns && new Map([...columns].map(([name, values]) => [name, [values[s]]])),
    { at, label: numberOf(label) ?? numberOf(tokens[at].gold) },
  );
  const { network } = found;
  // One-hot, W of the first layer is a table of words.
  const columnsOfWords =
    model.settings.input === 'one-hot' ? [...new Set(found.rows.map(([word]) => word))] : undefined;
  const { E, H, L, layers, directions, activation, transitions } = networkOf(
    model.settings,
    model.labels.length,
  );
  return {
    tokens: tokensOf(tokens, found, model),
    at,
    sizes: { K: layOut(model.features).rows, E, H, L, layers, directions: directions.length },
    activation,
    transitions,
    temperature: model.calibration?.temperature ?? 1,
    x: Float32Array.from(network.x),
    ...(columnsOfWords && { wordColumns: wordColumnsOf(tokens, found, columnsOfWords) }),
    sweeps: sweepsOf(network, model, columnsOfWords),
    labels: model.labels,
    ...(L * H <= mostNumbers && { V: model.parameters.V.map((matrix) => Float32Array.from(matrix)) }),
    error: {
      label: model.labels[found.label],
      yHat: network.yHat[at * L + found.label],
      residualNorm: Math.hypot(...network.residual),
    },
  };
}

/** Running text has the labels of its spans, where these are of the kind that the model gives. */
function withGiven(
  tokens: readonly Row[],
  given: UnrollRequest['given'],
  { labels }: TaggerModel,
): readonly Row[] {
  if (!given || !labels.includes('O')) return tokens;
  const gold = givenLabels(tokens, given);
  return tokens.map((token, t) => ({ ...token, gold: gold[t] }));
}

function tokensOf(
  tokens: readonly Row[],
  { prediction, network, rows }: UnrolledPrediction,
  { labels }: TaggerModel,
): UnrolledToken[] {
  const lossOf = (gold: string | undefined, t: number): number | undefined => {
    const label = gold === undefined ? -1 : labels.indexOf(gold);
    return label < 0 ? undefined : -logProbability(network.yHat[t * labels.length + label]);
  };
  return tokens.map(({ form, line, startColumn, endColumn, gold }, t) => ({
    form,
    line,
    startColumn,
    endColumn,
    label: labels[prediction.labels[t]],
    probability: network.yHat[t * labels.length + prediction.labels[t]],
    confidence: prediction.probabilities[t * labels.length + prediction.labels[t]],
    best: bestLabels({ probabilities: network.yHat }, t, labels, bestCount),
    ...(gold !== undefined && { given: gold, loss: lossOf(gold, t) }),
    features: rows[t].length,
  }));
}

/** @param columns the numbers of the words whose columns of W are shown, with one-hot input. */
function sweepsOf(
  { sweeps }: UnrolledNetwork,
  { parameters, settings }: TaggerModel,
  columns: readonly number[] | undefined,
): UnrolledTextSweep[] {
  const H = settings.hidden;
  return sweeps.map((sweep) => {
    const { leftToRight, rightToLeft } = parameters.layers[sweep.layer - 1];
    const { U, W } = sweep.direction === 'rightToLeft' && rightToLeft ? rightToLeft : leftToRight;
    const words = sweep.layer === 1 ? columns : undefined;
    const numbers = words ? words.length * H : W.length * W[0].length;
    return {
      ...sweep,
      s: Float32Array.from(sweep.s),
      h: Float32Array.from(sweep.h),
      delta: Float32Array.from(sweep.delta),
      recurrentNorms: [...sweep.recurrentNorms],
      inputNorms: [...sweep.inputNorms],
      wholeNorms: [...sweep.wholeNorms],
      saturated: [...sweep.saturated],
      ...(U.length <= mostNumbers && { U: Float32Array.from(U) }),
      ...(numbers <= mostNumbers && { W: words ? columnsOf(W[0], H, words) : sideBySide(W, H) }),
    };
  });
}

/** The words that have each of the columns. */
function wordColumnsOf(
  tokens: readonly Row[],
  { rows }: UnrolledPrediction,
  columns: readonly number[],
): WordColumn[] {
  return columns.map((column) => ({
    forms: [...new Set(tokens.flatMap(({ form }, t) => (rows[t][0] === column ? form : [])))],
    isKnown: column !== unknownWordNumber,
  }));
}

/** H×D: D columns of W, of which the table has each as a row. */
function columnsOf(table: MatrixData, H: number, columns: readonly number[]): Numbers {
  const D = columns.length;
  return Float32Array.from({ length: H * D }, (_, i) => table[columns[i % D] * H + Math.floor(i / D)]);
}

/** The number of the sentence at a place: the last that begins before it, else the first. */
function sentenceAt(
  sentences: readonly (readonly Row[])[],
  place: UnrollRequest['place'],
): number | undefined {
  let found: number | undefined;
  for (const [s, tokens] of sentences.entries())
    if (tokens.length > 0 && (found === undefined || tokenAt(tokens, place) >= 0)) found = s;
  return found;
}

/** The number of the last token that begins at or before a place; in rows, that stands on its line. −1: none. */
function tokenAt(tokens: readonly Row[], { line, column }: UnrollRequest['place']): number {
  return tokens.findLastIndex(
    (token) =>
      token.line < line || (token.line === line && (token.startColumn <= column || isOneARow(tokens))),
  );
}

/** No two of them stand on one line. */
const isOneARow = (tokens: readonly Row[]): boolean =>
  tokens.every(({ line }, t) => t === 0 || tokens[t - 1].line !== line);

/** Matrices of `rows` rows as one. */
function sideBySide(matrices: readonly MatrixData[], rows: number): Numbers {
  const widths = matrices.map(({ length }) => length / rows);
  const width = widths.reduce((sum, value) => sum + value, 0);
  const joined = new Float32Array(rows * width);
  let left = 0;
  for (const [n, matrix] of matrices.entries()) {
    for (let row = 0; row < rows; row++)
      joined.set(matrix.subarray(row * widths[n], (row + 1) * widths[n]), row * width + left);
    left += widths[n];
  }
  return joined;
}
