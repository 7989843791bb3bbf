import { messageWithHint } from '../common/errors';
import type { ErrorCode, RnnTaggerError } from './rnn-tagger';

/** What the API rejects with. */
export class ApiError extends Error implements RnnTaggerError {
  override readonly name = 'RnnTaggerError';

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Whatever was thrown, under a code where it has none; an error that VS Code knows stays as it is. */
export function apiError(thrown: unknown, code: ErrorCode): Error {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof Error && thrown.name === 'Canceled') return thrown;
  return new ApiError(code, messageWithHint(thrown));
}

/** Does a part of the work: what it throws has that code. */
export async function withCode<T>(code: ErrorCode, work: () => T | PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw apiError(error, code);
  }
}
