import { InputError } from '../../common/errors';
import * as l10n from '../../common/l10n';
import type { AskedLabels, AskedSentence } from './request';

/** A label for some words of a sentence: the index of the sentence, and of its words; the end is exclusive. */
export interface SuggestedLabel {
  readonly sentence: number;
  readonly first: number;
  readonly end: number;
  readonly label: string;
}

/** What an answer came to, with how many of its labels were dropped, and why. */
export interface CheckedAnswer {
  readonly suggestions: readonly SuggestedLabel[];
  /** The words do not stand there (once more), or the entry is not of the form that was asked for. */
  readonly misplaced: number;
  /** The corpus has no such label. */
  readonly unknown: number;
  /** Some of the words have a label already. */
  readonly labelled: number;
}

interface Entry {
  readonly sentence: number;
  readonly text: string;
  readonly label: string;
}

/**
 * Reads what a language model has answered, and checks each label against the text.
 * @throws InputError where it is no JSON array: nothing is taken from an answer that is cut off.
 */
export function checkAnswer(answer: string, { sentences, labels, spans }: AskedLabels): CheckedAnswer {
  const known = new Set(labels);
  const taken = sentences.map(({ words }) => words.map(() => false));
  const suggestions: SuggestedLabel[] = [];
  let [misplaced, unknown, labelled] = [0, 0, 0];
  for (const given of entriesOf(answer)) {
    const entry = asEntry(given, sentences.length);
    if (!entry) {
      misplaced++;
      continue;
    }
    const sentence = entry.sentence - 1;
    const asked = sentences[sentence];
    const place = placeOf(asked, entry.text, taken[sentence], spans);
    if (!place) misplaced++;
    else if (!known.has(entry.label)) unknown++;
    else {
      const { first, end } = place;
      taken[sentence].fill(true, first, end);
      if (asked.labelled.slice(first, end).some(Boolean)) labelled++;
      else suggestions.push({ sentence, first, end, label: entry.label });
    }
  }
  suggestions.sort((a, b) => a.sentence - b.sentence || a.first - b.first);
  return { suggestions, misplaced, unknown, labelled };
}

/** Models put what is asked of them into a fence of Markdown, whatever they are told. */
const fence = /^```(?:json)?[ \t]*\r?\n([^]*?)\r?\n?```$/;

function entriesOf(answer: string): readonly unknown[] {
  const trimmed = answer.trim();
  const text = fence.exec(trimmed)?.[1] ?? trimmed;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new InputError(l10n.t('The answer is no JSON, or is cut off.'));
  }
  if (!Array.isArray(parsed)) throw new InputError(l10n.t('The answer is no list of labels.'));
  return parsed;
}

function asEntry(given: unknown, sentences: number): Entry | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
  const { sentence, text, label } = given as Readonly<Record<string, unknown>>;
  const isNumbered =
    typeof sentence === 'number' && Number.isInteger(sentence) && sentence >= 1 && sentence <= sentences;
  return isNumbered && typeof text === 'string' && typeof label === 'string'
    ? { sentence, text, label }
    : undefined;
}

/** The first words that read so and are not taken yet, whatever white space is between them. */
function placeOf(
  { words }: AskedSentence,
  text: string,
  taken: readonly boolean[],
  spans: boolean,
): { first: number; end: number } | undefined {
  const wanted = withoutSpace(text);
  if (wanted === '') return undefined;
  for (let first = 0; first < words.length; first++) {
    let at = 0;
    for (let end = first; end < words.length && !taken[end] && (spans || end === first); end++) {
      const word = withoutSpace(words[end]);
      if (!wanted.startsWith(word, at)) break;
      at += word.length;
      if (at === wanted.length) return { first, end: end + 1 };
    }
  }
  return undefined;
}

const withoutSpace = (text: string): string => text.replace(/\s+/gu, '');
