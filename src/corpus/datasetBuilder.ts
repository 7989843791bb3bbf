import type { Column, CorpusFile } from './corpus';
import { columnAt } from './corpusFile';
import type { Dataset } from './dataset';
import type { SentenceRef } from './heldOut';

/**
 * Gives strings numbers: first come those that were counted, the most frequent first of all, then others as
 * they are met.
 */
export class Numbering {
  private readonly numbers: Map<string, number>;

  constructor(counts: ReadonlyMap<string, number>) {
    this.numbers = new Map([...counts].sort((a, b) => b[1] - a[1]).map(([text], number) => [text, number]));
  }

  numberOf(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) this.numbers.set(text, (number = this.numbers.size));
    return number;
  }

  /** By number. */
  get strings(): string[] {
    return [...this.numbers.keys()];
  }
}

/** Where a file's words, labels and further columns stand, and what numbers they get. */
export interface DatasetColumns {
  readonly form: number;
  readonly label: number;
  /** By number. */
  readonly labels: readonly string[];
  numberOf(word: string): number;
  /** Position −1: these files lack the column. */
  readonly inputs: readonly { readonly index: number; readonly numberOf: (value: string) => number }[];
}

/** A file's strings in numbers, by their ids. */
interface FileTables {
  readonly words: Uint32Array;
  readonly labels: Int32Array;
  readonly inputs: readonly (Uint32Array | undefined)[];
}

/** Turns sentences into numbers. Each distinct string of a file is looked up once. */
export class DatasetBuilder {
  private readonly labelNumbers: ReadonlyMap<string, number>;
  private readonly tables = new Map<CorpusFile, FileTables>();

  constructor(private readonly columns: DatasetColumns) {
    this.labelNumbers = new Map(columns.labels.map((label, number) => [label, number]));
  }

  build(sentences: readonly SentenceRef[]): Dataset {
    const start = new Uint32Array(sentences.length + 1);
    sentences.forEach(({ file, sentence }, i) => {
      start[i + 1] = start[i] + file.sentenceStart[sentence + 1] - file.sentenceStart[sentence];
    });
    const tokens = start[sentences.length];
    const words = new Uint32Array(tokens);
    const labels = new Int32Array(tokens);
    const columns = this.columns.inputs.map(({ index }) => (index < 0 ? undefined : new Uint32Array(tokens)));
    const gold = new GoldLabels(tokens);
    let at = 0;
    for (const { file, sentence } of sentences) {
      const form = columnAt(file, this.columns.form);
      const label = columnAt(file, this.columns.label);
      const table = this.tablesOf(file, form, label);
      const goldIds = gold.idsOf(label);
      const [from, to] = [file.sentenceStart[sentence], file.sentenceStart[sentence + 1]];
      this.columns.inputs.forEach(({ index }, i) => {
        const numbers = table.inputs[i];
        if (numbers)
          columns[i]?.set(
            columnAt(file, index)
              .ids.subarray(from, to)
              .map((id) => numbers[id]),
            at,
          );
      });
      for (let t = from; t < to; t++, at++) {
        words[at] = table.words[form.ids[t]];
        labels[at] = table.labels[label.ids[t]];
        gold.ids[at] = goldIds[label.ids[t]];
      }
    }
    return {
      sentences: sentences.length,
      tokens,
      start,
      words,
      columns,
      labels,
      gold: { values: gold.values, ids: gold.ids },
    };
  }

  private tablesOf(file: CorpusFile, form: Column, label: Column): FileTables {
    let tables = this.tables.get(file);
    if (!tables) {
      tables = {
        words: Uint32Array.from(form.values, (word) => this.columns.numberOf(word)),
        labels: Int32Array.from(label.values, (value) => this.labelNumbers.get(value) ?? -1),
        inputs: this.columns.inputs.map(({ index, numberOf }) =>
          index < 0 ? undefined : Uint32Array.from(columnAt(file, index).values, (value) => numberOf(value)),
        ),
      };
      this.tables.set(file, tables);
    }
    return tables;
  }
}

/** Label strings of several files under one numbering. */
class GoldLabels {
  readonly values: string[] = [];
  readonly ids: Uint32Array;
  private readonly numbers = new Map<string, number>();
  private readonly byColumn = new Map<Column, Uint32Array>();

  constructor(tokens: number) {
    this.ids = new Uint32Array(tokens);
  }

  idsOf(column: Column): Uint32Array {
    let ids = this.byColumn.get(column);
    if (!ids) {
      ids = Uint32Array.from(column.values, (value) => {
        let number = this.numbers.get(value);
        if (number === undefined) {
          number = this.values.length;
          this.values.push(value);
          this.numbers.set(value, number);
        }
        return number;
      });
      this.byColumn.set(column, ids);
    }
    return ids;
  }
}
