import { inspect } from 'node:util';
import { hash32, uniform } from '../../src/common/random';

/** Moments of the whole stage: each kind has its share. */
const allMoments = Number(process.env.RNN_TAGGER_FAULTS ?? 100);
const shares = {
  windows: 0.4,
  trainers: 0.14,
  taggers: 0.08,
  readers: 0.06,
  pages: 0.1,
  'small disks': 0.14,
  'read-only folders': 0.08,
};
const seed = Number(process.env.RNN_TAGGER_FAULTS_SEED ?? Date.now() % 2 ** 31);
/** Draws this moment of each kind alone: the one that failed. */
const only = process.env.RNN_TAGGER_FAULTS_MOMENT;

/** What is drawn for one moment: the same for the same seed, kind and number, whatever the others draw. */
export class Draw {
  private drawn = 0;

  constructor(
    private readonly kind: number,
    private readonly moment: number,
  ) {}

  /** A whole number from 0, less than `count`. */
  below(count: number): number {
    return Math.floor(uniform(seed, this.kind, this.moment, this.drawn++) * count);
  }

  oneOf<Choice>(...choices: readonly [Choice, ...Choice[]]): Choice {
    return choices[this.below(choices.length)];
  }
}

/**
 * Checks each moment that is drawn of a kind, one after the other, and prints how many there were of what.
 * @param check says in a word or two what happened, for the count.
 */
export async function atEachMoment(
  kind: keyof typeof shares,
  check: (draw: Draw) => Promise<string>,
): Promise<void> {
  const count = Math.max(1, Math.round(allMoments * shares[kind]));
  const happened = new Map<string, number>();
  const numbers = only === undefined ? Array.from({ length: count }, (_, i) => i) : [Number(only)];
  const failures: Error[] = [];
  for (const moment of numbers) {
    try {
      const what = await check(new Draw(hash32(0, Object.keys(shares).indexOf(kind)), moment));
      happened.set(what, (happened.get(what) ?? 0) + 1);
    } catch (error) {
      const again = `RNN_TAGGER_FAULTS_SEED=${seed} RNN_TAGGER_FAULTS_MOMENT=${moment}`;
      failures.push(new Error(`Moment ${moment} of ${kind} (${again}) failed.`, { cause: error }));
      happened.set('failed', failures.length);
    }
  }
  const counts = [...happened].map(([what, times]) => `${times} ${what}`).sort();
  process.stdout.write(
    `    ${kind}: ${numbers.length} moments (${counts.join(', ')}), RNN_TAGGER_FAULTS_SEED=${seed}\n`,
  );
  if (failures.length > 0)
    throw new Error(
      `${failures.length} of ${numbers.length} failed:\n${failures.map((failure) => inspect(failure)).join('\n')}`,
    );
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
