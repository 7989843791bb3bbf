import { shownName } from '../common/shownText';

/** The last part of a path, as text to be shown. */
export function fileName({ path }: { readonly path: string }): string {
  return shownName(path.slice(path.lastIndexOf('/') + 1));
}
