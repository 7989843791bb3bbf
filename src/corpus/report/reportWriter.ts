/** How reports are written: texts that read well as they are, and as Markdown. */
import { formatCount } from '../../common/figures';
import { shownLine, shownName } from '../../common/shownText';
import type { Place } from './corpusReport';

/** A place that the text names: UTF-16 units of the text, the end exclusive. */
export interface ReportLink extends Place {
  readonly start: number;
  readonly end: number;
}

export interface ReportText {
  readonly text: string;
  readonly links: readonly ReportLink[];
}

const longestPath = 400;

/** Text from files and messages, on one line, that no Markdown is read from. */
export function text(message: string): string {
  return shownLine(message, 1000).replace(/[\\`<[\]]|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])/gu, '\\$&');
}

export const name = (value: string): string => text(shownName(value));

/** "3 sentences". */
export function count(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** Writes a report line by line, and keeps where its places stand. */
export class ReportWriter {
  private written = '';
  private readonly links: ReportLink[] = [];

  constructor(private readonly nameOf: (file: string) => string) {}

  start(part: string): void {
    this.written += part;
  }

  line(part = ''): void {
    this.written += `${part}\n`;
  }

  /** A line of its own, with a blank one before it. */
  block(part: string): void {
    this.line(`\n${part}`);
  }

  /** `train.conll:213`. */
  place({ file, line }: Place): void {
    const start = this.written.length;
    this.written += `${text(shownLine(this.nameOf(file), longestPath))}:${line + 1}`;
    this.links.push({ start, end: this.written.length, file, line });
  }

  item(place: Place, part: string): void {
    this.start('- ');
    this.place(place);
    this.line(part);
  }

  finish(): ReportText {
    return { text: this.written, links: this.links };
  }
}
