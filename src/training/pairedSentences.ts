/** Which sentences two labellings of one text have in common. */
import type { CorpusFile } from '../corpus/corpus';
import { columnAt } from '../corpus/corpusFile';
import { formatOf } from '../corpus/formats';

/** A file and the position, in its layout, of the labels that are compared. */
export interface LabelledFile {
  readonly file: CorpusFile;
  readonly label: number;
}

/** What one of the two files says of a sentence: for each word its label and its line, from 0. */
export interface LabelledWords {
  readonly labels: readonly string[];
  readonly lines: readonly number[];
}

/** A sentence of both. */
export interface PairedSentence {
  readonly words: readonly string[];
  readonly left: LabelledWords;
  readonly right: LabelledWords;
}

export interface PairedSentences {
  readonly pairs: readonly PairedSentence[];
  /** Sentences that only one of the two has. */
  readonly leftOnly: number;
  readonly rightOnly: number;
}

/**
 * Pairs the sentences with the same words: the first of several equal ones with the first, and so on. Where
 * spans cut tokens and join sentences (`cutsTokens`), both sides are cut where either is, so that a span whose
 * borders differ is compared, and not left out.
 */
export function pairSentences(leftFile: LabelledFile, rightFile: LabelledFile): PairedSentences {
  const [left, right] = [new Side(leftFile), new Side(rightFile)];
  const partner = equalSentences(left, right);
  const pairs: PairedSentence[] = [];
  const isTaken = new Set(partner.values());
  let [leftPaired, rightPaired] = [partner.size, partner.size];
  const mayJoin = [leftFile, rightFile].every(({ file }) => formatOf(file.layout).cutsTokens);
  /** Where the right side goes on behind what was paired last. */
  let behind = 0;
  for (let sentence = 0; sentence < left.sentences; sentence++) {
    const other = partner.get(sentence);
    if (other !== undefined) {
      pairs.push({
        words: left.words(sentence, sentence + 1),
        left: left.labelled(sentence, sentence + 1),
        right: right.labelled(other, other + 1),
      });
      behind = other + 1;
    } else if (mayJoin && behind < right.sentences && !isTaken.has(behind)) {
      const joined = sameText(
        new Stretch(left, sentence, (s) => !partner.has(s)),
        new Stretch(right, behind, (s) => !isTaken.has(s)),
      );
      if (joined) {
        pairs.push(cutAlike(...joined));
        leftPaired += joined[0].end - joined[0].start;
        rightPaired += joined[1].end - joined[1].start;
        sentence = joined[0].end - 1;
        behind = joined[1].end;
      } else behind++;
    }
  }
  return { pairs, leftOnly: left.sentences - leftPaired, rightOnly: right.sentences - rightPaired };
}

/** For each sentence of the left that the right has as well, which it is there. */
function equalSentences(left: Side, right: Side): Map<number, number> {
  const textOf = (side: Side, sentence: number): string => side.words(sentence, sentence + 1).join('\n');
  const waiting = new Map<string, number[]>();
  for (let sentence = right.sentences - 1; sentence >= 0; sentence--) {
    const text = textOf(right, sentence);
    const known = waiting.get(text);
    if (known) known.push(sentence);
    else waiting.set(text, [sentence]);
  }
  const partner = new Map<number, number>();
  for (let sentence = 0; sentence < left.sentences; sentence++) {
    const other = waiting.get(textOf(left, sentence))?.pop();
    if (other !== undefined) partner.set(sentence, other);
  }
  return partner;
}

/** One of the two files. */
class Side {
  private readonly forms;
  private readonly labels;
  readonly sentences: number;

  constructor(private readonly given: LabelledFile) {
    const { file, label } = given;
    this.forms = columnAt(file, file.layout.form);
    this.labels = columnAt(file, label);
    this.sentences = file.sentences;
  }

  /** The words of some sentences, the last exclusive. */
  words(first: number, end: number): string[] {
    return this.values(this.forms, first, end);
  }

  labelled(first: number, end: number): LabelledWords {
    const { sentenceStart, line } = this.given.file;
    return {
      labels: this.values(this.labels, first, end),
      lines: Array.from(line.subarray(sentenceStart[first], sentenceStart[end])),
    };
  }

  private values({ ids, values }: Side['forms'], first: number, end: number): string[] {
    const { sentenceStart } = this.given.file;
    return Array.from(ids.subarray(sentenceStart[first], sentenceStart[end]), (id) => values[id]);
  }
}

/** Sentences in a row, from `start` to `end`, exclusive. */
class Stretch {
  end: number;
  text: string;

  constructor(
    readonly side: Side,
    readonly start: number,
    private readonly isFree: (sentence: number) => boolean,
  ) {
    this.end = start + 1;
    this.text = side.words(start, this.end).join('');
  }

  /** @returns whether there is another one to take. */
  grow(): boolean {
    if (this.end >= this.side.sentences || !this.isFree(this.end)) return false;
    this.text += this.side.words(this.end, this.end + 1).join('');
    this.end++;
    return true;
  }
}

/** Takes sentences together until both sides have the same characters; undefined where they never do. */
function sameText(left: Stretch, right: Stretch): [Stretch, Stretch] | undefined {
  for (;;) {
    if (left.text === right.text) return [left, right];
    const [shorter, longer] = left.text.length < right.text.length ? [left, right] : [right, left];
    if (!longer.text.startsWith(shorter.text) || !shorter.grow()) return undefined;
  }
}

/** Both with the words that are left where each is cut where either is. */
function cutAlike(left: Stretch, right: Stretch): PairedSentence {
  const borders = new Set<number>();
  for (const { side, start, end } of [left, right]) {
    let at = 0;
    for (const word of side.words(start, end)) borders.add((at += word.length));
  }
  const ends = [...borders].sort((a, b) => a - b);
  return {
    words: ends.map((end, i) => left.text.slice(i === 0 ? 0 : ends[i - 1], end)),
    left: cutAt(left, ends),
    right: cutAt(right, ends),
  };
}

/** The first part of a token has its label, and the others go on with its span. */
function cutAt({ side, start, end }: Stretch, ends: readonly number[]): LabelledWords {
  const { labels, lines } = side.labelled(start, end);
  const cut: { labels: string[]; lines: number[] } = { labels: [], lines: [] };
  let [at, part] = [0, 0];
  side.words(start, end).forEach((word, t) => {
    at += word.length;
    for (let isFirst = true; part < ends.length && ends[part] <= at; part++, isFirst = false) {
      cut.labels.push(isFirst ? labels[t] : labels[t].replace(/^B-/, 'I-'));
      cut.lines.push(lines[t]);
    }
  });
  return cut;
}
