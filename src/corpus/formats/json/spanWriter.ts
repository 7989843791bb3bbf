import type { JsonObject, JsonValue } from '../../../common/placedJson';
import type { TextSpan } from '../spans/spanTokens';
import type { SpanDocument } from './spanDocument';
import { endKeys, startKeys, typeKeys } from './spanRecord';
import type { SpanRecord } from './spanRecord';

/** A change of a text: what takes the place of the part from `from` to `to`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * How a record's spans change so that they are these; undefined where they do not. Spans that stay are kept as
 * they are written, and so is what is not among the labels, such as spans inside of others.
 *
 * @param text that the record stands in.
 * @param template a span by whose pattern new ones are written.
 */
export function editSpans(
  text: string,
  record: SpanRecord,
  own: SpanDocument,
  wanted: readonly TextSpan[],
  template: JsonValue | undefined,
  end: number,
): Edit | undefined {
  const keyOf = ({ start, end: to, type }: TextSpan): string => `${start} ${to} ${type}`;
  const missing = new Map(wanted.map((span) => [keyOf(span), span]));
  const items: { readonly at: number; readonly text: string }[] = [];
  let removed = 0;
  record.spans.forEach(({ node, type }, i) => {
    const fault = own.faults[i];
    const range = own.ranges[i];
    const stays =
      fault === undefined ? missing.delete(keyOf({ ...range, type })) : fault !== 'the same twice';
    if (stays) items.push({ at: range.start, text: text.slice(node.start, node.end) });
    else if (fault === undefined) removed++;
  });
  if (removed === 0 && missing.size === 0) return undefined;
  for (const node of record.others) items.push({ at: Infinity, text: text.slice(node.start, node.end) });
  const isSpaced = text.slice(record.text.start - 2, record.text.start).endsWith(' ');
  const pen = new SpanPen(record, own, template, isSpaced);
  for (const span of missing.values()) items.push({ at: span.start, text: pen.write(span) });
  items.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at));
  const list = `[${items.map((item) => item.text).join(isSpaced ? ', ' : ',')}]`;
  if (record.list) return { from: record.list.start, to: record.list.end, text: list };
  const [comma, colon] = isSpaced ? [', ', ': '] : [',', ':'];
  return { from: end - 1, to: end - 1, text: `${comma}"${record.key}"${colon}${list}` };
}

/** What is written of a new span. */
interface NewSpan {
  readonly start: number;
  readonly end: number;
  /** As JSON. */
  readonly type: string;
  readonly quote: string;
  /** The numbers of its tokens, the last one included, where the record gives tokens. */
  readonly tokens: readonly Member[];
}

type Member = readonly [key: string, value: string | number];

class SpanPen {
  private readonly first: ReadonlyMap<number, number>;
  private readonly last: ReadonlyMap<number, number>;
  private readonly comma: string;
  private readonly colon: string;

  constructor(
    private readonly record: SpanRecord,
    private readonly own: SpanDocument,
    private readonly template: JsonValue | undefined,
    isSpaced: boolean,
  ) {
    this.first = new Map(record.tokens?.map(({ start }, i) => [start, i]));
    this.last = new Map(record.tokens?.map(({ end }, i) => [end, i]));
    [this.comma, this.colon] = isSpaced ? [', ', ': '] : [',', ':'];
  }

  write({ start: from, end: to, type: name }: TextSpan): string {
    const { own, template, record, comma } = this;
    const [start, end, type] = [own.countOf(from), own.countOf(to), JSON.stringify(name)];
    const [first, last] = [this.first.get(start), this.last.get(end)];
    const tokens: Member[] = [];
    if (first !== undefined && last !== undefined) tokens.push(['token_start', first], ['token_end', last]);
    const span: NewSpan = { start, end, type, tokens, quote: JSON.stringify(own.text.slice(from, to)) };
    if (template?.kind === 'object') return this.like(template, span);
    if (!template && record.key === 'result') return this.labelStudio(span);
    if (!template && record.key === 'spans')
      return this.object([['start', start], ['end', end], ...tokens, ['label', type]]);
    return `[${start}${comma}${end}${comma}${type}]`;
  }

  private labelStudio({ start, end, quote, type }: NewSpan): string {
    const value = this.object([
      ['start', start],
      ['end', end],
      ['text', quote],
      ['labels', `[${type}]`],
    ]);
    return this.object([
      ['value', value],
      ['from_name', '"label"'],
      ['to_name', '"text"'],
      ['type', '"labels"'],
    ]);
  }

  /** The pattern's keys with the values of this span; what is the pattern's alone is left out. */
  private like({ members }: JsonObject, span: NewSpan): string {
    const pattern = [...members].flatMap(([key, value]): readonly Member[] => {
      if (startKeys.includes(key)) return [[key, span.start]];
      if (endKeys.includes(key)) return [[key, span.end]];
      if (key === 'value' && value.kind === 'object') return [[key, this.like(value, span)]];
      if (members.has('value'))
        return ['from_name', 'to_name', 'type'].includes(key) && value.kind === 'string'
          ? [[key, JSON.stringify(value.value)]]
          : [];
      if (value.kind === 'list') return [[key, `[${span.type}]`]];
      if (key === 'text') return [[key, span.quote]];
      if (typeKeys.includes(key)) return [[key, span.type]];
      return key === 'token_start' ? span.tokens : [];
    });
    return this.object(pattern);
  }

  private object(members: readonly Member[]): string {
    const { comma, colon } = this;
    return `{${members.map(([key, value]) => `${JSON.stringify(key)}${colon}${value}`).join(comma)}}`;
  }
}
