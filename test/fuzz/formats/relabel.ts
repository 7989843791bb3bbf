/** Labels a file anew, and reads what was written. */
import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import type { CorpusFile } from '../../../src/corpus/corpus';
import { formatOf } from '../../../src/corpus/formats';
import type { Companion } from '../../../src/corpus/formats/format';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { formOf, labelledSpans, visible, wordsOf } from './faithful';

/** Labels in IOB2 for all tokens, the same for the same number. */
function newLabels(file: CorpusFile, choice: number, types: readonly string[]): string[] {
  const labels: string[] = [];
  for (let s = 0; s < file.sentences; s++) {
    let open: string | undefined;
    for (let t = file.sentenceStart[s]; t < file.sentenceStart[s + 1]; t++) {
      const drawn = (choice * (t + 7) * 2654435761) % 7;
      const type = types[(choice + t) % types.length];
      if (drawn < 3) open = undefined;
      else if (open === undefined || drawn < 5) open = type;
      else {
        labels.push(`I-${open}`);
        continue;
      }
      labels.push(open === undefined ? 'O' : `B-${open}`);
    }
  }
  return labels;
}

/** Words of one to three characters, those of a line; where spaces of other scripts stay, the words of the file. */
function newBorders(file: CorpusFile, choice: number): string[] {
  const labels: string[] = [];
  for (let s = 0; s < file.sentences; s++) {
    const end = file.sentenceStart[s + 1];
    for (let t = file.sentenceStart[s]; t < end;) {
      const length = Math.min(end - t, 1 + ((choice * (t + 7) * 2654435761) % 3));
      labels.push(...(length === 1 ? 'S' : `B${'M'.repeat(length - 2)}E`));
      t += length;
    }
  }
  return labels;
}

/** What is written with other labels has exactly these, and the words that were there. */
export function checkRelabelled(
  text: string,
  file: CorpusFile,
  companion: Companion | undefined,
  choice: number,
): void {
  const { layout } = file;
  const format = formatOf(layout);
  const word = layout.columns[layout.form];
  for (const { name } of file.columns) {
    if (name === word || layout.kind === 'webanno') continue;
    // A row may become what only a comment looks like: `# O x = 1`.
    if (layout.separator === ' ' && /^#.*=/m.test(text)) return;
    const labels =
      layout.kind === 'segmented' ? newBorders(file, choice) : newLabels(file, choice, ['NEW', 'x-y']);
    let written;
    try {
      written = format.writeLabels(text, file, name, labels, companion);
    } catch (error) {
      assert.ok(error instanceof InputError, String(error));
      continue;
    }
    const again =
      companion && layout.kind === 'brat'
        ? readCorpusFile('f', 'f', text, layout, { ...companion, text: written })
        : readCorpusFile('f', 'f', written, layout);
    if (layout.kind === 'brat' || layout.kind === 'json-spans') {
      // Spans that are not among the labels stay: they show where the longer one goes, or are all there is.
      if (file.problems.some(({ code }) => code === 'overlapping-span' || code === 'bad-span')) continue;
      assert.equal(visible(wordsOf(again)), visible(wordsOf(file)));
      assert.deepEqual(labelledSpans(again), spansOf(file, labels));
      continue;
    }
    assert.equal(again.tokens, file.tokens);
    // A space between words of other scripts is theirs.
    if (layout.kind === 'segmented' && /[\p{L}\p{N}]\s+[\p{L}\p{N}]/u.test(otherScripts(text))) continue;
    assert.deepEqual(leftOutOf(again), leftOutOf(file));
    assert.deepEqual([...again.sentenceStart], [...file.sentenceStart]);
    const column = again.columns.find((other) => other.name === name)!;
    assert.deepEqual(
      Array.from(column.ids, (id) => column.values[id]),
      labels,
      name,
    );
    for (let t = 0; t < file.tokens; t++) assert.equal(formOf(again, t), formOf(file, t));
  }
}

const otherScripts = (text: string): string =>
  text.replace(/[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\s]/gu, '.');

const leftOutOf = ({ leftOut }: CorpusFile): number[] =>
  leftOut.kinds.map(({ rows, records }) => records ?? rows);

function spansOf(file: CorpusFile, labels: readonly string[]): string[] {
  const values = [...new Set(labels)];
  const own = { name: 'LABEL', values, ids: Uint32Array.from(labels, (label) => values.indexOf(label)) };
  return labelledSpans({ ...file, columns: [...file.columns.filter(({ name }) => name !== 'LABEL'), own] });
}
