import { shownName, shownNames } from '../../common/shownText';
import type { CorpusLayout } from '../corpus';
import type { ProblemList } from '../problems';
import { isBlank, LineScanner } from '../text/lines';
import type { CorpusFileBuilder } from './corpusFileBuilder';
import { parseRowId, splitRow } from './fields';

/** What a row format says of its rows. */
export interface RowRules {
  /**
   * Where lines that begin with `#` are comments. `between sentences`: there, and only those that are not
   * rows, since in some corpora `#` is a token like any other; where rows are numbered, anywhere all the
   * same.
   */
  readonly comments: 'anywhere' | 'between sentences';
  /** The word of a row that is no token and begins a document. */
  readonly documentRow?: string;
  /** The words of a sentence may be counted from 0, not only from 1. */
  readonly countsFromZero: boolean;
}

/**
 * Reads rows of columns. What is wrong is reported, each at its line; a row that cannot be read is left out,
 * and the rest of its sentence stays: that loses one token, and the sentence is still there to be labelled
 * and looked at. A row whose number is out of order is kept, since word and labels are there all the same.
 */
export function readRows(
  text: string,
  layout: CorpusLayout,
  rules: RowRules,
  builder: CorpusFileBuilder,
  problems: ProblemList,
): void {
  new RowReader(text, layout, rules, builder, problems).read();
}

const declaration = /^#\s+(?:[\w.]+\s*=|id\s|begin\s+document|end\s+document)/;

const numberSign = 35;

class RowReader {
  private readonly bounds: number[] = [];
  private readonly scanner: LineScanner;
  private readonly idColumn: number;
  /** Lines that begin with `#` are comments wherever they stand. */
  private readonly alwaysComments: boolean;
  private inSentence = false;
  private previousId = 0;

  constructor(
    private readonly text: string,
    private readonly layout: CorpusLayout,
    private readonly rules: RowRules,
    private readonly builder: CorpusFileBuilder,
    private readonly problems: ProblemList,
  ) {
    this.scanner = new LineScanner(text);
    this.idColumn = layout.columns.indexOf('ID');
    this.alwaysComments = rules.comments === 'anywhere' || layout.columns[0] === 'ID';
  }

  read(): void {
    const { text, scanner, builder } = this;
    while (scanner.advance()) {
      const { start, end } = scanner;
      if (isBlank(text, start, end)) {
        this.inSentence = false;
        builder.endSentence();
        continue;
      }
      const { separator, columns } = this.layout;
      const fields = splitRow(text, start, end, separator, columns.length, this.bounds);
      if (text.charCodeAt(start) === numberSign && this.isComment(fields)) this.comment();
      else this.row(fields);
    }
  }

  private isComment(fields: number): boolean {
    if (this.alwaysComments) return true;
    if (this.inSentence) return false;
    const { start, end } = this.scanner;
    return (
      fields !== this.layout.columns.length ||
      declaration.test(this.text.slice(start, Math.min(end, start + 200)))
    );
  }

  /** The value of a column in the row at hand. */
  private readonly valueOf = (column: number): string =>
    this.text.slice(this.bounds[2 * column], this.bounds[2 * column + 1]);

  private comment(): void {
    const { start, end } = this.scanner;
    if (/^#\s*(?:newdoc\b|begin document\b)/.test(this.text.slice(start, Math.min(end, start + 40))))
      this.builder.startDocument();
  }

  private row(fields: number): void {
    const { bounds, builder, scanner } = this;
    const { form, columns } = this.layout;
    if (form < fields && this.valueOf(form) === this.rules.documentRow) {
      this.inSentence = false;
      builder.startDocument();
      return;
    }
    if (!this.inSentence) this.previousId = 0;
    const first = !this.inSentence;
    this.inSentence = true;
    let empty = 0;
    while (empty < fields && bounds[2 * empty] < bounds[2 * empty + 1]) empty++;
    if (fields === columns.length && empty === fields) {
      if (this.idColumn >= 0 && !this.checkId(first)) return;
      const place = {
        line: scanner.line,
        startColumn: bounds[2 * form] - scanner.start,
        endColumn: bounds[2 * form + 1] - scanner.start,
      };
      builder.addToken(place, this.valueOf);
      return;
    }
    if (fields === columns.length) this.emptyField(empty);
    else this.wrongWidth(fields);
    this.passId(fields);
  }

  /** A row that is left out still counts, so that the next one is not said to be out of order. */
  private passId(fields: number): void {
    if (this.idColumn < 0 || this.idColumn >= fields) return;
    const id = parseRowId(this.text, this.bounds[2 * this.idColumn], this.bounds[2 * this.idColumn + 1]);
    if (id.kind === 'word') this.previousId = id.number;
    else if (id.kind === 'bad') this.previousId++;
  }

  /** @returns whether the row is a word. */
  private checkId(first: boolean): boolean {
    const start = this.bounds[2 * this.idColumn];
    const end = this.bounds[2 * this.idColumn + 1];
    const id = parseRowId(this.text, start, end);
    if (id.kind === 'range' || id.kind === 'empty') return false;
    const shown = shownName(this.text.slice(start, end), 40);
    if (id.kind === 'bad') {
      const message = `The ID “${shown}” is not a number, so this row is left out. Number the words of a sentence 1, 2, 3.`;
      this.report('error', 'bad-id', message, this.idColumn);
      this.previousId++;
      return false;
    }
    const expected = this.previousId + 1;
    const fromZero = first && id.number === 0 && this.rules.countsFromZero;
    if (id.number !== expected && !fromZero) {
      const advice = 'Number the words of a sentence 1, 2, 3, and part sentences by a blank line.';
      this.report(
        'warning',
        'id-out-of-order',
        `The ID is ${shown} where ${expected} comes next. ${advice}`,
        this.idColumn,
      );
    }
    this.previousId = id.number;
    return true;
  }

  private wrongWidth(fields: number): void {
    const { columns, separator = '\t' } = this.layout;
    const name = separator === '\t' ? 'tab' : 'space';
    const few = fields < columns.length;
    const spaced =
      few &&
      separator === '\t' &&
      /\S {2,}\S| \S+ /.test(this.text.slice(this.scanner.start, this.scanner.end));
    const advice = spaced
      ? 'Columns are separated by tabs in this file, not by spaces.'
      : few
        ? `Add the missing ${columns.length - fields === 1 ? 'column' : 'columns'}, separated by a ${name}; each row needs ${shownNames(columns)}.`
        : `Remove the extra ${name}.`;
    this.problems.add(
      'error',
      few ? 'too-few-columns' : 'too-many-columns',
      `This row has ${fields} ${fields === 1 ? 'column' : 'columns'} instead of ${columns.length}, so it is left out. ${advice}`,
      { line: this.scanner.line, startColumn: 0, endColumn: this.scanner.end - this.scanner.start },
    );
  }

  private emptyField(column: number): void {
    const name = this.layout.columns[column];
    const message = `Column ${column + 1} (${name}) is empty, so this row is left out. Fill it in; _ stands for no value.`;
    this.report('error', 'empty-column', message, column);
  }

  private report(severity: 'error' | 'warning', code: string, message: string, column: number): void {
    const startColumn = this.bounds[2 * column] - this.scanner.start;
    const endColumn = Math.max(this.bounds[2 * column + 1] - this.scanner.start, startColumn + 1);
    this.problems.add(severity, code, message, { line: this.scanner.line, startColumn, endColumn });
  }
}
