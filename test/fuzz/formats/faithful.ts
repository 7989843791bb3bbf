/** What a reading of a file must account for, told apart from the project's own readers. */
import assert from 'node:assert/strict';
import type { CorpusFile } from '../../../src/corpus/corpus';

const invisible = /[\s\u0000-\u0020\u007f\u0085\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]/g;
const blank = /^[\s\u0000-\u0020\u007f\u0085\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]*$/;
const sentenceEnd = /^\s*(?:EOS|eos|EOL|\[EOS\]|<\/?(?:s|S|eos|EOS|sent|sentence)>|[-=_*~]{3,})\s*$/;
const documentStart = /-{1,2}\s?(?:DOCSTART|docstart|DocStart)\b/;
/** An empty node, or a range of words. */
const noWord = /^\d+[-.]\d+$/;

/** Whether a line that gave no token, and is not left out, may be one that never gives any. */
type MayBe = (line: string, file: CorpusFile) => boolean;

const rows: MayBe = (line, { layout }) => {
  const { columns, separator = '\t', comment = '#', header, loneLabels } = layout;
  const bare = line.replace(/^\ufeff+/, '');
  if (blank.test(bare) || sentenceEnd.test(bare) || documentStart.test(bare)) return true;
  if (comment !== '' && bare.startsWith(comment)) return true;
  if (header && header.every((cell) => line.includes(cell))) return true;
  const fields = bare.split(separator === ' ' ? /[ \t]+/ : separator);
  const id = columns.indexOf('ID');
  if (id >= 0 && noWord.test(fields[id].replace(invisible, '').replaceAll('"', ''))) return true;
  return loneLabels === true && blank.test(fields[layout.form] ?? '');
};

const nonTokens: Readonly<Record<string, MayBe>> = {
  columns: rows,
  conllu: rows,
  // A field in quotation marks may go over lines: it is opened on one, and closed on another.
  csv: (line, file) => rows(line, file) || line.split('"').length % 2 === 0,
  conll2012: (line) => blank.test(line) || /^\ufeff*#/.test(line),
  webanno: (line) => blank.test(line) || /^\ufeff*#/.test(line) || /^\d+-\d+\.\d+(?:\t|$)/.test(line),
};

/** Lines as an editor counts them. */
export function linesOf(text: string): string[] {
  return text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
}

/** Each word of a file stands where it is said to, in the text's order. */
export function checkPlaces(text: string, file: CorpusFile): void {
  const lines = linesOf(text);
  let before = [0, 0];
  for (let t = 0; t < file.tokens; t++) {
    const [line, start, end] = [file.line[t], file.startColumn[t], file.endColumn[t]];
    assert.ok(start < end && end <= lines[line].length, 'a token lies on its line');
    assert.ok(line > before[0] || (line === before[0] && start >= before[1]), 'tokens are in order');
    before = [line, end];
    if (file.layout.kind.startsWith('json')) continue;
    const word = formOf(file, t);
    const written = lines[line].slice(start, end);
    // A field in quotation marks may go over lines; its place is on the first that holds any of it.
    const first = file.layout.quoted ? word.split(/[\r\n]+/).find(Boolean)! : word;
    assert.ok(written === first || (file.layout.quoted && written.replaceAll('""', '"') === first), word);
  }
}

/** The word of a token. */
export function formOf({ columns, layout }: CorpusFile, token: number): string {
  const column = columns.find(({ name }) => name === layout.columns[layout.form])!;
  return column.values[column.ids[token]];
}

/** Tokens, rows left out and lines that are known to be none together are all that the file has. */
export function checkNothingLost(text: string, file: CorpusFile): void {
  const { kind } = file.layout;
  const lines = linesOf(text);
  if (kind in nonTokens) {
    const tokenLines = new Set(file.line);
    assert.equal(tokenLines.size, file.tokens, 'a line has one token');
    const others = lines.filter((_, i) => !tokenLines.has(i));
    const unexplained = others.filter((line) => !nonTokens[kind](line, file));
    assert.ok(file.leftOut.rows <= others.length, 'no more rows are left out than there are');
    assert.ok(
      unexplained.length <= file.leftOut.rows,
      `lost without a word: ${JSON.stringify(unexplained)}, left out: ${JSON.stringify(file.leftOut)}`,
    );
  } else if (kind === 'inline') {
    const words = lines.flatMap((line) => line.split(/[\u0000-\u0020\u00a0\u3000]+/).filter(Boolean));
    assert.equal(file.tokens + file.leftOut.rows, words.length);
  } else if (kind === 'brat') {
    assert.equal(visible(wordsOf(file)), visible(text));
  }
  assert.equal(
    file.leftOut.kinds.reduce((sum, { rows: some }) => sum + some, 0),
    file.leftOut.rows,
  );
  const told = new Set(file.problems.map(({ code }) => code));
  for (const { code } of file.leftOut.kinds) assert.ok(told.has(code), `${code} is told`);
}

