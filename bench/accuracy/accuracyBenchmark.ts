import { readFileSync } from 'node:fs';
import { temporaryFile } from '../corpora';
import { crfsuiteAvailability } from '../peers/crfsuite';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { figure, reasonOf, threadCount } from '../table';
import { accuracyReaches, accuracyTable, curveTable } from './accuracyReport';
import type { SetResult, SizeResult } from './accuracyReport';
import { trainCrf } from './crfRun';
import type { CrfRun } from './crfRun';
import { threads, trainOurs } from './ourRun';
import type { EpochScore, OurRun } from './ourRun';
import { accuracySets, aims, setMissing } from './sets';
import type { AccuracySet } from './sets';
import { firstShare } from './subset';

const seeds = { quick: [1], full: [1, 2, 3] };
/** Of the training sentences. */
const shares = { quick: [1], full: [0.01, 0.1, 1] };

/**
 * What the defaults reach on development data, and in what time; CRFsuite beside them, one after the other.
 */
export async function accuracyBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const absent: string[] = [];
  const results: SetResult[] = [];
  const crf = crfsuiteAvailability();
  if (!crf.available) absent.push(`CRFsuite: ${crf.why}`);
  for (const set of accuracySets) {
    const missing = setMissing(set);
    if (missing === undefined)
      results.push(
        await measureSet(set, quick, crf.available, absent, (text) => tell(`accuracy: ${set.name}, ${text}`)),
      );
    else absent.push(`${set.name}: ${missing}`);
  }
  show(
    accuracyTable(results, [
      `${quick ? 'One seed' : `${seeds.full.length} seeds`}; simd, ${threadCount(threads)}; CRFsuite: 1 thread.`,
      ...absent.map((what) => `Not measured: ${what}`),
    ]),
  );
  if (!quick) show(curveTable(results));
  return {
    figures: {
      threads,
      sets: results.map(({ set: { name, metric, bar, goal }, sizes }) => ({
        name,
        metric,
        aim: aims[bar],
        goal,
        sizes,
      })),
      absent,
    },
    reached: accuracyReaches(
      accuracySets,
      results,
      quick ? 'only over three seeds, which a quick run has not' : undefined,
    ),
  };
}

async function measureSet(
  set: AccuracySet,
  quick: boolean,
  withCrf: boolean,
  absent: string[],
  tell: (text: string) => void,
): Promise<SetResult> {
  const [train, dev] = [readFileSync(set.train, 'utf8'), readFileSync(set.dev, 'utf8')];
  const sizes: SizeResult[] = [];
  for (const share of quick ? shares.quick : shares.full) {
    const part = firstShare(train, share);
    const of = `${100 * share} % of it`;
    /** What failed is told, and left out. */
    const attempt = async <Result>(
      name: string,
      run: () => Promise<Result>,
      describe: (result: Result) => string,
    ): Promise<Result | undefined> => {
      tell(`${of}, ${name}`);
      try {
        const result = await run();
        tell(`${of}, ${name}: ${describe(result)}`);
        return result;
      } catch (error) {
        absent.push(`${set.name}, ${of}, ${name}: ${reasonOf(error)}`);
        return undefined;
      }
    };
    const ours: OurRun[] = [];
    for (const seed of quick ? seeds.quick : seeds.full) {
      const name = `seed ${seed}`;
      const epoch = (at: EpochScore): void => {
        // Those of a part are over soon, and are many.
        if (share === 1) tell(`${of}, ${name}, epoch ${at.epoch}: ${at.score.toFixed(2)}`);
      };
      const run = await attempt(
        name,
        () => trainOurs(set, share === 1 ? train : part.text, dev, seed, epoch),
        describeOurs,
      );
      if (run) ours.push(run);
    }
    const crf = withCrf
      ? await attempt(
          'CRFsuite',
          () => crfOf(set, share === 1 ? set.train : temporaryFile('train.txt', part.text), ours[0]?.tokens),
          describeCrf,
        )
      : undefined;
    sizes.push({ share, sentences: part.sentences, ours, ...(crf && { crf }) });
  }
  return { set, sizes };
}

/** @throws {Error} where it was scored on other tokens than ours. */
async function crfOf(set: AccuracySet, train: string, tokens: number | undefined): Promise<CrfRun> {
  const run = await trainCrf(set, train);
  if (tokens !== undefined && run.tokens !== tokens)
    throw new Error(`it was scored on ${run.tokens} tokens instead of ${tokens}`);
  return run;
}

function describeOurs({ score, seconds, wholeSeconds, bestEpoch, epochs }: OurRun): string {
  return `${score.toFixed(2)} (epoch ${bestEpoch} of ${epochs.length}), ${figure(seconds)} s of training, ${figure(wholeSeconds)} s with all`;
}

function describeCrf({ score, seconds, wholeSeconds }: CrfRun): string {
  return `${score.toFixed(2)}, ${figure(seconds)} s of training, ${figure(wholeSeconds)} s with all`;
}
