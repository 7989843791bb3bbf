import {
  codePointsOfUnits,
  intoSentences,
  labelText,
  tokensOfText,
  unitsOfCodePoints,
} from '../spans/spanTokens';
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
  const points = unitsOfCodePoints(text);
  const same = (unit: number): number => unit;
  const misquotedBy = (unitOf: (place: number) => number): number[] =>
    record.spans.flatMap(({ start, end, quote }, i) =>
      quote === undefined || text.slice(unitOf(start), unitOf(end)) === quote ? [] : [i],
    );
  // Tools in Python count code points, those in JavaScript UTF-16 units: what a span says to hold tells which.
  const byPoints = misquotedBy(points);
  const byUnits = byPoints.length > 0 ? misquotedBy(same) : byPoints;
  const inUnits = byUnits.length < byPoints.length;
  const unitOf = inUnits ? same : points;
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
    countOf: inUnits ? same : codePointsOfUnits(text),
    misquoted: inUnits ? byUnits : byPoints,
    cutAnew: record.tokens !== undefined && given === undefined,
  };
}

/** Tokens of a record without those of white space alone; undefined where they do not fit the text. */
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
    before = end;
    if (text.slice(start, end).trim() !== '') ranges.push({ start, end });
  }
  return ranges;
}
