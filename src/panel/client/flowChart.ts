import { formatBase, formatCount, formatFactor } from '../../common/figures';
import * as l10n from '../../common/l10n';
import type { Direction } from '../../kernels/kernels';
import type { SweepFlow } from '../../model/network/gradientFlow';
import {
  flowCurves,
  formatPower,
  layersOf,
  powersAround,
  powersFrom,
  sweepTitle,
} from '../../run/flowCurves';
import { Chart } from './chart';
import type { ChartOptions, HoveredValues } from './chart';
import { element, setText } from './dom';
import { Legend, LegendEntry } from './legend';
import { wholeNumbers } from './xAxis';

const boundPower = (direction: Direction): string => (direction === 'leftToRight' ? 'γ^(t−k)' : 'γ^(k−t)');

/** The norm of δ by distance from the error, on a logarithmic axis; dotted what bounds it, γ^{t−k}. */
export class FlowChart {
  readonly root = element('div');
  private readonly entries = flowCurves.map(
    ({ place, direction }) =>
      new LegendEntry('', `layer-${place + 1}${direction === 'rightToLeft' ? ' backward' : ''}`, place > 0),
  );
  private readonly boundEntry = new LegendEntry('', 'bound', false);
  private readonly legend = new Legend([...this.entries, this.boundEntry]);
  private readonly hiddenBounds = element('p', 'flow-words bounds');
  private readonly chart = new Chart(this.options(), (values) => this.showValues(values));
  private shown: readonly (SweepFlow | undefined)[] = [];
  private end = 1;

  constructor() {
    this.root.append(this.legend.root, this.chart.root, this.hiddenBounds);
  }

  /** @param direction that of the bound's name in the legend. */
  draw(sweeps: readonly SweepFlow[], direction: Direction = 'leftToRight'): void {
    const layers = layersOf(sweeps);
    this.shown = flowCurves.map(({ place, direction }) =>
      sweeps.find((sweep) => sweep.layer === layers[place] && sweep.direction === direction),
    );
    this.shown.forEach((sweep, i) => {
      this.entries[i].root.hidden = !sweep;
      if (sweep) this.entries[i].name = sweepTitle(sweep);
    });
    const length = Math.max(1, ...this.shown.map((sweep) => sweep?.norms.length ?? 0));
    this.end = Math.max(1, length - 1);
    const x = Array.from({ length }, (_, distance) => distance);
    // A logarithmic axis has no place for 0.
    const columns = this.shown.map((sweep) => x.map((distance) => sweep?.norms[distance] || undefined));
    // γ^{t−k}, no norm may be above which.
    const bounds = this.shown.map((sweep) => x.map((distance) => sweep && sweep.bound ** distance));
    this.chart.draw([x, ...columns, ...bounds], undefined);
    this.tellBounds(direction, columns.flat());
  }

  /** A bound that is in the chart has its place in the legend; of one that is not it is said. */
  private tellBounds(direction: Direction, norms: readonly (number | undefined)[]): void {
    const [, top] = powersAround(
      null,
      norms.reduce<number>((most, norm) => Math.max(most, norm ?? 0), 0),
    );
    const drawn = this.shown.filter((sweep) => sweep !== undefined);
    const above = drawn.filter(({ bound }) => bound > top);
    this.boundEntry.root.hidden = drawn.every((sweep) => above.includes(sweep) || sweep.norms.length < 2);
    this.boundEntry.name = l10n.t('Bound {0}', boundPower(direction));
    this.hiddenBounds.hidden = above.length === 0;
    setText(
      this.hiddenBounds,
      above
        .map((sweep) => {
          const words = l10n.t(
            'γ = {0} > 1: the bound {1} grows and lies above the chart.',
            formatBase(sweep.bound),
            boundPower(sweep.direction),
          );
          return drawn.length === 1 ? words : l10n.t('{0}: {1}', sweepTitle(sweep), words);
        })
        .join(' '),
    );
  }

  /** The chart in words, for screen readers. */
  set description(text: string) {
    this.chart.description = text;
  }

  restyle(): void {
    this.chart.restyle();
  }

  private showValues(values: HoveredValues): void {
    const distance = values?.[0];
    this.legend.at =
      typeof distance === 'number'
        ? distance === 1
          ? l10n.t('1 step away')
          : l10n.t('{0} steps away', formatCount(distance))
        : '';
    this.entries.forEach(
      (entry, i) =>
        (entry.value = typeof distance === 'number' ? formatFactor(this.shown[i]?.norms[distance]) : ''),
    );
  }

  private options(): ChartOptions {
    return (theme) => ({
      series: [
        {},
        ...flowCurves.map(({ place, direction }) => ({
          stroke: [theme.training, theme.development, theme.score][place],
          width: 2,
          dash: direction === 'rightToLeft' ? [6, 4] : [],
          points: {
            show: place > 0,
            size: 7,
            width: 2,
            fill: place === 1 ? theme.background : theme.score,
            dash: [],
          },
        })),
        ...flowCurves.map(({ place }) => ({
          stroke: [theme.training, theme.development, theme.score][place],
          width: 1,
          dash: [1, 4],
          // A bound that grows must not press the curves flat.
          auto: false,
          points: { show: false },
        })),
      ],
      x: {
        scale: { time: false, range: () => [0, this.end] },
        axis: {
          label: l10n.t('Steps from the error'),
          incrs: wholeNumbers,
          values: (_plot, splits) => splits.map(formatCount),
        },
      },
      y: { distr: 3, range: (_plot, min, max) => powersAround(min, max) },
      yAxis: {
        splits: (_plot, _axis, min, max) => powersFrom(min, max),
        filter: (_plot, splits) => splits,
        values: (_plot, splits) => splits.map(formatPower),
      },
    });
  }
}
