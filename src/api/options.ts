/** Checks what other extensions hand over: nothing says that they were compiled against the declarations. */
import { shownName, shownNames } from '../common/shownText';
import { ApiError } from './apiError';

/**
 * The fields of an options object; of none, none.
 * @throws ApiError that names what is wrong.
 */
export function checkOptions<Name extends string>(
  options: unknown,
  names: readonly Name[],
): { readonly [name in Name]?: unknown } {
  if (options === undefined || options === null) return {};
  if (typeof options !== 'object' || Array.isArray(options))
    throw new ApiError('invalid-argument', `The options must be an object with ${names.join(', ')}.`);
  const unknown = Object.keys(options).filter((name) => !(names as readonly string[]).includes(name));
  if (unknown.length > 0)
    throw new ApiError(
      'invalid-argument',
      `The options have no "${shownNames(unknown)}". There is: ${names.join(', ')}.`,
    );
  return options;
}

export function plainText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new ApiError('invalid-argument', `${name} must be a text, but is ${shownValue(value)}.`);
}

function shownValue(value: unknown): string {
  return value === null || typeof value !== 'object' ? shownName(String(value)) : 'an object';
}
