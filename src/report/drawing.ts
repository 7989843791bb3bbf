/** A picture as plain JSON: whoever shows it gives its colours, and writes it as SVG or paints it. */

/** What a colour stands for. */
export type Ink = 'text' | 'faint' | 'grid' | 'background' | 'training' | 'development' | 'score' | RunInk;

/** The colours of runs that are drawn over another. */
export type RunInk = `run-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`;

/** The colours of a picture, in CSS's words. */
export type Palette = Readonly<Record<Ink, string>>;

export type Point = readonly [x: number, y: number];

/** A line through points. */
interface Line {
  readonly type: 'line';
  readonly points: readonly Point[];
  readonly ink: Ink;
  readonly width: number;
  readonly dash?: readonly number[];
  /** 0 to 1. */
  readonly opacity?: number;
}

/** What lies between points, filled. */
interface Area {
  readonly type: 'area';
  readonly points: readonly Point[];
  readonly ink: Ink;
  readonly opacity: number;
}

/** The marker of a value: a circle, or that of a run's place, which is filled with its ink. */
interface Dot {
  readonly type: 'dot';
  readonly at: Point;
  readonly radius: number;
  readonly ink: Ink;
  readonly fill: Ink;
  readonly place?: number;
}

/** A line of text; `at` is on its baseline. */
interface Text {
  readonly type: 'text';
  readonly at: Point;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly ink: Ink;
  readonly size: number;
  readonly bold?: boolean;
}

export type Shape = Line | Area | Dot | Text;

/** Lengths are in pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Those of the loss panel in VS Code's light theme. */
export const runPalette: Readonly<Record<RunInk, string>> = {
  'run-1': '#00a859',
  'run-2': '#552f71',
  'run-3': '#07a497',
  'run-4': '#463e45',
  'run-5': '#069eca',
  'run-6': '#1235a6',
  'run-7': '#384518',
  'run-8': '#5586ff',
};

/** On white, as VS Code's light theme has them: for files. */
export const lightPalette: Palette = {
  text: '#1f1f1f',
  faint: '#5a5a5a',
  grid: '#dddddd',
  background: '#ffffff',
  training: '#1a76e0',
  development: '#996c00',
  score: '#388a34',
  ...runPalette,
};

/** Typefaces of pictures: those of the system. */
export const pictureFont = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

/** Pictures one below the other. */
export function stacked(drawings: readonly Drawing[]): Drawing {
  let top = 0;
  const shapes: Shape[] = [];
  for (const { height, shapes: ofThis } of drawings) {
    for (const shape of ofThis) shapes.push(movedDown(shape, top));
    top += height;
  }
  return { width: Math.max(0, ...drawings.map(({ width }) => width)), height: top, shapes };
}

function movedDown(shape: Shape, by: number): Shape {
  const moved = ([x, y]: Point): Point => [x, y + by];
  return shape.type === 'line' || shape.type === 'area'
    ? { ...shape, points: shape.points.map(moved) }
    : { ...shape, at: moved(shape.at) };
}
