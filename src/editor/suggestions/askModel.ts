/** Asks a language model for labels, and reads what it says within bounds. Knows nothing of the editor. */
import { InputError } from '../../common/errors';
import { checkAnswer } from '../../corpus/suggestions/answer';
import type { CheckedAnswer } from '../../corpus/suggestions/answer';
import type { AskedLabels } from '../../corpus/suggestions/request';

/** A longer answer is cut off, in UTF-16 units: what was asked for is shorter. */
const longestAnswer = 1_000_000;

/** An answer that was read, or why nothing is taken from it. */
export type Answered = CheckedAnswer | { readonly unreadable: string };

/** @throws whatever the model does where it refuses, or is cancelled. */
export async function answerOf(stream: AsyncIterable<string>, asked: AskedLabels): Promise<Answered> {
  let answer = '';
  for await (const part of stream) {
    answer += part;
    if (answer.length > longestAnswer) return { unreadable: 'The answer is far too long.' };
  }
  try {
    return checkAnswer(answer, asked);
  } catch (error) {
    if (error instanceof InputError) return { unreadable: error.message };
    throw error;
  }
}
