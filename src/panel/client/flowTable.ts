import { formatPercent } from '../../common/figures';
import type { SweepFlow } from '../../model/network/gradientFlow';
import { element } from './dom';
import { sweepTitle } from './flowChart';
import { formatFactor } from './format';

/** Steps from the error of which the table has the figures. */
const shownSteps = [1, 5, 10, 20];

/** Each layer and direction in figures: what the chart shows, and what it does not. */
export class FlowTable {
  readonly root: HTMLElement;
  private readonly body = element('tbody');

  constructor() {
    const names = [
      'Layer and direction',
      'Bound γ',
      ...shownSteps.map((steps) => (steps === 1 ? 'After 1 step' : `After ${steps}`)),
      'Saturated units',
    ];
    const table = element(
      'table',
      '',
      element('thead', '', element('tr', '', ...names.map(columnHead))),
      this.body,
    );
    table.setAttribute('aria-labelledby', 'flow-title');
    this.root = element('div', 'table-scroller', table);
  }

  draw(sweeps: readonly SweepFlow[]): void {
    this.body.replaceChildren(...sweeps.map(rowOf));
  }
}

/** What a bound says: below 1 nothing can keep the gradient; above 1 it need not grow. */
export function boundInWords(bound: number): string {
  return `${formatFactor(bound)}: ${bound < 1 ? 'must vanish' : 'may explode'}`;
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
