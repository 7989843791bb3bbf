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
  /** What a column is, and a row. */
  readonly axes: string;
  /** What stands above the columns, one each. A picture with titles is as wide as these need, and moves in its frame. */
  readonly titles?: readonly string[];
}

/** So many titles stand side by side in a wide page; of more each stands upright. */
const fewColumns = 8;

interface Cell {
  readonly row: number;
  readonly column: number;
}

/**
 * A matrix as a picture: blue below 0, orange above it, the background at 0, as strong as the largest. One column can
 * be marked. The value of a cell is said where the pointer is, and by the arrow keys: up and down in the marked column, in
 * a picture without one in all directions.
 */
export class HeatMap {
  readonly root: HTMLElement;
  private readonly canvas = element('canvas');
  private readonly mark = element('div', 'heat-mark');
  private readonly titles = element('div', 'heat-titles');
  private readonly frame: HTMLElement;
  private readonly value = element('span', 'heat-value');
  private readonly scale = element('span', 'heat-scale');
  private readonly heading: HTMLElement;
  private data: HeatData | undefined;
  private marked: number | undefined;
  /** What is read, and whether the keys chose it: then it goes along with the marked column. */
  private read: (Cell & { readonly byKeys: boolean }) | undefined;

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
    this.titles.setAttribute('aria-hidden', 'true');
    this.frame = element('div', 'heat-frame', this.titles, picture);
    this.root = element('div', 'heat', header, this.frame);
    this.canvas.addEventListener('pointermove', (event) => {
      const cell = this.cellAt(event);
      this.point(cell && { ...cell, byKeys: false });
    });
    this.canvas.addEventListener('pointerleave', () => this.point(undefined));
    this.canvas.addEventListener('click', (event) => {
      const cell = this.cellAt(event);
      if (cell) this.chosen?.(cell.column);
    });
    this.canvas.addEventListener('keydown', (event) => this.pressed(event));
  }

  /** @param marked the column that is looked at, if any. */
  draw(data: HeatData, marked: number | undefined, description: string): void {
    const isSameColumn = marked === this.marked;
    this.data = data;
    this.marked = marked;
    this.readAgain(isSameColumn);
    const largest = largestOf(data);
    setText(this.scale, l10n.t('{0}; colours from −{1} to {1}', data.axes, formatFactor(largest)));
    this.canvas.setAttribute('aria-label', `${this.heading.textContent ?? ''}. ${description}`);
    this.drawTitles(data);
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

  private drawTitles({ titles, columns }: HeatData): void {
    this.titles.hidden = titles === undefined;
    this.frame.classList.toggle('titled', titles !== undefined);
    // Of few columns each has room for a word.
    this.frame.classList.toggle('few', columns <= fewColumns);
    this.frame.style.setProperty('--columns', String(columns));
    this.titles.replaceChildren(...(titles ?? []).map((title) => element('span', '', title)));
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

  private cellAt({ offsetX, offsetY }: MouseEvent): Cell | undefined {
    const { data, canvas } = this;
    if (!data || canvas.clientWidth === 0) return undefined;
    const column = Math.floor((offsetX / canvas.clientWidth) * data.columns);
    const row = Math.floor((offsetY / canvas.clientHeight) * data.rows);
    return isInside(data, { row, column }) ? { row, column } : undefined;
  }

  /** What is said of a cell is of what is drawn now: the keys' cell goes along, the pointer's is left with its step. */
  private readAgain(isSameColumn: boolean): void {
    const { data, marked, read } = this;
    if (!data || !read) return;
    const cell = read.byKeys && marked !== undefined ? { ...read, column: marked } : read;
    const stays = read.byKeys || isSameColumn || read.column === marked;
    this.point(stays && isInside(data, cell) ? cell : undefined);
  }

  private point(cell: HeatMap['read']): void {
    const { data } = this;
    this.read = cell;
    const text =
      data && cell
        ? `${data.nameOf(cell.row, cell.column)}: ${formatFactor(data.at(cell.row, cell.column))}`
        : '';
    setText(this.value, text);
    if (data?.titles && cell?.byKeys) this.scrollTo(cell.column, data.columns);
  }

  private scrollTo(column: number, columns: number): void {
    const { frame, canvas } = this;
    const width = canvas.clientWidth / columns;
    const [left, right] = [column * width, (column + 1) * width - frame.clientWidth];
    frame.scrollLeft = Math.max(right, Math.min(left, frame.scrollLeft));
  }

  private pressed(event: KeyboardEvent): void {
    const { data, marked, read } = this;
    if (!data || event.altKey || event.ctrlKey || event.metaKey) return;
    const [rows, columns] = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    }[event.key] ?? [0, 0];
    // In a picture with a step, left and right step through time.
    if (rows === 0 && (columns === 0 || marked !== undefined)) return;
    event.preventDefault();
    const within = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));
    // The first key reads the first cell.
    const from = read ?? { row: -rows, column: -columns };
    this.point({
      row: within(from.row + rows, data.rows),
      column: marked ?? within(from.column + columns, data.columns),
      byKeys: true,
    });
  }
}

const isInside = ({ rows, columns }: HeatData, { row, column }: Cell): boolean =>
  row >= 0 && column >= 0 && row < rows && column < columns;

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
