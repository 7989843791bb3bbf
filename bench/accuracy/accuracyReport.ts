/** What the scores say: tables, and what must be reached. */
import { bars } from '../bars';
import type { Reached, Reaches } from '../bars';
import { median } from '../statistics';
import { figure } from '../table';
import type { Table } from '../table';
import type { CrfRun } from './crfRun';
import type { EpochScore, OurRun } from './ourRun';
import { aims } from './sets';
import type { AccuracySet } from './sets';

/** What was measured with one size of a training set. */
export interface SizeResult {
  /** Of the training sentences. */
  readonly share: number;
  readonly sentences: number;
  /** One run a seed. */
  readonly ours: readonly OurRun[];
  readonly crf?: CrfRun;
}

/** What was measured on a set. */
export interface SetResult {
  readonly set: AccuracySet;
  /** The last with the whole training set. */
  readonly sizes: readonly SizeResult[];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const score = (value: number): string => value.toFixed(2);
const whole = ({ sizes }: SetResult): SizeResult | undefined =>
  sizes.find(({ share, ours }) => share === 1 && ours.length > 0);

/** The first epoch with at least this score; undefined where there was none. */
export function reachedAt({ epochs }: OurRun, goal: number): EpochScore | undefined {
  return epochs.find((epoch) => epoch.score >= goal);
}

export function accuracyTable(results: readonly SetResult[], notes: readonly string[]): Table {
  return {
    title: 'Scores on development data, trained on the training split alone with the defaults, in percent',
    columns: [
      'set',
      'score',
      'mean',
      'from–to',
      'last epoch',
      'at least',
      'aim',
      'training, s',
      'with all, s',
      'best epoch',
      'to its goal, s',
      'calibration error',
      'CRFsuite',
      'its training, s',
      'its all, s',
    ],
    rows: results.flatMap((result) => {
      const measured = whole(result);
      return measured ? [setRow(result.set, measured)] : [];
    }),
    notes: [
      'Ours keeps its best epoch, and for spans picks a bias against O, by these same scores, which flatters them a little; the last epoch’s mean is beside. CRFsuite picks nothing.',
      'With all: reading, features and scoring included. Seconds are medians over the seeds, calibration errors means.',
      ...results.flatMap(({ set }) =>
        set.goal === undefined
          ? []
          : [`The goal of ${set.name} is ${set.goal}: training alone, then with all; means over the seeds.`],
      ),
      ...notes,
    ],
  };
}

function setRow({ name, metric, bar, goal }: AccuracySet, { ours, crf }: SizeResult): string[] {
  const errors = calibrationErrors(ours);
  return [
    name,
    metric,
    score(mean(ours.map((run) => run.score))),
    spread(ours),
    score(mean(ours.map(({ epochs }) => epochs.at(-1)?.score ?? NaN))),
    String(bars[bar].limit),
    String(aims[bar]),
    figure(median(ours.map(({ seconds }) => seconds))),
    figure(median(ours.map(({ wholeSeconds }) => wholeSeconds))),
    ours.map(({ bestEpoch, epochs }) => `${bestEpoch}/${epochs.length}`).join(' '),
    goal === undefined ? '' : goalText(ours, goal),
    errors.length > 0 ? figure(mean(errors)) : '',
    crf ? score(crf.score) : '',
    crf ? figure(crf.seconds) : '',
    crf ? figure(crf.wholeSeconds) : '',
  ];
}

/** The curve of scores by size of the training set. */
export function curveTable(results: readonly SetResult[]): Table {
  return {
    title: 'Scores by size of the training set, in percent',
    columns: [
      'set',
      'score',
      'of training',
      'sentences',
      'mean',
      'from–to',
      'training, s',
      'CRFsuite',
      'its training, s',
    ],
    rows: results.flatMap(({ set, sizes }) =>
      sizes
        .filter(({ ours }) => ours.length > 0)
        .map(({ share, sentences, ours, crf }) => [
          set.name,
          set.metric,
          `${100 * share} %`,
          figure(sentences),
          score(mean(ours.map((run) => run.score))),
          spread(ours),
          figure(median(ours.map(({ seconds }) => seconds))),
          crf ? score(crf.score) : '',
          crf ? figure(crf.seconds) : '',
        ]),
    ),
    notes: ['The first sentences of a seeded permutation; the whole development set.'],
  };
}

function spread(ours: readonly OurRun[]): string {
  const scores = ours.map((run) => run.score);
  return scores.length > 1 ? `${score(Math.min(...scores))}–${score(Math.max(...scores))}` : '';
}

function goalText(ours: readonly OurRun[], goal: number): string {
  const reached = ours.flatMap((run) => reachedAt(run, goal) ?? []);
  if (reached.length < ours.length) return `not by ${ours.length - reached.length} of ${ours.length}`;
  return `${figure(mean(reached.map(({ seconds }) => seconds)))}; ${figure(mean(reached.map(({ wholeSeconds }) => wholeSeconds)))}`;
}

function calibrationErrors(ours: readonly OurRun[]): number[] {
  return ours.flatMap(({ calibrationError }) => calibrationError ?? []);
}

/** What the figures reach. @param open why no bar is held against them; undefined: they are. */
export function accuracyReaches(
  sets: readonly AccuracySet[],
  results: readonly SetResult[],
  open?: string,
): Reaches {
  const reaches: Reaches = {};
  for (const set of sets) {
    const result = results.find((other) => other.set === set);
    const measured = result && whole(result);
    const reach = (value: (size: SizeResult) => Reached): Reached =>
      open !== undefined ? { missing: open } : measured ? value(measured) : { missing: 'no run of this set' };
    reaches[set.bar] = reach(({ ours }) => mean(ours.map((run) => run.score)));
    if (set.goal === undefined) continue;
    const { goal } = set;
    reaches.ewtTime = reach(({ ours, crf }) =>
      crf ? crf.seconds / secondsTo(ours, goal) : { missing: 'CRFsuite was not measured' },
    );
    reaches.calibration = reach(({ ours }) =>
      calibrationErrors(ours).length > 0
        ? mean(calibrationErrors(ours))
        : { missing: 'there is no calibration error' },
    );
  }
  return reaches;
}

/** Training seconds to a score, mean over the seeds; infinite where one does not get there. */
function secondsTo(ours: readonly OurRun[], goal: number): number {
  return mean(ours.map((run) => reachedAt(run, goal)?.seconds ?? Infinity));
}
