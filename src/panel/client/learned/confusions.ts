import * as l10n from '../../../common/l10n';
import type { Confusion } from '../../../model/scores';
import { element, folded, setText } from '../dom';
import { ConfusionList } from './confusionList';
import { ConfusionMatrix } from './confusionMatrix';
import { measuredOn } from './measuredOn';
import type { LearnedRun, LearnedSection } from './section';
import { TokensButtons } from './tokensButton';

/** Which labels the model takes for which: the most frequent confusions, and all of them as a matrix. */
export class ConfusionsSection implements LearnedSection {
  readonly root: HTMLDetailsElement;
  private readonly what = element('p', 'flow-words');
  private readonly buttons = new TokensButtons();
  private readonly list = new ConfusionList(this.buttons);
  private readonly matrix = new ConfusionMatrix(this.buttons);

  constructor() {
    const { root, content } = folded('confusions', l10n.t('Confusions'));
    content.append(this.what, this.list.root, this.matrix.root);
    this.root = root;
  }

  draw({ run, details }: LearnedRun): boolean {
    const measured = details.development ?? details.test;
    if (!measured || measured.confusions.length === 0) return false;
    const { confusions } = measured;
    const errors = confusions.filter(isError);
    const opened = details.development ? (details.learned?.opened ?? []) : [];
    this.buttons.begin(run.id, opened);
    const words = [measuredOn(run.state, details)];
    if (errors.length === 0) words.push(l10n.t('The model confuses no labels.'));
    if (opened.length > 0) words.push(l10n.t('A number opens its tokens.'));
    setText(this.what, words.join(' '));
    this.list.draw(errors, confusions);
    this.matrix.draw(confusions);
    return true;
  }
}

function isError([gold, predicted]: Confusion): boolean {
  return gold !== predicted;
}
