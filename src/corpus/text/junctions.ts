import { decide } from './rules';
import type { Place, Rules } from './rules';
import { characterAt, cutWords, isUnspaced, isWordCharacter } from './words';

/** A place inside a stretch of text without white space where a token may end, in UTF-16 units of the stretch. */
export interface Junction extends Place {
  readonly at: number;
  /** It stands between letters or digits. */
  readonly inside: boolean;
}

/** Longer words and runs are in no class of their own. */
const longestName = 24;
/** Units of a word's end that may be cut off it. */
const longestTail = 6;

/** A word, a mark or a character of a script without spaces. */
interface Run {
  readonly start: number;
  readonly end: number;
  /** What it looks like, in one sign, and the same without its case. */
  readonly sign: string;
  readonly wide: string;
  /** In lower case; empty where it is too long. */
  readonly name: string;
  readonly word: boolean;
}

const edge: Omit<Run, 'start' | 'end'> = { sign: '', wide: '', name: '', word: false };

/**
 * The junctions of a stretch, in order: between its words and marks, and inside of words where `cutWords` cuts or
 * `insideAt` says that a token may end.
 */
export function junctionsOf(
  stretch: string,
  insideAt: (run: string, offset: number, tail: string) => boolean,
): Junction[] {
  const base: Uint8Array = new Uint8Array(stretch.length + 1);
  const kinds: string[] = [];
  cutWords(stretch, (start, end) => {
    base[start] = 1;
    const kind = kindOf(stretch.slice(start, Math.min(end, start + longestName)));
    if (kind !== '') for (let at = start + 1; at < end; at++) kinds[at] = kind;
  });
  const runs = runsOf(stretch);
  const junctions: Junction[] = [];
  runs.forEach((run, i) => {
    if (i > 0) junctions.push(between(runs, i, base[run.start] === 1, kinds[run.start] ?? ''));
    if (run.word && run.end - run.start > 1) inside(stretch, runs, i, base, insideAt, junctions);
  });
  return junctions;
}

function between(runs: readonly Run[], i: number, base: boolean, kind: string): Junction {
  const [before, left, right, after] = [runs[i - 2] ?? edge, runs[i - 1], runs[i], runs[i + 1] ?? edge];
  const b = base ? '+' : `-${kind}`;
  const leftName = left.word || !before.word ? left.name : joined(before.name, left.name);
  const rightName = right.word || !after.word ? right.name : joined(right.name, after.name);
  return {
    at: right.start,
    base,
    inside: false,
    classes: [
      `a${b}${left.wide} ${right.wide}`,
      `b${b}${before.sign}${left.sign} ${right.sign}${after.sign}`,
      named('c', leftName, `${b}${leftName} ${right.wide}`),
      named('d', rightName, `${b}${left.wide} ${rightName}`),
      left.name === '' || right.name === '' ? '' : `e${b}${left.name} ${right.name}`,
      leftName === '' || rightName === '' || isLong(before, left, right, after)
        ? ''
        : `f${b}${before.name}${left.name} ${right.name}${after.name}`,
    ],
  };
}

const named = (level: string, name: string, rest: string): string => (name === '' ? '' : level + rest);

const joined = (a: string, b: string): string => (a === '' || b === '' ? '' : a + b);

const isLong = (...runs: readonly Pick<Run, 'name'>[]): boolean =>
  runs.reduce((sum, { name }) => sum + name.length, 0) > longestName;

