import { lightPalette, pictureFont } from '../../report/drawing';
import type { Drawing, Point, Shape } from '../../report/drawing';
import { markerOf } from '../../run/runLook';
import type { FromPainter } from '../protocol';

/** Pixels of a picture for each of its own: it is shown large, too. */
const scale = 2;

/** Paints a picture, and tells of it: with the PNG, or why there is none. */
export async function paint(
  picture: number,
  drawing: Drawing,
  tell: (message: FromPainter, transfer?: readonly ArrayBuffer[]) => void,
): Promise<void> {
  try {
    const bytes = await pngOf(drawing);
    tell({ type: 'painted', picture, bytes }, [bytes.buffer]);
  } catch (error) {
    tell({ type: 'notPainted', picture, message: error instanceof Error ? error.message : String(error) });
  }
}

async function pngOf({ width, height, shapes }: Drawing): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width * scale, height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This page has no canvas to paint on.');
  context.scale(scale, scale);
  context.fillStyle = lightPalette.background;
  context.fillRect(0, 0, width, height);
  context.lineJoin = 'round';
  for (const shape of shapes) draw(context, shape);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

function draw(context: OffscreenCanvasRenderingContext2D, shape: Shape): void {
  const color = lightPalette[shape.ink];
  context.globalAlpha = 1;
  context.setLineDash([]);
  switch (shape.type) {
    case 'line':
      trace(context, shape.points);
      context.globalAlpha = shape.opacity ?? 1;
      context.setLineDash([...(shape.dash ?? [])]);
      context.strokeStyle = color;
      context.lineWidth = shape.width;
      context.stroke();
      break;
    case 'area':
      trace(context, shape.points);
      context.globalAlpha = shape.opacity;
      context.fillStyle = color;
      context.fill();
      break;
    case 'dot':
      if (shape.place !== undefined) {
        context.save();
        context.translate(...shape.at);
        context.scale(shape.radius, shape.radius);
        context.fillStyle = color;
        context.fill(new Path2D(markerOf(shape.place)));
        context.restore();
        break;
      }
      context.beginPath();
      context.arc(...shape.at, shape.radius, 0, 2 * Math.PI);
      context.fillStyle = lightPalette[shape.fill];
      context.fill();
      context.strokeStyle = color;
      context.lineWidth = 2;
      context.stroke();
      break;
    case 'text':
      context.font = `${shape.bold ? '600 ' : ''}${shape.size}px ${pictureFont}`;
      context.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor;
      context.fillStyle = color;
      context.fillText(shape.text, ...shape.at);
      break;
  }
}

function trace(context: OffscreenCanvasRenderingContext2D, points: readonly Point[]): void {
  context.beginPath();
  for (const point of points) context.lineTo(...point);
}
