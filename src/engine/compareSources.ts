import { InputError } from '../common/errors';
import type { CorpusFile } from '../corpus/corpus';
import { signatureOf } from '../corpus/formats/layout';
import { resolveLabelColumn } from '../corpus/sharedLayout';
import { compareLabels } from '../training/labelComparison';
import type { LabelComparison } from '../training/labelComparison';
import { readSource } from './source';
import type { SourceFile } from './sourceFile';

export interface CompareSources {
  readonly left: SourceFile;
  readonly right: SourceFile;
  /** The label column of the left file, by name or number from 1. */
  readonly column: string;
  readonly replaceInvalidBytes: boolean;
}

/**
 * Compares the labels of two files: of one shape the same column, otherwise that of the same name.
 * @throws {InputError} one of them cannot be read or has no such column, or there is nothing to compare.
 */
export function compareSources(request: CompareSources): LabelComparison {
  const { left, right, column, replaceInvalidBytes } = request;
  const [a, b] = [left, right].map((source) => fileOf(source, replaceInvalidBytes));
  const label = resolveLabelColumn(a.layout, [a], column);
  const isSameShape = signatureOf(a.layout) === signatureOf(b.layout);
  return compareLabels(
    { file: a, label },
    { file: b, label: isSameShape ? label : resolveLabelColumn(b.layout, [b], a.layout.columns[label]) },
  );
}

function fileOf(source: SourceFile, replaceInvalidBytes: boolean): CorpusFile {
  const { file, problems } = readSource(source, replaceInvalidBytes);
  if (file) return file;
  throw new InputError(problems.at(0)?.message ?? 'It could not be read.', {
    file: source.file,
    hint: 'Compare two files with labels.',
  });
}
