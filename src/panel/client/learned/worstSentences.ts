import { formatCount, formatLoss } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { shownLine } from '../../../common/shownText';
import type { ShownSentence } from '../../learnedProtocol';
import { PressButton } from '../controls';
import { element, folded, setText } from '../dom';
import { send } from '../vscodeApi';
import type { LearnedRun, LearnedSection } from './section';

const rowsAtFirst = 10;
/** UTF-16 units of a sentence that are shown. */
const mostShown = 120;

/** The sentences whose labels the model finds least probable. Each opens at its first error. */
export class WorstSentencesSection implements LearnedSection {
  readonly root: HTMLDetailsElement;
  private readonly what = element('p', 'flow-words');
  private readonly body = element('tbody');
  private readonly more = new PressButton(() => this.fill(Infinity));
  private run = '';
  private sentences: readonly ShownSentence[] = [];

  constructor() {
    const { root, content } = folded('worst-sentences', l10n.t('Worst sentences'));
    const heads = [l10n.t('Sentence'), l10n.t('Errors'), l10n.t('Loss')].map((title) => {
      const cell = element('th', '', title);
      cell.scope = 'col';
      return cell;
    });
    const table = element('table', '', element('thead', '', element('tr', '', ...heads)), this.body);
    table.setAttribute('aria-label', l10n.t('Worst sentences'));
    this.more.root.className = 'secondary';
    setText(
      this.what,
      l10n.t(
        'Sentences of the development data whose gold labels the model finds least probable: hard ones, or labels that are wrong. Loss is −log p of all its labels, in nats. A sentence opens at its first error.',
      ),
    );
    content.append(this.what, element('div', 'table-scroller', table), this.more.root);
    this.root = root;
  }

  draw({ run, details }: LearnedRun): boolean {
    const worst = details.learned?.worst ?? [];
    if (worst.length === 0) return false;
    this.run = run.id;
    this.sentences = worst;
    this.fill(rowsAtFirst);
    return true;
  }

  private fill(most: number): void {
    const { sentences } = this;
    this.more.root.hidden = sentences.length <= most;
    this.more.label(l10n.t('Show All {0}', formatCount(sentences.length)));
    this.body.replaceChildren(
      ...sentences.slice(0, most).map((sentence, place) => this.rowOf(sentence, place)),
    );
  }

  private rowOf({ words, errors, tokens, loss }: ShownSentence, place: number): HTMLElement {
    const { run } = this;
    const button = new PressButton(() => send({ type: 'learned.sentence', run, place }));
    button.root.className = 'tokens sentence';
    button.label(shownLine(words, mostShown));
    const head = element('th', '', button.root);
    head.scope = 'row';
    return element(
      'tr',
      '',
      head,
      element('td', '', l10n.t('{0} of {1}', formatCount(errors), formatCount(tokens))),
      element('td', '', formatLoss(loss)),
    );
  }
}
