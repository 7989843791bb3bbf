import * as l10n from '../../../common/l10n';
import { shownName, shownNames } from '../../../common/shownText';
import type { CorpusLayout } from '../../corpus';
import type { ProblemList } from '../../problems';
import type { CorpusFileBuilder } from '../corpusFileBuilder';
import { fieldValue, isEmpty, parseRowId, splitFields, trimFields } from './fields';
import { keyPlace, rowsOf, valueOfKey } from './keyColumns';
import {
  isBeforeSentence,
  isDeclaration,
  isDocumentComment,
  isDocumentRow,
  isInvisibleLine,
  isSentenceMark,
  lineStart,
} from './lineKinds';
import { fixOfEmptyField, fixOfWidth } from './rowFixes';
import { scanRows } from './rowScanner';
import type { RowScanner } from './rowScanner';

/** What a row format says of its rows. */
export interface RowRules {
  /**
   * Where lines that begin with `#` are comments. `between sentences`: there, and inside of them where they
   * are not rows, since in some corpora `#` is a token like any other; where rows are numbered, anywhere all
   * the same.
   */
  readonly comments: 'anywhere' | 'between sentences';
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

/** Words that end a sentence where nothing else does. */
const fullStop = /^(?:[.!?…。！？｡؟۔।॥]+|\.{3})$/;

class RowReader {
  private readonly bounds: number[] = [];
  private readonly scanner: RowScanner;
  private readonly layout: CorpusLayout;
  private readonly idColumn: number;
  /** Lines that begin with the comment sign are comments wherever they stand. */
  private readonly alwaysComments: boolean;
  private readonly comment: string;
  /** Where the line at hand begins, without a byte order mark. */
  private start = 0;
  private inSentence = false;
  private previousId = 0;
  private sentence: string | undefined;

  constructor(
    private readonly text: string,
    private readonly whole: CorpusLayout,
    private readonly rules: RowRules,
    private readonly builder: CorpusFileBuilder,
    private readonly problems: ProblemList,
  ) {
    const layout = rowsOf(whole);
    this.scanner = scanRows(text, layout.quoted, {
      separator: layout.separator,
      width: layout.columns.length,
    });
    this.layout = layout;
    this.idColumn = layout.columns.indexOf('ID');
    this.comment = layout.comment ?? '#';
    this.alwaysComments =
      layout.columns[0] === 'ID' ||
      layout.comment !== undefined ||
      (rules.comments === 'anywhere' && this.idColumn >= 0);
  }

  read(): void {
    const { text, scanner } = this;
    const columns = this.layout.columns.length;
    while (scanner.advance()) {
      const { end } = scanner;
      const start = lineStart(text, scanner.start, end);
      this.start = start;
      if (isInvisibleLine(text, start, end) || isSentenceMark(text, start, end, columns)) {
        this.endSentence();
        continue;
      }
      if (isDocumentRow(text, start, end)) {
        this.startDocument();
        continue;
      }
      const fields = splitFields(text, start, end, this.layout, this.bounds);
      if (this.comment !== '' && text.startsWith(this.comment, start) && this.isComment(fields))
        this.skipComment();
      else this.row(fields);
    }
  }

  private endSentence(): void {
    this.inSentence = false;
    this.builder.endSentence();
  }

  private startDocument(): void {
    this.inSentence = false;
    this.sentence = undefined;
    this.builder.startDocument();
  }

  private isComment(fields: number): boolean {
    if (this.alwaysComments) return true;
    const { text, start, scanner } = this;
    const isRow = fields === this.layout.columns.length;
    // With one column, or parted by spaces, a comment may have as many fields as a row.
    const like = this.layout.separator === ' ' || this.layout.columns.length === 1;
    if (isRow) return like && isDeclaration(text, start, scanner.end);
    if (this.rules.comments === 'anywhere' || !this.inSentence) return true;
    // Inside a sentence, what is written without a space is a word whose label is missing.
    const next = text.charCodeAt(start + this.comment.length);
    return next === 32 || next === this.comment.charCodeAt(0) || isDeclaration(text, start, scanner.end);
  }

  /** The value of a column in the row at hand. */
  private readonly valueOf = (column: number): string => {
    const { bounds, layout, text } = this;
    const place = keyPlace(this.whole, column);
    if (place) return valueOfKey(text.slice(bounds[2 * place.field], bounds[2 * place.field + 1]), place.key);
    const value = fieldValue(text, bounds[2 * column], bounds[2 * column + 1], layout.quoted);
    return value === '' && layout.emptyOutside ? 'O' : value;
  };

  private skipComment(): void {
    const { text, start, scanner } = this;
    if (isDocumentComment(text, start, scanner.end)) this.startDocument();
    else if (this.inSentence && isBeforeSentence(text, start, scanner.end)) this.endSentence();
  }

  private row(fields: number): void {
    const { bounds, builder, layout, scanner, text } = this;
    const { form, columns } = layout;
    const whole = fields === columns.length;
    if (form < fields && isDocumentRow(text, bounds[2 * form], bounds[2 * form + 1])) {
      this.startDocument();
      return;
    }
    if (whole && this.isHeader()) return;
    if (whole && layout.loneLabels && isEmpty(bounds, form)) {
      this.endSentence();
      return;
    }
    if (whole) this.beginSentence();
    if (!this.inSentence) this.previousId = 0;
    const first = !this.inSentence;
    this.inSentence = true;
    if (whole) trimFields(text, bounds, layout);
    const empty = whole ? this.firstEmpty() : fields;
    if (whole && empty === fields) {
      if (this.idColumn >= 0 && !this.checkId(first)) return;
      if (layout.quoted || layout.emptyOutside || this.whole.keys)
        builder.addToken(scanner.rangeOf(bounds[2 * layout.form], bounds[2 * layout.form + 1]), this.valueOf);
      else builder.addRow(text, scanner.line, scanner.start, form, bounds);
      if (layout.cut && fullStop.test(this.valueOf(form))) this.endSentence();
      return;
    }
    if (whole) this.emptyField(empty);
    else this.wrongWidth(fields);
    this.passId(fields);
  }

