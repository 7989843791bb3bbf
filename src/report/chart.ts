import { shareOf } from './axis';
import type { Axis } from './axis';
import type { Drawing, Ink, Point, Shape } from './drawing';

/** A curve of a chart; where `y` has no number, nothing is drawn, and the line goes on to the next. */
export interface ChartCurve {
  /** In the legend; a curve without a name is not in it. */
  readonly name?: string;
  readonly ink: Ink;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
  /** What its markers are filled with, where it has some. */
  readonly marker?: Ink;
  /** Of a run that is drawn over another: what its markers look like. */
  readonly place?: number;
  /** Where it has others than the chart. */
  readonly x?: readonly number[];
  readonly y: readonly (number | null | undefined)[];
  /** Behind its name: its last value. */
  readonly figure?: string;
}

/** A chart of a run, with all that stands around it. */
export interface RunChart {
  /** Also names its file. */
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** The chart in words. */
  readonly description: string;
  readonly x: readonly number[];
  readonly xAxis: Axis;
  readonly xTitle: string;
  readonly yAxis: Axis;
  readonly curves: readonly ChartCurve[];
  /** What lies between two curves, under them. */
  readonly band?: ChartBand;
}

interface ChartBand {
  readonly x: readonly number[];
  readonly low: readonly (number | undefined)[];
  readonly high: readonly (number | undefined)[];
  readonly ink: Ink;
  readonly opacity: number;
}

const textSize = 12;
const left = 64;
const right = 14;
/** Height of a line of text. */
const row = 18;
/** Of runs that are drawn over another. */
const betweenMarkers = 10;
/** How much wider bold text is. */
const boldness = 1.15;

/**
 * A chart as a picture, its legend above it.
 * @param heading whether its title stands above that.
 */
export function drawChart(
  chart: RunChart,
  { width, height, heading }: { readonly width: number; readonly height: number; readonly heading: boolean },
): Drawing {
  const titled = heading ? headingShapes(chart, row) : [];
  const legend = legendShapes(chart.curves, width, heading ? 2 * row : row);
  const frame = { top: legend.bottom + 10, bottom: height - 40, left, right: width - right };
  return {
    width,
    height,
    shapes: [
      ...titled,
      ...legend.shapes,
      ...axisShapes(chart, frame),
      ...bandShapes(chart, frame),
      ...curveShapes(chart, frame),
    ],
  };
}

