import type { ProblemFix } from '../../../common/problem';
import { shownName } from '../../../common/shownText';
import type { ProblemList } from '../../problems';
import { onlyPlaceOf, withWholeWords } from './alignment';
import type { PlaceCount } from './places';
import type { LabelledText, SpanFault, TextRange } from './spanTokens';

interface SpanPlace {
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

/** So many spans of one text are looked for elsewhere in it. */
const mostLookedFor = 20;

/**
 * Tells which spans have another text than they say, and which cut a word.
 *
 * @param move what puts a span to another place of the text.
 */
export function reportMisfits(
  problems: ProblemList,
  {
    text,
    misquoted,
    faults,
    ranges,
  }: LabelledText & Pick<PlaceCount, 'misquoted'> & { readonly text: string },
  spans: readonly { readonly quote?: string; readonly type: string }[],
  placeOf: (span: number) => SpanPlace,
  move: (span: number, to: TextRange) => ProblemFix | undefined,
): void {
  const wrong = new Set(misquoted);
  misquoted.forEach((i, n) => {
    const to = n < mostLookedFor ? onlyPlaceOf(text, spans[i].quote ?? '') : undefined;
    const fix = to && move(i, to);
    problems.add('warning', 'text-differs', 'The text of this span is not the one that it says it has.', {
      ...placeOf(i),
      ...(fix && { fix }),
    });
  });
  ranges.forEach((range, i) => {
    const whole = wrong.has(i) || faults[i] !== undefined ? undefined : withWholeWords(text, range);
    if (!whole) return;
    const fix = move(i, whole);
    const cut = shownName(text.slice(range.start, range.end));
    const words = shownName(text.slice(whole.start, whole.end));
    const what = `This span (${shownName(spans[i].type)}), “${cut}”, begins or ends inside of a word: “${words}”`;
    problems.add('information', 'unaligned-span', `${what}. The word is cut there.`, {
      ...placeOf(i),
      ...(fix && { fix }),
    });
  });
}

/** Tells why a span is not among the labels. */
export function reportSpanFault(
  problems: ProblemList,
  fault: SpanFault | undefined,
  type: string,
  place: SpanPlace,
): void {
  if (fault === undefined || fault === 'the same twice') return;
  if (fault === 'overlapping') {
    problems.add(
      'information',
      'overlapping-span',
      `This span (${shownName(type)}) overlaps a longer one, which alone is learned: a token has one label.`,
      place,
    );
    return;
  }
  const what = {
    'outside the text': 'does not lie inside of the text',
    'without text': 'has no text but white space',
    'without a type': 'has no label',
  }[fault];
  problems.add('error', 'bad-span', `This span ${what}, so it is left out.`, place);
}
