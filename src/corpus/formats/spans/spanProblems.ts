import * as l10n from '../../../common/l10n';
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
    problems.add(
      'warning',
      'text-differs',
      l10n.t('The text of this span is not the one that it says it has.'),
      {
        ...placeOf(i),
        ...(fix && { fix }),
      },
    );
  });
  ranges.forEach((range, i) => {
    const whole = wrong.has(i) || faults[i] !== undefined ? undefined : withWholeWords(text, range);
    if (!whole) return;
    const fix = move(i, whole);
    const cut = shownName(text.slice(range.start, range.end));
    const words = shownName(text.slice(whole.start, whole.end));
    const what = l10n.t(
      'This span ({0}), “{1}”, begins or ends inside of a word: “{2}”',
      shownName(spans[i].type),
      cut,
      words,
    );
    problems.add('information', 'unaligned-span', l10n.t('{0}. The word is cut there.', what), {
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
      l10n.t(
        'This span ({0}) overlaps a longer one, which alone is learned: a token has one label.',
        shownName(type),
      ),
      place,
    );
    return;
  }
  const what = {
    'outside the text': l10n.t('does not lie inside of the text'),
    'without text': l10n.t('has no text but white space'),
    'without a type': l10n.t('has no label'),
  }[fault];
  problems.add('error', 'bad-span', l10n.t('This span {0}, so it is left out.', what), place);
}
