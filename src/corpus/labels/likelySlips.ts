/** Labels of a file that are likely slips for others, by column. */
import * as l10n from '../../common/l10n';
import { shownName } from '../../common/shownText';
import type { Column, CorpusFile } from '../corpus';
import type { ProblemList } from '../problems';
import { isLabelColumn } from './columns';
import type { LabelPlaces } from './labelPlaces';
import type { LabelParts } from './notation';
import { isLike, isLikeButForCase, likelyMeant } from './slips';

/** A label that is likely a slip. */
interface Slip {
  /** What is wrong, without a full stop. */
  readonly what: string;
  /** The label that was likely meant. */
  readonly meant: string;
}

/** By the number of a label in its column. */
type Slips = ReadonlyMap<number, Slip>;

/** The parts of speech of Universal Dependencies (universaldependencies.org/u/pos). */
const universalTags: ReadonlySet<string> = new Set(
  'ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X'.split(' '),
);

/** Tags are compared where a column has no more of them, and each occurs so many times on average. */
const mostTags = 80;
const timesEach = 10;

/** Shorter tags differ by a letter as a matter of course: VBN and VBD. */
const shortestTag = 4;

/** Types of spans that are rare, and one letter from a frequent one. */
export function slipsOfTypes(column: Column, parts: readonly (LabelParts | undefined)[]): Slips {
  const types = countsOf(column.ids, (id) => parts[id]?.type ?? '');
  const slips = new Map<number, Slip>();
  const meant = new Map(types.map(({ label, count }) => [label, likelyMeant(label, count, types)]));
  column.values.forEach((value, id) => {
    const type = parts[id]?.type ?? '';
    const like = type === '' ? undefined : meant.get(type);
    if (like === undefined) return;
    const what = l10n.t(
      'The type “{0}” is rare here, and like “{1}”, which is frequent',
      shownName(type),
      shownName(like),
    );
    slips.set(id, { what, meant: value.replace(type, () => like) });
  });
  return slips;
}

/**
 * Plain labels that are likely slips: in a column of universal parts of speech what is like one of them and is
 * none; else what is rare, and like a frequent one. Of tag sets whose tags are like each other only those that
 * differ in case alone.
 */
export function slipsOfTags({ layout }: CorpusFile, column: Column): Slips {
  const { name, values } = column;
  const tags = countsOf(column.ids, (id) => values[id]);
  const slips = new Map<number, Slip>();
  if (layout.kind === 'conllu' && name === 'UPOS') {
    const used = values.filter((value) => universalTags.has(value));
    values.forEach((value, id) => {
      if (universalTags.has(value) || value === '_') return;
      const like = used.filter((tag) => isLike(value, tag));
      const what = l10n.t(
        '“{0}” is no part of speech of Universal Dependencies, and “{1}” is',
        shownName(value),
        shownName(like[0] ?? ''),
      );
      if (like.length === 1) slips.set(id, { what, meant: like[0] });
    });
    return slips;
  }
  const isTagSet = tags.length <= mostTags && column.ids.length >= timesEach * tags.length;
  if (!isTagSet) return slips;
  const systematic = isLabelColumn(layout, name);
  const meant = new Map(
    tags.map(({ label, count }) => {
      if (universalTags.has(label)) return [label, undefined];
      const comparable = tags.filter(
        (other) =>
          isLikeButForCase(label, other.label) ||
          (!systematic && Math.min(label.length, other.label.length) >= shortestTag),
      );
      return [label, likelyMeant(label, count, comparable)];
    }),
  );
  values.forEach((value, id) => {
    const like = meant.get(value);
    if (like === undefined) return;
    const what = l10n.t(
      'The label “{0}” is rare here, and like “{1}”, which is frequent',
      shownName(value),
      shownName(like),
    );
    slips.set(id, { what, meant: like });
  });
  return slips;
}

/** Reports each token with such a label. */
export function reportLikelySlips(
  column: Column,
  slips: Slips,
  places: LabelPlaces,
  problems: ProblemList,
): void {
  if (slips.size === 0) return;
  column.ids.forEach((id, t) => {
    const slip = slips.get(id);
    if (slip)
      problems.add('information', 'label-like-another', l10n.t('{0}: it may be a slip.', slip.what), {
        ...places.of(column, t),
        fix: { from: column.values[id], to: [slip.meant] },
      });
  });
}

function countsOf(ids: Uint32Array, labelOf: (id: number) => string): { label: string; count: number }[] {
  const byId = new Map<number, number>();
  for (const id of ids) byId.set(id, (byId.get(id) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [id, count] of byId) {
    const label = labelOf(id);
    if (label !== '') counts.set(label, (counts.get(label) ?? 0) + count);
  }
  return [...counts].map(([label, count]) => ({ label, count }));
}
