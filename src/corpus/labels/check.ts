import type { ProblemFix } from '../../common/problem';
import { shownName } from '../../common/shownText';
import type { Column, CorpusFile, LabelScheme } from '../corpus';
import type { ProblemList } from '../problems';
import { isLabelColumn, maximumLabels } from './columns';
import { lettersOf, partsUnder } from './notation';
import type { LabelParts } from './notation';
import { gatherEvidence, schemeOf } from './scheme';
import { isLike, likelyMeant, rareLabel } from './slips';
import { mayFollow } from './validity';

/**
 * Reports what is wrong with a file's labels: of no use to learn from, outside their scheme, or out of place
 * in it.
 */
export function checkLabels(corpusFile: CorpusFile, problems: ProblemList): void {
  if (corpusFile.tokens === 0) return;
  const { layout } = corpusFile;
  const labelled = corpusFile.columns.filter((column) => column.name !== layout.columns[layout.form]);
  const candidates = labelled.filter(
    (column) => isLabelColumn(layout, column.name) || column.values.length <= maximumLabels,
  );
  if (candidates.length > 0 && candidates.every((column) => column.values.length === 1)) {
    const last = candidates[candidates.length - 1];
    const what = `Every token of this file is labelled “${shownName(last.values[0])}”`;
    problems.add('warning', 'one-label', `${what}: there is nothing to learn from one label alone.`, {
      line: corpusFile.line[0],
    });
  }
  for (const column of candidates)
    if (!isLabelColumn(layout, column.name)) checkSpans(corpusFile, column, problems);
}

function checkSpans(corpusFile: CorpusFile, column: Column, problems: ProblemList): void {
  const scheme = corpusFile.layout.scheme ?? schemeOf(gatherEvidence(column, corpusFile.sentenceStart));
  if (scheme === 'none' || scheme === 'IO') return;
  const parts = column.values.map((value) => partsUnder(value, scheme));
  checkTypes(corpusFile, column, parts, problems);
  const strays = new Set(column.values.flatMap((_, id) => (parts[id] ? [] : [id])));
  for (let sentence = 0; sentence < corpusFile.sentences; sentence++) {
    const first = corpusFile.sentenceStart[sentence];
    const end = corpusFile.sentenceStart[sentence + 1];
    for (let t = first; t < end; t++) {
      const id = column.ids[t];
      const line = corpusFile.line[t];
      if (strays.delete(id)) {
        const what = `The label “${shownName(column.values[id])}” is outside the scheme of ${shownName(column.name)} (${scheme})`;
        const advice =
          'expected O, or B, I, E or S with a type, such as B-PER. It counts as outside of any span.';
        problems.add('warning', 'unknown-label', `${what}: ${advice}`, {
          line,
          ...strayFix(column, id, parts),
        });
        continue;
      }
      const label = parts[id];
      const before = t > first ? parts[column.ids[t - 1]] : undefined;
      const fits = mayFollow(before, label, scheme) && (t + 1 < end || mayFollow(label, undefined, scheme));
      if (label && !fits) {
        const place = before ? ` after “${shownName(column.values[column.ids[t - 1]])}”` : '';
        const what = `The label “${shownName(column.values[id])}” cannot stand here in ${scheme}${place}.`;
        problems.add(
          'information',
          'label-out-of-place',
          `${what} It is read as conlleval reads it: the span is repaired.`,
          {
            line,
            ...outOfPlaceFix(column.values[id], t > first ? column.values[column.ids[t - 1]] : '', scheme),
          },
        );
      }
    }
  }
}

/** Reports types that are rare, and one letter from a frequent one. */
function checkTypes(
  corpusFile: CorpusFile,
  column: Column,
  parts: readonly (LabelParts | undefined)[],
  problems: ProblemList,
): void {
  const counts = new Map<string, number>();
  for (const id of column.ids) {
    const type = parts[id]?.type;
    if (type) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const types = [...counts].map(([label, count]) => ({ label, count }));
  const meant = new Map<string, string>();
  for (const { label, count } of types) {
    const like = count <= rareLabel ? likelyMeant(label, count, types) : undefined;
    if (like !== undefined) meant.set(label, like);
  }
  if (meant.size === 0) return;
  column.ids.forEach((id, t) => {
    const type = parts[id]?.type ?? '';
    const like = meant.get(type);
    if (like === undefined) return;
    const value = column.values[id];
    const rare = `The type “${shownName(type)}” is rare here, and like “${shownName(like)}”, which is frequent`;
    problems.add('information', 'label-like-another', `${rare}: it may be a slip.`, {
      line: corpusFile.line[t],
      fix: { from: value, to: [value.replace(type, () => like)] },
    });
  });
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

/**
 * An I without its B becomes one; where it stands in a span of another type, its type may be the wrong one
 * instead.
 */
function outOfPlaceFix(value: string, before: string, scheme: LabelScheme): { fix?: ProblemFix } {
  if (lettersOf(scheme) !== 'IOB2') return {};
  const atEnd = scheme.endsWith('suffix') && value.length > 1;
  const letter = atEnd ? value[value.length - 1] : value[0];
  const withLetter = (label: string, own: string): string =>
    atEnd ? `${label.slice(0, -1)}${own}` : `${own}${label.slice(1)}`;
  const begin = letter === letter.toLowerCase() ? 'b' : 'B';
  const span = partsUnder(before, scheme);
  const to = [withLetter(value, begin)];
  if (span && span.prefix !== 'O' && span.type !== '') to.push(withLetter(before, letter));
  return { fix: { from: value, to } };
}
