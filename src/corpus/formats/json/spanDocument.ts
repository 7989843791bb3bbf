import { isInvisibleLine } from '../rows/lineKinds';
import { countPlaces } from '../spans/places';
import { intoSentences, labelText, tokensOfText } from '../spans/spanTokens';
import type { LabelledText, TextRange } from '../spans/spanTokens';
import type { SpanRecord } from './spanRecord';

/** A record's text, cut into labelled tokens; places are in UTF-16 units of the text. */
export interface SpanDocument extends LabelledText {
  readonly text: string;
  /** From places in the text to places as the record counts them. */
  readonly countOf: (unit: number) => number;
  /** Numbers of spans whose text is not what the record says it is. */
  readonly misquoted: readonly number[];
  /** The record's own tokens do not fit its text: it is cut anew. */
  readonly cutAnew: boolean;
}

/** Cuts a record into labelled tokens. */
export function cutSpanRecord(record: SpanRecord): SpanDocument {
  const text = record.text.value;
  const { unitOf, countOf, misquoted } = countPlaces(text, record.spans);
  const spans = record.spans.map(({ start, end, type }) => ({
    start: unitOf(start),
    end: unitOf(end),
    type,
  }));
  const given = record.tokens && readGiven(text, record.tokens, unitOf);
  const sentences = given ? intoSentences(text, given) : tokensOfText(text);
  return {
    ...labelText(text, sentences, spans),
    text,
    countOf,
    misquoted,
    cutAnew: record.tokens !== undefined && given === undefined,
  };
}

/**
 * Tokens of a record without those of white space alone; undefined where they do not fit the text, or leave out
 * a part of it.
 */
function readGiven(
  text: string,
  tokens: readonly TextRange[],
  unitOf: (place: number) => number,
): TextRange[] | undefined {
  const ranges: TextRange[] = [];
  let before = 0;
  for (const token of tokens) {
    const [start, end] = [unitOf(token.start), unitOf(token.end)];
    if (!(start >= before && end >= start && end <= text.length)) return undefined;
    if (!isInvisibleLine(text, before, start)) return undefined;
    before = end;
    if (text.slice(start, end).trim() !== '') ranges.push({ start, end });
  }
  if (!isInvisibleLine(text, before, text.length)) return undefined;
  return ranges;
}