  /** The first field that is empty and may not be; the number of fields where there is none. */
  private firstEmpty(): number {
    const { bounds, layout } = this;
    const { columns, form, sentence, emptyOutside } = layout;
    let i = 0;
    while (i < columns.length && (!isEmpty(bounds, i) || i === sentence || (emptyOutside && i !== form))) i++;
    return i;
  }

  private isHeader(): boolean {
    const { header } = this.layout;
    const { text, bounds } = this;
    return header?.every((cell, i) => text.slice(bounds[2 * i], bounds[2 * i + 1]) === cell) ?? false;
  }

  /** Ends the sentence where a number says that the row is of the next one. */
  private beginSentence(): void {
    const { sentence } = this.layout;
    if (sentence !== undefined && !isEmpty(this.bounds, sentence)) {
      const own = this.text.slice(this.bounds[2 * sentence], this.bounds[2 * sentence + 1]);
      if (this.sentence !== undefined && own !== this.sentence) this.endSentence();
      this.sentence = own;
    }
    if (this.idColumn < 0 || !this.inSentence || this.previousId < 1) return;
    const id = parseRowId(this.text, this.bounds[2 * this.idColumn], this.bounds[2 * this.idColumn + 1]);
    if (id.kind !== 'empty' && id.first === 1) this.endSentence();
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
    const shown = (): string => shownName(this.text.slice(start, end), 40);
    if (id.kind === 'bad') {
      const message = l10n.t(
        'The ID “{0}” is not a number, so this row is left out. Number the words of a sentence 1, 2, 3.',
        shown(),
      );
      this.leaveOut('bad-id', message, this.placeOf(this.idColumn));
      this.previousId++;
      return false;
    }
    const expected = this.previousId + 1;
    const fromZero = first && id.number === 0 && this.rules.countsFromZero;
    if (id.number !== expected && !fromZero) {
      const advice = l10n.t('Number the words of a sentence 1, 2, 3, and part sentences by a blank line.');
      this.problems.add(
        'warning',
        'id-out-of-order',
        l10n.t('The ID is {0} where {1} comes next. {2}', shown(), expected, advice),
        this.placeOf(this.idColumn),
      );
    }
    this.previousId = id.number;
    return true;
  }

  private leaveOut(code: string, message: string, place: Parameters<ProblemList['add']>[3]): void {
    this.builder.leaveOut(code, place.line);
    this.problems.add('error', code, message, place);
  }

  private wrongWidth(fields: number): void {
    const { columns, separator = '\t' } = this.layout;
    const name = separator === '\t' ? l10n.t('tab') : separator === ' ' ? l10n.t('space') : `“${separator}”`;
    const few = fields < columns.length;
    const spaced =
      few && separator === '\t' && /\S {2,}\S| \S+ /.test(this.text.slice(this.start, this.scanner.end));
    const advice = spaced
      ? l10n.t('Columns are separated by tabs in this file, not by spaces.')
      : few
        ? columns.length - fields === 1
          ? l10n.t(
              'Add the missing column, separated by a {0}; each row needs {1}.',
              name,
              shownNames(columns),
            )
          : l10n.t(
              'Add the missing columns, separated by a {0}; each row needs {1}.',
              name,
              shownNames(columns),
            )
        : l10n.t('Remove the extra {0}.', name);
    this.leaveOut(
      few ? 'too-few-columns' : 'too-many-columns',
      fields === 1
        ? l10n.t('This row has 1 column instead of {0}, so it is left out. {1}', columns.length, advice)
        : l10n.t(
            'This row has {0} columns instead of {1}, so it is left out. {2}',
            fields,
            columns.length,
            advice,
          ),
      {
        line: this.scanner.line,
        startColumn: 0,
        endColumn: this.scanner.end - this.scanner.start,
        ...fixOfWidth(this.text.slice(this.start, this.scanner.end), fields, this.layout),
      },
    );
  }

  private emptyField(column: number): void {
    const name = this.layout.columns[column];
    const message = l10n.t(
      'Column {0} ({1}) is empty, so this row is left out. Fill it in; _ stands for no value.',
      column + 1,
      name,
    );
    const fix = fixOfEmptyField(this.text.slice(this.start, this.scanner.end), column, this.layout);
    this.leaveOut('empty-column', message, { ...this.placeOf(column), ...fix });
  }

  private placeOf(column: number): { line: number; startColumn: number; endColumn: number } {
    const { startColumn, endColumn } = this.boundsOf(column);
    return { line: this.scanner.line, startColumn, endColumn: Math.max(endColumn, startColumn + 1) };
  }

  private boundsOf(column: number): { startColumn: number; endColumn: number } {
    const { bounds, scanner } = this;
    return {
      startColumn: bounds[2 * column] - scanner.start,
      endColumn: bounds[2 * column + 1] - scanner.start,
    };
  }
}
