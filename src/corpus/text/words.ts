import { emojiEnd } from './emoji';
import { splitWord } from './english';
import type { TokenSink } from './tokenSink';

/** Scripts that put no spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]/u;
/** White space, and what parts words as it does. */
export const space = /[\s\u200b]/;
const wordCharacter = /[\p{L}\p{M}\p{N}_\u200d]/u;
/** Whether a character is of a script without spaces between words. */
export const isUnspaced = (character: string): boolean => unspaced.test(character);
/** Whether a character is a letter, a digit or the like. */
export const isWordCharacter = (character: string): boolean => wordCharacter.test(character);

/** The same of ASCII, by code. */
const asciiSpace = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(space.test(String.fromCharCode(code))),
);
const asciiWord = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(wordCharacter.test(String.fromCharCode(code))),
);
/** With which an address, an emoticon of letters or a run of marks begins. */
const mayBeMore = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[hfwx_]/i.test(String.fromCharCode(code))),
);

const digit = /\p{Nd}/u;
const letter = /[\p{L}\p{M}]/u;

const address = /(?:https?|ftp):\/\/|www\.(?=[\p{L}\p{N}])/iuy;
const addressTail = new Set('.,;:!?\'"”’»)]}>*');
const mention = /@[\p{L}\p{N}_]|#[\p{L}_]/uy;
const emoticon = /(?:[:;=]['’]?-?[)(\]\[DPpOo|\\/*3]+|[:;=]-|<3|\^_?\^|[xX]D)(?![\p{L}\p{N}])/uy;
const picture = String.raw`\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]*`;
const pictograph = new RegExp(String.raw`\p{Regional_Indicator}{2}|${picture}(?:\u200d${picture})*`, 'uy');
/** One mark repeated is one token; so are mixed runs of ! and ?. */
const markRun = /\.{2,}|[!?]{2,}|(?:([-=*~_#+^•·…<>'’`‘])\1+)/uy;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * Cuts a line into words, numbers, punctuation marks, addresses, mentions and emoticons, as Universal
 * Dependencies and WNUT cut English; scripts without spaces by the dictionary of `Intl.Segmenter`. Takes time
 * linear in the line's length.
 */
export function cutWords(line: string, emit: TokenSink): void {
  for (let at = 0; at < line.length;) {
    const code = line.charCodeAt(at);
    if (code < 128) {
      if (asciiSpace[code] === 1) at++;
      else at = cutOne(line, at, emit);
      continue;
    }
    const character = characterAt(line, at);
    if (space.test(character)) {
      at += character.length;
    } else if (unspaced.test(character)) {
      at = cutUnspaced(line, at, emit);
    } else {
      at = cutOne(line, at, emit);
    }
  }
}

/**
 * Each character but white space is a token, as in corpora for the segmentation of Chinese: a code point, or an
 * emoji of several (a flag, joined ones, one with a skin tone).
 */
export function cutCharacters(line: string, emit: TokenSink): void {
  for (let at = 0; at < line.length;) {
    const character = characterAt(line, at);
    const end = Math.max(emojiEnd(line, at), at + character.length);
    if (!space.test(character)) emit(at, end);
    at = end;
  }
}

/** The character (code point) at a place. */
export function characterAt(line: string, at: number): string {
  return String.fromCodePoint(line.codePointAt(at)!);
}

/** Longest stretch handed to the segmenter at once. */
const stretch = 2000;

function cutUnspaced(line: string, start: number, emit: TokenSink): number {
  let end = start;
  while (end < line.length && end - start < stretch) {
    const character = characterAt(line, end);
    if (!unspaced.test(character)) break;
    end += character.length;
  }
  if (end - start <= 1) {
    emit(start, end);
    return end;
  }
  for (const { index, segment } of segmenter.segment(line.slice(start, end)))
    emit(start + index, start + index + segment.length);
  return end;
}

/**
 * Cuts what begins at `at`, which is neither white space nor of an unspaced script; gives the place behind
 * it.
 */
function cutOne(line: string, at: number, emit: TokenSink): number {
  const code = line.charCodeAt(at);
  if (code < 128 && asciiWord[code] === 1 && mayBeMore[code] === 0)
    return splitWord(line, at, wordEnd(line, at), emit);
  const whole = matchEnd(address, line, at) >= 0 ? addressEnd(line, at) : specialEnd(line, at);
  if (whole >= 0) {
    emit(at, whole);
    return whole;
  }
  const character = characterAt(line, at);
  if (wordCharacter.test(character)) {
    return splitWord(line, at, wordEnd(line, at), emit);
  }
  emit(at, at + character.length);
  return at + character.length;
}

function matchEnd(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : -1;
}

function specialEnd(line: string, at: number): number {
  const code = line.charCodeAt(at);
  if ((code === 64 || code === 35) && matchEnd(mention, line, at) >= 0) return runEnd(line, at + 1);
  const smile = matchEnd(emoticon, line, at);
  if (smile >= 0) return smile;
  const marks = matchEnd(markRun, line, at);
  return marks >= 0 ? marks : matchEnd(pictograph, line, at);
}

/** End of the letters, digits and underscores that begin at `at`. */
function runEnd(line: string, at: number): number {
  let end = at;
  while (end < line.length) {
    const code = line.charCodeAt(end);
    if (code < 128) {
      if (asciiWord[code] === 0) break;
      end++;
      continue;
    }
    const character = characterAt(line, end);
    if (!wordCharacter.test(character) || unspaced.test(character)) break;
    end += character.length;
  }
  return end;
}

function addressEnd(line: string, at: number): number {
  let end = at;
  let opening = Infinity;
  while (
    end < line.length &&
    !space.test(line[end]) &&
    !unspaced.test(characterAt(line, end)) &&
    !'<>"“”'.includes(line[end])
  ) {
    if (line[end] === '(') opening = Math.min(opening, end);
    end++;
  }
  // A bracket that was opened in the address belongs to it.
  while (end > at + 1 && addressTail.has(line[end - 1]) && !(line[end - 1] === ')' && opening < end)) end--;
  return end;
}

/**
 * End of a word with the marks inside it: `3,000.50`, `10:30`, `U.S`, `don't`, `well-known`, `AT&T`,
 * `me@home.org`.
 */
function wordEnd(line: string, at: number): number {
  let end = runEnd(line, at);
  while (end < line.length - 1) {
    // Most words end at a space.
    if (line.charCodeAt(end) <= 32) break;
    if (!joins(line[end], characterBefore(line, end), characterAt(line, end + 1))) break;
    if (unspaced.test(characterAt(line, end + 1))) break;
    end = runEnd(line, end + 1);
  }
  return end;
}

function characterBefore(line: string, at: number): string {
  const low = line.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? line.slice(at - 2, at) : line[at - 1];
}

function joins(mark: string, before: string, after: string): boolean {
  switch (mark) {
    case '.':
    case '@':
    case '-':
      return wordCharacter.test(after);
    case ',':
    case ':':
    case '/':
      return digit.test(before) && digit.test(after);
    case "'":
    case '’':
      return letter.test(before) && letter.test(after);
    case '&':
      return /\p{Lu}/u.test(before) && /\p{Lu}/u.test(after);
    default:
      return false;
  }
}
