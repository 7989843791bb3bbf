import type { TrainingCorpus } from '../corpus/dataset';
import type { Learned, PlacedSentence, TokensOfConfusion, WorstSentence } from '../run/learned';
import { inOrder } from './labelTally';

/** Tokens of one confusion that are kept at most, and of all together. */
const mostOfConfusion = 100;
const mostTokens = 10_000;
const mostWorst = 50;
/** UTF-16 units of the sentences' words that are kept at most, in all and of one sentence. */
const mostText = 2_000_000;
const longestSentence = 20_000;

/** Keeps where the tokens behind a confusion matrix stand, and the worst sentences. */
export class KeptPlaces {
  private readonly sentences: PlacedSentence[] = [];
  private readonly indices = new Map<number, number | undefined>();
  private text = 0;

  constructor(private readonly corpus: TrainingCorpus) {}

  /**
   * @param labels numbers of the predicted labels of the development data.
   * @param losses of its sentences.
   */
  keep(
    labels: ArrayLike<number>,
    losses: ArrayLike<number>,
  ): Pick<Learned, 'sentences' | 'tokens' | 'worst'> {
    const { sentences } = this;
    if (!this.corpus.developmentPlaces) return { sentences, tokens: [], worst: [] };
    const worst = this.worstOf(labels, losses);
    return { sentences, tokens: this.tokensOf(labels), worst };
  }

  private tokensOf(predicted: ArrayLike<number>): TokensOfConfusion[] {
    const { labels, splits } = this.corpus;
    const { sentences, start, gold } = splits.development;
    const L = labels.length;
    const pairs = new Map<number, { count: number; readonly first: [sentence: number, token: number][] }>();
    for (let s = 0; s < sentences; s++)
      for (let token = start[s]; token < start[s + 1]; token++) {
        const key = gold.ids[token] * L + predicted[token];
        let pair = pairs.get(key);
        if (!pair) pairs.set(key, (pair = { count: 0, first: [] }));
        if (pair.count++ < mostOfConfusion) pair.first.push([s, token - start[s]]);
      }
    const ordered = [...pairs]
      .map(([key, pair]) => ({ gold: gold.values[Math.floor(key / L)], predicted: labels[key % L], ...pair }))
      .sort(
        (a, b) =>
          Number(a.gold === a.predicted) - Number(b.gold === b.predicted) ||
          b.count - a.count ||
          inOrder(a.gold, b.gold) ||
          inOrder(a.predicted, b.predicted),
      );
    let left = mostTokens;
    return ordered.flatMap(({ gold: own, predicted: other, first }) => {
      const places = first.slice(0, left).flatMap(([s, token]): (readonly [number, number])[] => {
        const index = this.indexOf(s);
        return index === undefined ? [] : [[index, token]];
      });
      left -= places.length;
      return places.length === 0 ? [] : [{ gold: own, predicted: other, places }];
    });
  }

  private worstOf(predicted: ArrayLike<number>, losses: ArrayLike<number>): WorstSentence[] {
    const { sentences, start, labels } = this.corpus.splits.development;
    return Array.from({ length: sentences }, (_, s) => s)
      .filter((s) => start[s + 1] > start[s] && losses[s] > 0 && losses[s] < Infinity)
      .sort((a, b) => losses[b] - losses[a] || a - b)
      .slice(0, mostWorst)
      .flatMap((s) => {
        const sentence = this.indexOf(s);
        if (sentence === undefined) return [];
        const tokens = start[s + 1] - start[s];
        const wrong = Array.from({ length: tokens }, (_, t) => t).filter(
          (t) => labels[start[s] + t] !== predicted[start[s] + t],
        );
        const { length: errors, [0]: token = 0 } = wrong;
        return [{ sentence, tokens, errors, token, loss: losses[s] }];
      });
  }

  /** The index of a sentence among those that are kept; undefined where there is no room for it. */
  private indexOf(s: number): number | undefined {
    if (this.indices.has(s)) return this.indices.get(s);
    const { words, splits, developmentPlaces: places } = this.corpus;
    const { start, words: numbers } = splits.development;
    const text = Array.from(numbers.subarray(start[s], start[s + 1]), (number) => words[number]).join(' ');
    const fits = text.length <= longestSentence && this.text + text.length <= mostText;
    const index = places && fits ? this.sentences.length : undefined;
    if (places && index !== undefined) {
      this.text += text.length;
      this.sentences.push({ file: places.files[places.file[s]], number: places.sentence[s], words: text });
    }
    this.indices.set(s, index);
    return index;
  }
}
