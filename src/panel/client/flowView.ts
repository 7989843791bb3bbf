import { formatCount, formatFactor } from '../../common/figures';
import * as l10n from '../../common/l10n';
import type { Activation } from '../../kernels/activation';
import type { EpochRecord } from '../../run/epochRecord';
import { layersOf, sweepTitle } from '../../run/flowCurves';
import type { ShownRun } from '../protocol';
import { ActionButton, PressButton } from './controls';
import { element, section, setText } from './dom';
import { FlowChart } from './flowChart';
import { FlowTable, boundInWords } from './flowTable';
import { flowWords, remedyFor } from './flowWords';
import type { Remedy } from './flowWords';
import { send } from './vscodeApi';

/** What the figures mean, and the column of units that pass nothing on: these are of the activation's kind. */
function meaningOf(activation: Activation): string {
  return l10n.t(
    '{0} {1} {2}',
    l10n.t(
      'How much of an error at one token reaches the tokens before it, or after it where the layer reads from right to left: the norm of δ, relative to that at the error.',
    ),
    l10n.t(
      'γ, the spectral norm of U times the largest f′, bounds what each step multiplies it by: the dotted lines.',
    ),
    activation === 'relu'
      ? l10n.t('A unit is off at a token where its h is 0, so f′ = 0: nothing goes back through it there.')
      : l10n.t('A unit is saturated where f′ is under 5% of its largest.'),
  );
}

/**
 * How the gradient flows back through time: as last measured, or at the end of an epoch that is chosen. Not
 * there before it was measured.
 */
export class FlowView {
  readonly root: HTMLElement;
  private readonly when = element('span', 'unit');
  private readonly chart = new FlowChart();
  private readonly table = new FlowTable();
  private readonly words = element('ul', 'flow-summary');
  /** Leads from the mean over the corpus's sentences to one of them. */
  private readonly ofSentence = element(
    'div',
    'flow-help of-sentence',
    new ActionButton(true).show('showGradientFlow', l10n.t('Show This for a Sentence')).root,
    element(
      'p',
      '',
      l10n.t(
        'Of the sentence at the cursor, word by word, with the model that labels its text: the average of a run’s weights, where these curves are of the weights themselves.',
      ),
    ),
  );
  private readonly norms = element('p', 'flow-words');
  private readonly meaning = element('p', 'flow-words meaning');
  private readonly why = element('p');
  private readonly train = new PressButton(() => this.trainWith());
  private readonly help = element('div', 'flow-help', this.why, this.train.root);
  private run: ShownRun | undefined;
  private remedy: Remedy | undefined;
  private readonly slider = element('input');
  private readonly sliderLabel = element('label', 'flow-epoch', l10n.t('Epoch'), this.slider);
  private records: readonly EpochRecord[] = [];
  private shown: EpochRecord | undefined;

  /**
   * @param chosen the epoch that a person looks at; undefined: the last one.
   * @param onChoice called when another one is chosen.
   */
  constructor(
    private chosen: number | undefined,
    private readonly onChoice: () => void,
  ) {
    const { root, header } = section('flow', l10n.t('Gradient flow'));
    this.train.root.className = 'secondary';
    this.slider.type = 'range';
    this.slider.min = '0';
    this.slider.addEventListener('input', () => this.choose(this.slider.valueAsNumber));
    header.append(this.when, this.sliderLabel);
    root.append(
      this.words,
      this.help,
      this.ofSentence,
      this.chart.root,
      this.table.root,
      this.norms,
      this.meaning,
    );
    root.hidden = true;
    this.root = root;
  }

  /** The epoch that a person looks at; undefined where it is the last. */
  get epoch(): number | undefined {
    return this.chosen;
  }

  /** Another run is shown. */
  showLast(): void {
    this.chosen = undefined;
  }

  draw(run: ShownRun): void {
    const { history } = run.state;
    this.run = run;
    this.records = history.epochs.filter(({ flow }) => flow && flow.sweeps.length > 0);
    const record = this.records.find(({ epoch }) => epoch === this.chosen) ?? this.records.at(-1);
    // At the end also of an epoch that has no more than that.
    this.showNorms(record?.epoch === this.chosen ? record : history.epochs.findLast(({ flow }) => flow));
    this.showSlider(record);
    this.showHelp(record, run);
    this.ofSentence.hidden = run.elsewhere === true || !(run.state.best ?? run.state.checkpoint);
    if (record === this.shown) return;
    this.shown = record;
    this.root.hidden = !record?.flow;
    if (!record?.flow) return;
    const { sweeps } = record.flow;
    setText(this.when, l10n.t('after epoch {0}', formatCount(record.epoch)));
    this.chart.draw(sweeps);
    this.table.draw(sweeps, run.settings.activation);
    setText(this.meaning, meaningOf(run.settings.activation));
    this.words.replaceChildren(
      ...sweeps.flatMap((sweep) => {
        const words = layersOf(sweeps).includes(sweep.layer) ? flowWords(sweep) : undefined;
        return words === undefined ? [] : [element('li', '', words)];
      }),
    );
    const figures = sweeps.map((sweep) => {
      const { norms, bound } = sweep;
      return norms.length > 1
        ? l10n.t(
            '{0}: γ is {1}, and {2} is left after {3} steps.',
            sweepTitle(sweep),
            boundInWords(bound),
            formatFactor(norms.at(-1)),
            norms.length - 1,
          )
        : l10n.t('{0}: γ is {1}.', sweepTitle(sweep), boundInWords(bound));
    });
    this.chart.description = [
      l10n.t('The norm of δ by steps from the error, relative to that at the error.'),
      ...figures,
      l10n.t('The table below has the figures.'),
    ].join(' ');
  }

  restyle(): void {
    this.chart.restyle();
  }

  private showSlider(record: EpochRecord | undefined): void {
    const { records, slider } = this;
    this.sliderLabel.hidden = records.length < 2 || !record;
    if (!record) return;
    slider.max = String(records.length - 1);
    slider.valueAsNumber = records.indexOf(record);
    slider.setAttribute('aria-valuetext', l10n.t('after epoch {0}', formatCount(record.epoch)));
  }

  private showHelp(record: EpochRecord | undefined, { settings, elsewhere }: ShownRun): void {
    const remedy = remedyFor(record?.flow?.sweeps ?? [], settings);
    this.remedy = remedy;
    this.help.hidden = !remedy || elsewhere === true;
    if (!remedy) return;
    setText(this.why, remedy.why);
    this.train.label(remedy.title);
  }

  private trainWith(): void {
    if (this.run && this.remedy) send({ type: 'trainWith', run: this.run.id, changes: this.remedy.changes });
  }

  private choose(index: number): void {
    // At the end it follows the run again.
    this.chosen = index < this.records.length - 1 ? this.records[index].epoch : undefined;
    this.onChoice();
  }

  private showNorms(record: EpochRecord | undefined): void {
    if (!record?.flow) return;
    const { mean, largest } = record.flow.gradientNorm;
    setText(
      this.norms,
      l10n.t(
        'Over the steps of epoch {0} the norm of the gradient, before clipping, was {1} in the mean and {2} at most.',
        formatCount(record.epoch),
        formatFactor(mean),
        formatFactor(largest),
      ),
    );
  }
}
