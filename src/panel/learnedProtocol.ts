/** What the page and the extension say to each other of what a run's model has learned. */
import type { ScoreDetails } from '../model/scores';
import type { Learned, RunDetails, WorstSentence } from '../run/learned';

export type FromLearned =
  /** Somebody looks at it: `learned` answers. */
  | { readonly type: 'learned.read'; readonly run: string }
  /** Open the tokens with these labels. */
  | {
      readonly type: 'learned.tokens';
      readonly run: string;
      readonly gold: string;
      readonly predicted: string;
    }
  /** Label text with the model of the run: that of its best epoch. */
  | { readonly type: 'learned.use'; readonly run: string }
  /** Open one of the worst sentences, by its place in their list. */
  | { readonly type: 'learned.sentence'; readonly run: string; readonly place: number };

/** No details: the run has none, or they cannot be read. */
export interface ToLearned {
  readonly type: 'learned';
  readonly run: string;
  readonly details?: ShownDetails;
}

export interface ShownDetails {
  readonly development?: ScoreDetails;
  readonly test?: ScoreDetails;
  readonly learned?: ShownLearned;
}

/** Without the texts that only the extension needs. */
export interface ShownLearned extends Pick<Learned, 'reliability' | 'knownWords' | 'unknownWords'> {
  /** The confusions whose tokens can be opened. */
  readonly opened: readonly (readonly [gold: string, predicted: string])[];
  readonly worst: readonly ShownSentence[];
}

export interface ShownSentence extends Omit<WorstSentence, 'sentence'> {
  readonly words: string;
}

/** UTF-16 units of a sentence that the page shows at most. */
const mostWords = 400;

/** What the page is sent. */
export function shownDetails({ development, test, learned }: RunDetails): ShownDetails {
  return {
    ...(development && { development }),
    ...(test && { test }),
    ...(learned && { learned: shownLearned(learned) }),
  };
}

function shownLearned({ sentences, tokens, worst, ...learned }: Learned): ShownLearned {
  return {
    ...learned,
    opened: tokens.map(({ gold, predicted }) => [gold, predicted] as const),
    worst: worst.map(({ sentence, ...rest }) => ({
      ...rest,
      words: sentences[sentence].words.slice(0, mostWords),
    })),
  };
}
