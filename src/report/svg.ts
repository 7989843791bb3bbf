import { markerOf } from '../run/runLook';
import { pictureFont } from './drawing';
import type { Drawing, Palette, Point, Shape } from './drawing';
import { markup } from './markup';
import type { Markup } from './markup';

/** What a picture says to those who do not see it. */
export interface PictureText {
  readonly title: string;
  readonly description?: string;
}

/**
 * A picture as SVG: text for a file of its own, or for a page's HTML.
 * @param isFile with what a file needs beside: its namespace, its size, and a background.
 */
export function svgOf(drawing: Drawing, palette: Palette, said: PictureText, isFile: boolean): Markup {
  const { width, height, shapes } = drawing;
  const title = [markup('title', {}, said.title)];
  if (said.description !== undefined) title.push(markup('desc', {}, said.description));
  const background = { x: 0, y: 0, width, height, fill: palette.background };
  return markup(
    'svg',
    {
      ...(isFile && { xmlns: 'http://www.w3.org/2000/svg', width, height }),
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': [said.title, said.description].filter(Boolean).join('. '),
      'font-family': pictureFont,
    },
    ...title,
    ...(isFile ? [markup('rect', background)] : []),
    ...shapes.map((shape) => shapeOf(shape, palette)),
  );
}

function shapeOf(shape: Shape, palette: Palette): Markup {
  // A style, since colours may be CSS variables, which attributes do not know everywhere.
  switch (shape.type) {
    case 'line':
      return markup('polyline', {
        points: pointsOf(shape.points),
        fill: 'none',
        style: `stroke:${palette[shape.ink]}`,
        'stroke-width': shape.width,
        'stroke-linejoin': 'round',
        ...(shape.dash && shape.dash.length > 0 && { 'stroke-dasharray': shape.dash.join(' ') }),
        ...(shape.opacity !== undefined && { 'stroke-opacity': shape.opacity }),
      });
    case 'area':
      return markup('polygon', {
        points: pointsOf(shape.points),
        style: `fill:${palette[shape.ink]}`,
        'fill-opacity': shape.opacity,
      });
    case 'dot':
      if (shape.place !== undefined)
        return markup('path', {
          d: markerOf(shape.place),
          transform: `translate(${figure(shape.at[0])} ${figure(shape.at[1])}) scale(${shape.radius})`,
          style: `fill:${palette[shape.ink]}`,
        });
      return markup('circle', {
        cx: figure(shape.at[0]),
        cy: figure(shape.at[1]),
        r: shape.radius,
        style: `stroke:${palette[shape.ink]};fill:${palette[shape.fill]}`,
        'stroke-width': 2,
      });
    case 'text':
      return markup(
        'text',
        {
          x: figure(shape.at[0]),
          y: figure(shape.at[1]),
          'text-anchor': shape.anchor,
          'font-size': shape.size,
          ...(shape.bold && { 'font-weight': 600 }),
          style: `fill:${palette[shape.ink]}`,
        },
        shape.text,
      );
  }
}

function pointsOf(points: readonly Point[]): string {
  return points.map(([x, y]) => `${figure(x)},${figure(y)}`).join(' ');
}

/** A tenth of a pixel is seen by nobody. */
function figure(length: number): string {
  return String(Math.round(10 * length) / 10);
}
