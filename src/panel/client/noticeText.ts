import { formatCount } from '../../common/figures';
import { windowLength } from '../../corpus/windowLength';
import type { RunNotice } from '../../run/runNotice';

/** A notice in words. */
export function noticeText(notice: RunNotice): string {
  switch (notice.type) {
    case 'heldOut':
      return 'No file is named as development data: a tenth of the documents is held out for it.';
    case 'longSentences':
      return notice.count === 1
        ? `One sentence is longer than ${windowLength} tokens: it is trained in windows that carry the state forward.`
        : `${formatCount(notice.count)} sentences are longer than ${windowLength} tokens: they are trained in windows that carry the state forward.`;
    case 'moved': {
      const { from, to, why } = notice;
      return from === to
        ? `The run went on from its last checkpoint with a fresh worker. ${why}`
        : `The run went on from its last checkpoint on ${to}, without ${from}. ${why}`;
    }
    case 'text':
      return notice.text;
  }
}
