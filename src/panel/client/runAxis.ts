import type uPlot from 'uplot';
import { lastStep } from '../../run/curves';
import type { RunState } from '../../run/runState';
import type { ChartView } from './chartView';
import { xAxes, xDistances, xFigure, xScale, xText, xTitle } from './xAxis';
import type { Course, XAxis, XScale } from './xAxis';

/** The x axis that all charts of a run share: what it counts, and which part of it is shown. */
export class RunAxis {
  private axis: XAxis = 'step';
  private scale: XScale = { of: (step) => step, stepAt: (x) => x };
  private known: readonly XAxis[] = ['step'];

  constructor(readonly view: ChartView) {}

  /**
   * Takes over how far a run is, and what is chosen.
   * @param others runs that are drawn over it, which may be longer.
   */
  update(state: RunState, others: readonly Course[] = []): void {
    const { xAxis } = this.view.choices;
    const chosen = xScale(xAxis, state);
    this.axis = chosen ? xAxis : 'step';
    this.scale = chosen ?? { of: (step) => step, stepAt: (x) => x };
    const ends = others.map((other) => this.scale.stepAt(xScale(this.axis, other)?.of(other.step) ?? 0));
    this.view.lastStep = Math.max(lastStep(state.history), state.step, ...ends);
    this.known = xAxes.filter((axis) => xScale(axis, state) !== undefined);
  }

  /** What the run says enough for. */
  get available(): readonly XAxis[] {
    return this.known;
  }

  /** What it counts now. */
  get shown(): XAxis {
    return this.axis;
  }

  of(step: number): number {
    return this.scale.of(step);
  }

  stepAt(x: number): number {
    return this.scale.stepAt(x);
  }

  /** The part that is shown, in what the axis counts. */
  get range(): [number, number] {
    const { from, to } = this.view.range;
    return [this.of(from), this.of(to)];
  }

  /** How a place is said. */
  text(x: number): string {
    return xText(this.axis, x);
  }

  /** The axis as uPlot draws it. */
  get options(): uPlot.Axis {
    const { axis } = this;
    return {
      label: xTitle(axis),
      space: 70,
      incrs: xDistances(axis),
      values: (_plot, splits, _axis, _space, distance) => splits.map((x) => xFigure(axis, x, distance)),
    };
  }
}
