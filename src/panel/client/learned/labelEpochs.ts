import { formatCount, formatPercent, nothing } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import type { EpochRecord } from '../../../run/epochRecord';
import { labelCurves, labelCurveText, learnedByText } from '../../../run/labelCurves';
import type { LabelCurve } from '../../../run/labelCurves';
import { labelName } from '../../../run/labelName';
import { element, hiddenText, setText, sparkline } from '../dom';
import { figureColumn, SortableTable } from '../sortableTable';

/** F1 of the most frequent labels after each epoch: a small curve for each, and the figures of a chosen epoch. */
export class LabelEpochs {
  readonly root = element('div', 'label-epochs');
  private readonly slider = element('input');
  private readonly sliderLabel = element('label', 'flow-epoch', l10n.t('Epoch'), this.slider);
  private readonly when = element('span', 'unit');
  private readonly table: SortableTable<LabelCurve>;
  private shown: readonly EpochRecord[] | undefined;
  private epochs: readonly EpochRecord[] = [];
  private curves: readonly LabelCurve[] = [];

  /**
   * @param chosen the epoch that a person looks at; undefined: the last one.
   * @param onChoice called when another one is chosen.
   */
  constructor(
    private chosen: number | undefined,
    private readonly onChoice: () => void,
  ) {
    const title = l10n.t('F1 by epoch');
    this.table = new SortableTable<LabelCurve>(
      title,
      [
        { title: l10n.t('Label'), cell: ({ label }) => labelName(label), value: ({ label }) => label },
        {
          title: l10n.t('All epochs'),
          cell: (curve) => this.curveOf(curve),
          value: ({ f1 }) => f1.at(-1) ?? 0,
        },
        {
          title: l10n.t('F1'),
          cell: ({ f1 }) => formatPercent(f1[this.index]),
          value: ({ f1 }) => f1[this.index] ?? -1,
        },
        figureColumn(
          l10n.t('Learned by epoch'),
          ({ learnedBy }) => learnedBy,
          (epoch) => (epoch === undefined ? nothing : formatCount(epoch)),
        ),
      ],
      undefined,
    );
    this.slider.type = 'range';
    this.slider.min = '0';
    this.slider.addEventListener('input', () => this.choose(this.slider.valueAsNumber));
    this.root.append(
      element('div', 'section-header', element('h3', '', title), this.when, this.sliderLabel),
      this.table.root,
      element('p', 'flow-words', learnedByText()),
    );
  }

  /** Draws it anew where the epochs are others. False: none has such figures, as with runs of earlier versions. */
  draw(records: readonly EpochRecord[]): boolean {
    if (records === this.shown) return this.epochs.length > 0;
    this.shown = records;
    ({ epochs: this.epochs, curves: this.curves } = labelCurves(records));
    this.root.hidden = this.epochs.length === 0;
    if (this.epochs.length > 0) this.fill();
    return this.epochs.length > 0;
  }

  /** The epoch that a person looks at; undefined where it is the last. */
  get epoch(): number | undefined {
    return this.chosen;
  }

  /** Another run is shown. */
  showLast(): void {
    this.chosen = undefined;
  }

  /** Of very many epochs not all are kept: where one has gone, the next takes its place. */
  private get index(): number {
    const { chosen, epochs } = this;
    const index = chosen === undefined ? -1 : epochs.findIndex(({ epoch }) => epoch >= chosen);
    return index < 0 ? epochs.length - 1 : index;
  }

  private choose(index: number): void {
    // At the end it follows the run again.
    this.chosen = index < this.epochs.length - 1 ? this.epochs[index].epoch : undefined;
    this.fill();
    this.onChoice();
  }

  private fill(): void {
    const { slider, index } = this;
    const text = l10n.t('after epoch {0}', formatCount(this.epochs[index].epoch));
    setText(this.when, text);
    this.sliderLabel.hidden = this.epochs.length < 2;
    slider.max = String(this.epochs.length - 1);
    slider.valueAsNumber = index;
    slider.setAttribute('aria-valuetext', text);
    this.table.draw(this.curves);
  }

  /** A curve from 0 to 1, and its ends for who cannot see it. */
  private curveOf(curve: LabelCurve): Node {
    const cell = element('span', '', sparkline(curve.f1));
    cell.append(hiddenText(labelCurveText(curve, this.epochs)));
    return cell;
  }
}
