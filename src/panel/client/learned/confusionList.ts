import { formatCount, formatPercent } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import type { Confusion } from '../../../model/scores';
import { labelName } from '../../../run/labelName';
import { PressButton } from '../controls';
import { element } from '../dom';
import type { TokensButtons } from './tokensButton';

const rowsAtFirst = 10;
const mostRows = 1000;

/** The most frequent confusions, as a table. */
export class ConfusionList {
  readonly root = element('div', 'confusion-list');
  private readonly body = element('tbody');
  private readonly more = new PressButton(() => this.fill(mostRows));
  private errors: readonly Confusion[] = [];
  private gold = new Map<string, number>();

  constructor(private readonly buttons: TokensButtons) {
    const heads = [l10n.t('Gold'), l10n.t('Predicted'), l10n.t('Tokens'), l10n.t('Share of gold')].map(
      (title) => {
        const cell = element('th', '', title);
        cell.scope = 'col';
        return cell;
      },
    );
    const table = element('table', '', element('thead', '', element('tr', '', ...heads)), this.body);
    table.setAttribute('aria-label', l10n.t('The most frequent confusions'));
    this.more.root.className = 'secondary';
    this.root.append(element('div', 'table-scroller', table), this.more.root);
  }

  /** @param errors the most frequent first. @param all with the agreements. */
  draw(errors: readonly Confusion[], all: readonly Confusion[]): void {
    this.errors = errors;
    this.gold = new Map();
    for (const [gold, , count] of all) this.gold.set(gold, (this.gold.get(gold) ?? 0) + count);
    this.root.hidden = errors.length === 0;
    this.fill(rowsAtFirst);
  }

  private fill(most: number): void {
    const { errors } = this;
    this.more.root.hidden = errors.length <= most || most === mostRows;
    this.more.label(
      errors.length > mostRows
        ? l10n.t('Show {0} of {1} Confusions', formatCount(mostRows), formatCount(errors.length))
        : l10n.t('Show All {0} Confusions', formatCount(errors.length)),
    );
    this.body.replaceChildren(...errors.slice(0, most).map((confusion) => this.rowOf(confusion)));
  }

  private rowOf([gold, predicted, count]: Confusion): HTMLElement {
    const head = element('th', '', labelName(gold));
    head.scope = 'row';
    return element(
      'tr',
      '',
      head,
      element('td', 'text', labelName(predicted)),
      element('td', '', this.buttons.of(gold, predicted, count)),
      element('td', '', formatPercent(count / (this.gold.get(gold) ?? count))),
    );
  }
}
