/** Input of a filter that is in no format of its own: a token first on each row, and anything behind it. */
import { isBlank, LineScanner } from '../../text/lines';
import { checkLabel } from './fields';

const tab = 9;
const space = 32;

/** The tokens of such rows, and how to write labels behind them. */
export interface TokenRows {
  readonly sentences: readonly (readonly string[])[];
  /**
   * The text with each row's label as its last field, behind a tab, or a space where the row's fields are
   * parted by spaces.
   *
   * @param labels one for each token.
   * @throws {InputError} a label would break its row, with the row's line.
   */
  write(labels: readonly string[]): string;
}

export function readTokenRows(text: string): TokenRows {
  const sentences: string[][] = [];
  for (const { start, fieldEnd, beginsSentence } of rowsOf(text)) {
    if (beginsSentence) sentences.push([]);
    sentences[sentences.length - 1].push(text.slice(start, fieldEnd));
  }
  return {
    sentences,
    write(labels) {
      const pieces: string[] = [];
      let written = 0;
      let token = 0;
      for (const { end, separator, line } of rowsOf(text)) {
        const label = labels[token++];
        checkLabel(label, separator, line);
        pieces.push(text.slice(written, end), separator, label);
        written = end;
      }
      pieces.push(text.slice(written));
      return pieces.join('');
    },
  };
}

interface Row {
  readonly line: number;
  readonly start: number;
  /** Where the first field ends. */
  readonly fieldEnd: number;
  readonly end: number;
  readonly separator: '\t' | ' ';
  readonly beginsSentence: boolean;
}

/** The rows that are not blank. */
function* rowsOf(text: string): Generator<Row> {
  const scanner = new LineScanner(text);
  let beginsSentence = true;
  while (scanner.advance()) {
    const { line, start, end } = scanner;
    if (isBlank(text, start, end)) {
      beginsSentence = true;
      continue;
    }
    let firstSpace = end;
    let firstTab = start;
    for (; firstTab < end; firstTab++) {
      const code = text.charCodeAt(firstTab);
      if (code === tab) break;
      if (code === space && firstSpace === end) firstSpace = firstTab;
    }
    const spaced = firstTab === end && firstSpace < end;
    yield {
      line,
      start,
      fieldEnd: spaced ? firstSpace : firstTab,
      end,
      separator: spaced ? ' ' : '\t',
      beginsSentence,
    };
    beginsSentence = false;
  }
}
