import type { CorpusFile } from './corpus';

/** Strings that files have in common, kept once: of many files, most words stand in many. */
export class SharedStrings {
  private readonly strings = new Map<string, string>();

  /** The file with strings that the files before it have, where they are equal. */
  of(file: CorpusFile): CorpusFile {
    const columns = file.columns.map((column) => ({
      ...column,
      values: column.values.map((value) => this.shared(value)),
    }));
    return { ...file, columns };
  }

  private shared(value: string): string {
    const known = this.strings.get(value);
    if (known === undefined) this.strings.set(value, value);
    return known ?? value;
  }
}
