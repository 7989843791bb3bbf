/** How the charts are looked at. All of a page share one, so that a moment is at the same place in each. */
import { xAxes } from './xAxis';
import type { XAxis } from './xAxis';

/** A part of a run, in steps. */
export interface StepRange {
  readonly from: number;
  readonly to: number;
}

/** What is chosen. */
export interface ChartChoices {
  /** 0 to 100: how far the smoothed curve looks back. */
  readonly smoothing: number;
  readonly xAxis: XAxis;
  /** Losses on a logarithmic axis. */
  readonly logarithmic: boolean;
  /** Single losses may lie above the chart, so that the rest has room. */
  readonly cutOutliers: boolean;
}

export const defaultChoices: ChartChoices = {
  smoothing: 25,
  xAxis: 'step',
  logarithmic: false,
  cutOutliers: false,
};

/** What of a page's state was kept and is sound; the rest as it is by default. */
export function choicesOf(kept: Readonly<Record<string, unknown>>): ChartChoices {
  const { smoothing, xAxis, logarithmic, cutOutliers } = kept;
  return {
    smoothing:
      typeof smoothing === 'number' && smoothing >= 0 && smoothing <= 100
        ? smoothing
        : defaultChoices.smoothing,
    xAxis: xAxes.find((axis) => axis === xAxis) ?? defaultChoices.xAxis,
    logarithmic: logarithmic === true,
    cutOutliers: cutOutliers === true,
  };
}

/** Less than this is not zoomed into. */
const leastSteps = 4;
const zoomFactor = 2;
const panShare = 0.2;

export class ChartView {
  private zoomed: StepRange | undefined;
  /** The last step that there is to see. */
  private end = 1;

  /** @param changed is told after each change. */
  constructor(
    private chosen: ChartChoices,
    range: StepRange | undefined,
    private readonly changed: () => void,
  ) {
    this.zoomed = range;
  }

  get choices(): ChartChoices {
    return this.chosen;
  }

  choose(choices: Partial<ChartChoices>): void {
    this.chosen = { ...this.chosen, ...choices };
    this.changed();
  }

  /** The steps that are shown; all where nothing is zoomed into. */
  get range(): StepRange {
    return this.zoomed ?? { from: 0, to: this.end };
  }

  /** What is zoomed into. */
  get zoom(): StepRange | undefined {
    return this.zoomed;
  }

  /** The run has grown, or another is shown. */
  set lastStep(step: number) {
    this.end = Math.max(1, step);
  }

  zoomTo({ from, to }: StepRange): void {
    const width = Math.min(this.end, Math.max(leastSteps, to - from));
    const start = Math.max(0, Math.min(this.end - width, (from + to - width) / 2));
    this.zoomed = width < this.end ? { from: start, to: start + width } : undefined;
    this.changed();
  }

  /** @param around the step that stays where it is; the middle where none is said. */
  zoomBy(way: 'in' | 'out', around = (this.range.from + this.range.to) / 2): void {
    const { from, to } = this.range;
    const factor = way === 'in' ? 1 / zoomFactor : zoomFactor;
    const width = Math.max(leastSteps, (to - from) * factor);
    const share = Math.min(1, Math.max(0, (around - from) / (to - from)));
    const start = Math.max(0, Math.min(this.end - width, around - share * width));
    this.zoomTo({ from: start, to: start + width });
  }

  /** @param steps to later ones, negative to earlier ones. */
  panBy(steps: number): void {
    if (!this.zoomed) return;
    const width = this.zoomed.to - this.zoomed.from;
    const from = Math.max(0, Math.min(this.end - width, this.zoomed.from + steps));
    this.zoomTo({ from, to: from + width });
  }

  pan(way: 'earlier' | 'later'): void {
    const { from, to } = this.range;
    this.panBy((to - from) * panShare * (way === 'later' ? 1 : -1));
  }

  showAll(): void {
    this.zoomed = undefined;
    this.changed();
  }
}
