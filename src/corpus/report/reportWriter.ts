/** How reports are written: texts that read well as they are, and as Markdown. */
import { formatCount } from '../../common/figures';
import * as l10n from '../../common/l10n';
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

/** Where places stand in a message: noncharacters of Unicode, which no text from outside keeps. */
export const firstPlace = '\uFDD0';
export const secondPlace = '\uFDD1';

/** Text from files and messages, on one line, that no Markdown is read from. */
export function text(message: string): string {
  return shownLine(message, 1000)
    .replace(/[\uFDD0\uFDD1]/g, '\uFFFD')
    .replace(/[\\`<[\]]|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])/gu, '\\$&');
}

export const name = (value: string): string => text(shownName(value));

/** "3 sentences". */
export function sentencesText(count: number): string {
  return count === 1 ? l10n.t('1 sentence') : l10n.t('{0} sentences', formatCount(count));
}

/** "3 tokens". */
export function tokensText(count: number): string {
  return count === 1 ? l10n.t('1 token') : l10n.t('{0} tokens', formatCount(count));
}

/** "- … and 3 more": items of a list that are left out. */
export function moreText(count: number): string {
  return l10n.t('- … and {0} more', formatCount(count));
}

/** Writes a report line by line, and keeps where its places stand. */
export class ReportWriter {
  private written = '';
  private readonly links: ReportLink[] = [];

  constructor(private readonly nameOf: (file: string) => string) {}

  /** @param places those of `firstPlace` and `secondPlace` in the line, each written as `train.conll:213`. */
  line(part = '', ...places: readonly Place[]): void {
    for (const piece of part.split(/([\uFDD0\uFDD1])/)) {
      if (piece === firstPlace) this.place(places[0]);
      else if (piece === secondPlace) this.place(places[1]);
      else this.written += piece;
    }
    this.written += '\n';
  }

  /** A line of its own, with a blank one before it. */
  block(part: string): void {
    this.line(`\n${part}`);
  }

  finish(): ReportText {
    return { text: this.written, links: this.links };
  }

  private place({ file, line }: Place): void {
    const start = this.written.length;
    this.written += `${text(shownLine(this.nameOf(file), longestPath))}:${line + 1}`;
    this.links.push({ start, end: this.written.length, file, line });
  }
}
