import { InputError } from '../../common/errors';
import type { CorpusFile, CorpusFormat } from '../corpus';
import { checkLabels } from '../labels/check';
import { keptColumns } from '../labels/columns';
import { ProblemList } from '../problems';
import { windowLength } from '../windowLength';
import { documentRow } from './columns';
import { detectContent, detectFormat } from './detect';
import { FileBuilder } from './fileBuilder';
import { isBlank, LineScanner, parseRowId, splitRow } from './rows';

export { detectFormat } from './detect';

/**
 * Reads an annotated file. What is wrong in it is reported in `problems`, each at its line; a row that cannot
 * be read is left out, and the rest of its sentence stays: that loses one token, and the sentence is still
 * there to be labelled and looked at. A row whose number is out of order is kept, since word and labels are
 * there all the same.
 *
 * @param file what names the file to the user, in problems.
 * @param path its path, whose ending helps to tell the format.
 * @param format where it is known: for a part of a file, and for files of a corpus. Without it, it is told
 * from the text.
 * @throws {InputError} the text has no rows of columns.
 */
export function readCorpusFile(file: string, path: string, text: string, format?: CorpusFormat): CorpusFile {
  const known = format ?? detectFormat(path, text) ?? detectContent(text, true);
  if (!known) {
    throw new InputError('This file is not annotated text: its lines are not rows of two or more columns.', {
      file,
      hint: 'Use CoNLL-U, or one token a line with its label behind a tab or space and a blank line after each sentence.',
    });
  }
  const problems = new ProblemList(file);
  const builder = new FileBuilder(file, known, keptColumns(known));
  new RowReader(text, known, problems, builder).read();
  const corpusFile = builder.finish(problems);
  if (corpusFile.tokens === 0 && corpusFile.problems.length === 0) {
    problems.add(
      'warning',
      'empty-file',
      'This file has no sentences. Add annotated text, or remove the file.',
      { line: 0 },
    );
  }
  checkSentences(corpusFile, problems);
  checkLabels(corpusFile, problems);
  return { ...corpusFile, problems: problems.finish() };
}

/**
 * Whether a line is a comment, which depends on where it stands: in some corpora `#` is a token like any
 * other.
 */
type CommentRule = (
  row: { fields: number; text: string; start: number; end: number },
  inSentence: boolean,
) => boolean;

const declaration = /^#\s+(?:[\w.]+\s*=|id\s|begin\s+document|end\s+document)/;

/**
 * The comment rule of a format: rows that are numbered never begin with `#`; elsewhere only lines before a
 * sentence are.
 */
function commentRule(format: CorpusFormat): CommentRule {
  if (format.kind === 'conllu' || format.columns[0] === 'ID') return () => true;
  return ({ fields, text, start, end }, inSentence) =>
    !inSentence &&
    (fields !== format.columns.length || declaration.test(text.slice(start, Math.min(end, start + 200))));
}

class RowReader {
  private readonly bounds: number[] = [];
  private readonly scanner: LineScanner;
  private readonly isComment: CommentRule;
  private readonly idColumn: number;
  private inSentence = false;
  private previousId = 0;

  constructor(
    private readonly text: string,
    private readonly format: CorpusFormat,
    private readonly problems: ProblemList,
    private readonly builder: FileBuilder,
  ) {
    this.scanner = new LineScanner(text);
    this.isComment = commentRule(format);
    this.idColumn = format.columns.indexOf('ID');
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
      const fields = splitRow(
        text,
        start,
        end,
        this.format.separator,
        this.format.columns.length,
        this.bounds,
      );
      if (text.charCodeAt(start) === 35 && this.isComment({ fields, text, start, end }, this.inSentence))
        this.comment(start, end);
      else this.row(fields);
    }
  }

  private comment(start: number, end: number): void {
    if (/^#\s*(?:newdoc\b|begin document\b)/.test(this.text.slice(start, Math.min(end, start + 40))))
      this.builder.startDocument();
  }

  private row(fields: number): void {
    const { text, bounds, builder } = this;
    const { form, columns } = this.format;
    if (
      this.format.kind === 'columns' &&
      text.slice(bounds[2 * form], bounds[2 * form + 1]) === documentRow
    ) {
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
      if (this.idColumn < 0 || this.checkId(first)) builder.addToken(text, this.scanner.line, bounds);
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
    const shown = this.text.slice(start, Math.min(end, start + 40));
    if (id.kind === 'bad') {
      const message = `The ID “${shown}” is not a number, so this row is left out. Number the words of a sentence 1, 2, 3.`;
      this.report('error', 'bad-id', message, this.idColumn);
      this.previousId++;
      return false;
    }
    const expected = this.previousId + 1;
    const fromZero = first && id.number === 0 && this.format.kind === 'columns';
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
    const { columns, separator } = this.format;
    const name = separator === '\t' ? 'tab' : 'space';
    const few = fields < columns.length;
    const spaced =
      few &&
      separator === '\t' &&
      /\S {2,}\S| \S+ /.test(this.text.slice(this.scanner.start, this.scanner.end));
    const advice = spaced
      ? 'Columns are separated by tabs in this file, not by spaces.'
      : few
        ? `Add the missing ${columns.length - fields === 1 ? 'column' : 'columns'}, separated by a ${name}; each row needs ${columns.join(', ')}.`
        : `Remove the extra ${name}.`;
    this.problems.add(
      'error',
      few ? 'too-few-columns' : 'too-many-columns',
      `This row has ${fields} ${fields === 1 ? 'column' : 'columns'} instead of ${columns.length}, so it is left out. ${advice}`,
      { line: this.scanner.line, startColumn: 0, endColumn: this.scanner.end - this.scanner.start },
    );
  }

  private emptyField(column: number): void {
    const name = this.format.columns[column];
    const message = `Column ${column + 1} (${name}) is empty, so this row is left out. Fill it in; _ stands for no value.`;
    this.report('error', 'empty-column', message, column);
  }

  private report(severity: 'error' | 'warning', code: string, message: string, column: number): void {
    const startColumn = this.bounds[2 * column] - this.scanner.start;
    const endColumn = Math.max(this.bounds[2 * column + 1] - this.scanner.start, startColumn + 1);
    this.problems.add(severity, code, message, { line: this.scanner.line, startColumn, endColumn });
  }
}

function checkSentences(corpusFile: CorpusFile, problems: ProblemList): void {
  for (let i = 0; i < corpusFile.sentences; i++) {
    const first = corpusFile.sentenceStart[i];
    const length = corpusFile.sentenceStart[i + 1] - first;
    if (length <= windowLength) continue;
    const what = `This sentence has ${length.toLocaleString('en')} tokens. Over ${windowLength} it is trained in windows`;
    problems.add(
      'information',
      'long-sentence',
      `${what}; if sentences should end sooner, add blank lines.`,
      { line: corpusFile.line[first] },
    );
  }
}
