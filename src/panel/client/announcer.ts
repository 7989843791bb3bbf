import { formatLoss, formatPercent } from '../../common/figures';
import type { EpochRecord } from '../../run/epochRecord';
import type { RunState } from '../../run/runState';
import { scoreName, scoreOf } from './curves';
import { element, setText } from './dom';
import { messageOf } from './notice';
import { phaseLabel } from './summary';

/** Tells screen readers what changed: a line for each epoch and each change of phase, and nothing between. */
export class Announcer {
  readonly root = element('div', 'visually-hidden');

  constructor() {
    this.root.setAttribute('role', 'status');
    this.root.setAttribute('aria-live', 'polite');
  }

  phase(state: RunState): void {
    const parts = [phaseLabel(state), messageOf(state)];
    setText(this.root, parts.filter((part) => part !== undefined).join('. '));
  }

  epoch(record: EpochRecord, state: RunState): void {
    const score = scoreOf(record, state);
    const parts = [`Epoch ${record.epoch} of ${state.epochs}`, `training loss ${formatLoss(record.loss)}`];
    if (record.development) parts.push(`development loss ${formatLoss(record.development.loss)}`);
    if (score !== undefined) parts.push(`${scoreName(state)} ${formatPercent(score)}`);
    setText(this.root, parts.join(', '));
  }
}
