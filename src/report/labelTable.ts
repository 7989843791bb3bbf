import { formatCount, formatPercent, nothing } from '../common/figures';
import * as l10n from '../common/l10n';
import { bestEpoch } from '../run/curves';
import { labelCurves, labelCurveText, learnedByText } from '../run/labelCurves';
import { labelName } from '../run/labelName';
import type { RunState } from '../run/runState';
import type { Table } from './table';

/** So many epochs have a column. */
const mostEpochs = 8;

/** F1 of the most frequent labels by epoch; undefined where no epoch has such figures. */
export function labelTable(state: RunState): Table | undefined {
  const { epochs, curves } = labelCurves(state.history.epochs);
  if (curves.length === 0) return undefined;
  const bestOfRun = bestEpoch(state)?.epoch;
  const best = epochs.findIndex(({ epoch }) => epoch === bestOfRun);
  const shown = someOf(epochs.length, best);
  return {
    title: l10n.t('F1 by label and epoch'),
    head: [
      l10n.t('Label'),
      ...shown.map((i) => {
        const epoch = formatCount(epochs[i].epoch);
        return i === best ? l10n.t('Epoch {0}, the best', epoch) : l10n.t('Epoch {0}', epoch);
      }),
      l10n.t('Learned by epoch'),
    ],
    rows: curves.map(({ label, f1, learnedBy }) => [
      labelName(label),
      ...shown.map((i) => formatPercent(f1[i])),
      learnedBy === undefined ? nothing : formatCount(learnedBy),
    ]),
    curves: {
      title: l10n.t('All epochs'),
      rows: curves.map((curve) => ({ shares: curve.f1, description: labelCurveText(curve, epochs) })),
    },
    note: [...(shown.length < epochs.length ? [whichText(epochs.length, best)] : []), learnedByText()].join(
      ' ',
    ),
  };
}

/** Places of some of so many, evenly: the first, the last, and the best, −1 where there is none. */
function someOf(count: number, best: number): number[] {
  if (count <= mostEpochs) return Array.from({ length: count }, (_, i) => i);
  const places = Array.from({ length: mostEpochs }, (_, n) =>
    Math.round((n * (count - 1)) / (mostEpochs - 1)),
  );
  if (best >= 0 && !places.includes(best)) {
    // It takes the place of the nearest one; the first and the last stay.
    const between = places.slice(1, -1);
    const distance = (place: number): number => Math.abs(place - best);
    const nearest = between.reduce((near, place) => (distance(place) < distance(near) ? place : near));
    places[places.indexOf(nearest)] = best;
  }
  return places;
}

function whichText(epochs: number, best: number): string {
  return best < 0
    ? l10n.t('Of {0} epochs the first, the last and some between them.', formatCount(epochs))
    : l10n.t('Of {0} epochs the first, the best, the last and some between them.', formatCount(epochs));
}
