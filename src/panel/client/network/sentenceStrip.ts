import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { UnrolledToken } from '../../../engine/unrollProtocol';
import { element, section, setText } from '../dom';

/** The words of the sentence with their labels, one of which is looked at. */
export class SentenceStrip {
  readonly root: HTMLElement;
  private readonly count = element('span', 'unit');
  private readonly list = element('div', 'words');
  private readonly hint = element(
    'p',
    'flow-words',
    l10n.t(
      '← and → step through time, Home and End go to the first and the last word; Enter shows the word in its text.',
    ),
  );
  private tokens: readonly UnrolledToken[] = [];
  private words: HTMLElement[] = [];

  constructor(
    private readonly chosen: (step: number) => void,
    private readonly entered: () => void,
  ) {
    const { root, header } = section('sentence', l10n.t('Sentence'));
    header.append(this.count);
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', l10n.t('Words'));
    this.list.tabIndex = 0;
    this.list.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.entered();
    });
    root.append(this.list, this.hint);
    this.root = root;
  }

  focus(): void {
    this.list.focus({ preventScroll: true });
  }

  draw(tokens: readonly UnrolledToken[], step: number): void {
    if (tokens !== this.tokens) {
      this.tokens = tokens;
      this.words = tokens.map((token, t) => this.wordOf(token, t));
      this.list.replaceChildren(...this.words);
    }
    setText(this.count, l10n.t('t = {0} of T = {1}', step + 1, tokens.length));
    this.words.forEach((word, t) => word.setAttribute('aria-selected', String(t === step)));
    this.list.setAttribute('aria-activedescendant', this.words[step].id);
    this.words[step].scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  private wordOf({ form, label, given }: UnrolledToken, t: number): HTMLElement {
    const isOther = given !== undefined && given !== label;
    const said = element('span', 'said', shownName(label));
    const word = element(
      'div',
      isOther ? 'word other' : 'word',
      element('span', 'form', shownName(form)),
      said,
    );
    if (isOther) word.append(element('span', 'given', l10n.t('given {0}', shownName(given))));
    word.id = `word-${t}`;
    word.setAttribute('role', 'option');
    word.addEventListener('click', () => this.chosen(t));
    word.addEventListener('dblclick', () => this.entered());
    return word;
  }
}
