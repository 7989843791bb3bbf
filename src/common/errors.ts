import * as l10n from './l10n';

/** The errors that callers tell apart. */

/**
 * A fault that a person can mend: its message says what is wrong, `hint` what to do, `file` and `line` where.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(
    message: string,
    readonly details: { readonly file?: string; readonly line?: number; readonly hint?: string } = {},
  ) {
    super(message);
  }
}

/** Shapes that do not fit an operation: a fault of the program, with the operation's name and the shapes. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/**
 * The device is gone (context lost, worker ended, out of memory). Nothing that it held can be read any more.
 */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
}

/** A worker ended unasked: it crashed, ran out of memory, or could not be started. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
}

/** A backend that a trainer cannot be started in; `cause` says why. */
export class BackendError extends Error {
  override readonly name = 'BackendError';

  constructor(override readonly cause: unknown) {
    super(messageWithHint(cause));
  }
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The message of whatever was thrown, with the hint where it is an {@link InputError}. */
export function messageWithHint(thrown: unknown): string {
  if (thrown instanceof InputError && thrown.details.hint)
    return l10n.t('{0} {1}', thrown.message, thrown.details.hint);
  return messageOf(thrown);
}

/** Whatever was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Where it was thrown, for a log; the message alone where that is not known. */
export function stackOf(thrown: unknown): string {
  return (thrown instanceof Error && thrown.stack) || messageOf(thrown);
}
