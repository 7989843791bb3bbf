/** One run of the product's own engine, with its defaults. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { createNodeEngine } from '../../src/engine/node/nodeEngine';
import type { TrainingData } from '../../src/engine/trainerProtocol';
import type { EpochRecord } from '../../src/run/epochRecord';
import type { RunEvent } from '../../src/run/runEvent';
import { completeSettings } from '../../src/training/defaults';
import { isBetter, mainScore } from '../../src/training/scores';
import type { Scores } from '../../src/training/scores';
import { inProject } from '../../tools/paths.mjs';
import type { AccuracySet } from './sets';

/** What the scores are asked for. */
export const threads = Math.min(2, availableParallelism());

/** How far a run was after an epoch. */
export interface EpochScore {
  readonly epoch: number;
  /** In percent. */
  readonly score: number;
  /** Training alone, and since the run was asked for: reading, making features and scoring included. */
  readonly seconds: number;
  readonly wholeSeconds: number;
}

export interface OurRun {
  readonly seed: number;
  /** Of the model that is kept, on development data, in percent. */
  readonly score: number;
  readonly epochs: readonly EpochScore[];
  /** Of so many. */
  readonly bestEpoch: number;
  readonly seconds: number;
  readonly wholeSeconds: number;
  readonly tokensPerSecond: number;
  /** Tokens of the development set. */
  readonly tokens: number;
  /**
   * What was taken off the score of O, as picked on development data; undefined where there is nothing to
   * pick.
   */
  readonly outsideBias?: number;
  /** Expected calibration error; undefined where there is too little to tell. */
  readonly calibrationError?: number;
}

/**
 * Trains on a text, the whole training set or a part of it, scored on the development set.
 * @param epoch is told of each.
 * @throws {Error} where the run failed or diverged.
 */
export async function trainOurs(
  set: AccuracySet,
  train: string,
  dev: string,
  seed: number,
  epoch: (at: EpochScore) => void,
): Promise<OurRun> {
  const file = (name: string, split: 'training' | 'development', content: string) => ({
    file: name,
    path: `corpus/${path.basename(name)}`,
    content,
    split,
  });
  const data: TrainingData = {
    corpus: 'bench',
    corpusName: set.name,
    column: set.column,
    files: [file(set.train, 'training', train), file(set.dev, 'development', dev)],
    replaceInvalidBytes: false,
  };
  const engine = createNodeEngine({ distFolder: inProject('dist'), threads });
  const beganMs = performance.now();
  const run = engine.train(data, completeSettings({ seed, device: 'simd', threads }));
  const records: TimedRecord[] = [];
  let tokens = 0;
  try {
    const end = await new Promise<RunEvent & { type: 'ended' }>((resolve, reject) => {
      run.onEvent((event) => {
        if (event.type === 'started') tokens = event.facts.tokens.development;
        else if (event.type === 'epoch') {
          const record = { ...event, wholeSeconds: (performance.now() - beganMs) / 1000 };
          records.push(record);
          epochScores([record]).forEach(epoch);
        } else if (event.type === 'failed') reject(new Error(event.error.message));
        else if (event.type === 'ended') resolve(event);
      });
    });
    const wholeSeconds = (performance.now() - beganMs) / 1000;
    if (end.reason !== 'done' || !end.development)
      throw new Error(end.message ?? `The run ended ${end.reason}.`);
    return {
      seed,
      score: percent(end.development),
      epochs: epochScores(records),
      bestEpoch: bestEpoch(records),
      seconds: end.seconds,
      wholeSeconds,
      tokensPerSecond: end.tokensPerSecond,
      tokens,
      outsideBias: end.development.outsideBias,
      calibrationError: end.details?.development?.calibration?.ece,
    };
  } finally {
    run.dispose();
  }
}

type TimedRecord = EpochRecord & { readonly wholeSeconds: number };

function epochScores(records: readonly TimedRecord[]): EpochScore[] {
  return records.flatMap(({ epoch, development, seconds, wholeSeconds }) =>
    development ? [{ epoch, score: percent(development), seconds, wholeSeconds }] : [],
  );
}

/** The main score in percent. */
export const percent = (scores: Scores): number => 100 * mainScore(scores);

/** The epoch whose model is kept: the first that no later one is better than. */
export function bestEpoch(records: readonly Pick<EpochRecord, 'epoch' | 'development'>[]): number {
  let best: Pick<EpochRecord, 'epoch' | 'development'> | undefined;
  for (const record of records)
    if (record.development && (!best?.development || isBetter(record.development, best.development)))
      best = record;
  return best?.epoch ?? 0;
}
