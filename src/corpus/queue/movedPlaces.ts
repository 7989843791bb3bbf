import type { TextChange, TokenTarget } from '../answers/tokenTarget';

/** What stands somewhere in a text. */
interface Placed {
  readonly doubt: { readonly target: TokenTarget };
}

/**
 * Places as they are after an edit of several changes, each of which is told as the text is after those before it.
 * What a change touches is left out, as `moved` says. Changes that are told from the end of the text to its start,
 * as editors tell them, are followed in one pass.
 *
 * @param places in the order of the text, as is what is returned.
 */
export function movedPlaces<Place extends Placed>(
  places: readonly Place[],
  changes: readonly TextChange[],
): readonly Place[] {
  return fromEnd(changes).reduce((own, run) => movedTogether(own, run.reverse()), places);
}

/** Cut where a change does not stand before the one in front of it. */
function fromEnd(changes: readonly TextChange[]): TextChange[][] {
  const runs: TextChange[][] = [];
  let before = -Infinity;
  for (const change of changes) {
    if (change.offset + change.removed <= before) runs[runs.length - 1].push(change);
    else runs.push([change]);
    before = change.offset;
  }
  return runs;
}

/** @param changes of one text, in its order, and none of them in another. */
function movedTogether<Place extends Placed>(
  places: readonly Place[],
  changes: readonly TextChange[],
): Place[] {
  const left: Place[] = [];
  let next = 0;
  let shift = 0;
  for (const place of places) {
    const { target } = place.doubt;
    const { start, end } = target;
    for (; next < changes.length && changes[next].offset + changes[next].removed <= start; next++)
      shift += changes[next].inserted - changes[next].removed;
    let inside = 0;
    let isTouched = false;
    for (let i = next; i < changes.length && changes[i].offset < end; i++) {
      const { offset, removed, inserted } = changes[i];
      // Between the words of a span stand their labels: what is the same in the end is told by the words.
      if (offset > start && offset + removed < end) inside += inserted - removed;
      else isTouched = true;
    }
    if (isTouched) continue;
    if (shift === 0 && inside === 0) left.push(place);
    else {
      const now = { ...target, start: start + shift, end: end + shift + inside };
      left.push({ ...place, doubt: { ...place.doubt, target: now } });
    }
  }
  return left;
}
