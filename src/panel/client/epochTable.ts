import { formatCount, formatLoss, formatPercent, formatRate, formatClock } from '../../common/figures';
import * as l10n from '../../common/l10n';
import { bestEpoch, scoreOf, scoreTitle } from '../../run/curves';
import type { EpochRecord } from '../../run/epochRecord';
import type { RunState } from '../../run/runState';
import { PressButton } from './controls';
import { element, hiddenText, section } from './dom';

/** More rows than these take the page longer than all else that it draws: the others come when asked for. */
const rowsAtFirst = 100;

/** All epochs in figures, the newest first: what the charts show, for every reader. */
export class EpochTable {
  readonly root: HTMLElement;
  private readonly more = new PressButton(() => this.showAll());
  private isWhole = false;
  private state: RunState | undefined;
  private readonly head = element('tr');
  private readonly body = element('tbody');
  private readonly rows = new Map<EpochRecord, HTMLTableRowElement>();
  private spans: boolean | undefined;

  constructor() {
    const { root } = section('epochs', l10n.t('Epochs'));
    const table = element('table', '', element('thead', '', this.head), this.body);
    table.setAttribute('aria-labelledby', 'epochs-title');
    const scroller = element('div', 'table-scroller', table);
    this.more.root.className = 'secondary';
    root.append(scroller, this.more.root);
    this.root = root;
  }

  draw(state: RunState): void {
    this.state = state;
    const all = state.history.epochs;
    const epochs = this.isWhole ? all : all.slice(-rowsAtFirst);
    this.root.hidden = epochs.length === 0;
    this.more.root.hidden = epochs.length === all.length;
    this.more.label(l10n.t('Show All {0} Epochs', formatCount(all.length)));
    if (state.spans !== this.spans) this.begin(state);
    const best = bestEpoch(state)?.epoch;
    const current = new Set(epochs);
    for (const [record, row] of this.rows) {
      if (current.has(record)) continue;
      row.remove();
      this.rows.delete(record);
    }
    let above: HTMLTableRowElement | undefined;
    for (const record of epochs.toReversed()) {
      let row = this.rows.get(record);
      if (!row) {
        row = rowOf(record, state);
        this.rows.set(record, row);
        if (above) above.after(row);
        else this.body.prepend(row);
      }
      markBest(row, record.epoch === best);
      above = row;
    }
  }

  /** Another run is shown. */
  showNewest(): void {
    this.isWhole = false;
  }

  private showAll(): void {
    this.isWhole = true;
    if (this.state) this.draw(this.state);
  }

  /** Another run may have another score: its column has another name. */
  private begin(state: RunState): void {
    this.spans = state.spans;
    this.rows.clear();
    this.body.replaceChildren();
    const names = [
      l10n.t('Epoch'),
      l10n.t('Training loss'),
      l10n.t('Development loss'),
      scoreTitle(state),
      l10n.t('Tokens/s'),
      l10n.t('Time'),
    ];
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
  if (best) cell.append(hiddenText(l10n.t(', best score')));
  else cell.lastElementChild?.remove();
}
