/** UTF-16 units on each side of the cursor that are labelled in a very long line. */
const reach = 2_000;
/** The part moves on in steps of this size, so that most movements of the cursor leave it alone. */
const step = 1_000;
/** How far a cut may move to fall on a border. */
const slack = 200;

/**
 * The part of a very long line around a column, cut between tokens: at the end of a sentence, else at white
 * space, else between two characters.
 * @returns UTF-16 columns, `end` exclusive.
 */
export function partOfLongLine(text: string, near: number): { start: number; end: number } {
  const column = Math.min(Math.max(0, near), text.length);
  const centre = Math.round(column / step) * step;
  const start = Math.max(0, centre - reach);
  const end = Math.min(text.length, centre + reach);
  return {
    start: start === 0 ? 0 : startBorder(text, start),
    end: end === text.length ? end : endBorder(text, end),
  };
}

function startBorder(text: string, from: number): number {
  const window = text.slice(from, from + slack);
  const border =
    /[.!?…]["'”’»)\]]*\s+(?=\S)|[。！？]["'”’」』)]*(?=\S)/u.exec(window) ?? /\s+(?=\S)/u.exec(window);
  return border ? from + border.index + border[0].length : characterBorder(text, from);
}

function endBorder(text: string, to: number): number {
  const window = text.slice(to - slack, to + 1);
  const border = window.search(/\s\S*$/u);
  return border > 0 ? to - slack + border : characterBorder(text, to);
}

/** The nearest column at or before the given one that does not stand inside a character. */
function characterBorder(text: string, column: number): number {
  let border = column;
  const inside = (at: number): boolean =>
    /^(?:[\uDC00-\uDFFF]|\p{M}|\u200D)/u.test(text.slice(at, at + 2)) || text[at - 1] === '\u200D';
  while (border > column - slack && inside(border)) border--;
  return border;
}
