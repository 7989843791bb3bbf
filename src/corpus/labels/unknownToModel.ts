import type { Problem } from '../../common/problem';
import { shownName } from '../../common/shownText';
import type { CorpusFile } from '../corpus';
import { keptAt } from '../corpusFile';
import { ProblemList } from '../problems';
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
 */
export function labelsUnknownToModel(text: string, file: CorpusFile, known: KnownLabels): readonly Problem[] {
  const column = keptAt(file, known.index);
  if (!column || known.index === file.layout.form) return [];
  const labels = new Set(known.labels);
  const strange = new Set(column.values.flatMap((value, id) => (labels.has(value) ? [] : [id])));
  if (strange.size === 0) return [];
  const places = new LabelPlaces(text, file);
  const problems = new ProblemList(file.file);
  const advice = 'mend it, or train again for a model that knows it.';
  column.ids.forEach((id, t) => {
    if (!strange.has(id)) return;
    const value = column.values[id];
    const like =
      known.labels.length > mostCompared ? [] : known.labels.filter((label) => isLike(value, label));
    const what = `The model of ${shownName(known.model)} does not know the label “${shownName(value)}”`;
    problems.add('warning', 'label-unknown-to-model', `${what}: ${advice}`, {
      ...places.of(column, t),
      ...(like.length === 1 && { fix: { from: value, to: like } }),
    });
  });
  return problems.finish();
}
