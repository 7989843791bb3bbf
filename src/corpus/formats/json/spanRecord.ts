/** Records of a text with spans, as doccano, spaCy, Prodigy and Label Studio write them. */
import type { JsonList, JsonObject, JsonText, JsonValue } from '../../../common/placedJson';
import { withoutInvisibleEnds } from '../rows/lineKinds';

/** A span as it stands in a record; its places are counted as the record counts them. */
export interface RecordSpan {
  readonly node: JsonValue;
  readonly start: number;
  readonly end: number;
  readonly type: string;
  /** The text that the record says it has. */
  readonly quote?: string;
  /** Where all that stands in the JSON. */
  readonly places: { readonly start: JsonValue; readonly end: JsonValue; readonly quote?: JsonValue };
}

export interface SpanRecord {
  readonly text: JsonText;
  /** Where the spans stand; missing where nothing says whether there are any. */
  readonly list?: JsonList;
  readonly key: string;
  readonly spans: readonly RecordSpan[];
  /** What stands between the spans and is none. */
  readonly others: readonly JsonValue[];
  /** Tokens that the record gives. */
  readonly tokens?: readonly { readonly start: number; readonly end: number }[];
  /** An annotator said so: it is not to be learned from. */
  readonly refused?: string;
  /** Further annotations of the same text, which are not read. */
  readonly further: number;
}

const textKeys = ['text', 'data', 'content', 'sentence', 'document'];
const spanKeys = ['label', 'labels', 'entities', 'spans', 'annotations', 'ner'];
export const startKeys = ['start', 'start_offset', 'startOffset', 'begin', 'start_char'];
export const endKeys = ['end', 'end_offset', 'endOffset', 'end_char'];
export const typeKeys = ['label', 'labels', 'type', 'tag', 'entity', 'entity_group', 'class'];

/**
 * The text and the spans of a record; undefined where it has no text.
 *
 * @param ownKey where other records of the file have their spans, if that is under a key of their own.
 */
export function readSpanRecord(value: JsonValue | undefined, ownKey?: string): SpanRecord | undefined {
  if (value?.kind === 'list') return readPair(value);
  if (value?.kind !== 'object') return undefined;
  return readLabelStudio(value) ?? readObject(value, ownKey);
}

/**
 * A key that is none of those known and under which a file has its spans: that of its first record with spans,
 * else that of its first record with no more than one empty list, all of which may have been taken away.
 */
export function ownSpanKey(values: Iterable<JsonValue | undefined>): string | undefined {
  let empty: string | undefined;
  for (const value of values) {
    const record = readSpanRecord(value);
    if (record && record.spans.length > 0) return record.key;
    if (record?.list !== undefined || empty !== undefined || value?.kind !== 'object') continue;
    const lists = [...value.members].filter(
      ([key, member]) => key !== 'tokens' && member.kind === 'list' && member.items.length === 0,
    );
    if (lists.length === 1) empty = lists[0][0];
  }
  return empty;
}

/** `["text", {"entities": [[0, 4, "PER"]]}]`. */
function readPair({ items }: JsonList): SpanRecord | undefined {
  const [text, spans] = items;
  if (items.length !== 2 || text.kind !== 'string') return undefined;
  const list = spans.kind === 'object' ? spans.members.get('entities') : spans;
  return list?.kind === 'list' ? recordOf(text, list, 'entities') : undefined;
}

function readObject({ members }: JsonObject, ownKey?: string): SpanRecord | undefined {
  const lists = [...spanKeys, ...members.keys()].flatMap((key) => {
    const member = members.get(key);
    const fits = member?.kind === 'list' && key !== 'tokens' && member.items.some((item) => readSpan(item));
    return fits ? [{ key, list: member }] : [];
  });
  const empty = [...spanKeys, ...(ownKey === undefined ? [] : [ownKey])].flatMap((key) => {
    const member = members.get(key);
    return member?.kind === 'list' && member.items.length === 0 ? [{ key, list: member }] : [];
  });
  const found = lists.at(0) ?? empty.at(0);
  const named = textKeys.map((key) => members.get(key)).find((member) => member?.kind === 'string');
  // A text without spans stands under the same key as any other.
  const text = named ?? (found ? longestText(members) : undefined);
  if (text?.kind !== 'string') return undefined;
  const answer = members.get('answer');
  const isRefused = answer?.kind === 'string' && answer.value !== 'accept';
  return {
    ...recordOf(text, found?.list, found?.key ?? 'label'),
    ...(isRefused && { refused: answer.value }),
    tokens: readTokens(members.get('tokens')),
  };
}

