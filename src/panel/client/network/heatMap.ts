import { formatFactor } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { element, setText } from '../dom';

/** A matrix as it is drawn: rows from the top. */
export interface HeatData {
  readonly rows: number;
  readonly columns: number;
  at(row: number, column: number): number;
  /** What a cell is, such as "unit 3, step 4". */
  nameOf(row: number, column: number): string;
}

/**
 * A matrix as a picture: blue below 0, orange above it, the background at 0, as strong as the largest. One column can
 * be marked. The value of a cell is said where the pointer is, and by the arrow keys up and down in the marked column.
 */
export class HeatMap {
  readonly root: HTMLElement;
  private readonly canvas = element('canvas');
  private readonly mark = element('div', 'heat-mark');
  private readonly value = element('span', 'heat-value');
  private readonly scale = element('span', 'heat-scale');
  private readonly heading: HTMLElement;
  private readonly summary = element('p', 'visually-hidden');
  private data: HeatData | undefined;
  private marked: number | undefined;
  private row = 0;

  /** @param chosen is told which column was pressed. */
  constructor(
    heading: HTMLElement,
    private readonly chosen?: (column: number) => void,
  ) {
    this.heading = heading;
    this.value.setAttribute('role', 'status');
    this.canvas.setAttribute('role', 'img');
    this.canvas.tabIndex = 0;
    const picture = element('div', 'heat-picture', this.canvas, this.mark);
    const header = element('div', 'heat-header', heading, this.scale, this.value);
    this.root = element('div', 'heat', header, picture, this.summary);
    this.canvas.addEventListener('pointermove', (event) => this.point(this.cellAt(event)));
    this.canvas.addEventListener('pointerleave', () => this.point(undefined));
    this.canvas.addEventListener('click', (event) => {
      const cell = this.cellAt(event);
      if (cell) this.chosen?.(cell.column);
    });
    this.canvas.addEventListener('keydown', (event) => this.pressed(event));
  }

  /** @param marked the column that is looked at, if any. */
  draw(data: HeatData, marked: number | undefined, description: string): void {
    this.data = data;
    this.marked = marked;
    this.row = Math.min(this.row, data.rows - 1);
    const largest = largestOf(data);
    setText(this.scale, l10n.t('−{0} to {0}', formatFactor(largest)));
    this.canvas.setAttribute('aria-label', `${this.heading.textContent ?? ''}. ${description}`);
    this.paint(largest);
    this.mark.hidden = marked === undefined;
    if (marked === undefined) return;
    this.mark.style.left = `${(100 * marked) / data.columns}%`;
    this.mark.style.width = `${100 / data.columns}%`;
  }

  /** Takes the theme's colours again. */
  restyle(): void {
    if (this.data) this.paint(largestOf(this.data));
  }

  private paint(largest: number): void {
    const { data, canvas } = this;
    const context = canvas.getContext('2d');
    if (!data || !context) return;
    canvas.width = data.columns;
    canvas.height = data.rows;
    canvas.style.height = `${Math.round(Math.min(180, Math.max(18, data.rows * 6)))}px`;
    const [below, zero, above] = ['--heat-below', '--heat-zero', '--heat-above'].map(colorOf);
    const image = context.createImageData(data.columns, data.rows);
    for (let row = 0, at = 0; row < data.rows; row++)
      for (let column = 0; column < data.columns; column++) {
        const value = largest > 0 ? data.at(row, column) / largest : 0;
        const end = value < 0 ? below : above;
        const share = Math.min(1, Math.abs(value));
        for (let i = 0; i < 3; i++) image.data[at++] = zero[i] + share * (end[i] - zero[i]);
        image.data[at++] = 255;
      }
    context.putImageData(image, 0, 0);
  }

  private cellAt({ offsetX, offsetY }: MouseEvent): { row: number; column: number } | undefined {
    const { data, canvas } = this;
    if (!data || canvas.clientWidth === 0) return undefined;
    const column = Math.floor((offsetX / canvas.clientWidth) * data.columns);
    const row = Math.floor((offsetY / canvas.clientHeight) * data.rows);
    const isInside = column >= 0 && row >= 0 && column < data.columns && row < data.rows;
    return isInside ? { row, column } : undefined;
  }

  private point(cell: { row: number; column: number } | undefined): void {
    const { data } = this;
    const text =
      data && cell
        ? `${data.nameOf(cell.row, cell.column)}: ${formatFactor(data.at(cell.row, cell.column))}`
        : '';
    setText(this.value, text);
  }

  private pressed(event: KeyboardEvent): void {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || !this.data) return;
    event.preventDefault();
    this.row = Math.min(this.data.rows - 1, Math.max(0, this.row + step));
    this.point({ row: this.row, column: this.marked ?? 0 });
  }
}

function largestOf({ rows, columns, at }: HeatData): number {
  let largest = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = Math.abs(at(row, column));
      if (value > largest && Number.isFinite(value)) largest = value;
    }
  return largest;
}

/** A colour of the style sheet, as red, green and blue. */
function colorOf(name: string): number[] {
  const probe = element('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const context = element('canvas').getContext('2d', { willReadFrequently: true });
  const color = getComputedStyle(probe).color;
  probe.remove();
  if (!context) return [128, 128, 128];
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
}