function inside(
  stretch: string,
  runs: readonly Run[],
  i: number,
  base: Uint8Array,
  insideAt: (run: string, offset: number, tail: string) => boolean,
  junctions: Junction[],
): void {
  const { start, end, name } = runs[i];
  const apostrophe = runs.at(i + 1);
  const behind =
    apostrophe && isApostrophe(apostrophe.name) && runs.at(i + 2)?.word
      ? joined(apostrophe.name, runs[i + 2].name)
      : '';
  for (let at = start + 1; at < end; at++) {
    const cut = base[at] === 1;
    if (!cut && name === '') continue;
    const code = stretch.charCodeAt(at);
    if (code >= 0xdc00 && code <= 0xdfff) continue;
    // Lower case may be of another length.
    const [head, own] = [stretch.slice(start, at).toLowerCase(), stretch.slice(at, end).toLowerCase()];
    const tail = own + behind;
    if (!cut && !insideAt(name, at - start, tail)) continue;
    const b = cut ? '+' : '-';
    junctions.push({
      at,
      base: cut,
      inside: true,
      classes: [
        cut ? `g${b}` : '',
        cut ? `h${b}${runs[i].sign}` : '',
        tail.length > longestTail ? '' : `i${b}${tail}`,
        name === '' || head.length + tail.length > longestName ? '' : `j${b}${head} ${tail}`,
      ],
    });
  }
}

const isApostrophe = (mark: string): boolean => mark === "'" || mark === '’';

const addressKind = /^(?:(?:https?|ftp):\/\/|www\.)/i;

/** What of `cutWords`' tokens with marks in them a token is. */
function kindOf(form: string): string {
  if (addressKind.test(form)) return 'u';
  if (form[0] === '@' || form[0] === '#') return form[0];
  return form.includes('@') ? 'm' : /[\p{L}\p{N}]/u.test(form) ? '' : 's';
}

function runsOf(stretch: string): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < stretch.length;) {
    const start = at;
    const character = characterAt(stretch, at);
    at += character.length;
    if (isUnspaced(character)) {
      at = withMarks(stretch, at);
      runs.push({ start, end: at, sign: '字', wide: '字', name: stretch.slice(start, at), word: false });
    } else if (isWordCharacter(character)) {
      while (at < stretch.length) {
        const next = characterAt(stretch, at);
        if (!isWordCharacter(next) || isUnspaced(next)) break;
        at += next.length;
      }
      runs.push(wordRun(stretch, start, at));
    } else {
      at = withMarks(stretch, at);
      const mark = stretch.slice(start, Math.min(at, start + 8));
      runs.push({ start, end: at, sign: mark, wide: mark, name: mark, word: false });
    }
  }
  return runs;
}

/** Behind the combining marks and joiners at `at`: no token ends before one. */
function withMarks(stretch: string, at: number): number {
  let end = at;
  while (end < stretch.length) {
    const next = characterAt(stretch, end);
    if (!/^[\p{M}\u200d]$/u.test(next)) break;
    end += next.length;
  }
  return end;
}

function wordRun(stretch: string, start: number, end: number): Run {
  const word = stretch.slice(start, Math.min(end, start + longestName));
  const name = end - start > longestName ? '' : word.toLowerCase();
  return { start, end, sign: signOf(word), wide: /^\p{N}/u.test(word) ? '0' : 'a', name, word: true };
}

function signOf(word: string): string {
  if (/^\p{N}+$/u.test(word)) return '0';
  if (/\p{N}/u.test(word)) return 'm';
  const single = [...word].length === 1;
  if (!/^\p{Lu}/u.test(word)) return single ? 'x' : 'a';
  return single ? 'X' : /^\p{Lu}+$/u.test(word) ? 'U' : 'A';
}

/** Rules for junctions, and what of them is looked at inside of words. */
export class JunctionRules {
  private readonly words = new Set<string>();
  private readonly tails = new Set<string>();

  constructor(private readonly rules: Rules) {
    for (const name of rules.keys()) {
      if (name.startsWith('i-')) this.tails.add(name.slice(2));
      if (name.startsWith('j-')) this.words.add(name.slice(2));
    }
  }

  /** Where a stretch is cut, in order. */
  cutsOf(stretch: string): number[] {
    const { tails, words } = this;
    const may =
      tails.size + words.size === 0
        ? () => false
        : (run: string, offset: number, tail: string) =>
            (tail.length <= longestTail && tails.has(tail)) ||
            (words.size > 0 && words.has(`${run.slice(0, offset)} ${tail}`));
    return junctionsOf(stretch, may)
      .filter((junction) => decide(this.rules, junction))
      .map(({ at }) => at);
  }
}
