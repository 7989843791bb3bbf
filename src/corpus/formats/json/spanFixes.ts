import * as l10n from '../../../common/l10n';
import type { ProblemFix } from '../../../common/problem';
import { shownName } from '../../../common/shownText';
import type { TextRange } from '../spans/spanTokens';
import { applyEdits } from './edits';
import type { SpanDocument } from './spanDocument';
import type { RecordSpan } from './spanRecord';

/** The span as it is written in the JSON, at another place of the record's text. */
export function movedSpan(
  json: string,
  span: RecordSpan,
  to: TextRange,
  document: SpanDocument,
): ProblemFix | undefined {
  const { node, places } = span;
  // Of tokens that it counts besides nothing is known.
  if (node.kind === 'object' && node.members.has('token_start')) return undefined;
  const quote = document.text.slice(to.start, to.end);
  const edits = [
    { node: places.start, text: String(document.countOf(to.start)) },
    { node: places.end, text: String(document.countOf(to.end)) },
    ...(places.quote ? [{ node: places.quote, text: JSON.stringify(quote) }] : []),
  ].map((edit) => ({ from: edit.node.start - node.start, to: edit.node.end - node.start, text: edit.text }));
  const from = json.slice(node.start, node.end);
  return { from, to: [applyEdits(from, edits)], does: l10n.t('Move the span to “{0}”', shownName(quote)) };
}
