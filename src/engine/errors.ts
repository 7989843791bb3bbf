import { InputError } from '../common/problem';
import { DeviceLostError } from '../kernels/kernels';
import { WorkerError } from './engine';
import type { EngineError } from './protocol';

/** An error as plain data, to cross from a worker to its host. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof InputError) {
    const { file, line, hint } = error.details;
    return { name: error.name, message: error.message, hint, file, line };
  }
  if (error instanceof Error) {
    const hint =
      error.name === 'RangeError' && /allocat|array buffer|array length/i.test(error.message)
        ? 'There is not enough memory: fewer hidden units or a smaller corpus need less.'
        : undefined;
    return { name: error.name, message: error.message, hint, stack: error.stack };
  }
  return { name: 'Error', message: String(error) };
}

/** The error again, on the host. */
export function fromEngineError(error: EngineError): Error {
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
