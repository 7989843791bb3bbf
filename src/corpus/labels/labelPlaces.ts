import type { Column, CorpusFile } from '../corpus';
import { formatOf } from '../formats';
import { LineScanner } from '../text/lines';

/** Where something stands, as problems are told. */
export interface LabelPlace {
  readonly line: number;
  readonly startColumn?: number;
  readonly endColumn?: number;
}

/** Where labels stand in the text of a file. It is gone over once a place is asked for. */
export class LabelPlaces {
  private starts: Uint32Array | undefined;
  private readonly ends = new Map<string, Uint32Array>();

  /** @param text the text that the file was read from. */
  constructor(
    private readonly text: string,
    private readonly file: CorpusFile,
  ) {}

  /** The place of a token's label, or the token's line alone where the label is not written out as it is read. */
  of({ name, values, ids }: Column, token: number): LabelPlace {
    const line = this.file.line[token];
    const label = values[ids[token]];
    const endColumn = this.endsOf(name)[token];
    const end = this.startOf(line) + endColumn;
    const isThere = label !== '' && this.text.slice(end - label.length, end) === label;
    return isThere ? { line, startColumn: endColumn - label.length, endColumn } : { line };
  }

  private endsOf(column: string): Uint32Array {
    let ends = this.ends.get(column);
    if (!ends)
      this.ends.set(column, (ends = formatOf(this.file.layout).labelEnds(this.text, this.file, column)));
    return ends;
  }

  private startOf(line: number): number {
    if (!this.starts) {
      const starts: number[] = [];
      for (const scanner = new LineScanner(this.text); scanner.advance();) starts.push(scanner.start);
      this.starts = Uint32Array.from(starts);
    }
    return this.starts[line];
  }
}
