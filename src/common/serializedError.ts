import { DeviceLostError, InputError, WorkerError } from './errors';
import * as l10n from './l10n';

/** An error as it crosses from a worker to its host, or is kept. `hint` says what the user can do. */
export interface SerializedError {
  readonly name: string;
  readonly message: string;
  readonly hint?: string;
  readonly file?: string;
  readonly line?: number;
  readonly stack?: string;
}

/** An error as plain data, to cross from a worker to its host. */
export function serializeError(error: unknown): SerializedError {
  if (error instanceof InputError) {
    const { file, line, hint } = error.details;
    return { name: error.name, message: error.message, hint, file, line };
  }
  if (error instanceof Error) {
    const hint =
      error.name === 'RangeError' && /allocat|array buffer|array length/i.test(error.message)
        ? l10n.t('There is not enough memory: fewer hidden units or a smaller corpus need less.')
        : undefined;
    return { name: error.name, message: error.message, hint, stack: error.stack };
  }
  return { name: 'Error', message: String(error) };
}

/** The error again, on the host. */
export function deserializeError(error: SerializedError): Error {
  if (error.name === 'InputError')
    return new InputError(error.message, { file: error.file, line: error.line, hint: error.hint });
  const kinds: Record<string, (new (message: string) => Error) | undefined> = {
    WorkerError,
    DeviceLostError,
    RangeError,
  };
  const result = new (kinds[error.name] ?? Error)(error.message);
  if (error.stack) result.stack = error.stack;
  return result;
}
