import * as l10n from '../../common/l10n';
import type { ShownRun } from '../protocol';
import { PressButton } from './controls';
import { element, icon, setText } from './dom';
import { send } from './vscodeApi';

/** Once a run has ended with a model: what that is good for, and where to go on. */
export class Outcome {
  readonly root = element('div', 'notice information outcome');
  private readonly text = element('p');
  private readonly review = new PressButton(() => this.ask());
  private run: string | undefined;

  constructor() {
    this.root.append(icon('information'), this.text, this.review.root);
  }

  update({ id, state, elsewhere, outcome }: ShownRun): void {
    const { phase, best, checkpoint } = state;
    const hasModel = (phase === 'done' || phase === 'stopped') && (best ?? checkpoint) !== undefined;
    this.root.hidden = !hasModel || elsewhere === true;
    this.run = id;
    setText(
      this.text,
      outcome?.text ??
        l10n.t('Where the model disagrees with text that it was not trained on can be reviewed.'),
    );
    // Where it is known that there is nothing to review, there is no button.
    this.review.root.hidden = outcome !== undefined && outcome.start === undefined;
    this.review.label(outcome?.start ?? l10n.t('Review Surest Disagreements'));
  }

  private ask(): void {
    if (this.run !== undefined) send({ type: 'review', run: this.run });
  }
}
