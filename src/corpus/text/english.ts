import type { TokenSink } from './words';

/** Abbreviations that keep their full stop and go on with the sentence, in lower case. */
const abbreviations = new Set(
  ('mr mrs ms messrs dr prof rev hon gen col lt sgt capt maj cmdr adm gov sen rep pres sr jr st ste mt ft ave blvd rd ' +
    'inc ltd co corp bros llc dept univ assn vs etc al cf viz approx est ext tel fax fig figs vol pp ed eds ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri no nos').split(' '),
);

/** Words that are written together and cut as two, with the length of the first part. */
const contractions: Readonly<Record<string, number>> = { cannot: 3, gonna: 3, wanna: 3, gotta: 3, gimme: 3, lemme: 3 };

/** First parts that a hyphen does not cut off. */
const prefixes = new Set(
  ('a anti bi bio co counter cyber de e eco ex extra hyper i inter intra mega meta micro mid mini mis multi neo non o over pan para ' +
    'per post pre pro pseudo quasi re semi sub super t tele trans tri u ultra un under uni uh x').split(' '),
);
/** Last parts that a hyphen does not cut off. */
const suffixes = new Set('ish like esque fold wise up ups'.split(' '));

const clitic = /(?:n['’]t|['’](?:s|m|d|re|ve|ll))$/i;
const electronicAddress = /^[^@]+@[^@]+\.[^@]+$/;
const host = /^(?:[\p{L}\p{N}-]+\.)+(?:com|org|net|edu|gov|mil|info|biz|io|co|uk|us|de|fr|eu|au|ca|in|html?|php|pdf|txt|docx?|xls|jpe?g|gif|exe)$/iu;
const dotted = /^\p{L}(?:\.\p{L})+$/u;
const amount = /^(\d[\d.,:]*)(am|pm|a\.m|p\.m|k|m|km|mm|cm|kg|g|lb|lbs|mg|ml|mph|gb|mb|ft|hrs?|mins?|yrs?|c|f)$/i;
const numeric = /^[\p{Nd}.,:/-]+$/u;

/** Cuts a word, marks inside it included, into the tokens that English treebanks make of it. */
export function splitWord(line: string, start: number, end: number, emit: TokenSink): void {
  const word = line.slice(start, end);
  const stop = line[end] === '.' ? 1 : 0;
  if (end - start > 100 && !word.includes('@') && !word.includes('-')) return emit(start, end);
  if (word.includes('@')) {
    if (electronicAddress.test(word)) return emit(start, end);
    return splitAt('@', line, start, end, emit);
  }
  if (word.includes('.') && !numeric.test(word) && !host.test(word)) {
    if (dotted.test(word)) return emitWithStop(line, start, end, stop, emit);
    return splitStops(line, start, end, emit);
  }
  if (numeric.test(word) || host.test(word)) return splitNumber(line, start, end, emit);
  if (word.includes('-')) return splitHyphens(line, start, end, emit);
  splitPlain(line, start, end, emit);
}

/** Abbreviations and initials take the full stop behind them along. The caller goes on behind `end`, so it is marked there. */
function emitWithStop(line: string, start: number, end: number, stop: number, emit: TokenSink): void {
  emit(start, end + stop);
}
