/** Finds in the files of a corpus what a model has not been trained on. */
import { unreadText, unseenText } from '../corpus/queue/unseenText';
import type { UnseenColumn, UnseenFile } from '../corpus/queue/unseenText';
import { readSource } from './source';
import type { SourceFile } from './sourceFile';

export interface UnseenSources extends UnseenColumn {
  /** All files where a tenth is held out; else those that are named as development data. */
  readonly files: readonly SourceFile[];
  /** Texts of the corpus that are not labelled to their end. */
  readonly inProgress: readonly SourceFile[];
  readonly replaceInvalidBytes: boolean;
  /** By which a tenth is held out. */
  readonly seed?: number;
}

export interface UnseenText {
  /** Text with labels that is measured by. */
  readonly development: readonly UnseenFile[];
  /** Text that nobody has labelled yet. */
  readonly unread: readonly UnseenFile[];
}

/** @throws {InputError} the files' formats differ, or they have no such column. */
export function unseenSources({
  files,
  inProgress,
  replaceInvalidBytes,
  seed,
  ...column
}: UnseenSources): UnseenText {
  const sources = files.flatMap((source) => {
    const { file } = readSource(source, replaceInvalidBytes);
    return file ? [{ file, path: source.path }] : [];
  });
  const unread = inProgress.flatMap((source) => {
    const { companion } = source;
    if (!companion) return [];
    const { file: whole } = readSource(
      { ...source, companion: { ...companion, inProgress: false } },
      replaceInvalidBytes,
    );
    const { file: learned } = readSource(source, replaceInvalidBytes);
    return whole ? [unreadText(whole, learned)] : [];
  });
  return {
    development: unseenText(sources, column, seed),
    unread: unread.filter(({ sentences }) => sentences > 0),
  };
}