/** All words of a file, one behind the other. */
export function wordsOf(file: CorpusFile): string {
  return Array.from({ length: file.tokens }, (_, t) => formOf(file, t)).join('');
}

/** A text without what is not to be seen. */
export function visible(text: string): string {
  return text.replace(invisible, '');
}

/** A span as an independent reader takes it: counted in code points. */
export type PlainSpan = readonly [start: number, end: number, type: string];

/** A record as JSON.parse gives it, where it is one of those that are made here. */
interface PlainRecord {
  readonly text: string;
  readonly spans: readonly PlainSpan[];
  /** The record is not to be learned from. */
  readonly refused: boolean;
}

/** JSON records of a text that no slip has touched much; undefined where it is no sound JSON. */
export function plainRecords(text: string): (PlainRecord | undefined)[] | undefined {
  const parsed = parse(text);
  const lines = linesOf(text).filter((line) => /[^ \t]/.test(line));
  const records = Array.isArray(parsed) ? (parsed as unknown[]) : lines.map(parse);
  if (records.some((record) => record === undefined)) return undefined;
  return records.map(plainRecord);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

function plainRecord(value: unknown): PlainRecord | undefined {
  const record = (Array.isArray(value) ? { text: value[0], ...value[1] } : value) as Record<string, unknown>;
  const keys = ['label', 'entities', 'spans'].filter((key) => record?.[key] !== undefined);
  if (typeof record?.text !== 'string' || keys.length !== 1 || !Array.isArray(record[keys[0]]))
    return undefined;
  const spans = (record[keys[0]] as unknown[]).map((span) => {
    const object = span as Record<string, unknown> | null;
    const triple = Array.isArray(span)
      ? (span as unknown[])
      : [object?.start ?? object?.start_offset, object?.end ?? object?.end_offset, object?.label];
    const [start, end, type] = triple;
    const isSound =
      Number.isSafeInteger(start) &&
      Number.isSafeInteger(end) &&
      typeof type === 'string' &&
      triple.length === 3;
    return isSound ? ([start, end, type] as unknown as PlainSpan) : undefined;
  });
  if (spans.some((span) => span === undefined)) return undefined;
  return {
    text: record.text,
    spans: spans as PlainSpan[],
    refused: record.answer !== undefined && record.answer !== 'accept',
  };
}

/** The spans that must be among a text's labels: inside of it, of some text, and overlapping no other. */
export function soundSpans(text: string, spans: readonly PlainSpan[]): string[] {
  const points = Array.from(text);
  return spans
    .filter(([start, end, type], i) => {
      if (!(start >= 0 && end <= points.length && start < end) || type === '') return false;
      if (blank.test(points.slice(start, end).join(''))) return false;
      return spans.every(([from, to], j) => i === j || end <= from || to <= start);
    })
    .map(([start, end, type]) => `${type}: ${visible(points.slice(start, end).join(''))}`);
}

/** Spans of IOB2 labels as their types and words. */
export function labelledSpans(file: CorpusFile, from = 0, to = file.tokens): string[] {
  const column = file.columns.find(({ name }) => name === 'LABEL');
  const spans: string[] = [];
  for (let t = from; t < to; t++) {
    const label = column?.values[column.ids[t]] ?? 'O';
    if (label.startsWith('B-')) spans.push(`${label.slice(2)}: ${visible(formOf(file, t))}`);
    else if (label.startsWith('I-')) spans[spans.length - 1] += visible(formOf(file, t));
  }
  return spans.filter((span) => !span.endsWith(': '));
}
