import { formatCount, formatPercent } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import type { WordGroup } from '../../../run/learned';
import { element, folded, setText } from '../dom';
import type { LearnedRun, LearnedSection } from './section';

/** How the model does on words of the training data, and on others. */
export class KnownWordsSection implements LearnedSection {
  readonly root: HTMLDetailsElement;
  private readonly what = element('p', 'flow-words');
  private readonly table = element('table');

  constructor() {
    const { root, content } = folded('known-words', l10n.t('Known and unknown words'));
    this.table.setAttribute('aria-label', l10n.t('Known and unknown words'));
    content.append(this.what, element('div', 'table-scroller', this.table));
    this.root = root;
  }

  draw({ details }: LearnedRun): boolean {
    const { learned, development } = details;
    if (!learned) return false;
    const { knownWords, unknownWords } = learned;
    const tokens = knownWords.tokens + unknownWords.tokens;
    if (tokens === 0) return false;
    const hasSpans = knownWords.spans !== undefined;
    const words = [
      l10n.t('Known are words of the development data that occur in the training data.'),
      ...(hasSpans ? [l10n.t('A span counts as unknown with one unknown word in it.')] : []),
      ...recallWords(development?.words),
    ];
    setText(this.what, words.join(' '));
    const heads = [
      l10n.t('Words'),
      l10n.t('Tokens'),
      l10n.t('Accuracy'),
      ...(hasSpans ? [l10n.t('Spans'), l10n.t('Span F1')] : []),
    ].map((title) => {
      const cell = element('th', '', title);
      cell.scope = 'col';
      return cell;
    });
    this.table.replaceChildren(
      element('thead', '', element('tr', '', ...heads)),
      element(
        'tbody',
        '',
        rowOf(l10n.t('Known'), knownWords, tokens),
        rowOf(l10n.t('Unknown'), unknownWords, tokens),
      ),
    );
    return true;
  }
}

/** Where the labels cut text into words, tokens are characters. */
function recallWords(words: NonNullable<LearnedRun['details']['development']>['words']): string[] {
  if (!words) return [];
  const { inVocabulary, outOfVocabulary } = words;
  return [
    l10n.t(
      'Here tokens are characters. Of {0} words of the training data {1} are cut right, of {2} others {3}.',
      formatCount(inVocabulary.gold),
      formatPercent(inVocabulary.recall),
      formatCount(outOfVocabulary.gold),
      formatPercent(outOfVocabulary.recall),
    ),
  ];
}

function rowOf(name: string, { tokens, correct, spans }: WordGroup, all: number): HTMLElement {
  const head = element('th', '', name);
  head.scope = 'row';
  const figures = [
    `${formatCount(tokens)} (${formatPercent(tokens / all)})`,
    formatPercent(tokens > 0 ? correct / tokens : undefined),
    ...(spans ? [formatCount(spans.gold), formatPercent(spans.gold > 0 ? spans.f1 : undefined)] : []),
  ];
  return element('tr', '', head, ...figures.map((figure) => element('td', '', figure)));
}
