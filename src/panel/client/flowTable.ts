import { formatBase, formatFactor, formatPercent } from '../../common/figures';
import * as l10n from '../../common/l10n';
import type { Activation } from '../../kernels/activation';
import type { SweepFlow } from '../../model/network/gradientFlow';
import { sweepTitle } from '../../run/flowCurves';
import { element, setText } from './dom';

/** Steps from the error of which the table has the figures. */
const shownSteps = [1, 5, 10, 20];

/** Each layer and direction in figures: what the chart shows, and what it does not. */
export class FlowTable {
  readonly root: HTMLElement;
  private readonly body = element('tbody');
  private readonly saturated: HTMLElement;

  constructor() {
    const names = [
      l10n.t('Layer and direction'),
      l10n.t('Bound γ'),
      ...shownSteps.map((steps) => (steps === 1 ? l10n.t('After 1 step') : l10n.t('After {0}', steps))),
      '',
    ];
    const heads = names.map(columnHead);
    this.saturated = heads[heads.length - 1];
    const table = element('table', '', element('thead', '', element('tr', '', ...heads)), this.body);
    table.setAttribute('aria-labelledby', 'flow-title');
    this.root = element('div', 'table-scroller flow-table', table);
  }

  draw(sweeps: readonly SweepFlow[], activation: Activation): void {
    setText(this.saturated, activation === 'relu' ? l10n.t('Units that are off') : l10n.t('Saturated units'));
    this.body.replaceChildren(...sweeps.map(rowOf));
  }
}

/** What a bound says: below 1 nothing can keep the gradient; above 1 it may go on, and need not. */
export function boundInWords(bound: number): string {
  return bound < 1
    ? l10n.t('{0}: must vanish', formatBase(bound))
    : l10n.t('{0}: need not vanish', formatBase(bound));
}

function columnHead(name: string): HTMLElement {
  const cell = element('th', '', name);
  cell.scope = 'col';
  return cell;
}

function rowOf(sweep: SweepFlow): HTMLElement {
  const head = element('th', '', sweepTitle(sweep));
  head.scope = 'row';
  const figures = [
    boundInWords(sweep.bound),
    ...shownSteps.map((steps) => formatFactor(sweep.norms[steps])),
    formatPercent(sweep.saturated),
  ];
  return element('tr', '', head, ...figures.map((figure) => element('td', '', figure)));
}
