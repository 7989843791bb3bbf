import * as l10n from '../../../common/l10n';
import { element } from '../dom';
import { formula } from './formula';

/** A formula with the sizes of what is in it, and what it comes to at the step. */
export interface FormulaRow {
  readonly formula: string;
  readonly sizes?: string;
  readonly numbers: string;
  /** What it means, in words, below it. */
  readonly words?: string;
}

/** The derivation's formulas. */
export class FormulaTable {
  readonly root: HTMLElement;
  private readonly body = element('tbody');

  constructor(name: string) {
    const heads = [l10n.t('Formula'), l10n.t('Sizes'), l10n.t('At this step')];
    const head = element('tr', '', ...heads.map(columnHead));
    const table = element('table', 'formulas', element('thead', '', head), this.body);
    table.setAttribute('aria-label', name);
    this.root = element('div', 'table-scroller', table);
  }

  draw(rows: readonly FormulaRow[]): void {
    this.body.replaceChildren(
      ...rows.flatMap((row) => (row.words === undefined ? [rowOf(row)] : [rowOf(row), wordsOf(row.words)])),
    );
  }
}

function columnHead(name: string): HTMLElement {
  const cell = element('th', '', name);
  cell.scope = 'col';
  return cell;
}

function wordsOf(text: string): HTMLElement {
  const cell = element('td', 'in-words', text);
  cell.colSpan = 3;
  return element('tr', '', cell);
}

function rowOf({ formula: text, sizes, numbers }: FormulaRow): HTMLElement {
  const head = element('th', '', formula(text));
  head.scope = 'row';
  return element(
    'tr',
    '',
    head,
    element('td', 'sizes', sizes ?? ''),
    element(
      'td',
      '',
      ...numbers
        .split('; ')
        .filter((part) => part !== '')
        .map((part) => element('div', '', formula(part))),
    ),
  );
}
