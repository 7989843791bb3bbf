/** What the view of the queue says besides its rows. */
import type { QueueFilter } from '../../corpus/queue/queue';
import type { Translate } from '../translate';
import { joined } from './itemText';
import { filterText, progressText } from './queueNodes';

/**
 * Which words an empty view has (`viewsWelcome` in the manifest). `filling` and `doneInPart` have none: there a
 * message says how it is.
 */
export type QueueState = 'filling' | 'open' | 'noCorpus' | 'noModel' | 'filtered' | 'done' | 'doneInPart';

export interface QueueFacts {
  /** Rows. */
  readonly open: number;
  readonly answered: number;
  /** Sentences are listed, since no model has learned any of the corpora. */
  readonly isCold: boolean;
  /** Nothing is left to look through. */
  readonly isFilled: boolean;
  readonly isTraining: boolean;
  readonly hasCorpora: boolean;
  readonly progress?: { readonly done: number; readonly all: number };
  /** Files. */
  readonly leftOut: { readonly tooLarge: number; readonly unreadable: number };
  readonly filter: QueueFilter;
}

export interface QueueTelling {
  readonly message?: string;
  readonly description?: string;
  readonly badge?: { readonly value: number; readonly tooltip: string };
  readonly state: QueueState;
}

export function queueTelling(facts: QueueFacts, t: Translate): QueueTelling {
  const { open, isCold } = facts;
  const state = stateOf(facts);
  const filter = filterText(facts.filter, t);
  const answered = isCold ? undefined : progressText(facts.answered, open, t);
  const leftOut = isCold ? undefined : leftOutText(facts.leftOut, t);
  const tooltip = open === 1 ? t('1 question') : t('{0} questions', open);
  // Where there is a message, VS Code does not say what to do with an empty view.
  const isWelcome = state !== 'open' && state !== 'filling' && state !== 'doneInPart';
  const message = isWelcome ? '' : joined(messageOf(facts, state, answered, leftOut, t));
  const description = filter === '' && isWelcome ? answered : filter;
  return {
    state,
    ...(message !== '' && { message }),
    ...(description !== undefined && { description }),
    ...(!isCold && open > 0 && { badge: { value: open, tooltip } }),
  };
}

function stateOf({ open, isFilled, isCold, hasCorpora, leftOut, filter }: QueueFacts): QueueState {
  if (open > 0) return 'open';
  if (!isFilled) return 'filling';
  if (!hasCorpora) return 'noCorpus';
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  if (isFiltered) return 'filtered';
  if (isCold) return 'noModel';
  return leftOut.tooLarge + leftOut.unreadable > 0 ? 'doneInPart' : 'done';
}

function messageOf(
  { isCold, isTraining, progress }: QueueFacts,
  state: QueueState,
  answered: string | undefined,
  leftOut: string | undefined,
  t: Translate,
): (string | undefined)[] {
  const reading = isTraining
    ? t('looked through again once the run is over')
    : progress
      ? t('looking through files: {0} of {1}', progress.done, progress.all)
      : state === 'filling'
        ? t('files are looked through soon')
        : undefined;
  if (isCold && state === 'open')
    return [t('Without a model, in random order: label some, then train.'), reading];
  return [answered, state === 'doneInPart' ? t('Nothing else is left to ask.') : undefined, reading, leftOut];
}

function leftOutText({ tooLarge, unreadable }: QueueFacts['leftOut'], t: Translate): string | undefined {
  const texts = [
    tooLarge === 1
      ? t('1 file is too large to be looked through')
      : tooLarge > 1 && t('{0} files are too large to be looked through', tooLarge),
    unreadable === 1
      ? t('1 file could not be looked through: see the log')
      : unreadable > 1 && t('{0} files could not be looked through: see the log', unreadable),
  ].filter((text) => text !== false);
  return texts.length === 0 ? undefined : joined(texts);
}