interface Frame {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

function headingShapes({ title, unit }: RunChart, y: number): Shape[] {
  const text = { type: 'text', anchor: 'start' } as const;
  return [
    { ...text, at: [left, y], text: title, ink: 'text', size: 15, bold: true },
    { ...text, at: [left + boldness * widthOf(title, 15) + 12, y], text: unit, ink: 'faint', size: textSize },
  ];
}

function legendShapes(
  curves: readonly ChartCurve[],
  width: number,
  top: number,
): { readonly shapes: readonly Shape[]; readonly bottom: number } {
  const shapes: Shape[] = [];
  const sample = 22;
  let [x, y] = [left, top];
  for (const curve of curves) {
    if (curve.name === undefined) continue;
    const text = [curve.name, curve.figure].filter(Boolean).join('  ');
    const needed = sample + 6 + widthOf(text, textSize);
    if (x > left && x + needed > width - right) [x, y] = [left, y + row];
    shapes.push(lineOf(curve, [[x, y - 4] as const, [x + sample, y - 4] as const]));
    if (curve.marker) shapes.push(dotOf(curve, curve.marker, [x + sample / 2, y - 4]));
    shapes.push({
      type: 'text',
      at: [x + sample + 6, y],
      text,
      anchor: 'start',
      ink: 'text',
      size: textSize,
    });
    x += needed + 18;
  }
  return { shapes, bottom: y };
}

function axisShapes({ xAxis, yAxis, xTitle }: RunChart, frame: Frame): Shape[] {
  const shapes: Shape[] = [];
  const text = { type: 'text', ink: 'faint', size: textSize } as const;
  const grid = { type: 'line', ink: 'grid', width: 1 } as const;
  for (const { at, text: figure } of yAxis.figures) {
    const y = yOf(frame, shareOf(yAxis, at) ?? 0);
    shapes.push(
      {
        ...grid,
        points: [
          [frame.left, y],
          [frame.right, y],
        ],
      },
      { ...text, at: [frame.left - 8, y + 4], text: figure, anchor: 'end' },
    );
  }
  for (const { at, text: figure } of xAxis.figures) {
    const x = xOf(frame, shareOf(xAxis, at) ?? 0);
    const [start, end] = [x - widthOf(figure, textSize) / 2, x + widthOf(figure, textSize) / 2];
    // The last figure stays in the picture.
    const anchor = end > frame.right + right ? 'end' : start < 0 ? 'start' : 'middle';
    shapes.push(
      {
        ...grid,
        points: [
          [x, frame.top],
          [x, frame.bottom],
        ],
      },
      { ...text, at: [x, frame.bottom + 16], text: figure, anchor },
    );
  }
  const middle = (frame.left + frame.right) / 2;
  shapes.push({ ...text, at: [middle, frame.bottom + 33], text: xTitle, anchor: 'middle' });
  return shapes;
}

function bandShapes({ band, xAxis, yAxis }: RunChart, frame: Frame): Shape[] {
  if (!band) return [];
  const { x, low, high, ink, opacity } = band;
  const line = (values: readonly (number | undefined)[]): Point[] =>
    values.flatMap((value, i): Point[] => {
      if (value === undefined) return [];
      const [across, up] = [shareOf(xAxis, x[i]), shareOf(yAxis, value)];
      if (across === undefined || up === undefined) return [];
      return [[xOf(frame, across), yOf(frame, Math.min(1, Math.max(0, up)))]];
    });
  return [{ type: 'area', points: [...line(low), ...line(high).reverse()], ink, opacity }];
}

function curveShapes({ x, xAxis, yAxis, curves }: RunChart, frame: Frame): Shape[] {
  return curves.flatMap((curve): Shape[] => {
    const points: Point[] = [];
    curve.y.forEach((value, i) => {
      if (typeof value !== 'number') return;
      const [across, up] = [shareOf(xAxis, (curve.x ?? x)[i]), shareOf(yAxis, value)];
      if (across === undefined || up === undefined) return;
      // What is above or below the axis is seen at its border.
      points.push([xOf(frame, across), yOf(frame, Math.min(1, Math.max(0, up)))]);
    });
    const { marker } = curve;
    const line = points.length > 1 ? [lineOf(curve, points)] : [];
    // A single point has no line: it is seen by its dot.
    if (points.length === 1 && !marker) return [dotOf(curve, curve.ink, points[0])];
    const marked = curve.place === undefined ? points : apart(points);
    return [...line, ...(marker ? marked.map((at) => dotOf(curve, marker, at)) : [])];
  });
}

function lineOf({ ink, width, dash, opacity }: ChartCurve, points: readonly Point[]): Shape {
  return { type: 'line', points, ink, width, dash, opacity };
}

function dotOf({ ink, place }: ChartCurve, fill: Ink, at: Point): Shape {
  return { type: 'dot', at, radius: 3, ink, fill, ...(place !== undefined && { place }) };
}

/** Points of which none is so near to the one before that their markers meet. */
function apart(points: readonly Point[]): Point[] {
  let last = -Infinity;
  return points.filter(([x]) => {
    const isApart = x - last >= betweenMarkers;
    if (isApart) last = x;
    return isApart;
  });
}

const xOf = (frame: Frame, share: number): number => frame.left + share * (frame.right - frame.left);
const yOf = (frame: Frame, share: number): number => frame.bottom - share * (frame.bottom - frame.top);

/** About how wide a text is drawn: nothing here can measure it. Chinese characters fill a square. */
function widthOf(text: string, size: number): number {
  let wide = 0;
  for (const character of text) wide += character >= '\u2e80' ? 1 : 0.56;
  return wide * size;
}
