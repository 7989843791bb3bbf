import { hasMark } from '../common/textMark';
import type { TextMark } from '../common/textMark';

/**
 * What a save of a text is about to make of its annotations, or what those in their file are to be where others,
 * which are unsaved in an editor, are thrown away.
 */
export interface JournalEntry {
  readonly version: 1;
  readonly text: string;
  readonly textBefore: TextMark;
  readonly textAfter: TextMark;
  readonly annotationsBefore: TextMark;
  readonly annotationsAfter: string;
  /** Unsaved annotations stand above them. */
  readonly isBelow?: true;
  readonly pid: number;
  readonly at: number;
}

/** What is to be done about a save that may have been cut off between the text and its annotations. */
export function outcomeOf(
  entry: JournalEntry,
  text: string | undefined,
  annotations: string | undefined,
): 'write' | 'nothing' | 'unclear' {
  if (text === undefined || annotations === entry.annotationsAfter) return 'nothing';
  // There may have been none before; those that were removed since stay so.
  if (annotations === undefined && entry.annotationsBefore.length > 0) return 'nothing';
  const isBefore = hasMark(annotations ?? '', entry.annotationsBefore);
  // Whoever has written one of the two since has seen to it, or thrown away both.
  if (entry.isBelow) return isBefore && hasMark(text, entry.textAfter) ? 'write' : 'nothing';
  if (hasMark(text, entry.textBefore)) return isBefore ? 'nothing' : 'unclear';
  return isBefore && hasMark(text, entry.textAfter) ? 'write' : 'unclear';
}

/** @returns undefined for what is no entry. */
export function entryOf(json: string): JournalEntry | undefined {
  try {
    const entry = JSON.parse(json) as Partial<JournalEntry> | null;
    const isSound =
      entry?.version === 1 &&
      typeof entry.text === 'string' &&
      typeof entry.annotationsAfter === 'string' &&
      typeof entry.pid === 'number' &&
      typeof entry.at === 'number' &&
      [entry.textBefore, entry.textAfter, entry.annotationsBefore].every(
        (mark) => typeof mark?.hash === 'string' && typeof mark.length === 'number',
      );
    return isSound ? (entry as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}
