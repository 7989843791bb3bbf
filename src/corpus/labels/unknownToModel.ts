import * as l10n from '../../common/l10n';
import type { Problem } from '../../common/problem';
import { shownName } from '../../common/shownText';
import type { CorpusFile } from '../corpus';
import { keptAt } from '../corpusFile';
import { listedPerCode, ProblemList } from '../problems';
import { LabelPlaces } from './labelPlaces';
import { isLike } from './slips';

/** What a model has learned of a corpus. */
export interface KnownLabels {
  /** What a person calls the model. */
  readonly model: string;
  /** Position of the label column in the layout of the corpus. */
  readonly index: number;
  readonly labels: readonly string[];
}

/** More labels than this are not looked through for one that is like another. */
const mostCompared = 2000;

/**
 * Labels of a file that a model has never met, each at its place.
 *
 * @param text the text that the file was read from.
 * @param most so many are listed.
 */
export function labelsUnknownToModel(
  text: string,
  file: CorpusFile,
  known: KnownLabels,
  most = listedPerCode,
): readonly Problem[] {
  const column = keptAt(file, known.index);
  if (!column || known.index === file.layout.form) return [];
  const labels = new Set(known.labels);
  const strange = new Set(column.values.flatMap((value, id) => (labels.has(value) ? [] : [id])));
  if (strange.size === 0) return [];
  const places = new LabelPlaces(text, file);
  const problems = new ProblemList(file.file, most);
  const likes = new Map<number, readonly string[]>();
  const likeOf = (id: number): readonly string[] => {
    const value = column.values[id];
    let like = likes.get(id);
    if (!like)
      likes.set(
        id,
        (like =
          known.labels.length > mostCompared ? [] : known.labels.filter((label) => isLike(value, label))),
      );
    return like;
  };
  const advice = l10n.t('mend it, or train again for a model that knows it.');
  column.ids.forEach((id, t) => {
    if (!strange.has(id)) return;
    const value = column.values[id];
    const like = likeOf(id);
    const what = l10n.t(
      'The model of {0} does not know the label “{1}”',
      shownName(known.model),
      shownName(value),
    );
    problems.add('warning', 'label-unknown-to-model', l10n.t('{0}: {1}', what, advice), {
      ...places.of(column, t),
      ...(like.length === 1 && { fix: { from: value, to: like } }),
    });
  });
  return problems.finish();
}
