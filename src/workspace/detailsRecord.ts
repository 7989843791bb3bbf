/** `details.json`: what lies behind the scores of a run that is done. It is read whole or not at all. */
import type { MatchScores, ScoreDetails } from '../model/scores';
import { fieldsOf, isAmount, isFields, isText } from '../record/keptFields';
import { isMatchScores } from '../record/scoreFields';
import type { Learned, Reliability, RunDetails, WordGroup } from '../run/learned';

const version = 1;

/** The details as their file has them. */
export function detailsText(details: RunDetails): string {
  return JSON.stringify({ version, ...details });
}

/** @throws {Error} where the text is damaged, or of a later version. */
export function readDetails(text: string): RunDetails {
  const value: unknown = JSON.parse(text);
  if (!isFields(value)) throw new Error('it is no object');
  if (value.version !== version)
    throw new Error(
      `its version is ${JSON.stringify(value.version)}, and this version of RNN Tagger knows ${version}`,
    );
  const { development, test, learned } = value;
  check('development', development, isScoreDetails);
  check('test', test, isScoreDetails);
  check('learned', learned, isLearned);
  return {
    ...(isPresent(development, isScoreDetails) && { development }),
    ...(isPresent(test, isScoreDetails) && { test }),
    ...(isPresent(learned, isLearned) && { learned }),
  };
}

type Guard<T> = (value: unknown) => value is T;

function isPresent<T>(value: unknown, guard: Guard<T>): value is T {
  return value !== undefined && guard(value);
}

function check(name: string, value: unknown, guard: Guard<unknown>): void {
  if (value !== undefined && !guard(value)) throw new Error(`${name} is damaged`);
}

function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

const isIndex = (value: unknown): value is number => isAmount(value) && Number.isInteger(value);

function isScoreDetails(value: unknown): value is ScoreDetails {
  const { labels, confusions, calibration, words } = fieldsOf(value);
  return (
    isListOf(labels, isLabelScores) &&
    isListOf(confusions, isConfusion) &&
    (calibration === undefined || isCalibration(calibration)) &&
    (words === undefined || isWordRecall(words))
  );
}

function isLabelScores(value: unknown): value is MatchScores {
  return isText(fieldsOf(value).label) && isMatchScores(value);
}

function isConfusion(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [gold, predicted, count] = value as unknown[];
  return isText(gold) && isText(predicted) && isIndex(count);
}

function isCalibration(value: unknown): boolean {
  const { temperature, ece, eceUncalibrated } = fieldsOf(value);
  return [temperature, ece, eceUncalibrated].every(isAmount);
}

function isWordRecall(value: unknown): boolean {
  const { inVocabulary, outOfVocabulary } = fieldsOf(value);
  return [inVocabulary, outOfVocabulary].map(fieldsOf).every((own) => {
    const { recall, gold, correct } = own;
    return isAmount(recall) && isIndex(gold) && isIndex(correct);
  });
}

function isLearned(value: unknown): value is Learned {
  const { reliability, knownWords, unknownWords, sentences, tokens, worst } = fieldsOf(value);
  if (!isListOf(sentences, isPlacedSentence)) return false;
  const count = (sentences as unknown[]).length;
  const isSentence = (index: unknown): boolean => isIndex(index) && index < count;
  return (
    (reliability === undefined || isReliability(reliability)) &&
    isWordGroup(knownWords) &&
    isWordGroup(unknownWords) &&
    isListOf(tokens, (one) => isTokens(one, isSentence)) &&
    isListOf(worst, (one) => isWorst(one, isSentence))
  );
}

function isReliability(value: unknown): value is Reliability {
  const { tokens, ece, bins } = fieldsOf(value);
  return isIndex(tokens) && isAmount(ece) && isListOf(bins, isBin);
}

function isBin(value: unknown): boolean {
  const { tokens, confidence, accuracy } = fieldsOf(value);
  return isIndex(tokens) && isAmount(confidence) && isAmount(accuracy);
}

function isWordGroup(value: unknown): value is WordGroup {
  const { tokens, correct, spans } = fieldsOf(value);
  return isIndex(tokens) && isIndex(correct) && (spans === undefined || isMatchScores(spans));
}

function isPlacedSentence(value: unknown): boolean {
  const { file, number, words } = fieldsOf(value);
  return isText(file) && isIndex(number) && isText(words);
}

function isTokens(value: unknown, isSentence: (index: unknown) => boolean): boolean {
  const { gold, predicted, places } = fieldsOf(value);
  const isPlace = (place: unknown): boolean =>
    Array.isArray(place) && place.length === 2 && isSentence(place[0]) && isIndex(place[1]);
  return isText(gold) && isText(predicted) && isListOf(places, isPlace);
}

function isWorst(value: unknown, isSentence: (index: unknown) => boolean): boolean {
  const { sentence, tokens, errors, token, loss } = fieldsOf(value);
  return isSentence(sentence) && [tokens, errors, token].every(isIndex) && isAmount(loss);
}
