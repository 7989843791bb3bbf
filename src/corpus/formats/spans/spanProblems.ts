import { shownName } from '../../../common/shownText';
import type { ProblemList } from '../../problems';
import type { SpanFault } from './spanTokens';

/** Tells why a span is not among the labels. */
export function reportSpanFault(
  problems: ProblemList,
  fault: SpanFault | undefined,
  type: string,
  place: { readonly line: number; readonly startColumn: number; readonly endColumn: number },
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
