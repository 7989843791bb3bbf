import { formatCount } from '../../common/figures';
import * as l10n from '../../common/l10n';
import { bestEpoch } from '../../run/curves';
import { isUnderWay } from '../../run/runState';
import type { RunState } from '../../run/runState';
import type { ShownRun } from '../protocol';
import { PressButton } from './controls';
import { element, setText } from './dom';
import { send } from './vscodeApi';

/** Which epochs of a run that has ended are kept, and a button that labels text with the best. */
export class KeptEpochs {
  readonly root = element('div', 'kept-epochs');
  private readonly text = element('p');
  private readonly use = new PressButton(() => send({ type: 'learned.use', run: this.run }));
  private run = '';

  constructor() {
    this.use.root.className = 'secondary';
    this.use.label(l10n.t('Use This Epoch'));
    this.root.append(this.text, this.use.root);
  }

  draw({ id, state, elsewhere }: ShownRun): void {
    this.run = id;
    const text = elsewhere ? undefined : keptText(state);
    this.root.hidden = text === undefined;
    if (text !== undefined) setText(this.text, text);
  }
}

/** Undefined while it goes on, and where nothing is kept. */
function keptText(state: RunState): string | undefined {
  const { phase, best, checkpoint } = state;
  if (isUnderWay(phase) || !best) return undefined;
  const epoch = bestEpoch(state)?.epoch;
  // Without development data it is the last.
  if (epoch === undefined) return l10n.t('Epoch {0}, the last, is kept.', formatCount(best.epoch));
  return checkpoint && checkpoint.step !== best.step
    ? l10n.t(
        'Epoch {0}, the best, is kept to label text with, and epoch {1}, the last, to go on from.',
        formatCount(epoch),
        formatCount(checkpoint.epoch),
      )
    : l10n.t('Epoch {0}, the best, is kept.', formatCount(epoch));
}
