import uPlot from 'uplot';
import { element } from './dom';
import { readTheme } from './theme';
import type { ChartTheme } from './theme';

/** Both charts leave the same room for their figures, so that an epoch is at the same place in both. */
const yAxisWidth = 52;

/** Options of one chart, for a theme; the size is the container's. */
export type ChartOptions = (theme: ChartTheme) => Pick<uPlot.Options, 'series' | 'scales'> & {
  readonly axes: readonly [x: uPlot.Axis, y: uPlot.Axis];
};

/**
 * A chart that fills its container, follows its size and the screen's pixel ratio, and is made anew for
 * another theme. Where there is nothing to draw yet, a sentence stands in its place.
 */
export class Chart {
  readonly root = element('div', 'chart');
  private readonly canvasPlace = element('div', 'chart-canvas');
  private readonly placeholder = element('p', 'chart-placeholder');
  private plot: uPlot | undefined;
  private data: uPlot.AlignedData = [[]];

  /** @param hovered is told which values the pointer is at, by series; undefined when it left. */
  constructor(
    private readonly options: ChartOptions,
    private readonly hovered: (values: (number | null | undefined)[] | undefined) => void,
  ) {
    this.canvasPlace.setAttribute('role', 'img');
    this.root.append(this.canvasPlace, this.placeholder);
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

  /** Takes the theme's colours again. */
  restyle(): void {
    if (this.plot) this.create();
  }

  private create(): void {
    this.plot?.destroy();
    this.plot = undefined;
    const { width, height } = this.size();
    if (width === 0 || height === 0) return;
    const theme = readTheme();
    const { series, scales, axes } = this.options(theme);
    const line = { stroke: theme.grid, width: 1, ...(theme.highContrast ? { dash: [1, 3] } : {}) };
    const common: uPlot.Axis = {
      stroke: theme.text,
      font: theme.font,
      labelFont: theme.font,
      grid: line,
      ticks: { ...line, size: 4 },
      gap: 4,
    };
    this.plot = new uPlot(
      {
        width,
        height,
        padding: [8, 12, 0, 0],
        series,
        scales,
        axes: [
          { ...common, size: 26, labelSize: 18, labelGap: 0, ...axes[0] },
          { ...common, size: yAxisWidth, ...axes[1] },
        ],
        legend: { show: false },
        cursor: {
          y: false,
          drag: { x: false, y: false },
          points: { size: 7, width: 2, fill: theme.background },
        },
        hooks: { setCursor: [(plot) => this.hovered(valuesAt(plot))] },
      },
      this.data,
      this.canvasPlace,
    );
  }

  private resize(): void {
    if (this.plot) this.plot.setSize(this.size());
    else this.create();
  }

  private size(): { width: number; height: number } {
    return { width: this.root.clientWidth, height: this.root.clientHeight };
  }
}

function valuesAt(plot: uPlot): (number | null | undefined)[] | undefined {
  const { idx, idxs } = plot.cursor;
  if (typeof idx !== 'number' || !idxs) return undefined;
  return plot.data.map((column, series) => {
    const index = series === 0 ? idx : idxs[series];
    return typeof index === 'number' ? column[index] : undefined;
  });
}
