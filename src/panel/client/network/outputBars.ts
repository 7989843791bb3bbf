import { formatFactor, formatPercent } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { UnrolledText, UnrolledToken } from '../../../engine/unrollProtocol';
import { element, setText } from '../dom';
import { formula } from './formula';

/** ŷ_t: the most probable labels as bars, with the one that the model gives and the one that is given. */
export class OutputBars {
  private readonly list = element('ul', 'bars');
  private readonly confidence = element('p', 'flow-words');
  readonly root = element(
    'div',
    '',
    element('h3', '', formula('ŷ_t'), ` ${l10n.t('the most probable labels')}`),
    this.list,
    this.confidence,
  );

  draw({ best, label, given, confidence }: UnrolledToken, { temperature, transitions }: UnrolledText): void {
    const bars = best.map((item) => barOf(item, item.label === label, item.label === given));
    const last = best.at(-1);
    if (given !== undefined && last && !best.some((item) => item.label === given))
      bars.push(
        element(
          'li',
          '',
          element('span', 'bar-label', shownName(given)),
          element('span', 'bar-marks', l10n.t('given; less than {0}', formatPercent(last.probability))),
        ),
      );
    this.list.replaceChildren(...bars);
    this.confidence.hidden = temperature === 1;
    const [shown, divisor] = [formatPercent(confidence), formatFactor(temperature)];
    setText(
      this.confidence,
      transitions
        ? l10n.t(
            'As a label’s confidence the editor shows {0}: ŷₜ to the power 1 / {1}, made to sum to 1 over the labels. {1} is the temperature that fits development data best.',
            shown,
            divisor,
          )
        : l10n.t(
            'As a label’s confidence the editor shows {0}: softmax(zₜ / {1}). {1} is the temperature that fits development data best.',
            shown,
            divisor,
          ),
    );
  }
}

function barOf(
  { label, probability }: UnrolledToken['best'][number],
  isModels: boolean,
  isGiven: boolean,
): HTMLElement {
  const bar = element('span', isGiven ? 'bar given' : 'bar');
  bar.style.width = `${100 * probability}%`;
  const marks = [
    ...(isModels ? [l10n.t('the model’s label')] : []),
    ...(isGiven ? [l10n.t('given')] : []),
  ].join(', ');
  return element(
    'li',
    isModels ? 'chosen' : '',
    element('span', 'bar-label', shownName(label)),
    element('span', 'bar-track', bar),
    element('span', 'bar-figure', formatPercent(probability)),
    element('span', 'bar-marks', marks),
  );
}
