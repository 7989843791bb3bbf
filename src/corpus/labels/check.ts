import { shownName } from '../../common/shownText';
import type { Column, CorpusFile } from '../corpus';
import type { ProblemList } from '../problems';
import { isLabelColumn, maximumLabels } from './columns';
import { partsUnder } from './notation';
import { gatherEvidence, schemeOf } from './scheme';
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
  const strays = new Set(column.values.flatMap((_, id) => (parts[id] ? [] : [id])));
  for (let sentence = 0; sentence < corpusFile.sentences; sentence++) {
    const end = corpusFile.sentenceStart[sentence + 1];
    for (let t = corpusFile.sentenceStart[sentence]; t < end; t++) {
      const id = column.ids[t];
      const line = corpusFile.line[t];
      if (strays.delete(id)) {
        const what = `The label “${shownName(column.values[id])}” is outside the scheme of ${shownName(column.name)} (${scheme})`;
        const advice =
          'expected O, or B, I, E or S with a type, such as B-PER. It counts as outside of any span.';
        problems.add('warning', 'unknown-label', `${what}: ${advice}`, { line });
        continue;
      }
      const label = parts[id];
      const before = t > corpusFile.sentenceStart[sentence] ? parts[column.ids[t - 1]] : undefined;
      const fits = mayFollow(before, label, scheme) && (t + 1 < end || mayFollow(label, undefined, scheme));
      if (label && !fits) {
        const place = before ? ` after “${shownName(column.values[column.ids[t - 1]])}”` : '';
        const what = `The label “${shownName(column.values[id])}” cannot stand here in ${scheme}${place}.`;
        problems.add(
          'information',
          'label-out-of-place',
          `${what} It is read as conlleval reads it: the span is repaired.`,
          { line },
        );
      }
    }
  }
}
