import { shownName } from '../../common/shownText';

/** An item of a tree as text: all of it is plain, whatever labels and files are called. */
export interface ItemText {
  readonly label: string;
  readonly description: string;
  /** Lines. */
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
}

/** "a · b", without what is missing. */
export function joined(parts: readonly (string | undefined)[], by = ' · '): string {
  return parts.filter((part) => part !== undefined && part !== '').join(by);
}

/** @param more lines of the tooltip alone. */
export function itemText(
  label: string,
  description: readonly (string | undefined)[],
  more: readonly (string | undefined)[] = [],
): ItemText {
  return {
    label,
    description: joined(description),
    tooltip: joined([label, ...description, ...more], '\n'),
    spoken: joined([label, ...description], ', '),
  };
}

/** A file's path, from its URI as text. */
export function pathOf(file: string): string {
  const path = file.replace(/^[a-z][\w+.-]*:\/\/[^/]*/i, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The last part of it. */
export function fileNameOf(file: string): string {
  const path = pathOf(file);
  return shownName(path.slice(path.lastIndexOf('/') + 1));
}
