import * as l10n from '../../common/l10n';
import type { ProblemFix } from '../../common/problem';
import { shownName } from '../../common/shownText';
import type { Column, CorpusFile, LabelScheme } from '../corpus';
import type { ProblemList } from '../problems';
import { isLabelColumn, maximumLabels } from './columns';
import type { LabelPlaces } from './labelPlaces';
import { reportLikelySlips, slipsOfTags, slipsOfTypes } from './likelySlips';
import { partsUnder } from './notation';
import type { LabelParts } from './notation';
import { PlaceChecker } from './outOfPlace';
import { evidenceOf, schemeOf } from './scheme';
import { isLike } from './slips';

/**
 * Reports what is wrong with a file's labels: of no use to learn from, outside their scheme, or out of place
 * in it.
 */
export function checkLabels(corpusFile: CorpusFile, places: LabelPlaces, problems: ProblemList): void {
  if (corpusFile.tokens === 0) return;
  const { layout } = corpusFile;
  const labelled = corpusFile.columns.filter((column) => column.name !== layout.columns[layout.form]);
  const candidates = labelled.filter(
    (column) => isLabelColumn(layout, column.name) || column.values.length <= maximumLabels,
  );
  if (candidates.length > 0 && candidates.every((column) => column.values.length === 1)) {
    const last = candidates[candidates.length - 1];
    const what = l10n.t('Every token of this file is labelled “{0}”', shownName(last.values[0]));
    problems.add(
      'warning',
      'one-label',
      l10n.t('{0}: there is nothing to learn from one label alone.', what),
      {
        line: corpusFile.line[0],
      },
    );
  }
  for (const column of candidates) {
    const scheme = isLabelColumn(layout, column.name)
      ? 'none'
      : (layout.scheme ?? schemeOf(evidenceOf(corpusFile, column)));
    if (scheme === 'none') reportLikelySlips(column, slipsOfTags(corpusFile, column), places, problems);
    else if (scheme !== 'IO') checkSpans(corpusFile, column, scheme, places, problems);
  }
}

function checkSpans(
  corpusFile: CorpusFile,
  column: Column,
  scheme: LabelScheme,
  places: LabelPlaces,
  problems: ProblemList,
): void {
  const parts = column.values.map((value) => partsUnder(value, scheme));
  reportLikelySlips(column, slipsOfTypes(column, parts), places, problems);
  const checker = new PlaceChecker(column.values, scheme);
  const strays = new Set(column.values.flatMap((_, id) => (parts[id] ? [] : [id])));
  for (let sentence = 0; sentence < corpusFile.sentences; sentence++) {
    const first = corpusFile.sentenceStart[sentence];
    const end = corpusFile.sentenceStart[sentence + 1];
    for (let t = first; t < end; t++) {
      const id = column.ids[t];
      if (strays.size > 0 && strays.delete(id)) {
        const what = l10n.t(
          'The label “{0}” is outside the scheme of {1} ({2})',
          shownName(column.values[id]),
          shownName(column.name),
          scheme,
        );
        const advice = l10n.t(
          'expected O, or B, I, E or S with a type, such as B-PER. It counts as outside of any span.',
        );
        problems.add('warning', 'unknown-label', l10n.t('{0}: {1}', what, advice), {
          ...places.of(column, t),
          ...strayFix(column, id, parts),
        });
      }
    }
    for (const { token, code, message, to } of checker.inSentence(column.ids.subarray(first, end)))
      problems.add('information', code, message, {
        ...places.of(column, first + token),
        ...(to.length > 0 && { fix: { from: column.values[column.ids[first + token]], to } }),
      });
  }
}

/** The one label of the scheme that is like a stray one. */
function strayFix(
  { values }: Column,
  id: number,
  parts: readonly (LabelParts | undefined)[],
): { fix?: ProblemFix } {
  const like = values.filter((value, other) => parts[other] && isLike(values[id], value));
  return like.length === 1 ? { fix: { from: values[id], to: like } } : {};
}
