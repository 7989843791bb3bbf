import { formatCount, formatPercent } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import type { Reliability, ReliabilityBin } from '../../../run/learned';
import { element, folded, setText } from '../dom';
import { ReliabilityChart } from './reliabilityChart';
import type { LearnedRun, LearnedSection } from './section';

/** How sure the model is, and how often it is right there: a chart, its figures and their sum in words. */
export class ReliabilitySection implements LearnedSection {
  readonly root: HTMLDetailsElement;
  private readonly what = element('p', 'flow-words');
  private readonly chart = new ReliabilityChart();
  private readonly body = element('tbody');

  constructor() {
    const { root, content } = folded('reliability', l10n.t('Confidence'));
    const heads = [
      l10n.t('Confidence'),
      l10n.t('Tokens'),
      l10n.t('Mean confidence'),
      l10n.t('Share right'),
    ].map((title) => {
      const cell = element('th', '', title);
      cell.scope = 'col';
      return cell;
    });
    const table = element('table', '', element('thead', '', element('tr', '', ...heads)), this.body);
    table.setAttribute('aria-label', l10n.t('Confidence against the share of right labels'));
    content.append(this.what, this.chart.root, element('div', 'table-scroller', table));
    this.root = root;
  }

  draw({ details }: LearnedRun): boolean {
    const reliability = details.learned?.reliability;
    if (!reliability || reliability.tokens === 0) return false;
    const words = reliabilityWords(reliability);
    setText(this.what, words);
    this.chart.draw(reliability, words);
    const { bins } = reliability;
    this.body.replaceChildren(
      ...bins.flatMap((bin, i) =>
        bin.tokens > 0 ? [rowOf(bin, i / bins.length, (i + 1) / bins.length)] : [],
      ),
    );
    return true;
  }

  restyle(): void {
    this.chart.restyle();
  }
}

function reliabilityWords({ tokens, ece, bins }: Reliability): string {
  const sum = (of: (bin: ReliabilityBin) => number): number =>
    bins.reduce((all, bin) => all + bin.tokens * of(bin), 0) / tokens;
  return l10n.t(
    'Over {0} tokens of the development data, those by which its confidence was not calibrated, the model is {1} sure in the mean, and right in {2}. By how much the two differ in the mean over the bins, the expected calibration error, is {3}.',
    formatCount(tokens),
    formatPercent(sum(({ confidence }) => confidence)),
    formatPercent(sum(({ accuracy }) => accuracy)),
    formatPercent(ece),
  );
}

function rowOf({ tokens, confidence, accuracy }: ReliabilityBin, from: number, to: number): HTMLElement {
  const head = element('th', '', l10n.t('{0} to {1}', formatPercent(from, 0), formatPercent(to, 0)));
  head.scope = 'row';
  const figures = [formatCount(tokens), formatPercent(confidence), formatPercent(accuracy)];
  return element('tr', '', head, ...figures.map((figure) => element('td', '', figure)));
}
