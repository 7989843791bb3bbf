import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import type { CorpusFile, CorpusLayout } from '../../../src/corpus/corpus';
import { formatOf } from '../../../src/corpus/formats';
import { detectLayout } from '../../../src/corpus/formats/detect';
import type { Companion } from '../../../src/corpus/formats/format';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { FileSample } from '../../../src/corpus/formats/rows/sample';
import { damaged } from './damage';
import type { Change } from './damage';
import {
  checkNothingLost,
  checkPlaces,
  labelledSpans,
  linesOf,
  plainRecords,
  soundSpans,
  visible,
  wordsOf,
} from './faithful';
import { checkRelabelled } from './relabel';
import { seeds } from './seeds';
import type { Seed } from './seeds';

function layoutOf({ file, text, annotations }: Seed): CorpusLayout | undefined {
  return detectLayout(file, new FileSample(text, annotations), 'chosen');
}

/** How each of the seeds is laid out. */
export const layouts = new Map(Object.entries(seeds).map(([name, seed]) => [name, layoutOf(seed)]));

const companionOf = (annotations: string | undefined): Companion | undefined =>
  annotations === undefined ? undefined : { file: 'f.ann', text: annotations };

/** Reads a text; undefined where it is refused. */
export function read(
  { file, text, annotations }: Seed,
  layout: CorpusLayout | undefined,
): CorpusFile | undefined {
  try {
    return readCorpusFile(file, file, text, layout, companionOf(annotations));
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return undefined;
  }
}

function check(seed: Seed, file: CorpusFile, choice: number): void {
  const { text, annotations } = seed;
  const companion = companionOf(annotations);
  const lines = linesOf(text).length;
  for (const { line, startColumn, endColumn, file: own } of file.problems)
    assert.ok(line >= 0 && (own !== seed.file || line < lines) && startColumn <= endColumn);
  checkPlaces(text, file);
  checkNothingLost(text, file);
  checkSpans(seed, file);
  const format = formatOf(file.layout);
  for (const { name, values, ids } of file.columns) {
    if (name === file.layout.columns[file.layout.form]) continue;
    const labels = Array.from(ids, (id) => values[id]);
    const own = file.layout.kind === 'brat' ? (annotations ?? '') : text;
    assert.equal(format.writeLabels(text, file, name, labels, companion), own);
    assert.equal(format.labelEnds(text, file, name).length, file.tokens);
  }
  checkRelabelled(text, file, companion, choice);
}

/** Spans of JSON records are at the characters that they say; so is the text that they are of. */
function checkSpans({ text }: Seed, file: CorpusFile): void {
  const records = file.layout.kind === 'json-spans' && file.layout.columns.length > 1 && plainRecords(text);
  if (!records || records.some((record) => record === undefined)) return;
  const accepted = records.filter((record) => record && !record.refused);
  const told = file.problems.some(({ code }) => code === 'text-differs');
  assert.equal(visible(wordsOf(file)), visible(accepted.map((record) => record!.text).join('')));
  if (told) return;
  const wanted = accepted.flatMap((record) => soundSpans(record!.text, record!.spans)).sort();
  const found = labelledSpans(file);
  for (const span of wanted) assert.ok(found.includes(span), `${span} is among ${found.join(', ')}`);
}

/** A seed, how it is damaged, and what is done with it. */
export interface Case {
  readonly name: string;
  readonly own: readonly Change[];
  readonly beside: readonly Change[];
  /** It is read as what it was before the damage. */
  readonly isKnown: boolean;
  readonly choice: number;
}

/** Reads a damaged seed and checks all that must hold. */
export function checkCase({ name, own, beside, isKnown, choice }: Case): void {
  const { file, text, annotations } = seeds[name];
  const seed = {
    file,
    text: damaged(text, own),
    ...(annotations !== undefined && { annotations: damaged(annotations, beside) }),
  };
  const found = read(seed, isKnown ? layouts.get(name) : undefined);
  if (found) check(seed, found, choice);
}
