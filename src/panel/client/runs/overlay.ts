import type uPlot from 'uplot';
import * as l10n from '../../../common/l10n';
import type { Curve, MeanCurve } from '../../../run/meanCurve';
import { dashOf, markerOf } from '../../../run/runLook';
import type { RunLook } from '../../../run/runLook';
import { element, setText } from '../dom';
import type { ChartTheme } from '../theme';

/** A curve of another run, or of the mean of several. */
export interface OverlaidCurve extends Curve {
  /** The run's id, or the group's. */
  readonly key: string;
  readonly name: string;
  readonly look: RunLook;
  /** Its points are marked, as those of epochs are. */
  readonly marked: boolean;
  /** What lies a standard deviation around it. */
  readonly band?: Pick<MeanCurve, 'low' | 'high'>;
}

/** What lies between two curves. */
export interface Envelope {
  readonly x: readonly number[];
  readonly low: readonly (number | undefined)[];
  readonly high: readonly (number | undefined)[];
}

/** A click is on a curve that is so near, in CSS pixels. */
export const nearPx = 14;
/** Markers that would be nearer than this are left out. */
const betweenMarkersPx = 10;

/** The curves of other runs in a chart, under its own. */
export class Overlay {
  curves: readonly OverlaidCurve[] = [];
  /** Between which values the points of the chart's own curve lie. */
  envelope: Envelope | undefined;
  /** The run that a person has picked stands out. */
  picked: string | undefined;
  /** Where the crosshair is kept. */
  crosshair: number | undefined;
  /** Below the chart: which runs are not drawn in it, and why. */
  readonly note = element('p', 'flow-words chart-note');

  constructor() {
    this.note.setAttribute('aria-live', 'polite');
  }

  /** What the note says: sentences, of which each is said once. */
  set missing(sentences: readonly string[]) {
    setText(this.note, [...new Set(sentences)].join(' '));
  }

  /** The other runs for a screen reader, each with the last value of its first curve; no sentence where there are none. */
  inWords(format: (value: number | undefined) => string): string[] {
    const first = this.curves.filter(({ key }, i) => this.curves.findIndex((one) => one.key === key) === i);
    if (first.length === 0) return [];
    const runs = first.map(({ name, y }) =>
      l10n.t('{0}, last {1}', name, format(y.findLast((value) => value !== undefined))),
    );
    return [l10n.t('Other runs are drawn over it: {0}.', runs.join('; '))];
  }

  /** Values for the y axis, of what is seen between two places of the x axis. */
  values(from: number, to: number): number[] {
    return this.curves.flatMap(({ x, y, band }) =>
      [y, ...(band ? [band.low, band.high] : [])].flatMap((column) =>
        column.filter((value, i): value is number => value !== undefined && x[i] >= from && x[i] <= to),
      ),
    );
  }

  /** The greatest values of the envelope between two places of the x axis. */
  spikes(from: number, to: number): number[] {
    if (!this.envelope) return [];
    const { x, high } = this.envelope;
    return high.filter((value, i): value is number => value !== undefined && x[i] >= from && x[i] <= to);
  }

  /** Places of the x axis behind the chart's own last one, so that the crosshair can be there. */
  placesAfter(last: number): number[] {
    const all = new Set(this.curves.flatMap(({ x }) => x.filter((at) => at > last)));
    return [...all].sort((a, b) => a - b);
  }

  plugin(theme: ChartTheme): uPlot.Plugin {
    return { hooks: { drawAxes: (plot) => this.draw(plot, theme) } };
  }

  /** The curve that is nearest to a place in the plot, and how far it is, in CSS pixels; undefined where there is none. */
  nearest(
    plot: uPlot,
    left: number,
    top: number,
  ): { readonly key: string; readonly distance: number } | undefined {
    const distances = this.curves.map(({ key, x, y }) => ({
      key,
      distance: distanceTo(plot, x, y, left, top),
    }));
    return distances.reduce<(typeof distances)[number] | undefined>(
      (least, one) => (least && least.distance <= one.distance ? least : one),
      undefined,
    );
  }

  private draw(plot: uPlot, theme: ChartTheme): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    if (this.envelope) {
      fillBetween(plot, this.envelope, theme.training, 0.25);
      // A spike of one step is narrower than a pixel.
      ctx.globalAlpha = 0.6;
      ctx.strokeStyle = theme.training;
      ctx.lineWidth = devicePixelRatio;
      ctx.stroke(lineThrough(pointsOf(plot, this.envelope.x, this.envelope.high)));
      ctx.globalAlpha = 1;
    }
    const last = this.curves.filter(({ key }) => key === this.picked);
    for (const curve of [...this.curves.filter((each) => !last.includes(each)), ...last])
      drawCurve(plot, curve, theme, curve.key === this.picked);
    if (this.crosshair !== undefined) drawCrosshair(plot, this.crosshair, theme);
    ctx.restore();
  }
}

