import * as l10n from '../../../common/l10n';
import { readPlacedJson, skipJsonSpace } from '../../../common/placedJson';
import type { JsonValue } from '../../../common/placedJson';
import { LineScanner } from '../../text/lines';
import type { CorpusFileBuilder } from '../corpusFileBuilder';
import { lineStarts } from '../spans/spanTokens';

/** One record of a file: a line of JSON lines, an item of a list, or one of several values. */
export interface JsonRecord {
  /** Where it starts and ends in the text. */
  readonly start: number;
  readonly end: number;
  /** Missing where it is no JSON; then `error` says why. */
  readonly value?: JsonValue;
  readonly error?: string;
}

/** Lines that are looked at to see whether each is a record. */
const lookedAt = 20;

/** The records of a text. A damaged line is one that has an error; in a list, all behind is part of it. */
export function* jsonRecords(text: string): Generator<JsonRecord> {
  if (areLines(text)) yield* recordsOfLines(text);
  else yield* recordsOfValues(text);
}

/** Whether a text may be JSON: what its first sign is. */
export function mayBeJson(text: string): boolean {
  return /^\ufeff?\s{0,1000}[[{]/.test(text);
}

/** Goes over what may stand between records: white space, and byte order marks where files were joined. */
function skipBetween(text: string, at: number, until: number): number {
  let i = skipJsonSpace(text, at, until);
  while (i < until && text.charCodeAt(i) === 0xfeff) i = skipJsonSpace(text, i + 1, until);
  return i;
}

function areLines(text: string): boolean {
  const scanner = new LineScanner(text);
  let lines = 0;
  let whole = 0;
  while (lines < lookedAt && scanner.advance()) {
    const { start, end } = scanner;
    const from = skipBetween(text, start, end);
    if (from === end) continue;
    lines++;
    let to = end;
    while (to > from && text.charCodeAt(to - 1) <= 32) to--;
    const open = text[from];
    if (
      (open === '{' && text[to - 1] === '}') ||
      (open === '[' && text[to - 1] === ']' && text[from + 1] === '"')
    )
      whole++;
  }
  return whole > 0 && whole * 2 >= lines;
}

function* recordsOfLines(text: string): Generator<JsonRecord> {
  const scanner = new LineScanner(text);
  while (scanner.advance()) {
    const start = skipBetween(text, scanner.start, scanner.end);
    if (start < scanner.end) yield recordAt(text, start, scanner.end, true);
  }
}

function* recordsOfValues(text: string): Generator<JsonRecord> {
  let at = skipBetween(text, 0, text.length);
  const isList = text[at] === '[';
  if (isList) at++;
  for (;;) {
    at = skipBetween(text, at, text.length);
    if (at >= text.length || (isList && text[at] === ']')) return;
    const record = recordAt(text, at, text.length, false);
    yield record;
    if (!record.value) return;
    at = skipBetween(text, record.end, text.length);
    if (text[at] === ',') at++;
    else if (isList && text[at] !== ']') {
      yield { start: at, end: text.length, error: l10n.t('“,” or “]” is missing') };
      return;
    }
  }
}

function recordAt(text: string, start: number, until: number, whole: boolean): JsonRecord {
  try {
    const value = readPlacedJson(text, start, until);
    const { end } = value;
    if (whole && skipBetween(text, end, until) < until)
      return { start, end: until, error: l10n.t('something follows its end') };
    return { start, end, value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { start, end: until, error: error.message };
  }
}

/**
 * Records that cannot be read, of which nobody knows how many tokens they have: as many as those of the same
 * length that are read. So a damaged list, of which all behind the damage is lost, is told as the loss it is.
 */
export class LeftOutRecords {
  private readLength = 0;
  private readonly all: { readonly code: string; readonly line: number; readonly length: number }[] = [];

  read({ start, end }: JsonRecord): void {
    this.readLength += end - start;
  }

  leaveOut(code: string, line: number, { start, end }: JsonRecord): void {
    this.all.push({ code, line, length: end - start });
  }

  finish(builder: CorpusFileBuilder): void {
    const density = this.readLength > 0 ? builder.tokens / this.readLength : 0;
    for (const { code, line, length } of this.all)
      builder.leaveOutRecord(code, line, Math.max(1, Math.round(length * density)));
  }
}

/** Where places of a text stand: line, and where it starts. */
export class LineIndex {
  private readonly starts: readonly number[];

  constructor(text: string) {
    this.starts = lineStarts(text);
    if (text.charCodeAt(0) === 0xfeff) this.starts = [1, ...this.starts.slice(1)];
  }

  lineOf(place: number): { line: number; lineStart: number } {
    const { starts } = this;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= place) low = middle;
      else high = middle - 1;
    }
    return { line: low, lineStart: Math.min(starts[low], place) };
  }
}
