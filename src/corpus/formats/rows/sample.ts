import { isBlank, LineScanner } from '../../text/lines';
import { surveyRows } from './rowSurvey';
import type { RowSurvey } from './rowSurvey';

/** A file's text, by which its format is recognised. */
export class FileSample {
  private survey: RowSurvey | undefined;
  private first: string | undefined;

  constructor(
    readonly text: string,
    /** The text of the annotations that stand in a file of their own. */
    readonly annotations?: string,
  ) {}

  /** What it looks like as rows of columns. */
  get rows(): RowSurvey {
    return (this.survey ??= surveyRows(this.text));
  }

  /** The first line that is neither blank nor begins with `#`; empty where there is none. */
  get firstRow(): string {
    return (this.first ??= firstRow(this.text));
  }
}

function firstRow(text: string): string {
  const scanner = new LineScanner(text);
  while (scanner.advance()) {
    const { start, end } = scanner;
    if (!isBlank(text, start, end) && text[start] !== '#') return text.slice(start, end);
  }
  return '';
}
