import { formatCount, formatLoss, formatPercent, formatRate } from '../../common/figures';
import type { EpochRecord } from '../../run/epochRecord';
import type { RunState } from '../../run/runState';
import { bestEpoch, scoreOf } from './curves';
import { element, hiddenText, section } from './dom';
import { formatClock } from './format';
import { scoreTitle } from './scoreChart';

/** All epochs in figures, the newest first: what the charts show, for every reader. */
export class EpochTable {
  readonly root: HTMLElement;
  private readonly head = element('tr');
  private readonly body = element('tbody');
  private readonly rows = new Map<EpochRecord, HTMLTableRowElement>();
  private spans: boolean | undefined;

  constructor() {
    const { root } = section('epochs', 'Epochs');
    const table = element('table', '', element('thead', '', this.head), this.body);
    table.setAttribute('aria-labelledby', 'epochs-title');
    const scroller = element('div', 'table-scroller', table);
    root.append(scroller);
    this.root = root;
  }

  draw(state: RunState): void {
    const { epochs } = state.history;
    this.root.hidden = epochs.length === 0;
    if (state.spans !== this.spans) this.begin(state);
    const best = bestEpoch(state)?.epoch;
    const current = new Set(epochs);
    for (const [record, row] of this.rows) {
      if (current.has(record)) continue;
      row.remove();
      this.rows.delete(record);
    }
    for (const record of epochs) {
      let row = this.rows.get(record);
      if (!row) {
        row = rowOf(record, state);
        this.rows.set(record, row);
        this.body.prepend(row);
      }
      markBest(row, record.epoch === best);
    }
  }

  /** Another run may have another score: its column has another name. */
  private begin(state: RunState): void {
    this.spans = state.spans;
    this.rows.clear();
    this.body.replaceChildren();
    const names = ['Epoch', 'Training loss', 'Development loss', scoreTitle(state), 'Tokens/s', 'Time'];
    this.head.replaceChildren(
      ...names.map((name) => {
        const cell = element('th', '', name);
        cell.scope = 'col';
        return cell;
      }),
    );
  }
}

function rowOf(record: EpochRecord, state: RunState): HTMLTableRowElement {
  const epoch = element('th', '', formatCount(record.epoch));
  epoch.scope = 'row';
  const figures = [
    formatLoss(record.loss),
    formatLoss(record.development?.loss),
    formatPercent(scoreOf(record, state)),
    formatRate(record.tokensPerSecond),
    formatClock(record.seconds),
  ];
  return element('tr', '', epoch, ...figures.map((figure) => element('td', '', figure)));
}

function markBest(row: HTMLTableRowElement, best: boolean): void {
  if (row.classList.contains('best') === best) return;
  row.classList.toggle('best', best);
  const cell = row.cells[0];
  if (best) cell.append(hiddenText(', best score'));
  else cell.lastElementChild?.remove();
}
