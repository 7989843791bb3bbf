import { formatCount } from '../../common/figures';
import type { EpochRecord } from '../../run/epochRecord';
import type { History } from '../../run/history';
import { lastFlow } from './curves';
import { element, section, setText } from './dom';
import { FlowChart, sweepTitle } from './flowChart';
import { FlowTable, boundInWords } from './flowTable';
import { formatFactor } from './format';

const meaning =
  'How much of an error at one token reaches the tokens before it, or after it where the layer reads from right to left: the norm of δ, relative to that at the error. ' +
  'γ, the spectral norm of U times the largest f′, bounds what each step multiplies it by. A unit is saturated where f′ is under 5% of its largest.';

/** How the gradient flows back through time, as last measured; not there before. */
export class FlowView {
  readonly root: HTMLElement;
  private readonly when = element('span', 'unit');
  private readonly chart = new FlowChart();
  private readonly table = new FlowTable();
  private readonly norms = element('p', 'flow-words');
  private shown: EpochRecord | undefined;

  constructor() {
    const { root, header } = section('flow', 'Gradient flow');
    header.append(this.when);
    root.append(this.chart.root, this.table.root, this.norms, element('p', 'flow-words', meaning));
    root.hidden = true;
    this.root = root;
  }

  draw(history: History): void {
    this.showNorms(history.epochs.findLast(({ flow }) => flow));
    const record = lastFlow(history);
    if (record === this.shown) return;
    this.shown = record;
    this.root.hidden = !record?.flow;
    if (!record?.flow) return;
    const { sweeps } = record.flow;
    setText(this.when, `after epoch ${formatCount(record.epoch)}`);
    this.chart.draw(sweeps);
    this.table.draw(sweeps);
    const figures = sweeps.map((sweep) => {
      const { norms, bound } = sweep;
      return (
        `${sweepTitle(sweep)}: γ is ${boundInWords(bound)}` +
        (norms.length > 1
          ? `, and ${formatFactor(norms.at(-1))} is left after ${norms.length - 1} steps.`
          : '.')
      );
    });
    this.chart.description = [
      'The norm of δ by steps from the error, relative to that at the error.',
      ...figures,
      'The table below has the figures.',
    ].join(' ');
  }

  restyle(): void {
    this.chart.restyle();
  }

  private showNorms(record: EpochRecord | undefined): void {
    if (!record?.flow) return;
    const { mean, largest } = record.flow.gradientNorm;
    setText(
      this.norms,
      `Over the steps of epoch ${formatCount(record.epoch)} the norm of the gradient, before clipping, was ${formatFactor(mean)} in the mean and ${formatFactor(largest)} at most.`,
    );
  }
}
