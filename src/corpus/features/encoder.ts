import { Vocabulary } from '../vocabulary';
import { LexiconTable, lexiconMost } from './lexicon';
import type { WordStarts } from './lexicon';
import { columnsOf, layOut } from './lists';
import type { FeatureLists } from './lists';
import { PairTable } from './pairTable';
import { TypeTable } from './typeTable';

/** So many distinct words, or pairs of them, are some 100 MB. */
const fullTypes = 500_000;
const fullPairs = 2_000_000;

/**
 * Types of further columns, in the order of {@link FeatureEncoder.columns}; undefined for one that is not at
 * hand.
 */
export type ColumnTypes = readonly (ArrayLike<number> | undefined)[];

/**
 * Gives tokens their rows of the input table. Words are numbered as they come (types), and what can be worked
 * out of a word alone is worked out once.
 *
 * A value that the model does not know adds nothing, but for words: there is a row for unknown ones. One-hot,
 * each token has exactly one row: its number in the vocabulary.
 */
export class FeatureEncoder {
  /** K: rows of the table. */
  readonly rows: number;
  /** The columns of the file that the templates read beside the word. */
  readonly columns: readonly string[];
  private readonly oneHot: boolean;
  private readonly words: TypeTable;
  private readonly pairs: PairTable;
  private readonly columnTables: readonly TypeTable[];
  private readonly lexicon: LexiconTable | undefined;

  /** @throws {RangeError} there is no such attribute, or its values are missing. */
  constructor(lists: FeatureLists) {
    const { rows, tokens, pairs, lexicon } = layOut(lists);
    const ofColumn = (column: string | undefined): TypeTable =>
      new TypeTable(tokens.filter(({ attribute }) => attribute.column === column));
    this.rows = rows;
    this.oneHot = lists.oneHot;
    this.columns = columnsOf(lists);
    this.words = lists.oneHot ? oneHotTable(lists) : ofColumn(undefined);
    this.pairs = new PairTable(pairs, this.words.strings);
    this.columnTables = this.columns.map(ofColumn);
    this.lexicon =
      lists.lexicon && lexicon !== undefined
        ? new LexiconTable(lists.lexicon, this.words.strings, lexicon)
        : undefined;
  }

  /** A word's type: its number among the words seen so far, from 0. Holds until {@link reset}. */
  typeOf(word: string): number {
    return this.words.typeOf(word);
  }

  /**
   * The same for a value of another column, given by its index in {@link columns}. Each column has numbers of
   * its own.
   */
  columnTypeOf(column: number, value: string): number {
    return this.columnTables[column].typeOf(value);
  }

  /**
   * The sentences of `types` are those that a lexicon was made of, cut into words at `starts`: from now on
   * each word is looked up as if it did not stand there.
   */
  train(types: ArrayLike<number>, start: ArrayLike<number>, starts: WordStarts): void {
    this.lexicon?.train(types, start, starts);
  }

  /** So much has been seen that it is time to {@link reset}. */
  get full(): boolean {
    return (
      this.words.strings.length > fullTypes ||
      this.pairs.size > fullPairs ||
      this.columnTables.some(({ strings }) => strings.length > fullTypes)
    );
  }

  /** Forgets all types. Numbers given before mean nothing from then on, so this is called between batches. */
  reset(): void {
    for (const table of [this.words, this.pairs, ...this.columnTables]) table.clear();
    this.lexicon?.clear();
  }

  /**
   * At most so many rows have the tokens of a sentence or of a part of it, `types[first]` to `types[end]`
   * (exclusive), together.
   */
  roomFor(types: ArrayLike<number>, first: number, end: number, columns: ColumnTypes = []): number {
    let room = (end - first) * (this.pairs.most + (this.lexicon ? lexiconMost : 0));
    room += this.words.roomFor(types, first, end);
    columns.forEach((values, column) => {
      if (values) room += this.columnTables[column].roomFor(values, first, end);
    });
    return room;
  }

  /**
   * Appends the rows of token `at` of the sentence `types[first]` to `types[end]` (exclusive) to `out` from
   * `to` on, each once, and returns the new end. They do not depend on what was encoded before.
   *
   * @param withheld 1 for each token, by its place in `types`, whose word is to be taken for one that the
   * model does not know, from wherever it is looked at; pairs with it add nothing.
   * @param columns types of the other columns, in the order of {@link columns}, laid out as `types`. A column
   * that is not given, as in plain text, adds nothing.
   */
  write(
    types: ArrayLike<number>,
    first: number,
    end: number,
    at: number,
    out: Int32Array,
    to: number,
    withheld?: ArrayLike<number>,
    columns?: ColumnTypes,
  ): number {
    if (this.oneHot && withheld?.[at] === 1) {
      out[to] = 0;
      return to + 1;
    }
    let next = this.words.write(types, first, end, at, out, to, withheld);
    next = this.pairs.write(types, first, end, at, out, next, withheld);
    if (this.lexicon) next = this.lexicon.write(types, first, end, at, out, next);
    if (columns) {
      for (let column = 0; column < columns.length; column++) {
        const values = columns[column];
        if (values) next = this.columnTables[column].write(values, first, end, at, out, next);
      }
    }
    return next;
  }
}

/** Row numbers are those of a vocabulary, which finds words in lower case as well, and the unknown word. */
function oneHotTable({ attributes: [{ values }] }: FeatureLists): TypeTable {
  const vocabulary = new Vocabulary(values);
  const rowOf = { get: (word: string): number => vocabulary.idOf(word) };
  return new TypeTable([
    {
      attribute: { identity: true, valuesOf: (word) => [word] },
      offset: 0,
      base: 0,
      values: rowOf,
      edge: undefined,
      unknown: undefined,
    },
  ]);
}
