import { matchScores } from './metrics';
import type { LabelScores } from './scores';

/** Counts by label, and the scores that follow from them. */
export class LabelTally {
  private readonly counts = new Map<string, { gold: number; predicted: number; correct: number }>();

  /** Tokens with these labels. */
  add(gold: string, predicted: string, count: number): void {
    this.of(gold).gold += count;
    this.of(predicted).predicted += count;
    if (gold === predicted) this.of(gold).correct += count;
  }

  of(label: string): { gold: number; predicted: number; correct: number } {
    let count = this.counts.get(label);
    if (!count) this.counts.set(label, (count = { gold: 0, predicted: 0, correct: 0 }));
    return count;
  }

  /** Those of the most frequent label first. */
  scores(): LabelScores[] {
    return [...this.counts]
      .map(([label, count]) => ({ label, ...matchScores(count) }))
      .sort((a, b) => b.gold - a.gold || b.predicted - a.predicted || inOrder(a.label, b.label));
  }
}

/** By code units, the same on every machine. */
export function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
