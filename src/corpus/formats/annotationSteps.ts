/** Edits of annotations that can be taken back and made again, also where their file was rewritten since. */
import { markOf, hasMark } from '../../common/textMark';
import type { TextMark } from '../../common/textMark';
import { applyEdits, editsBetween, inverseEdits } from '../textEdits';
import type { TextEdit } from '../textEdits';
import { linesOfAnnotations, sayOf, withNewIds } from './annotationLines';

/** What the annotations were and what they became, by the lines that differ. Undefined: there were none. */
export interface AnnotationStep {
  readonly from: Side;
  readonly to: Side;
}

/** The annotations at one end of a step. */
interface Side {
  /** Undefined: there are no annotations. */
  readonly mark: TextMark | undefined;
  /** What makes the other end of this one, where the annotations are just these. */
  readonly edits: readonly TextEdit[];
  /** The lines that only this end has. */
  readonly lines: readonly string[];
}

export function stepBetween(before: string | undefined, after: string | undefined): AnnotationStep {
  const edits = editsBetween(before ?? '', after ?? '');
  const back = inverseEdits(before ?? '', edits);
  const [old, now] = [linesOfAnnotations(before ?? ''), linesOfAnnotations(after ?? '')];
  return {
    from: { mark: before === undefined ? undefined : markOf(before), edits, lines: without(old, now) },
    to: { mark: after === undefined ? undefined : markOf(after), edits: back, lines: without(now, old) },
  };
}

export const inverseStep = ({ from, to }: AnnotationStep): AnnotationStep => ({ from: to, to: from });

/**
 * Makes a step of annotations, whatever other lines they have by now.
 * @returns the annotations behind it; `changed` where what the step is of is not there any more.
 */
export function makeStep(
  annotations: string | undefined,
  { from, to }: AnnotationStep,
): { readonly after: string | undefined } | 'changed' {
  const isSame = from.mark === undefined ? annotations === undefined : hasMark(annotations ?? '', from.mark);
  if (isSame && (annotations === undefined) === (from.mark === undefined))
    return { after: to.mark === undefined ? undefined : applyEdits(annotations ?? '', from.edits) };
  const now = annotations ?? '';
  const lines = linesOfAnnotations(now);
  const said = lines.map(sayOf);
  const missing = [...to.lines];
  const taken = new Set<number>();
  const edits: TextEdit[] = [];
  for (const line of from.lines) {
    const at = said.findIndex((own, i) => !taken.has(i) && own === sayOf(line));
    if (at < 0) return 'changed';
    taken.add(at);
    // A line that only says something else keeps its place, and its id.
    const other = missing.findIndex((own) => idOf(own) === idOf(line));
    const [put] = other < 0 ? [] : missing.splice(other, 1);
    const start = lines.slice(0, at).reduce((sum, { length }) => sum + length, 0);
    const text = put === undefined ? '' : idOf(lines[at]) + withoutEnd(put).slice(idOf(put).length);
    const end = start + (put === undefined ? lines[at].length : withoutEnd(lines[at]).length);
    edits.push({ start, end, text });
  }
  // A line that goes is not there, also where only its id is another.
  const known = new Set(said.filter((_, i) => !taken.has(i)));
  const added = missing.filter((line) => !known.has(sayOf(line)));
  const kept = applyEdits(
    now,
    edits.sort((a, b) => a.start - b.start),
  );
  const after = withNewIds(kept, added);
  return { after: after.trim() === '' && to.mark === undefined ? undefined : after };
}

/** Lines that others have not, as often as they have them not. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(withoutEnd(line), (left.get(withoutEnd(line)) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(withoutEnd(line)) ?? 0;
    left.set(withoutEnd(line), count - 1);
    return count <= 0 && withoutEnd(line) !== '';
  });
}

const withoutEnd = (line: string): string => line.replace(/[\r\n]+$/, '');
const idOf = (line: string): string => /^[^\t\r\n ]*/.exec(line)?.[0] ?? '';
