/** Spans that do not fit the words of their text, and where they likely belong. */
import { isUnspaced } from '../../script';
import type { TextRange } from './spanTokens';

/** Characters that are looked at on each side of a span. */
const longestWord = 100;

/** Of longer texts nothing is looked for. */
const longestText = 1_000_000;

const ofWord = /[\p{L}\p{N}\p{M}]/u;

/**
 * The span with the words whole that it cuts, in scripts that part words by spaces; undefined where it cuts
 * none.
 */
export function withWholeWords(text: string, { start, end }: TextRange): TextRange | undefined {
  const from = cuts(text, start) ? wordStart(text, start) : start;
  const to = cuts(text, end) ? wordEnd(text, end) : end;
  return from === start && to === end ? undefined : { start: from, end: to };
}

/** Where a text that a span says to have stands, where it does once. */
export function onlyPlaceOf(text: string, quote: string): TextRange | undefined {
  if (quote.trim() === '' || text.length > longestText) return undefined;
  const start = text.indexOf(quote);
  const isOnly = start >= 0 && text.indexOf(quote, start + 1) < 0;
  return isOnly ? { start, end: start + quote.length } : undefined;
}

/** Whether a place is inside of a word. */
function cuts(text: string, place: number): boolean {
  const before = characterBefore(text, place);
  const behind = characterAt(text, place);
  return isOfWord(before) && isOfWord(behind);
}

function isOfWord(character: string): boolean {
  return ofWord.test(character) && !isUnspaced(character);
}

function wordStart(text: string, place: number): number {
  let start = place;
  for (let i = 0; i < longestWord; i++) {
    const before = characterBefore(text, start);
    if (!isOfWord(before)) break;
    start -= before.length;
  }
  return start;
}

function wordEnd(text: string, place: number): number {
  let end = place;
  for (let i = 0; i < longestWord; i++) {
    const behind = characterAt(text, end);
    if (!isOfWord(behind)) break;
    end += behind.length;
  }
  return end;
}

function characterAt(text: string, place: number): string {
  const code = text.codePointAt(place);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function characterBefore(text: string, place: number): string {
  if (place <= 0) return '';
  const isPair = place > 1 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(place - 2, place));
  return text.slice(place - (isPair ? 2 : 1), place);
}
