import { decide } from './rules';
import type { Place, Rules } from './rules';

const sentenceMark = /^(?:[.!?…]+|[。！？｡]+)$/;
const fullWidthMark = /^[。！？｡…]+$/;
const closingMark = /^[”’»)\]」』）】]$/;
const straightQuote = /^["']+$/;
const lowerCase = /^\p{Ll}/u;

/** Longer words are in no class of their own. */
const longestName = 24;
const longestMark = 4;

/** Goes over tokens one by one and finds where sentences may end. */
export class SentenceEnds {
  /** A sentence mark was the last token, closing quotes and brackets aside. */
  private mark: string | undefined;
  /** What stands before the mark, in lower case. */
  private before = '';
  private last = '';

  /** A sentence begins. */
  restart(): void {
    this.mark = undefined;
    this.before = this.last = '';
  }

  /**
   * Takes the next token.
   * @param attached no white space is before it.
   * @returns the place before the token, where a sentence may end there.
   */
  next(form: string, attached: boolean): Place | undefined {
    const { mark, before, last } = this;
    const isWord = beginsAsWord(form);
    const marks = !isWord && sentenceMark.test(form);
    const closes = !isWord && (closingMark.test(form) || (attached && straightQuote.test(form)));
    if (marks && mark === undefined) this.before = last;
    if (marks) this.mark = form;
    else if (!closes) this.mark = undefined;
    this.last = form.length <= longestName ? form.toLowerCase() : '';
    if (mark === undefined || marks || closes) return undefined;
    const base = (!attached || fullWidthMark.test(mark)) && !lowerCase.test(form);
    const sign = mark.slice(0, longestMark);
    const place = `${attached ? '+' : ' '}${kindOf(form)}`;
    return {
      base,
      classes: [
        `a${sign}${place}`,
        before === '' ? '' : `b${before} ${sign}${place}`,
        this.last === '' ? '' : `c${sign}${place} ${this.last}`,
      ],
    };
  }
}

/** A letter or a digit of ASCII: no mark begins with one. */
function beginsAsWord(form: string): boolean {
  const code = form.charCodeAt(0) | 32;
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

function kindOf(form: string): string {
  if (lowerCase.test(form)) return 'a';
  if (/^\p{Lu}/u.test(form)) return 'A';
  if (/^\p{L}/u.test(form)) return '字';
  return /^\p{N}/u.test(form) ? '0' : form.slice(0, longestMark);
}

/** Whether a sentence ends at a place. */
export const endsAt = (rules: Rules | undefined, place: Place): boolean =>
  rules ? decide(rules, place) : place.base;
