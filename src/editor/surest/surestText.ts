/** What is said of a model's disagreements with text that it was not trained on. */
import { formatCount } from '../../common/figures';
import type { Translate } from '../translate';

/**
 * Which text with labels the model was not trained on: files that are named as development data, the tenth that was
 * held out of its training, none at all, or nobody knows any more.
 */
export type Evidence = 'development' | 'heldOut' | 'none' | 'unknown';

export interface DisagreementCount {
  readonly evidence: Evidence;
  readonly isSpans: boolean;
  /** What that text has: `spans` are those of its own labels. */
  readonly sentences: number;
  readonly tokens: number;
  readonly spans: number;
  readonly disagreements: number;
  /** Spans that are predicted in text that nobody has labelled yet. */
  readonly suggestions: number;
  /** Files that are too large, or could not be opened. */
  readonly leftOut: number;
}

/** "1,160 disagreements in 25,147 tokens of the development data." Whole sentences. */
export function countText(count: DisagreementCount, t: Translate): string {
  const parts = [evidenceText(count, t), suggestionText(count, t), leftOutText(count, t)];
  return parts.filter((part) => part !== undefined).join(' ');
}

function evidenceText(count: DisagreementCount, t: Translate): string | undefined {
  const { evidence, isSpans, disagreements } = count;
  if (evidence === 'none')
    return t('No labelled text was kept from training, so nobody knows how good the model is on other text.');
  if (evidence === 'unknown')
    return t(
      'Which labelled text the model has not seen cannot be told: it was trained elsewhere, or the corpus has become another since.',
    );
  const where = evidence === 'development' ? t('the development data') : t('the text held out of training');
  const tokens = formatCount(count.tokens);
  const spans = formatCount(count.spans);
  if (disagreements === 0)
    return isSpans
      ? t('No disagreement in {0} spans, {1} tokens of {2}: text and model agree.', spans, tokens, where)
      : t('No disagreement in {0} tokens of {1}: text and model agree.', tokens, where);
  const many = formatCount(disagreements);
  if (isSpans)
    return disagreements === 1
      ? t('1 disagreement in {0} spans, {1} tokens of {2}.', spans, tokens, where)
      : t('{0} disagreements in {1} spans, {2} tokens of {3}.', many, spans, tokens, where);
  return disagreements === 1
    ? t('1 disagreement in {0} tokens of {1}.', tokens, where)
    : t('{0} disagreements in {1} tokens of {2}.', many, tokens, where);
}

function suggestionText({ suggestions }: DisagreementCount, t: Translate): string | undefined {
  if (suggestions === 0) return undefined;
  return suggestions === 1
    ? t('1 suggestion in text that has no labels yet.')
    : t('{0} suggestions in text that has no labels yet.', formatCount(suggestions));
}

function leftOutText({ leftOut }: DisagreementCount, t: Translate): string | undefined {
  if (leftOut === 0) return undefined;
  return leftOut === 1
    ? t('1 file was left out: it is too large, or cannot be opened.')
    : t('{0} files were left out: they are too large, or cannot be opened.', formatCount(leftOut));
}

/** "Start with the 20 Surest"; undefined where there is nothing to review. */
export function startText(places: number, t: Translate): string | undefined {
  if (places === 0) return undefined;
  return places === 1 ? t('Review It') : t('Start with the {0} Surest', places);
}

/** What to do next where there is nothing to review. */
export function nextText({ evidence, disagreements, suggestions }: DisagreementCount, t: Translate): string {
  if (evidence === 'none')
    return t('Next: label more text, or look at the labels that it gives to other text.');
  if (evidence === 'unknown') return t('Next: train again, or go through one file with Review Labels.');
  return disagreements + suggestions > 0
    ? t('All of the rest is to be kept as it is.')
    : t('Next: Find Label Errors judges the training data, too.');
}

/** What the message at the end of a run offers. */
export function endActions(
  { id, corpus, column }: { readonly id: string; readonly corpus: string; readonly column: string },
  { evidence }: Pick<DisagreementCount, 'evidence'>,
  places: number,
  t: Translate,
): { readonly title: string; readonly command: string; readonly argument?: unknown }[] {
  const start = startText(places, t);
  if (start !== undefined)
    return [{ title: start, command: 'rnnTagger.reviewSurestDisagreements', argument: { run: id } }];
  if (evidence === 'none') return [{ title: t('Show Queue'), command: 'rnnTagger.queue.focus' }];
  if (evidence === 'unknown') return [];
  const argument = { corpus, column };
  return [{ title: t('Find Label Errors'), command: 'rnnTagger.findLabelErrors', argument }];
}
