import uPlot from 'uplot';
import { ChartInput } from './chartInput';
import type { CurvePicking } from './chartInput';
import { element } from './dom';
import type { RunAxis } from './runAxis';
import { readTheme } from './theme';
import type { ChartTheme } from './theme';

/** Charts leave the same room for their figures, so that a moment is at the same place in all. */
const yAxisWidth = 52;

/** In CSS pixels. */
const leastBetweenPoints = 5;

/** Options of one chart, for a theme; the size is the container's. */
export type ChartOptions = (theme: ChartTheme) => Pick<uPlot.Options, 'series' | 'bands' | 'plugins'> & {
  readonly y: uPlot.Scale;
  /** Of charts that have a run's axis, it is that. */
  readonly x?: { readonly scale: uPlot.Scale; readonly axis: uPlot.Axis };
  readonly yAxis: uPlot.Axis;
};

/** The values by series where the pointer or the keyboard is; undefined where it is nowhere. */
export type HoveredValues = (number | null | undefined)[] | undefined;

/**
 * A chart that fills its container, follows its size and the screen's pixel ratio, and is made anew for
 * another theme. Where there is nothing to draw yet, a sentence stands in its place. Charts with a run's axis
 * are zoomed and read together.
 */
export class Chart {
  readonly root = element('div', 'chart');
  private readonly canvasPlace = element('div', 'chart-canvas');
  private readonly placeholder = element('p', 'chart-placeholder');
  private readonly input: ChartInput | undefined;
  private plot: uPlot | undefined;
  private data: uPlot.AlignedData = [[]];

  /** @param hovered is told which values the pointer is at, by series; undefined when it left. */
  constructor(
    private readonly options: ChartOptions,
    private readonly hovered: (values: HoveredValues) => void,
    private readonly axis?: RunAxis,
    picking?: CurvePicking,
  ) {
    this.canvasPlace.setAttribute('role', 'img');
    this.root.append(this.canvasPlace, this.placeholder);
    this.input = axis && new ChartInput(axis, this.canvasPlace, () => this.plot, picking);
    new ResizeObserver(() => this.resize()).observe(this.root);
  }

  /** The chart in words. */
  set description(text: string) {
    this.canvasPlace.setAttribute('aria-label', text);
  }

  /** @param placeholder what to say instead of an empty chart. */
  draw(data: uPlot.AlignedData, placeholder: string | undefined): void {
    this.data = data;
    this.placeholder.textContent = placeholder ?? '';
    this.placeholder.hidden = placeholder === undefined;
    this.canvasPlace.hidden = placeholder !== undefined;
    if (this.plot) this.plot.setData(data);
    else this.create();
    this.hovered(this.plot && valuesAt(this.plot));
  }

  /** Takes the theme's colours and its own options again. */
  restyle(): void {
    if (this.plot) this.create();
  }

  private create(): void {
    this.plot?.destroy();
    this.plot = undefined;
    const { width, height } = this.size();
    if (width === 0 || height === 0) return;
    const theme = readTheme();
    const { series, bands, plugins, y, x, yAxis } = this.options(theme);
    const line = { stroke: theme.grid, width: 1, ...(theme.highContrast ? { dash: [1, 3] } : {}) };
    const common: uPlot.Axis = {
      stroke: theme.text,
      font: theme.font,
      labelFont: theme.font,
      grid: line,
      ticks: { ...line, size: 4 },
      gap: 4,
    };
    const { axis } = this;
    this.plot = new uPlot(
      {
        width,
        height,
        // The last figure of the x axis, "100 %" for example, stands to both sides of its place.
        padding: [8, 18, 0, 0],
        series,
        bands,
        plugins,
        scales: { x: axis ? { time: false, range: () => axis.range } : { ...x?.scale }, y },
        axes: [
          { ...common, size: 26, labelSize: 18, labelGap: 0, ...(axis ? axis.options : x?.axis) },
          { ...common, size: yAxisWidth, ...yAxis },
        ],
        legend: { show: false },
        cursor: {
          y: false,
          drag: { x: false, y: false },
          points: { size: 7, width: 2, fill: theme.background },
          ...this.input?.cursor,
        },
        hooks: {
          setCursor: [(plot) => this.hovered(valuesAt(plot))],
          ...this.input?.hooks,
        },
      },
      this.data,
      this.canvasPlace,
    );
  }

  private resize(): void {
    const { width, height } = this.size();
    // A section that is closed has no size.
    if (width === 0 || height === 0) return;
    if (this.plot) this.plot.setSize({ width, height });
    else this.create();
  }

  private size(): { width: number; height: number } {
    return { width: this.root.clientWidth, height: this.root.clientHeight };
  }
}

/** Points of a curve are marked where they do not lie one over the other. */
export function haveRoom({ data, bbox, scales }: uPlot, series: number): boolean {
  const { min = -Infinity, max = Infinity } = scales.x;
  const [x] = data;
  const column = data[series];
  let points = 0;
  for (let i = 0; i < x.length; i++)
    if (typeof column[i] === 'number' && x[i] >= min && x[i] <= max) points++;
  return points * leastBetweenPoints * devicePixelRatio <= bbox.width;
}

function valuesAt(plot: uPlot): HoveredValues {
  const { idx, idxs } = plot.cursor;
  if (typeof idx !== 'number' || !idxs) return undefined;
  return plot.data.map((column, series) => {
    const index = series === 0 ? idx : idxs[series];
    return typeof index === 'number' ? column[index] : undefined;
  });
}