function longestText(members: JsonObject['members']): JsonText | undefined {
  let longest: JsonText | undefined;
  for (const member of members.values())
    if (member.kind === 'string' && member.value.length > (longest?.value.length ?? 0)) longest = member;
  return longest;
}

/** Label Studio: `{"data": {"text": …}, "annotations": [{"result": [{"value": {…}}]}]}`; older: `completions`. */
function readLabelStudio({ members }: JsonObject): SpanRecord | undefined {
  const data = members.get('data');
  const all = members.get('annotations') ?? members.get('completions');
  if (data?.kind !== 'object' || all?.kind !== 'list') return undefined;
  const named = data.members.get('text');
  const text = named?.kind === 'string' ? named : longestText(data.members);
  if (!text) return undefined;
  const results = all.items.flatMap((item) => {
    if (item.kind !== 'object') return [];
    const cancelled = item.members.get('was_cancelled');
    const result = item.members.get('result');
    const counts = result?.kind === 'list' && !(cancelled?.kind === 'plain' && cancelled.value === true);
    return counts ? [result] : [];
  });
  return { ...recordOf(text, results.at(0), 'result'), further: Math.max(0, results.length - 1) };
}

function recordOf(text: JsonText, list: JsonList | undefined, key: string): SpanRecord {
  const spans: RecordSpan[] = [];
  const others: JsonValue[] = [];
  for (const item of list?.items ?? []) {
    const span = readSpan(item);
    if (span) spans.push(span);
    else others.push(item);
  }
  return { text, list, key, spans, others, further: 0 };
}

/** `[0, 4, "PER"]`, or an object with start, end and type under one of their many names. */
function readSpan(node: JsonValue): RecordSpan | undefined {
  if (node.kind === 'list') {
    const [start, end, type] = node.items;
    if (node.items.length < 3) return undefined;
    return spanOf(node, start, end, type);
  }
  if (node.kind !== 'object') return undefined;
  const inner = node.members.get('value');
  const { members } = inner?.kind === 'object' ? inner : node;
  const under = (keys: readonly string[]): JsonValue | undefined =>
    keys.map((key) => members.get(key)).find((member) => member !== undefined);
  const kind = inner?.kind === 'object' ? node.members.get('type') : undefined;
  const own = kind?.kind === 'string' ? members.get(kind.value) : undefined;
  const quote = members.get('text');
  const span = spanOf(node, under(startKeys), under(endKeys), own ?? under(typeKeys));
  return span && quote?.kind === 'string'
    ? { ...span, quote: quote.value, places: { ...span.places, quote } }
    : span;
}

function spanOf(
  node: JsonValue,
  start: JsonValue | undefined,
  end: JsonValue | undefined,
  type: JsonValue | undefined,
): RecordSpan | undefined {
  const name = type?.kind === 'list' ? type.items.at(0) : type;
  if (start?.kind !== 'plain' || end?.kind !== 'plain' || name?.kind !== 'string') return undefined;
  const isPlace = (place: unknown): place is number => Number.isSafeInteger(place);
  if (!isPlace(start.value) || !isPlace(end.value)) return undefined;
  return {
    node,
    start: start.value,
    end: end.value,
    type: withoutInvisibleEnds(name.value),
    places: { start, end },
  };
}

function readTokens(list: JsonValue | undefined): SpanRecord['tokens'] {
  if (list?.kind !== 'list') return undefined;
  const tokens: { start: number; end: number }[] = [];
  for (const item of list.items) {
    if (item.kind !== 'object') return undefined;
    const start = item.members.get('start');
    const end = item.members.get('end');
    if (start?.kind !== 'plain' || end?.kind !== 'plain') return undefined;
    if (!Number.isSafeInteger(start.value) || !Number.isSafeInteger(end.value)) return undefined;
    tokens.push({ start: Number(start.value), end: Number(end.value) });
  }
  return tokens;
}
