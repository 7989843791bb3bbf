import { InputError } from '../common/errors';
import { fileFault } from '../common/fileFaults';

/** A fault of the file system in a sentence. */
export function fileError(error: unknown, file: string): InputError {
  return error instanceof InputError ? error : new InputError(fileFault(error), { file });
}
