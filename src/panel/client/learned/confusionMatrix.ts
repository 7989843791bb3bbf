import { formatCount } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import type { Confusion } from '../../../model/scores';
import { labelName } from '../../../run/labelName';
import { PressButton } from '../controls';
import { element, setText } from '../dom';
import type { TokensButtons } from './tokensButton';

const labelsAtFirst = 12;
const mostLabels = 60;

/**
 * The confusion matrix: gold labels down, predicted ones across, the most confused first. The arrow keys go from
 * one number to the next.
 */
export class ConfusionMatrix {
  readonly root = element('div', 'confusion-matrix');
  private readonly table = element('table');
  private readonly note = element('p', 'flow-words');
  private readonly more = new PressButton(() => this.fill(mostLabels));
  private labels: readonly string[] = [];
  private counts = new Map<string, Map<string, number>>();

  constructor(private readonly buttons: TokensButtons) {
    this.table.setAttribute('role', 'grid');
    this.table.setAttribute(
      'aria-label',
      l10n.t('Confusion matrix: gold labels down, predicted labels across'),
    );
    this.table.addEventListener('keydown', (event) => this.move(event));
    this.more.root.className = 'secondary';
    this.root.append(
      element('h3', '', l10n.t('Gold labels down, predicted across')),
      element('div', 'table-scroller', this.table),
      this.note,
      this.more.root,
    );
  }

  draw(confusions: readonly Confusion[]): void {
    this.counts = new Map();
    const errors = new Map<string, number>();
    const tokens = new Map<string, number>();
    const add = (counts: Map<string, number>, label: string, count: number): void =>
      void counts.set(label, (counts.get(label) ?? 0) + count);
    for (const [gold, predicted, count] of confusions) {
      const row = this.counts.get(gold) ?? new Map<string, number>();
      this.counts.set(gold, row.set(predicted, count));
      for (const label of [gold, predicted]) {
        add(tokens, label, count);
        add(errors, label, gold === predicted ? 0 : count);
      }
    }
    const by = (counts: Map<string, number>, a: string, b: string): number =>
      (counts.get(b) ?? 0) - (counts.get(a) ?? 0);
    this.labels = [...tokens.keys()].sort((a, b) => by(errors, a, b) || by(tokens, a, b));
    this.fill(labelsAtFirst);
  }

  private fill(most: number): void {
    const shown = this.labels.slice(0, most);
    const all = this.labels.length;
    this.more.root.hidden = shown.length === all || most === mostLabels;
    this.more.label(
      all > mostLabels
        ? l10n.t('Show {0} of {1} Labels', formatCount(mostLabels), formatCount(all))
        : l10n.t('Show All {0} Labels', formatCount(all)),
    );
    this.note.hidden = shown.length === all;
    setText(
      this.note,
      l10n.t('The {0} most confused of {1} labels.', formatCount(shown.length), formatCount(all)),
    );
    const corner = element('td');
    const heads = shown.map((label) => {
      const cell = element('th', 'predicted', element('span', '', labelName(label)));
      cell.scope = 'col';
      return cell;
    });
    this.table.replaceChildren(
      element('thead', '', element('tr', '', corner, ...heads)),
      element('tbody', '', ...shown.map((gold) => this.rowOf(gold, shown))),
    );
    // One of them is reached by Tab, the others from it.
    this.allButtons().forEach((button, index) => (button.tabIndex = index === 0 ? 0 : -1));
  }

  private rowOf(gold: string, shown: readonly string[]): HTMLElement {
    const row = this.counts.get(gold) ?? new Map<string, number>();
    const all = [...row.values()].reduce((sum, count) => sum + count, 0);
    const head = element('th', '', labelName(gold));
    head.scope = 'row';
    const cells = shown.map((predicted) => {
      const count = row.get(predicted) ?? 0;
      const cell = element('td', gold === predicted ? 'right' : '');
      if (count === 0) return cell;
      cell.append(this.buttons.of(gold, predicted, count));
      cell.style.setProperty('--share', `${Math.round((100 * count) / all)}%`);
      if (gold !== predicted) cell.classList.add('wrong');
      return cell;
    });
    return element('tr', '', head, ...cells);
  }

  private allButtons(): HTMLButtonElement[] {
    return [...this.table.querySelectorAll('button')];
  }

  /** To the next number in the direction of an arrow. */
  private move(event: KeyboardEvent): void {
    const step = {
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
    }[event.key];
    const from = document.activeElement?.closest('td');
    if (!step || !from || !this.table.contains(from)) return;
    event.preventDefault();
    const rows = [...this.table.rows];
    let [row, column] = [rows.indexOf(from.parentElement as HTMLTableRowElement), from.cellIndex];
    for (;;) {
      row += step[0];
      column += step[1];
      const cell = rows[row]?.cells[column] as HTMLTableCellElement | undefined;
      if (!cell) return;
      const button = cell.querySelector('button');
      if (!button) continue;
      for (const other of this.allButtons()) other.tabIndex = -1;
      button.tabIndex = 0;
      button.focus();
      return;
    }
  }
}
