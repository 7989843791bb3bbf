/** From runs to the curves that are drawn over those of the run that is shown. */
import { formatCount } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { seedGroups } from '../../../model/settings/sweep';
import { finite } from '../../../run/curves';
import { meanCurve } from '../../../run/meanCurve';
import type { Curve } from '../../../run/meanCurve';
import { rates } from '../../../run/rates';
import type { CurveEpoch, RunCurves } from '../../../run/runCurves';
import type { RunLook } from '../../../run/runLook';
import type { ListedRun } from '../../runsProtocol';
import { xScale } from '../xAxis';
import type { Course, XAxis } from '../xAxis';
import type { OverlaidCurve } from './overlay';

/** A run that is drawn, with what is known of it. */
export interface DrawnRun {
  readonly listed: ListedRun;
  readonly curves: RunCurves;
  readonly look: RunLook;
}

/** What stands in a line of the charts' values: a run, or the mean of several. A curve without values is undefined. */
export interface Overlaid {
  /** The run's id, or the group's. */
  readonly key: string;
  readonly name: string;
  readonly look: RunLook;
  /** Smoothed. */
  readonly training?: OverlaidCurve;
  readonly development?: OverlaidCurve;
  /** Undefined, too, where its score is another one than that of the run that is shown. */
  readonly score?: OverlaidCurve;
  readonly isOtherScore: boolean;
  /** Of each of the {@link rates} its curves. */
  readonly rates: readonly (readonly OverlaidCurve[])[];
  readonly runs: readonly string[];
}

export function courseOf({ step, seconds, stepsPerEpoch, tokens, epochs }: RunCurves): Course {
  return {
    ...{ step, seconds, stepsPerEpoch, history: { epochs } },
    ...(tokens !== undefined && { facts: { tokens: { training: tokens } } }),
  };
}

/**
 * The curves of runs, by what the x axis counts. Runs that do not say what it counts are left out.
 * @param asMeans runs that differ by their seed alone come as their mean.
 * @param spans whether the chart's score is span F1.
 */
export function overlaidRuns(
  runs: readonly DrawnRun[],
  axis: XAxis,
  { asMeans, spans }: { readonly asMeans: boolean; readonly spans: boolean },
): Overlaid[] {
  const single = runs.flatMap((run) => overlaidRun(run, axis, spans) ?? []);
  if (!asMeans) return single;
  const drawn = runs.filter(({ curves }) => single.some(({ key }) => key === curves.id));
  const groups = groupsOf(drawn);
  return groups.flatMap((group) => {
    const members = single.filter(({ key }) => group.some(({ curves }) => curves.id === key));
    return members.length < 2 ? members : [meanOf(members, group)];
  });
}

/** Runs on the same data that differ by their seed alone. */
export function groupsOf<Run extends { readonly listed: ListedRun }>(runs: readonly Run[]): Run[][] {
  const data = new Map<string, Run[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.listed.corpus, run.listed.column]);
    data.set(key, [...(data.get(key) ?? []), run]);
  }
  return [...data.values()].flatMap((same) => seedGroups(same, ({ listed }) => listed.settings));
}

/** "Mean of 3 seeds: 1, 2, 3". */
function seedsText(group: readonly { readonly listed: ListedRun }[]): string {
  const seeds = group.map(({ listed }) => listed.settings.seed).sort((a, b) => a - b);
  return l10n.t('Mean of {0} seeds: {1}', formatCount(seeds.length), seeds.join(', '));
}

function overlaidRun({ listed, curves, look }: DrawnRun, axis: XAxis, spans: boolean): Overlaid | undefined {
  const scale = xScale(axis, courseOf(curves));
  if (!scale) return undefined;
  const { id: key, steps, smoothed, epochs } = curves;
  const name = listed.title;
  const ofEpochs = epochs.map(({ step }) => scale.of(step));
  const curve = (given: Curve, marked: boolean): OverlaidCurve | undefined =>
    given.y.some((value) => value !== undefined) ? { ...given, key, name, look, marked } : undefined;
  const ofEpoch = (figure: (epoch: CurveEpoch) => number | undefined, marked = true) =>
    curve({ x: ofEpochs, y: epochs.map((epoch) => finite(figure(epoch))) }, marked);
  const isOtherScore = curves.spans !== spans;
  return {
    ...{ key, look, name, runs: [key], isOtherScore },
    training: curve({ x: steps.map((step) => scale.of(step)), y: smoothed }, false),
    development: ofEpoch(({ loss }) => loss),
    score: isOtherScore ? undefined : ofEpoch(({ score }) => score),
    // Of two curves in one chart the first has markers.
    rates: rates.map((rate) => rate.curves.flatMap(({ figure }, i) => ofEpoch(figure, i === 0) ?? [])),
  };
}

/** Curves that not all of the runs have are left out. */
function meanOf(members: readonly Overlaid[], group: readonly DrawnRun[]): Overlaid {
  const [{ look, key: first, isOtherScore }] = members;
  const key = `seeds ${first}`;
  const name = seedsText(group);
  const mean = (curveOf: (run: Overlaid) => OverlaidCurve | undefined): OverlaidCurve | undefined => {
    const curves = members.flatMap((run) => curveOf(run) ?? []);
    if (curves.length < members.length) return undefined;
    const { x, mean: y, low, high } = meanCurve(curves);
    return { key, name, look, x, y, band: { low, high }, marked: curves[0].marked };
  };
  return {
    ...{ key, look, name, runs: members.map(({ key: run }) => run), isOtherScore },
    training: mean(({ training }) => training),
    development: mean(({ development }) => development),
    score: mean(({ score }) => score),
    rates: rates.map(({ curves }, rate) => curves.flatMap((_, i) => mean((run) => run.rates[rate][i]) ?? [])),
  };
}
