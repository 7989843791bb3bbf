import type { LabelScheme, Span } from '../../corpus/corpus';
import { splitLabel } from '../../corpus/labels/notation';
import { joins } from '../../corpus/labels/spans';
import type { MatrixData } from '../../kernels/kernels';
import { logProbability } from './logProbability';
import { ChainMarginals } from './marginals';
import { MatrixScores, RuleScores } from './transitionScores';
import { allowedScores, transitionsOf } from './transitions';

/**
 * How probable it is that a decoded span is right, borders and type: that its tokens carry the labels that
 * were decoded and that no neighbour belongs to it, among the sequences that the decoder chooses from, the
 * allowed ones.
 *
 * That is exact, by a forward and a backward sweep, with transition scores and without. A product of the
 * tokens' probabilities is not the same even without: it counts sequences that are not allowed, and so takes
 * long spans for improbable. Measured on the development set of UNER Chinese-GSD, with a calibrated model: of
 * the spans of three tokens and more 65 % were right; this says 0.72 on average, the product 0.14 and the
 * smallest factor 0.21.
 */
export class SpanProbability {
  private readonly chain: ChainMarginals;
  private readonly L: number;
  /** For each label, the few labels behind it and before it that go on with its span. */
  private readonly behind: readonly (readonly number[])[];
  private readonly before: readonly (readonly number[])[];
  private logs = new Float64Array(0);

  /** A: (L+2)×L scores of label j after label i; row L is the sentence's start, row L+1 its end. */
  constructor(labels: readonly string[], scheme: LabelScheme, A?: MatrixData) {
    this.L = labels.length;
    const transitions = transitionsOf(labels, scheme);
    this.chain = new ChainMarginals(
      A ? new MatrixScores(this.L, allowedScores(transitions, A)) : new RuleScores(transitions),
    );
    const parts = labels.map((label) => splitLabel(label, scheme));
    const ofType = new Map<string, number[]>();
    parts.forEach(({ prefix, type }, label) => {
      if (prefix !== 'O') ofType.set(type, [...(ofType.get(type) ?? []), label]);
    });
    const alike = (label: number): readonly number[] => ofType.get(parts[label].type) ?? [];
    this.behind = parts.map((own, label) => alike(label).filter((next) => joins(own, parts[next])));
    this.before = parts.map((own, label) => alike(label).filter((last) => joins(parts[last], own)));
  }

  /** Takes in a sentence of T tokens, by its scores: T×L from `offset` on, log-probabilities or a CRF's z. */
  take(scores: MatrixData, offset: number, T: number): void {
    this.chain.take(scores, offset, T);
  }

  /** {@link take} from ŷ, for models without A. */
  takeProbabilities(yHat: MatrixData, offset: number, T: number): void {
    const length = T * this.L;
    if (this.logs.length < length) this.logs = new Float64Array(2 * length);
    for (let n = 0; n < length; n++) this.logs[n] = logProbability(yHat[offset + n]);
    this.chain.take(this.logs, 0, T);
  }

  /**
   * Of a span of the sentence last taken in, whose labels stand in `labels` from `offset` on. 0 where they
   * are not allowed.
   */
  of(span: Span, labels: Uint16Array, offset: number): number {
    const notBefore = this.before[labels[offset + span.start]];
    const notBehind = this.behind[labels[offset + span.end - 1]];
    const probability = this.chain.runProbability(span.start, span.end, labels, offset, notBefore, notBehind);
    // NaN where the label set leaves no allowed sequence; a little over 1 by rounding.
    return probability > 0 ? Math.min(1, probability) : 0;
  }
}
