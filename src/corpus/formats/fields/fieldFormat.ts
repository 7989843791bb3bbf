/** Formats that are no plain rows, but whose words and labels have each a place of their own in the text. */
import { InputError } from '../../../common/errors';
import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { CorpusFile, CorpusLayout } from '../../corpus';
import type { ProblemList } from '../../problems';
import type { CorpusFileBuilder } from '../corpusFileBuilder';
import type { CorpusFormat } from '../format';

/** A line, from 0, with where in the text it starts. */
export interface LinePlace {
  readonly line: number;
  readonly lineStart: number;
}

/** A token as it stands in the text. */
export interface FieldToken extends LinePlace {
  /** Start and end in the text of what stands for each column of the layout, one pair after the other. */
  readonly bounds: readonly number[];
  /** What each column of the layout says. */
  readonly values: readonly string[];
  /** Where in the text a further label goes. */
  readonly end: number;
}

/** Takes what is found in a text, in its order. Tokens are looked at before the next one is found. */
export interface FieldSink {
  startDocument(): void;
  endSentence(): void;
  token(token: FieldToken): void;
  /** A part of the text, from `start` to `end` in it, cannot be read. */
  leaveOut(
    code: string,
    message: string,
    place: LinePlace & { readonly start: number; readonly end: number },
  ): void;
}

export type FieldFormat = Pick<CorpusFormat, 'id' | 'description' | 'sniff'> &
  Partial<
    Pick<
      CorpusFormat,
      'endings' | 'fileNames' | 'fits' | 'columnNames' | 'tokenPerLine' | 'labelColumns' | 'signature'
    >
  > & {
    /** Finds the tokens of a text. */
    readonly walk: (text: string, layout: CorpusLayout, sink: FieldSink) => void;
    /** Characters that no label may hold. */
    readonly breaks: (layout: CorpusLayout) => RegExp;
    /**
     * What is written for the labels of a column, one for each token, where that is not the labels themselves;
     * undefined for a token whose text stays.
     */
    readonly encode?: (
      file: CorpusFile,
      column: string,
      labels: readonly string[],
    ) => readonly (string | undefined)[];
  };

const nothing = (): void => undefined;

/** A format of which is said where its tokens stand, and what their labels look like. */
export function fieldFormat(format: FieldFormat): CorpusFormat {
  const { id, walk } = format;
  return {
    endings: [],
    fileNames: [],
    columnNames: 'given',
    labelColumns: [],
    signature: ({ columns }) => `${id}:${columns.join(',')}`,
    ...format,
    read: (text, layout, builder, problems) => walk(text, layout, new BuilderSink(layout, builder, problems)),
    writeLabels: (text, file, column, labels) => writeFields(format, text, file, column, labels),
    labelEnds(text, file, column) {
      const index = file.layout.columns.indexOf(column);
      if (index < 0) return file.endColumn;
      const ends = new Uint32Array(file.tokens);
      let token = 0;
      walk(text, file.layout, {
        ...ignoring,
        token: ({ bounds, lineStart }) => (ends[token++] = bounds[2 * index + 1] - lineStart),
      });
      return ends;
    },
  };
}

const ignoring = { startDocument: nothing, endSentence: nothing, leaveOut: nothing };

class BuilderSink implements FieldSink {
  constructor(
    private readonly layout: CorpusLayout,
    private readonly builder: CorpusFileBuilder,
    private readonly problems: ProblemList,
  ) {}

  startDocument(): void {
    this.builder.startDocument();
  }

  endSentence(): void {
    this.builder.endSentence();
  }

  token({ line, lineStart, bounds, values }: FieldToken): void {
    const { form } = this.layout;
    this.builder.addToken(
      { line, startColumn: bounds[2 * form] - lineStart, endColumn: bounds[2 * form + 1] - lineStart },
      (column) => values[column],
    );
  }

  leaveOut(code: string, message: string, place: LinePlace & { start: number; end: number }): void {
    const { line, lineStart, start, end } = place;
    this.builder.leaveOut(code, line);
    this.problems.add('error', code, message, {
      line,
      startColumn: start - lineStart,
      endColumn: end - lineStart,
    });
  }
}

function writeFields(
  { walk, breaks, encode }: FieldFormat,
  text: string,
  file: CorpusFile,
  column: string | undefined,
  labels: readonly string[],
): string {
  const { layout, tokens } = file;
  if (labels.length !== tokens) throw new RangeError(`${labels.length} labels for ${tokens} tokens`);
  const index = column === undefined ? -1 : layout.columns.indexOf(column);
  const values = index >= 0 && encode ? encode(file, layout.columns[index], labels) : labels;
  const pieces: string[] = [];
  const { separator = ' ' } = layout;
  const pattern = breaks(layout);
  const checked = new Set<string>();
  let written = 0;
  let token = 0;
  walk(text, layout, {
    ...ignoring,
    token({ line, bounds, values: own, end }) {
      const value = values[token++];
      const [from, to] = index < 0 ? [end, end] : [bounds[2 * index], bounds[2 * index + 1]];
      const stands = encode ? text.slice(from, to) : own[index];
      // What stands there already is right, whatever it holds.
      if (value === undefined || (index >= 0 && value === stands)) return;
      if (!checked.has(value)) checkValue(value, pattern, line);
      checked.add(value);
      pieces.push(text.slice(written, from), index < 0 ? separator : '', value);
      written = to;
    },
  });
  pieces.push(text.slice(written));
  return pieces.join('');
}

function checkValue(value: string, breaks: RegExp, line: number): void {
  if (value !== '' && !breaks.test(value)) return;
  throw new InputError(
    value === ''
      ? l10n.t('The model’s label is empty, so it cannot be written.')
      : l10n.t(
          'The model’s label “{0}” holds a character that parts words or labels here, so it cannot be written.',
          shownName(value),
        ),
    { line, hint: l10n.t('Use another model, or train it again from a corpus without such labels.') },
  );
}