/** How far a curve is from a place, in CSS pixels. */
export function distanceTo(
  plot: uPlot,
  x: ArrayLike<number>,
  y: ArrayLike<number | null | undefined>,
  left: number,
  top: number,
): number {
  let least = Infinity;
  let before: readonly [number, number] | undefined;
  for (let i = 0; i < x.length; i++) {
    const value = y[i];
    if (typeof value !== 'number' || !isOnScale(plot, value)) continue;
    const at = [plot.valToPos(x[i], 'x'), plot.valToPos(value, 'y')] as const;
    least = Math.min(least, toSegment(left, top, before ?? at, at));
    before = at;
  }
  return least;
}

function toSegment(
  left: number,
  top: number,
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length > 0 ? Math.min(1, Math.max(0, ((left - ax) * dx + (top - ay) * dy) / length)) : 0;
  return Math.hypot(left - ax - share * dx, top - ay - share * dy);
}

/** A logarithmic axis has no place for 0 and less. */
function isOnScale(plot: uPlot, value: number): boolean {
  return plot.scales.y.distr !== 3 || value > 0;
}

function drawCurve(plot: uPlot, curve: OverlaidCurve, theme: ChartTheme, isPicked: boolean): void {
  const { ctx } = plot;
  const ratio = devicePixelRatio;
  const color = theme.runs[curve.look.color];
  const points = pointsOf(plot, curve.x, curve.y);
  if (curve.band) fillBetween(plot, { x: curve.x, ...curve.band }, color, 0.22);
  ctx.strokeStyle = color;
  ctx.lineWidth = (isPicked ? 3.5 : 1.5) * ratio;
  ctx.setLineDash(dashOf(curve.look.place).map((length) => length * ratio));
  ctx.stroke(lineThrough(points));
  ctx.setLineDash([]);
  if (curve.marked || points.length === 1)
    drawMarkers(ctx, points, curve.look.place, color, (isPicked ? 5 : 3.5) * ratio);
}

function fillBetween(plot: uPlot, { x, low, high }: Envelope, color: string, opacity: number): void {
  const { ctx } = plot;
  ctx.globalAlpha = opacity;
  ctx.fillStyle = color;
  ctx.fill(lineThrough([...pointsOf(plot, x, low), ...pointsOf(plot, x, high).reverse()]));
  ctx.globalAlpha = 1;
}

function drawCrosshair(plot: uPlot, x: number, theme: ChartTheme): void {
  const { ctx, bbox } = plot;
  const at = Math.round(plot.valToPos(x, 'x', true));
  ctx.strokeStyle = theme.text;
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
}

function drawMarkers(
  ctx: CanvasRenderingContext2D,
  points: readonly (readonly [number, number])[],
  place: number,
  color: string,
  radius: number,
): void {
  const marker = new Path2D(markerOf(place));
  ctx.fillStyle = color;
  let last = -Infinity;
  for (const [left, top] of points) {
    if (left - last < betweenMarkersPx * devicePixelRatio) continue;
    last = left;
    ctx.save();
    ctx.translate(left, top);
    ctx.scale(radius, radius);
    ctx.fill(marker);
    ctx.restore();
  }
}

/** In pixels of the canvas, with a point on either side of what is seen. */
function pointsOf(
  plot: uPlot,
  x: readonly number[],
  y: readonly (number | undefined)[],
): (readonly [number, number])[] {
  const { min = 0, max = 1 } = plot.scales.x;
  const points: (readonly [number, number])[] = [];
  let before: readonly [number, number] | undefined;
  for (let i = 0; i < x.length; i++) {
    const value = y[i];
    if (value === undefined || !isOnScale(plot, value)) continue;
    const at = [plot.valToPos(x[i], 'x', true), plot.valToPos(value, 'y', true)] as const;
    if (x[i] < min) before = at;
    else {
      if (before) points.push(before);
      before = undefined;
      points.push(at);
      if (x[i] > max) break;
    }
  }
  return points;
}

function lineThrough(points: readonly (readonly [number, number])[]): Path2D {
  const path = new Path2D();
  points.forEach(([left, top], i) => (i === 0 ? path.moveTo(left, top) : path.lineTo(left, top)));
  return path;
}
