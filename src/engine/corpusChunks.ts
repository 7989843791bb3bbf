/**
 * A training corpus on its way to another trainer: in chunks of about a mebibyte, so that it is never in
 * memory twice as a whole. Each word type, label and gold label is sent once, tokens are sent as numbers.
 */
import type { CorpusLayout, LabelScheme, SplitName } from '../corpus/corpus';
import type { Dataset, TrainingCorpus } from '../corpus/dataset';
import type { TextConventions } from '../corpus/text/conventions';

/** How many bytes a chunk holds at most. A single string that is longer is a chunk of its own. */
export const chunkBytes = 2 ** 20;

const splitNames = ['training', 'development', 'test'] as const satisfies readonly SplitName[];

/** Arrays of numbers in a corpus, by name. */
type NumbersName =
  | 'counts'
  | 'places.file'
  | 'places.sentence'
  | `${SplitName}.${'start' | 'words' | 'labels' | 'gold' | ColumnName}`;
/** Lists of strings in a corpus, by name. */
type StringsName = 'words' | 'labels' | 'places.files' | ColumnName | `${SplitName}.gold`;
/** A further column, by its index. */
type ColumnName = `column${number}`;

/**
 * The first chunk: all that is neither a list of strings nor an array of numbers, and the lengths of these.
 */
export interface CorpusHead {
  readonly kind: 'head';
  readonly scheme: LabelScheme;
  readonly layout: CorpusLayout;
  readonly characters: boolean;
  readonly conventions?: TextConventions;
  readonly heldOut: boolean;
  /** It is known where the development data stands. */
  readonly hasPlaces: boolean;
  /** How many words there are. */
  readonly words: number;
  /** Names of the further columns. */
  readonly columns: readonly string[];
  readonly splits: Readonly<Record<SplitName, { readonly sentences: number; readonly tokens: number }>>;
}

/** Plain data; the bytes own their memory and are transferred. */
export type CorpusChunk =
  | CorpusHead
  /** The next strings of a list. */
  | { readonly kind: 'strings'; readonly name: StringsName; readonly values: readonly string[] }
  /** The next numbers of an array: their bytes, in the machine's own order. */
  | { readonly kind: 'numbers'; readonly name: NumbersName; readonly bytes: Uint8Array<ArrayBuffer> };

/**
 * The chunks of a corpus, in the order in which {@link CorpusAssembler} takes them; each is made when it is
 * asked for. Problems are not sent.
 */
export function* corpusChunks(corpus: TrainingCorpus, limit = chunkBytes): Generator<CorpusChunk, void> {
  const { scheme, layout, characters, conventions, heldOut, words: all, columns, splits } = corpus;
  const { developmentPlaces: places } = corpus;
  const sizes = ({ sentences, tokens }: Dataset) => ({ sentences, tokens });
  yield {
    kind: 'head',
    scheme,
    layout,
    characters,
    ...(conventions && { conventions }),
    heldOut,
    hasPlaces: places !== undefined,
    words: all.length,
    columns: columns.map(({ name }) => name),
    splits: {
      training: sizes(splits.training),
      development: sizes(splits.development),
      test: sizes(splits.test),
    },
  };
  yield* stringChunks('words', all, limit);
  yield* stringChunks('labels', corpus.labels, limit);
  for (const [column, { values }] of columns.entries()) yield* stringChunks(`column${column}`, values, limit);
  yield* numberChunks('counts', corpus.counts, limit);
  for (const split of splitNames) {
    const { start, words, columns: inputs, labels, gold } = splits[split];
    yield* numberChunks(`${split}.start`, start, limit);
    yield* numberChunks(`${split}.words`, words, limit);
    for (const [column, ids] of inputs.entries())
      if (ids) yield* numberChunks(`${split}.column${column}`, ids, limit);
    yield* numberChunks(`${split}.labels`, labels, limit);
    yield* numberChunks(`${split}.gold`, gold.ids, limit);
    yield* stringChunks(`${split}.gold`, gold.values, limit);
  }
  if (!places) return;
  yield* stringChunks('places.files', places.files, limit);
  yield* numberChunks('places.file', places.file, limit);
  yield* numberChunks('places.sentence', places.sentence, limit);
}

function* stringChunks(
  name: StringsName,
  list: readonly string[],
  limit: number,
): Generator<CorpusChunk, void> {
  for (let from = 0; from < list.length;) {
    let to = from;
    let bytes = 0;
    // A string is taken as UTF-16 with a few bytes around it.
    do bytes += 2 * list[to++].length + 8;
    while (to < list.length && bytes + 2 * list[to].length + 8 <= limit);
    yield { kind: 'strings', name, values: list.slice(from, to) };
    from = to;
  }
}

