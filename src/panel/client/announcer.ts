import { formatLoss, formatPercent } from '../../common/figures';
import * as l10n from '../../common/l10n';
import { scoreName, scoreOf } from '../../run/curves';
import type { EpochRecord } from '../../run/epochRecord';
import { phaseLabel, phaseMessage } from '../../run/phaseText';
import type { RunState } from '../../run/runState';
import type { RunOutcome } from '../protocol';
import { element, setText } from './dom';

/** Tells screen readers what changed: a line for each epoch and each change of phase, and nothing between. */
export class Announcer {
  readonly root = element('div', 'visually-hidden');

  constructor() {
    this.root.setAttribute('role', 'status');
    this.root.setAttribute('aria-live', 'polite');
  }

  phase(state: RunState): void {
    const parts = [phaseLabel(state), phaseMessage(state)];
    setText(this.root, parts.filter((part) => part !== undefined).join('. '));
  }

  /** What the model of the run that has ended is good for. */
  outcome({ text }: RunOutcome): void {
    setText(this.root, text);
  }

  epoch(record: EpochRecord, state: RunState): void {
    const score = scoreOf(record, state);
    const parts = [
      l10n.t('Epoch {0} of {1}', record.epoch, state.epochs),
      l10n.t('training loss {0}', formatLoss(record.loss)),
    ];
    if (record.development) parts.push(l10n.t('development loss {0}', formatLoss(record.development.loss)));
    if (score !== undefined) parts.push(`${scoreName(state)} ${formatPercent(score)}`);
    setText(this.root, parts.join(', '));
  }
}
