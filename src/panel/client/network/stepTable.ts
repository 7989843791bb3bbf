import { formatCount, formatPercent, formatFactor } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { UnrolledText, UnrolledTextSweep } from '../../../engine/unrollProtocol';
import { element, setText } from '../dom';

/** ‖δ_k‖ of each step in figures, from the error on. */
export class StepTable {
  readonly root: HTMLElement;
  private readonly table = element('table', 'steps');
  private readonly body = element('tbody');
  private readonly saturated: HTMLElement;
  private readonly whole: HTMLElement;

  constructor() {
    const names = [
      l10n.t('Steps away'),
      l10n.t('Word'),
      '‖δₖ‖',
      '‖δₖ‖ / ‖δₜ‖',
      l10n.t('Bound'),
      '‖∂Eₜ/∂sₖ‖',
      '',
    ];
    const heads = names.map((name) => {
      const cell = element('th', name === names[1] ? 'text' : '', name);
      cell.scope = 'col';
      return cell;
    });
    this.saturated = heads[heads.length - 1];
    this.whole = heads[heads.length - 2];
    this.table.append(element('thead', '', element('tr', '', ...heads)), this.body);
    this.table.setAttribute('aria-label', l10n.t('δ by step'));
    this.root = element('div', 'table-scroller', this.table);
  }

  draw({ tokens, at, sizes, activation }: UnrolledText, sweep: UnrolledTextSweep): void {
    const { norms, bound, direction, saturated, wholeNorms } = sweep;
    // In one layer it is ‖δ_k‖ again.
    const hasWhole = sizes.layers > 1;
    this.whole.hidden = !hasWhole;
    this.table.classList.toggle('whole', hasWhole);
    const units = formatCount(sizes.H);
    setText(
      this.saturated,
      activation === 'relu' ? l10n.t('Off of {0}', units) : l10n.t('Saturated of {0}', units),
    );
    const back = direction === 'leftToRight' ? -1 : 1;
    this.body.replaceChildren(
      ...norms.map((norm, distance) => {
        const k = at + back * distance;
        const head = element('th', '', formatCount(distance));
        head.scope = 'row';
        const figures = [
          formatFactor(norm),
          norms[0] > 0 ? formatPercent(norm / norms[0]) : '–',
          formatFactor(bound ** distance * norms[0]),
          ...(hasWhole ? [formatFactor(wholeNorms[k])] : []),
          formatCount(saturated[k]),
        ];
        return element(
          'tr',
          '',
          head,
          element('td', 'text', shownName(tokens[k].form, 30)),
          ...figures.map((text) => element('td', '', text)),
        );
      }),
    );
  }
}
