/** The labels of a corpus with their counts, and those that may be mistakes. */
import type { CorpusFile, CorpusLayout, LabelColumn, LabelScheme } from '../corpus';
import { keptAt } from '../corpusFile';
import { partsUnder } from '../labels/notation';
import { likelyMeant } from '../labels/slips';
import { spansOf } from '../labels/spans';
import type { OddLabel, Place, ReportedLabels } from './corpusReport';

/** Odd labels that are listed. */
const mostOdd = 50;

export function describeLabels(
  { name, labels, scheme }: LabelColumn,
  files: readonly CorpusFile[],
  layout: CorpusLayout,
): ReportedLabels {
  const index = layout.columns.indexOf(name);
  const isSpans = scheme !== 'none';
  const counts = isSpans ? countTypes(files, index, scheme) : labels;
  // Of spans, types are looked at: B-PER and I-PER are one letter from another.
  const odd = oddLabels(counts).slice(0, mostOdd);
  const wanted = new Set(odd.map(({ label }) => label));
  const key = (value: string): string | undefined => (isSpans ? partsUnder(value, scheme)?.type : value);
  const places = firstPlaces(files, index, wanted, key);
  return {
    column: name,
    scheme,
    labels: counts,
    odd: odd.flatMap((each) => {
      const place = places.get(each.label);
      return place ? [{ ...each, ...place }] : [];
    }),
  };
}

function countTypes(
  files: readonly CorpusFile[],
  index: number,
  scheme: LabelScheme,
): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const column = keptAt(file, index);
    if (!column) continue;
    for (let s = 0; s < file.sentences; s++) {
      const ids = column.ids.subarray(file.sentenceStart[s], file.sentenceStart[s + 1]);
      const values = Array.from(ids, (id) => column.values[id]);
      for (const { type } of spansOf(values, scheme)) counts.set(type, (counts.get(type) ?? 0) + 1);
    }
  }
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
}

function oddLabels(
  labels: readonly { readonly label: string; readonly count: number }[],
): Omit<OddLabel, keyof Place>[] {
  return labels.flatMap(({ label, count }) => {
    const like = likelyMeant(label, count, labels);
    if (like !== undefined) return [{ label, count, like }];
    return count === 1 ? [{ label, count }] : [];
  });
}

function firstPlaces(
  files: readonly CorpusFile[],
  index: number,
  wanted: Set<string>,
  key: (value: string) => string | undefined,
): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const file of files) {
    const column = keptAt(file, index);
    if (!column || wanted.size === 0) continue;
    const keys = column.values.map((value) => {
      const own = key(value);
      return own !== undefined && wanted.has(own) ? own : undefined;
    });
    if (keys.every((own) => own === undefined)) continue;
    for (let t = 0; t < file.tokens; t++) {
      const own = keys[column.ids[t]];
      if (own !== undefined && wanted.delete(own)) places.set(own, { file: file.file, line: file.line[t] });
    }
  }
  return places;
}
