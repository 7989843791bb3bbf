import { conventionsVersion, mostRules, rewritings } from './conventions';
import type { TextConventions } from './conventions';
import { junctionsOf } from './junctions';
import { RuleLearner } from './rules';
import { SentenceEnds } from './sentenceEnds';
import { guessSpacing, spacing } from './spacing';
import { cutWords } from './words';

/** A sentence of the training data. */
export interface CutSentence {
  readonly forms: readonly string[];
  /** How each token stands to the one before it; undefined where no text is known. */
  readonly spacing?: Uint8Array;
  /** The sentence before is not the one before in the text. */
  readonly first: boolean;
}

/** Tokens that are looked at, at most: sentences of all parts of the data. */
const mostTokens = 300_000;

/** Stretches longer than this say nothing that shorter ones do not, and would be kept whole. */
const longestStretch = 2000;
/** UTF-16 units of different stretches that are looked at, at most. */
const mostUnits = 500_000;

/**
 * Learns how a corpus cuts text into tokens and sentences. Where sentences with known spacing are among them, the
 * others are left out; where there are none, how the words stood in their text is guessed.
 *
 * @param given gone through more than once; of a large corpus each is best made when it is asked for.
 * @returns undefined where it cuts as `cutWords` and `SentenceEnds` do.
 */
export function fitConventions(given: Iterable<CutSentence>): TextConventions | undefined {
  const { all, known } = countTokens(given);
  const forms = rewritingsOf(given);
  const original = new Map(forms.map(([text, form]) => [form, text]));
  const sentences = known > 0 ? sampleOf(given, known, hasSpacing) : sampleOf(given, all, () => true);
  const guesser = new PartCuts();
  const stretches = new StretchCounts();
  const ends = new RuleLearner();
  const reader = new SentenceEnds();
  for (const sentence of sentences) {
    const words = sentence.forms.map((form) => original.get(form) ?? form);
    const codes = known > 0 ? sentence.spacing! : guessSpacing(words, (parts) => guesser.cuts(parts));
    stretches.add(words, codes);
    if (sentence.first || codes[0] === spacing.paragraph) reader.restart();
    words.forEach((form, i) => {
      const place = reader.next(form, codes[i] === spacing.none);
      if (place) ends.add(place, i === 0, 1);
      if (place && i === 0) {
        reader.restart();
        reader.next(form, false);
      }
    });
  }
  const cuts = stretches.learn();
  const sentenceRules = ends.learn(mostRules.sentences);
  if (cuts.size + sentenceRules.size + forms.length === 0) return undefined;
  const namesOf = (rules: ReadonlyMap<string, boolean>, answer: boolean): string[] =>
    [...rules].filter(([, own]) => own === answer).map(([name]) => name);
  return {
    version: conventionsVersion,
    cut: namesOf(cuts, true),
    keep: namesOf(cuts, false),
    end: namesOf(sentenceRules, true),
    goOn: namesOf(sentenceRules, false),
    forms,
  };
}

const hasSpacing = ({ spacing: codes }: CutSentence): boolean =>
  codes?.some((code, i) => i > 0 && code !== spacing.unknown) ?? false;

/** How many tokens there are in all, and in sentences with known spacing. */
function countTokens(sentences: Iterable<CutSentence>): { all: number; known: number } {
  let [all, known] = [0, 0];
  for (const sentence of sentences) {
    all += sentence.forms.length;
    if (hasSpacing(sentence)) known += sentence.forms.length;
  }
  return { all, known };
}

/** Runs of the wanted sentences, spread evenly. @param tokens how many these have. */
function* sampleOf(
  sentences: Iterable<CutSentence>,
  tokens: number,
  wanted: (sentence: CutSentence) => boolean,
): Generator<CutSentence> {
  const run = 20;
  const every = Math.ceil(tokens / mostTokens);
  let i = -1;
  for (const sentence of sentences) {
    if (!wanted(sentence)) continue;
    i++;
    if (Math.floor(i / run) % every !== 0) continue;
    yield every > 1 && i % run === 0 ? { ...sentence, first: true } : sentence;
  }
}

/** The rewritten forms that a corpus has, where it has hardly any as people write them. */
function rewritingsOf(sentences: Iterable<CutSentence>): (readonly [text: string, form: string])[] {
  const counts = new Map<string, number>();
  for (const [text, form] of rewritings) counts.set(text, 0).set(form, 0);
  for (const { forms } of sentences)
    for (const form of forms) {
      const count = counts.get(form);
      if (count !== undefined) counts.set(form, count + 1);
    }
  const isWritten = ([text, form]: (typeof rewritings)[number]): boolean => {
    const own = counts.get(form) ?? 0;
    return own >= 2 && (counts.get(text) ?? 0) < own / 10;
  };
  // Two apostrophes are a quotation mark of their own where nothing else opens one.
  const quotes = rewritings.filter(([text]) => text === '"').every(isWritten);
  return rewritings.filter((pair) => (pair[0] === '"' ? quotes : isWritten(pair)));
}

/** Which parts are cut where they meet without rules, each looked up once. */
class PartCuts {
  private readonly known = new Map<string, boolean>();

  cuts(parts: readonly string[]): boolean {
    const name = parts.join(' ');
    if (name.length > 40) return false;
    let cut = this.known.get(name);
    if (cut === undefined) {
      const found: string[] = [];
      const text = parts.join('');
      cutWords(text, (start, end) => found.push(text.slice(start, end)));
      this.known.set(name, (cut = found.join(' ') === name));
    }
    return cut;
  }
}

interface CutStretch {
  readonly text: string;
  readonly cuts: ReadonlySet<number>;
  count: number;
}

/** Stretches without white space, with where they are cut, each once. */
class StretchCounts {
  private readonly stretches = new Map<string, CutStretch>();
  private units = 0;

  add(words: readonly string[], codes: Uint8Array): void {
    for (let from = 0; from < words.length;) {
      let to = from + 1;
      let known = true;
      for (; to < words.length && (codes[to] === spacing.none || codes[to] === spacing.unknown); to++)
        known &&= codes[to] === spacing.none;
      if (known) this.addStretch(words.slice(from, to));
      from = to;
    }
  }

  private addStretch(words: readonly string[]): void {
    const text = words.join('');
    if (text.length > longestStretch || /[\s\u200b]/.test(text)) return;
    const cuts: number[] = [];
    let at = 0;
    for (const word of words.slice(0, -1)) cuts.push((at += word.length));
    const name = `${cuts.join(' ')} ${text}`;
    const known = this.stretches.get(name);
    if (known) known.count++;
    else if ((this.units += text.length) <= mostUnits)
      this.stretches.set(name, { text, cuts: new Set(cuts), count: 1 });
  }

  learn(): Map<string, boolean> {
    const stretches = [...this.stretches.values()].map(({ text, cuts, count }) => ({
      junctions: junctionsOf(text, () => true),
      cuts,
      count,
    }));
    // Inside of words, where nothing says that a token may end, only classes count in which one does.
    const candidates = new Set<string>();
    for (const { junctions, cuts } of stretches)
      for (const { at, base, inside, classes } of junctions)
        if (inside && !base && cuts.has(at)) for (const name of classes) candidates.add(name);
    candidates.delete('');
    const learner = new RuleLearner();
    for (const { junctions, cuts, count } of stretches)
      for (const junction of junctions) {
        const { at, base, inside, classes } = junction;
        if (!inside || base || classes.some((name) => candidates.has(name)))
          learner.add(junction, cuts.has(at), count);
      }
    return learner.learn(mostRules.tokens);
  }
}
