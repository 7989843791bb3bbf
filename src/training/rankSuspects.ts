/** In which order to look at labels that may be wrong: what speaks for a mistake besides the models. */
import type { CorpusFile, LabelScheme } from '../corpus/corpus';
import { columnAt } from '../corpus/corpusFile';
import type { SentenceRef } from '../corpus/heldOut';
import { partsUnder } from '../corpus/labels/notation';
import { spansOf } from '../corpus/labels/spans';
import type { ReadColumns } from '../corpus/trainingCorpus';

/** A label that may be wrong. */
export interface SuspectLabel {
  readonly file: CorpusFile;
  /** Counted in the file. */
  readonly token: number;
  /** As it stands in the file. */
  readonly label: string;
  /** What the model takes for more probable: the most probable label. */
  readonly suggested: string;
  /** How much speaks for the suggested label, in nats: see {@link rankSuspects}. */
  readonly margin: number;
}

/** Weights of the evidence, in nats; measured on flipped labels and by eye: see docs/benchmarks.md. */
const ofWord = 2;
const ofConfusion = { spans: 1.5, tags: 1 };
const ofSpan = 20;

/** Beyond this, in nats, models are no surer: what they have not seen they can be very sure of. */
const mostMargin = 12;

/** Of what is beyond, so much counts, so that there is an order. */
const beyond = 0.01;

/** Added to counts of a word's labels, so that one that never occurs is not impossible. */
const pseudoCount = 0.5;

/**
 * The suspect labels with all that speaks for each, in nats, the surest first:
 *
 * - how much more probable another label is to models that have not seen this one;
 * - how often the word (whatever its case) has the suggested label elsewhere, and how often the given one;
 * - how seldom models take the given label for the suggested one: where they often do (they do not know a rare
 *   name for one), they are wrong more often than the label;
 * - whether the label is a part of a span of several tokens, which nobody marks by mistake: then the models
 *   have to agree that all of it is of another type.
 *
 * @param sentences all that was judged.
 */
export function rankSuspects(
  suspects: readonly SuspectLabel[],
  sentences: readonly SentenceRef[],
  columns: ReadColumns,
  scheme: LabelScheme,
): SuspectLabel[] {
  const counts = new LabelCounts(sentences, columns);
  const confusions = new Map<string, number>();
  const pairOf = ({ label, suggested }: SuspectLabel): string => JSON.stringify([label, suggested]);
  for (const suspect of suspects) confusions.set(pairOf(suspect), (confusions.get(pairOf(suspect)) ?? 0) + 1);
  const isWhole = wholeSpans(suspects, sentences, columns, scheme);
  const confusion = scheme === 'none' ? ofConfusion.tags : ofConfusion.spans;
  return suspects
    .map((suspect) => {
      const { label, suggested, margin } = suspect;
      const word = counts.wordAt(suspect);
      const elsewhere =
        (counts.ofWord(word, suggested) + pseudoCount) / (counts.ofWord(word, label) - 1 + pseudoCount);
      const rate = confusions.get(pairOf(suspect))! / counts.ofLabel(label);
      const ofModels = Math.min(margin, mostMargin) + beyond * margin;
      const evidence = ofModels + ofWord * Math.log(elsewhere) - confusion * Math.log(rate);
      return { ...suspect, margin: isWhole(suspect) ? evidence : evidence - ofSpan };
    })
    .sort((a, b) => b.margin - a.margin);
}

/** How often each word has each label, and how often there is each label. */
class LabelCounts {
  private readonly byWord = new Map<string, Map<string, number>>();
  private readonly byLabel = new Map<string, number>();

  constructor(
    sentences: readonly SentenceRef[],
    private readonly columns: ReadColumns,
  ) {
    const { layout, label } = columns;
    for (const { file, sentence } of sentences) {
      const [form, gold] = [columnAt(file, layout.form), columnAt(file, label)];
      for (let t = file.sentenceStart[sentence]; t < file.sentenceStart[sentence + 1]; t++) {
        const word = form.values[form.ids[t]].toLowerCase();
        const value = gold.values[gold.ids[t]];
        let labels = this.byWord.get(word);
        if (!labels) this.byWord.set(word, (labels = new Map()));
        labels.set(value, (labels.get(value) ?? 0) + 1);
        this.byLabel.set(value, (this.byLabel.get(value) ?? 0) + 1);
      }
    }
  }

  wordAt({ file, token }: SuspectLabel): string {
    const { values, ids } = columnAt(file, this.columns.layout.form);
    return values[ids[token]].toLowerCase();
  }

  ofWord(word: string, label: string): number {
    return this.byWord.get(word)?.get(label) ?? 0;
  }

  ofLabel(label: string): number {
    return this.byLabel.get(label) ?? 0;
  }
}

/**
 * Tells of a suspect label whether it stands for itself: in no typed span of several tokens, or in one of
 * which all tokens are suspect of the same other type.
 */
function wholeSpans(
  suspects: readonly SuspectLabel[],
  sentences: readonly SentenceRef[],
  { label }: ReadColumns,
  scheme: LabelScheme,
): (suspect: SuspectLabel) => boolean {
  if (scheme === 'none') return () => true;
  const suggestions = new Map<SuspectLabel['file'], Map<number, string>>();
  for (const { file, token, suggested } of suspects) {
    const own = suggestions.get(file) ?? new Map<number, string>();
    suggestions.set(file, own.set(token, suggested));
  }
  const inPart = new Map<SuspectLabel['file'], Uint8Array>();
  const typeOf = (value: string): string | undefined => partsUnder(value, scheme)?.type;
  for (const { file, sentence } of sentences) {
    const own = suggestions.get(file);
    if (!own) continue;
    const marks = inPart.get(file) ?? new Uint8Array(file.tokens);
    inPart.set(file, marks);
    const [start, end] = [file.sentenceStart[sentence], file.sentenceStart[sentence + 1]];
    const { values, ids } = columnAt(file, label);
    const gold = Array.from(ids.subarray(start, end), (id) => values[id]);
    for (const span of spansOf(gold, scheme)) {
      if (span.end - span.start < 2 || span.type === '') continue;
      const suggested = Array.from({ length: span.end - span.start }, (_, i) =>
        own.get(start + span.start + i),
      );
      const types = new Set(suggested.map((value) => value !== undefined && typeOf(value)));
      const [type] = types;
      const retyped = types.size === 1 && typeof type === 'string' && type !== '' && type !== span.type;
      if (!retyped) marks.fill(1, start + span.start, start + span.end);
    }
  }
  return ({ file, token }) => inPart.get(file)?.[token] !== 1;
}