function* numberChunks(
  name: NumbersName,
  array: Uint32Array | Int32Array,
  limit: number,
): Generator<CorpusChunk, void> {
  const length = Math.max(1, Math.floor(limit / array.BYTES_PER_ELEMENT));
  for (let from = 0; from < array.length; from += length) {
    const { buffer } = array.slice(from, from + length);
    yield { kind: 'numbers', name, bytes: new Uint8Array(buffer) };
  }
}

/** Puts a corpus together again from its chunks. */
export class CorpusAssembler {
  private head: CorpusHead | undefined;
  private readonly strings = new Map<StringsName, string[]>();
  private readonly arrays = new Map<
    NumbersName,
    { readonly bytes: Uint8Array<ArrayBuffer>; filled: number }
  >();

  /** @throws {Error} where a chunk does not fit the head: chunks were lost or are of another corpus. */
  add(chunk: CorpusChunk): void {
    switch (chunk.kind) {
      case 'head':
        this.begin(chunk);
        break;
      case 'strings': {
        const list = this.strings.get(chunk.name);
        if (!list) throw new Error(`The corpus has no list ${chunk.name}.`);
        for (const value of chunk.values) list.push(value);
        break;
      }
      case 'numbers': {
        const array = this.arrays.get(chunk.name);
        if (!array || array.filled + chunk.bytes.length > array.bytes.length)
          throw new Error(`The corpus has no room for more of ${chunk.name}.`);
        array.bytes.set(chunk.bytes, array.filled);
        array.filled += chunk.bytes.length;
        break;
      }
    }
  }

  /**
   * The corpus, after its last chunk.
   * @throws {Error} where something is missing.
   */
  finish(): TrainingCorpus {
    const { head } = this;
    if (!head) throw new Error('The corpus has no head.');
    const { scheme, layout, characters, conventions, heldOut } = head;
    const words = this.list('words');
    if (words.length !== head.words)
      throw new Error(`The corpus has ${words.length} of its ${head.words} words.`);
    return {
      words,
      counts: new Uint32Array(this.bytes('counts').buffer),
      columns: head.columns.map((name, column) => ({ name, values: this.list(`column${column}`) })),
      labels: this.list('labels'),
      scheme,
      layout,
      characters,
      ...(conventions && { conventions }),
      splits: {
        training: this.dataset('training', head),
        development: this.dataset('development', head),
        test: this.dataset('test', head),
      },
      ...(head.hasPlaces && {
        developmentPlaces: {
          files: this.list('places.files'),
          file: new Uint32Array(this.bytes('places.file').buffer),
          sentence: new Uint32Array(this.bytes('places.sentence').buffer),
        },
      }),
      heldOut,
      problems: [],
    };
  }

  private begin(head: CorpusHead): void {
    if (this.head) throw new Error('The corpus has begun already.');
    this.head = head;
    const reserve = (name: NumbersName, bytes: number): void =>
      void this.arrays.set(name, { bytes: new Uint8Array(bytes), filled: 0 });
    this.strings.set('words', []).set('labels', []);
    head.columns.forEach((_, column) => this.strings.set(`column${column}`, []));
    reserve('counts', 4 * head.words);
    if (head.hasPlaces) {
      this.strings.set('places.files', []);
      reserve('places.file', 4 * head.splits.development.sentences);
      reserve('places.sentence', 4 * head.splits.development.sentences);
    }
    for (const split of splitNames) {
      const { sentences, tokens } = head.splits[split];
      reserve(`${split}.start`, 4 * (sentences + 1));
      reserve(`${split}.words`, 4 * tokens);
      head.columns.forEach((_, column) => reserve(`${split}.column${column}`, 4 * tokens));
      reserve(`${split}.labels`, 4 * tokens);
      reserve(`${split}.gold`, 4 * tokens);
      this.strings.set(`${split}.gold`, []);
    }
  }

  private dataset(split: SplitName, { splits, columns }: CorpusHead): Dataset {
    const { sentences, tokens } = splits[split];
    const buffer = (name: 'start' | 'words' | 'labels' | 'gold' | ColumnName): ArrayBuffer =>
      this.bytes(`${split}.${name}`).buffer;
    return {
      sentences,
      tokens,
      start: new Uint32Array(buffer('start')),
      words: new Uint32Array(buffer('words')),
      columns: columns.map((_, column) => new Uint32Array(buffer(`column${column}`))),
      labels: new Int32Array(buffer('labels')),
      gold: { values: this.list(`${split}.gold`), ids: new Uint32Array(buffer('gold')) },
    };
  }

  private list(name: StringsName): string[] {
    return this.strings.get(name) ?? [];
  }

  private bytes(name: NumbersName): Uint8Array<ArrayBuffer> {
    const array = this.arrays.get(name);
    if (!array || array.filled < array.bytes.length) throw new Error(`The corpus lacks a part of ${name}.`);
    return array.bytes;
  }
}
