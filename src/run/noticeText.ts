import { formatCount } from '../common/figures';
import * as l10n from '../common/l10n';
import { windowLength } from '../corpus/windowLength';
import { tooFewToScore } from '../model/scores';
import type { Scores } from '../model/scores';
import type { RunNotice } from './runNotice';

/** A notice in words. */
export function noticeText(notice: RunNotice): string {
  switch (notice.type) {
    case 'heldOut':
      return l10n.t('No file is named as development data: a tenth of the documents is held out for it.');
    case 'longSentences':
      return notice.count === 1
        ? l10n.t(
            'One sentence is longer than {0} tokens: it is trained in windows that carry the state forward.',
            windowLength,
          )
        : l10n.t(
            '{0} sentences are longer than {1} tokens: they are trained in windows that carry the state forward.',
            formatCount(notice.count),
            windowLength,
          );
    case 'moved': {
      const { from, to, why } = notice;
      return from === to
        ? l10n.t('The run went on from its last checkpoint with a fresh worker. {0}', why)
        : l10n.t('The run went on from its last checkpoint on {0}, without {1}. {2}', to, from, why);
    }
    case 'learningRate':
      return l10n.t(
        'The learning rate was changed to {0} after step {1}.',
        notice.learningRate,
        formatCount(notice.step),
      );
    case 'text':
      return notice.text;
  }
}

/** Where there is too little development data for its scores to say much. */
export function tooFewText(scores: Scores): string | undefined {
  const few = tooFewToScore(scores);
  if (few === undefined) return undefined;
  return scores.spans
    ? l10n.t('Spans in the development data: {0}. That is too few: its scores say little.', formatCount(few))
    : l10n.t(
        'Tokens in the development data: {0}. That is too few: its scores say little.',
        formatCount(few),
      );
}
