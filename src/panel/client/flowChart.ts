import { formatCount } from '../../common/figures';
import type { Direction } from '../../kernels/kernels';
import type { SweepFlow } from '../../model/network/gradientFlow';
import { Chart } from './chart';
import type { ChartOptions } from './chart';
import { element } from './dom';
import { formatFactor } from './format';
import { Legend, LegendEntry } from './legend';
import { wholeNumbers } from './lossChart';

/** Below a millionth nothing is left of an error: the axis ends here. */
const least = 1e-6;

/** Layers that are drawn: of more than these the lowest, one in the middle, and the highest. */
const layersDrawn = 3;

const directions: readonly Direction[] = ['leftToRight', 'rightToLeft'];

/**
 * A curve for each layer that is drawn, in each direction; a layer by colour and marker, a direction by the
 * line.
 */
const curves = Array.from({ length: layersDrawn }, (_, place) =>
  directions.map((direction) => ({ place, direction })),
).flat();

export function sweepTitle({ layer, direction }: Pick<SweepFlow, 'layer' | 'direction'>): string {
  return `Layer ${layer}, ${direction === 'leftToRight' ? 'left to right' : 'right to left'}`;
}

/** The norm of δ by distance from the error, on a logarithmic axis. */
export class FlowChart {
  readonly root = element('div');
  private readonly entries = curves.map(
    ({ place, direction }) =>
      new LegendEntry('', `layer-${place + 1}${direction === 'rightToLeft' ? ' backward' : ''}`, place > 0),
  );
  private readonly legend = new Legend(this.entries);
  private readonly chart = new Chart(this.options(), (values) => this.showValues(values));
  private shown: readonly (SweepFlow | undefined)[] = [];
  private end = 1;

  constructor() {
    this.root.append(this.legend.root, this.chart.root);
  }

  draw(sweeps: readonly SweepFlow[]): void {
    const layers = layersOf(sweeps);
    this.shown = curves.map(({ place, direction }) =>
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
    this.chart.draw([x, ...columns], undefined);
  }

  /** The chart in words, for screen readers. */
  set description(text: string) {
    this.chart.description = text;
  }

  restyle(): void {
    this.chart.restyle();
  }

  private showValues(values: (number | null | undefined)[] | undefined): void {
    const distance = values?.[0];
    this.legend.at =
      typeof distance === 'number'
        ? `${formatCount(distance)} ${distance === 1 ? 'step' : 'steps'} away`
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
        ...curves.map(({ place, direction }) => ({
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
      ],
      scales: {
        x: { time: false, range: () => [0, this.end] },
        y: { distr: 3, range: (_plot, min, max) => powersAround(min, max) },
      },
      axes: [
        {
          label: 'Steps from the error',
          incrs: wholeNumbers,
          values: (_plot, splits) => splits.map(formatCount),
        },
        {
          splits: (_plot, _axis, min, max) => powersFrom(min, max),
          filter: (_plot, splits) => splits,
          values: (_plot, splits) => splits.map(formatPower),
        },
      ],
    });
  }
}

function layersOf(sweeps: readonly SweepFlow[]): number[] {
  const layers = [...new Set(sweeps.map(({ layer }) => layer))].sort((a, b) => a - b);
  return layers.length <= layersDrawn
    ? layers
    : [layers[0], layers[layers.length >> 1], layers[layers.length - 1]];
}

/** Whole powers of ten around the values, and at least one of them. */
function powersAround(min: number | null, max: number | null): [number, number] {
  const high = Math.ceil(Math.log10(Math.max(1, max ?? 1)));
  const low = Math.floor(Math.log10(Math.max(least, min ?? 1)));
  return [10 ** Math.min(low, high - 1), 10 ** high];
}

/** Powers of ten for the axis, so few that their figures have room. */
function powersFrom(min: number, max: number): number[] {
  const [low, high] = [min, max].map((value) => Math.round(Math.log10(value)));
  const step = Math.ceil((high - low) / 6);
  return Array.from(
    { length: Math.floor((high - low) / step) + 1 },
    (_, i) => 10 ** (high - i * step),
  ).reverse();
}

function formatPower(power: number): string {
  return power < 1e-3 || power >= 1e4 ? power.toExponential(0) : String(power);
}
