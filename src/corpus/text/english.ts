import { remember } from '../../common/remember';
import type { TokenSink } from './tokenSink';

/** Abbreviations that keep their full stop, in lower case. A sentence does not end at them. */
const abbreviations = new Set(
  (
    'mr mrs ms messrs dr prof rev hon gen col lt sgt capt maj cmdr adm gov sen rep pres sr jr st ste mt ft ave blvd rd ' +
    'inc ltd co corp bros llc dept univ assn vs etc al cf viz approx est ext tel fax fig figs vol pp ed eds ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec tue tues thu thur thurs fri'
  ).split(' '),
);

/** Words that are written together and cut as two, with the length of the first part. */
const contractions: Readonly<Record<string, number>> = {
  cannot: 3,
  gonna: 3,
  wanna: 3,
  gotta: 3,
  gimme: 3,
  lemme: 3,
};

/** Negations written without their apostrophe: cut before `nt`. */
const bareNegation = /^(?:do|does|did|ca|wo|is|was|are|were|have|has|had|could|would|should|ai)nt$/i;

/** First and last parts that a hyphen does not cut off, in lower case. */
const prefixes = new Set(
  (
    'anti bi bio co counter cyber de e eco ex extra hyper inter intra mega meta micro mid mini mis multi neo non ' +
    'pan para post pre pro pseudo quasi re semi sub super tele trans tri ultra un under uni'
  ).split(' '),
);
const suffixes = new Set('ish like esque fold wise'.split(' '));

/** Longer words are not looked at closely: no word of a language is, and the patterns below stay cheap. */
const longestWord = 254;

const clitic = /(?:n['’]t|['’](?:s|m|d|re|ve|ll))$/i;
const electronicAddress = /^[^@]+@[^@]+\.[^@]+$/;
const host =
  /^(?:[\p{L}\p{N}-]+\.)+(?:com|org|net|edu|gov|mil|info|biz|io|co|uk|us|de|fr|eu|au|ca|in|html?|php|pdf|txt|docx?|xls|jpe?g|gif|exe)$/iu;
const dotted = /^\p{L}(?:\.\p{L})+$/u;
const amount = /^(\d[\d.,:]*)(?:am|pm|a\.m|p\.m|k|m|km|mm|cm|kg|g|lbs?|mg|ml|mph|gb|mb|hrs?|mins?|yrs?)$/i;
const numeric = /^[\p{Nd}.,:/-]+$/u;
/** Two numbers with a hyphen between them, though not a telephone number (3 and 4 digits). */
const numberRange = /^(?!\d{3}-\d{4}$)(\d{1,4})-\d{1,4}$/;

/** Words whose tokens are remembered: a text has few that are not among so many. */
const rememberedWords = 50_000;

/** By a word, with the full stop behind it where there is one: start and end of each token. */
const placesOf = remember(rememberedWords, (text) => {
  const places: number[] = [];
  const end = text.endsWith('.') ? text.length - 1 : text.length;
  splitAt(text, 0, end, (from, to) => places.push(from, to));
  return places;
});

/**
 * Cuts a word, marks inside it included, into the tokens that English treebanks make of it.
 *
 * @returns where the last token ends: behind `end` where an abbreviation takes along the full stop there.
 */
export function splitWord(line: string, start: number, end: number, emit: TokenSink): number {
  // What is behind a word counts where it is a full stop, or a letter of another script.
  if (line.charCodeAt(end) >= 128) return splitAt(line, start, end, emit);
  const places = placesOf(line.slice(start, hasStop(line, end) ? end + 1 : end));
  for (let i = 0; i < places.length; i += 2) emit(start + places[i], start + places[i + 1]);
  return start + places[places.length - 1];
}

/** A full stop, and no dots of an ellipsis. */
const hasStop = (line: string, at: number): boolean => line[at] === '.' && line[at + 1] !== '.';

function splitAt(line: string, start: number, end: number, emit: TokenSink): number {
  const word = line.slice(start, end);
  const range = numberRange.exec(word);
  if (range) {
    const hyphen = start + range[1].length;
    emit(start, hyphen);
    emit(hyphen, hyphen + 1);
    emit(hyphen + 1, end);
    return end;
  }
  if (word.length > longestWord || host.test(word) || electronicAddress.test(word) || numeric.test(word)) {
    emit(start, end);
    return end;
  }
  let from = start;
  for (let at = start + 1; at < end; at++) {
    const mark = line[at];
    const cutsHere =
      mark === '@' ||
      (mark === '-' && cutsAtHyphen(line.slice(from, at), line.slice(at + 1, end))) ||
      (mark === '.' && endsSentence(line, from, at));
    if (cutsHere) {
      splitPlain(line, from, at, false, emit);
      emit(at, at + 1);
      from = at + 1;
    }
  }
  return splitPlain(line, from, end, hasStop(line, end), emit);
}

function cutsAtHyphen(before: string, after: string): boolean {
  const rest = /^[^-]*/.exec(after)![0];
  return !prefixes.has(before.toLowerCase()) && !suffixes.has(rest.toLowerCase());
}

/**
 * Whether the stop at `at`, inside a word, was meant as a sentence's end with the space forgotten:
 * `done.Then`.
 */
function endsSentence(line: string, from: number, at: number): boolean {
  return (
    /\p{Ll}{2}$/u.test(line.slice(Math.max(from, at - 2), at)) &&
    /^\p{Lu}\p{L}/u.test(line.slice(at + 1, at + 4))
  );
}

/**
 * Cuts off clitics and units. `stop`: a full stop stands at `end`, which abbreviations and initials take
 * along.
 */
function splitPlain(line: string, start: number, end: number, stop: boolean, emit: TokenSink): number {
  const word = line.slice(start, end);
  const cut = (length: number): void => {
    emit(start, start + length);
    emit(start + length, end);
  };
  const lower = word.toLowerCase();
  if (stop && (dotted.test(word) || abbreviations.has(lower) || /^\p{Lu}$/u.test(word))) {
    emit(start, end + 1);
    return end + 1;
  }
  const tail = clitic.exec(word);
  const number = amount.exec(word);
  if (Object.hasOwn(contractions, lower)) cut(contractions[lower]);
  else if (bareNegation.test(word)) cut(word.length - 2);
  else if (tail && tail.index > 0) cut(tail.index);
  else if (number) cut(number[1].length);
  else emit(start, end);
  return end;
}
