import { formatCount } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { labelName } from '../../../run/labelName';
import { PressButton } from '../controls';
import { send } from '../vscodeApi';

/** Numbers of tokens as buttons that open these, where it was kept where they stand. */
export class TokensButtons {
  private run = '';
  private opened = new Set<string>();

  begin(run: string, opened: readonly (readonly [gold: string, predicted: string])[]): void {
    this.run = run;
    this.opened = new Set(opened.map((pair) => keyOf(...pair)));
  }

  /** The number, or a button with it. */
  of(gold: string, predicted: string, count: number): HTMLButtonElement | string {
    if (!this.opened.has(keyOf(gold, predicted))) return formatCount(count);
    const { run } = this;
    const button = new PressButton(() => send({ type: 'learned.tokens', run, gold, predicted }));
    button.root.className = 'tokens';
    button.label(formatCount(count));
    button.root.setAttribute(
      'aria-label',
      count === 1
        ? l10n.t('Open 1 token with the label {0}, predicted {1}', labelName(gold), labelName(predicted))
        : l10n.t(
            'Open {0} tokens with the label {1}, predicted {2}',
            formatCount(count),
            labelName(gold),
            labelName(predicted),
          ),
    );
    return button.root;
  }
}

const keyOf = (gold: string, predicted: string): string => JSON.stringify([gold, predicted]);
