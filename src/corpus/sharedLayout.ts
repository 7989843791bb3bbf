import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import { shownName, shownNames } from '../common/shownText';
import type { CorpusFile, CorpusLayout } from './corpus';
import { commonLayout, findColumn, signatureOf } from './formats/layout';
import { mayHoldLabels, offeredColumns } from './labels/columns';
import { summariseColumn } from './labels/summary';

/**
 * What the files have in common.
 * @throws {InputError} they are of two corpora.
 */
export function sharedLayout(files: readonly CorpusFile[]): CorpusLayout {
  const odd = files.find((file) => signatureOf(file.layout) !== signatureOf(files[0].layout));
  if (odd) {
    const [own, others] = [odd, files[0]].map(({ layout }) => shownNames(layout.columns));
    throw new InputError(l10n.t('Its columns are {0}; those of {1} are {2}.', own, files[0].file, others), {
      file: odd.file,
      hint: l10n.t('Train on files with the same columns.'),
    });
  }
  return commonLayout(files);
}

/** The position of the label column. */
export function resolveLabelColumn(
  layout: CorpusLayout,
  files: readonly CorpusFile[],
  column: string,
): number {
  const name = findColumn(layout, column);
  const index = name === undefined ? -1 : layout.columns.indexOf(name);
  if (index >= 0 && mayHoldLabels(layout, index)) return index;
  const summaries = files.map((file) => file.columns.map((kept) => summariseColumn(file, kept, file.layout)));
  const offered = offeredColumns(layout, summaries).map((offer) => offer.name);
  const what =
    name === undefined
      ? l10n.t('There is no column {0}.', shownName(column))
      : l10n.t('{0} holds no labels.', shownName(name));
  throw new InputError(what, {
    file: files[0].file,
    hint:
      offered.length > 0
        ? l10n.t('Columns with labels: {0}.', shownNames(offered))
        : l10n.t('No column of these files has two or more labels.'),
  });
}
