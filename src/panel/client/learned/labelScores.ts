import { formatCount, formatPercent } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import type { LabelScores } from '../../../model/scores';
import { labelName } from '../../../run/labelName';
import type { ShownRun } from '../../protocol';
import { element, folded, setText } from '../dom';
import { figureColumn, SortableTable } from '../sortableTable';
import type { LabelEpochs } from './labelEpochs';
import { measuredOn } from './measuredOn';
import type { LearnedRun, LearnedSection } from './section';

/** Precision, recall and F1 by label, or by the type of spans. */
export class LabelScoresSection implements LearnedSection {
  readonly root: HTMLDetailsElement;
  private readonly what = element('p', 'flow-words');
  private readonly table: SortableTable<LabelScores>;

  /** @param epochs F1 by epoch. */
  constructor(private readonly epochs: LabelEpochs) {
    const { root, content } = folded('label-scores', l10n.t('Scores by label'));
    this.table = new SortableTable<LabelScores>(
      l10n.t('Scores by label'),
      [
        {
          title: l10n.t('Label'),
          cell: ({ label }) => labelName(label),
          value: ({ label }) => label,
        },
        figureColumn(l10n.t('Precision'), ({ precision }) => precision, formatPercent),
        figureColumn(l10n.t('Recall'), ({ recall }) => recall, formatPercent),
        figureColumn(l10n.t('F1'), ({ f1 }) => f1, formatPercent),
        figureColumn(l10n.t('Support'), ({ gold }) => gold, formatCount),
      ],
      4,
    );
    content.append(this.what, this.table.root);
    this.root = root;
    this.epochs.root.hidden = true;
    root.append(this.epochs.root);
  }

  drawHistory({ state }: ShownRun): boolean {
    const { epochs } = state.history;
    return this.root.open ? this.epochs.draw(epochs) : epochs.some(({ labels }) => labels);
  }

  draw({ run, details }: LearnedRun): boolean {
    const measured = details.development ?? details.test;
    if (!measured || measured.labels.length === 0) return false;
    const meaning = run.state.spans
      ? l10n.t('Support is how many spans of the type there are.')
      : l10n.t('Support is how many tokens have the label.');
    setText(this.what, `${measuredOn(run.state, details)} ${meaning}`);
    this.table.draw(measured.labels);
    return true;
  }
}
