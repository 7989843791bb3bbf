import type { EpochRecord } from '../../run/epochRecord';
import type { PanelRun } from '../protocol';
import { scoreOf } from './curves';
import { element, setText } from './dom';
import { formatLoss, formatShare } from './format';
import { messageOf } from './notice';
import { stateLabel } from './summary';

/** Tells screen readers what changed: a line for each epoch and each change of state, and nothing between. */
export class Announcer {
  readonly root = element('div', 'visually-hidden');
  private run: PanelRun | undefined;

  constructor() {
    this.root.setAttribute('role', 'status');
    this.root.setAttribute('aria-live', 'polite');
  }

  /** @param fresh a run that was not shown before: its state is no news. */
  state(run: PanelRun | undefined, fresh: boolean): void {
    const changed = run && !fresh && run.state !== this.run?.state;
    this.run = run;
    if (changed)
      setText(
        this.root,
        [stateLabel(run.state), messageOf(run)].filter((part) => part !== undefined).join('. '),
      );
  }

  epoch(record: EpochRecord): void {
    if (!this.run) return;
    const score = scoreOf(record, this.run.scoreName);
    const parts = [`Epoch ${record.epoch} of ${this.run.epochs}`, `training loss ${formatLoss(record.loss)}`];
    if (record.development) parts.push(`development loss ${formatLoss(record.development.loss)}`);
    if (score !== undefined) parts.push(`${this.run.scoreName} ${formatShare(score)}`);
    setText(this.root, parts.join(', '));
  }
}
