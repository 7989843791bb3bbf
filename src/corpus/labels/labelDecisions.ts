/** What a person decided about labels that may be wrong, and what follows for the others. */
import type { LabelFinding } from './labelFindings';

/** A label that was kept, or changed to what was suggested. It holds for all sentences with the same words. */
export interface LabelDecision extends Omit<LabelFinding, 'occurrence' | 'margin'> {
  readonly column: string;
  readonly kept: boolean;
}

export function decisionOn(
  { file, sentence, token, word, gold, suggested }: LabelFinding,
  column: string,
  kept: boolean,
): LabelDecision {
  return { file, sentence, token, word, gold, suggested, column, kept };
}

/** How much a decision says, in nats: of the same word with the same two labels, and of the two labels alone. */
const ofSameWord = 2;
const ofSameLabels = 0.5;

/**
 * Findings in the order in which to look at them, with margins that say what was decided about their like:
 * those like kept ones drop, those like changed ones rise. The kept ones themselves are left out.
 */
export function ranked(
  findings: readonly LabelFinding[],
  decisions: readonly LabelDecision[],
  column: string,
): LabelFinding[] {
  const own = decisions.filter((decision) => decision.column === column);
  if (own.length === 0) return [...findings];
  const kept = new Set(own.filter((decision) => decision.kept).map(placeKey));
  const words = new Evidence(own, ({ word, gold, suggested }) => JSON.stringify([word, gold, suggested]));
  const labels = new Evidence(own, ({ gold, suggested }) => JSON.stringify([gold, suggested]));
  return findings
    .filter((finding) => !kept.has(placeKey(finding)))
    .map((finding) => ({
      ...finding,
      margin: finding.margin + ofSameWord * words.of(finding) + ofSameLabels * labels.of(finding),
    }))
    .sort((a, b) => b.margin - a.margin);
}

/** A label by where it stands: in all sentences of the file with the same words. */
export type LabelPlace = Pick<LabelFinding, 'file' | 'sentence' | 'token' | 'gold'>;
type Like = Pick<LabelFinding, 'word' | 'gold' | 'suggested'>;

/** Tells places apart. */
export const placeKey = ({ file, sentence, token, gold }: LabelPlace): string =>
  JSON.stringify([file, sentence, token, gold]);

/** How often something was changed and kept. */
class Evidence {
  private readonly counts = new Map<string, { changed: number; kept: number }>();

  constructor(
    decisions: readonly LabelDecision[],
    private readonly keyOf: (like: Like) => string,
  ) {
    for (const decision of decisions) {
      const counts = this.counts.get(keyOf(decision)) ?? { changed: 0, kept: 0 };
      counts[decision.kept ? 'kept' : 'changed']++;
      this.counts.set(keyOf(decision), counts);
    }
  }

  /** The logarithm of the odds that such a label is wrong, after what was decided; 0 where nothing was. */
  of(like: Like): number {
    const { changed, kept } = this.counts.get(this.keyOf(like)) ?? { changed: 0, kept: 0 };
    return Math.log((1 + changed) / (1 + kept));
  }
}
