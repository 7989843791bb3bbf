import { formatCount } from '../../common/figures';
import * as l10n from '../../common/l10n';
import { PressButton } from './controls';
import { element, setText } from './dom';
import type { Sorting } from './sorting';

export interface SortableColumn<Row> {
  readonly title: string;
  /** What the cell shows. A node is the same one as long as the row is. */
  readonly cell: (row: Row) => Node | string;
  /**
   * By which rows are sorted: numbers the largest first at first, texts in their order. Rows without a value come
   * last. Undefined: the column does not sort.
   */
  readonly value?: (row: Row) => number | string | undefined;
  /** The smallest number is the best. */
  readonly lowestFirst?: boolean;
}

/** A column of figures, which it is sorted by. */
export function figureColumn<Row, Value extends number | undefined>(
  title: string,
  value: (row: Row) => Value,
  format: (value: Value) => string,
  lowestFirst?: boolean,
): SortableColumn<Row> {
  return { title, value, cell: (row) => format(value(row)), lowestFirst };
}

/** More rows than these come when they are asked for. */
const rowsAtFirst = 50;

/**
 * A table that is sorted by any of its columns: the button in a column's head sorts by it, and pressed again the
 * other way round. The first column names the rows.
 */
export class SortableTable<Row extends object> {
  readonly root = element('div', 'sortable');
  private readonly body = element('tbody');
  private readonly more = new PressButton(() => this.showAll());
  private readonly heads: { readonly cell: HTMLElement; readonly arrow: HTMLElement }[];
  private readonly elements = new WeakMap<Row, HTMLTableRowElement>();
  private rows: readonly Row[] = [];
  private isWhole = false;
  private by: number | undefined;
  private chosen: boolean | undefined;

  /**
   * @param by the column by which it is sorted at first, and which way round; undefined: as the rows come.
   * @param sorted is told when a person sorts it.
   */
  constructor(
    label: string,
    private readonly columns: readonly SortableColumn<Row>[],
    by: number | Sorting | undefined,
    private readonly sorted?: (sorting: Sorting) => void,
  ) {
    const { columns: all } = this;
    const sorting = typeof by === 'number' ? { by } : by;
    const column = sorting && all.at(sorting.by);
    this.by = !sorting || column?.value ? sorting?.by : all.findIndex(({ value }) => value);
    this.chosen = column?.value && sorting && 'ascending' in sorting ? sorting.ascending : undefined;
    this.heads = all.map((each, index) => this.headOf(each, index));
    const table = element(
      'table',
      '',
      element('thead', '', element('tr', '', ...this.heads.map(({ cell }) => cell))),
      this.body,
    );
    table.setAttribute('aria-label', label);
    this.more.root.className = 'secondary';
    this.root.append(element('div', 'table-scroller', table), this.more.root);
  }

  /** Shows other rows, of which there may be many. */
  draw(rows: readonly Row[]): void {
    this.isWhole = false;
    this.refresh(rows);
  }

  /** Shows rows anew of which a part is already there: those keep their elements, and the keyboard's focus. */
  refresh(rows: readonly Row[]): void {
    this.rows = rows;
    this.fill();
  }

  /** A row's element, where it is shown. */
  elementOf(row: Row): HTMLTableRowElement | undefined {
    return this.elements.get(row);
  }

  /** The rows in the order in which they are shown. */
  get inOrder(): readonly Row[] {
    const { by, ascending } = this;
    const value = by === undefined ? undefined : this.columns[by].value;
    if (!value) return this.rows;
    const sign = ascending ? 1 : -1;
    return [...this.rows].sort((a, b) => compare(value(a), value(b), sign));
  }

  private get ascending(): boolean {
    return this.chosen ?? (this.by !== undefined && this.isAscendingAtFirst(this.by));
  }

  private isAscendingAtFirst(index: number): boolean {
    const { value, lowestFirst } = this.columns[index];
    return (
      lowestFirst ?? (value !== undefined && this.rows.length > 0 && typeof value(this.rows[0]) === 'string')
    );
  }

  private headOf(
    { title, value }: SortableColumn<Row>,
    index: number,
  ): { cell: HTMLElement; arrow: HTMLElement } {
    const arrow = element('span', 'arrow');
    arrow.setAttribute('aria-hidden', 'true');
    // A column of buttons has no heading.
    const cell = element(title === '' ? 'td' : 'th');
    if (cell.tagName === 'TH') cell.setAttribute('scope', 'col');
    if (value) {
      const button = new PressButton(() => this.sortBy(index));
      button.root.className = 'sort';
      button.root.append(element('span', '', title), arrow);
      cell.append(button.root);
    } else cell.textContent = title;
    return { cell, arrow };
  }

  private sortBy(index: number): void {
    this.chosen = index === this.by ? !this.ascending : this.isAscendingAtFirst(index);
    this.by = index;
    this.fill();
    this.sorted?.({ by: index, ascending: this.chosen });
  }

  private showAll(): void {
    this.isWhole = true;
    this.fill();
  }

  private fill(): void {
    const { ascending } = this;
    const sorted = this.inOrder;
    const shown = this.isWhole ? sorted : sorted.slice(0, rowsAtFirst);
    this.more.root.hidden = shown.length === sorted.length;
    this.more.label(l10n.t('Show All {0}', formatCount(sorted.length)));
    this.heads.forEach(({ cell, arrow }, index) => {
      const isSorted = index === this.by;
      if (isSorted) cell.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
      else cell.removeAttribute('aria-sort');
      setText(arrow, isSorted ? (ascending ? '▲' : '▼') : '');
    });
    const elements = shown.map((row) => this.rowOf(row));
    const { children } = this.body;
    if (children.length === elements.length && elements.every((row, i) => row === children[i])) return;
    const focused = document.activeElement;
    this.body.replaceChildren(...elements);
    if (focused instanceof HTMLElement && this.body.contains(focused)) focused.focus();
  }

  private rowOf(row: Row): HTMLTableRowElement {
    const made = this.elements.get(row);
    if (made) {
      this.columns.forEach(({ cell }, index) => {
        const content = cell(row);
        if (typeof content === 'string') setText(made.cells[index], content);
      });
      return made;
    }
    const cells = this.columns.map(({ cell }, index) => element(index === 0 ? 'th' : 'td', '', cell(row)));
    (cells[0] as HTMLTableCellElement).scope = 'row';
    const added = element('tr', '', ...cells);
    this.elements.set(row, added);
    return added;
  }
}

function compare(a: number | string | undefined, b: number | string | undefined, sign: number): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
}
