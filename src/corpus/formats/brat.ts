import { InputError } from '../../common/errors';
import * as l10n from '../../common/l10n';
import { marked } from '../../common/l10n';
import type { ProblemFix } from '../../common/problem';
import { shownName } from '../../common/shownText';
import type { CorpusLayout } from '../corpus';
import { LineScanner } from '../text/lines';
import type { Companion, CorpusFormat } from './format';
import { withoutInvisibleEnds } from './rows/lineKinds';
import { countPlaces } from './spans/places';
import type { PlaceCount } from './spans/places';
import { spacingOfPlaces } from './spans/spacingOfPlaces';
import { reportMisfits, reportSpanFault } from './spans/spanProblems';
import { labelText, lineStarts, schemeOfLabels, spansOfLabels, tokensOfText } from './spans/spanTokens';
import type { LabelledText, TextRange, TextSpan } from './spans/spanTokens';
import { isMarkdownName, textOfAnnotations } from './standoffNames';

/** brat's standoff: a text, and beside it a file of annotations. The text is one document. */
export const brat: CorpusFormat = {
  id: 'brat',
  description: marked('brat (a .txt with an .ann beside it)'),
  endings: ['ann'],
  fileNames: [],
  columnNames: 'given',
  cutsTokens: true,
  labelColumns: [],
  signature: () => 'brat',
  sniff: ({ annotations }) =>
    annotations !== undefined && areAnnotations(annotations) ? bratLayout : undefined,
  read(text, _, builder, problems, companion = noAnnotations) {
    const annotations = readAnnotations(companion.text);
    const document = cutText(text, annotations.spans, isOfMarkdown(companion));
    const inAnnotations = (
      line: number,
    ): { file: string; line: number; startColumn: number; endColumn: number } => ({
      file: companion.file,
      line,
      startColumn: 0,
      endColumn: 0,
    });
    for (const line of annotations.damaged) {
      problems.add(
        'error',
        'bad-span',
        l10n.t(
          'This is no annotation of a text: an id, a tab, a type with start and end, a tab and the text.',
        ),
        inAnnotations(line),
      );
    }
    for (const { line, type } of annotations.discontinuous)
      problems.add(
        'information',
        'discontinuous-span',
        l10n.t('This span ({0}) is of several pieces: it is kept, and not learned.', shownName(type)),
        inAnnotations(line),
      );
    annotations.spans.forEach(({ line, type }, i) =>
      reportSpanFault(problems, document.faults[i], type, inAnnotations(line)),
    );
    const move = (i: number, to: TextRange): ProblemFix =>
      movedAnnotation(companion.text, annotations.spans[i], to, text, document);
    reportMisfits(
      problems,
      { ...document, text },
      annotations.spans,
      (i) => inAnnotations(annotations.spans[i].line),
      move,
    );
    const starts = lineStarts(text);
    let line = 0;
    const { sentences } = document;
    for (const sentence of companion.inProgress ? labelledSoFar(sentences) : sentences) {
      builder.endSentence();
      for (const { start, end, label } of sentence) {
        while (line + 1 < starts.length && starts[line + 1] <= start) line++;
        const shift = starts[line] + (line === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0);
        builder.addToken({ line, startColumn: start - shift, endColumn: end - shift }, (column) =>
          column === 0 ? text.slice(start, end) : label,
        );
      }
    }
  },
  labelEnds: (_, file) => file.endColumn,
  spacing: (_, file) => spacingOfPlaces(file),
  writeLabels(text, file, _, labels, companion = noAnnotations) {
    if (labels.length !== file.tokens)
      throw new RangeError(`${labels.length} labels for ${file.tokens} tokens`);
    const { spans } = readAnnotations(companion.text);
    const document = cutText(text, spans, isOfMarkdown(companion));
    const wanted = spansOfLabels(text, document.sentences, labels, schemeOfLabels(labels, file));
    return writeAnnotations(companion.text, text, spans, document, wanted);
  },
};

/** How every text with annotations is laid out. */
export const bratLayout: CorpusLayout = { kind: 'brat', columns: ['FORM', 'LABEL'], form: 0 };

/** Whether a text has lines as brat writes them, or none. Other programs have files that end in `.ann`, too. */
function areAnnotations(text: string): boolean {
  return /^[TREAMN#*]/m.test(text) || text.trim() === '';
}

/** A span that is among the labels: the place of its type in the annotations, and its own in the text. */
export interface AnnotatedPlace {
  readonly type: string;
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
  readonly start: number;
  readonly end: number;
}

/** The spans of a text that are among its labels, in the order of the annotations; in UTF-16 units. */
export function annotatedPlaces(text: string, annotations: string): AnnotatedPlace[] {
  const { spans } = readAnnotations(annotations);
  const { faults, ranges } = cutText(text, spans);
  return spans.flatMap(({ line, lineStart, typeStart, type }, i) => {
    const startColumn = typeStart - lineStart;
    const place = { type, line, startColumn, endColumn: startColumn + type.length };
    return faults[i] === undefined ? { ...place, ...ranges[i] } : [];
  });
}

/** Whether a text has annotations of spans. */
export function annotatesSpans(text: string): boolean {
  return /^T\S*[\t ]+\S+ +\d+ +\d/m.test(text);
}

const noAnnotations: Companion = { file: '', text: '' };

export interface Annotation {
  readonly line: number;
  /** Where in the annotations its type stands, and its line with the line's end. */
  readonly typeStart: number;
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly quote?: string;
  /** Of a span of several pieces those behind the first. */
  readonly furtherPieces?: readonly TextRange[];
}

export interface Annotations {
  readonly spans: readonly Annotation[];
  readonly discontinuous: readonly Annotation[];
  /** Lines of annotations of the text that cannot be read. */
  readonly damaged: readonly number[];
}

const annotation = /^T\S*[\t ]+(\S+) +(\d{1,15}) +(\d{1,15})((?:;\d{1,15} +\d{1,15})*)(?:\t(.*))?$/s;

/** The spans of a text, as its annotations have them; their places as they are counted there. */
export function readAnnotations(text: string): Annotations {
  const spans: Annotation[] = [];
  const discontinuous: Annotation[] = [];
  const damaged: number[] = [];
  const scanner = new LineScanner(text);
  while (scanner.advance()) {
    const { line, start: lineStart, end } = scanner;
    // Attributes, relations, events, notes and their like say nothing of where a span is.
    if (text[lineStart] !== 'T') continue;
    const row = text.slice(lineStart, end);
    const match = annotation.exec(row);
    if (!match) {
      damaged.push(line);
      continue;
    }
    const [, written, from, to, pieces, quote] = match as unknown as readonly (string | undefined)[];
    const type = withoutInvisibleEnds(written ?? '');
    const span = {
      line,
      lineStart,
      lineEnd: end + (text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0),
      typeStart: lineStart + row.indexOf(type, row.search(/[\t ]/)),
      start: Number(from),
      end: Number(to),
      type,
      ...(quote !== undefined && { quote }),
    };
    if (pieces) discontinuous.push({ ...span, furtherPieces: piecesOf(pieces) });
    else spans.push(span);
  }
  return { spans, discontinuous, damaged };
}

/** @param written as `;16 23;30 34`. */
function piecesOf(written: string): TextRange[] {
  return [...written.matchAll(/;(\d+) +(\d+)/g)].map(([, start, end]) => ({
    start: Number(start),
    end: Number(end),
  }));
}

/** An annotation's line, at another place of the text. */
function movedAnnotation(
  annotations: string,
  { lineStart, lineEnd, typeStart, type }: Annotation,
  { start, end }: TextRange,
  text: string,
  { countOf }: PlaceCount,
): ProblemFix {
  const from = annotations.slice(lineStart, lineEnd).replace(/[\r\n]+$/, '');
  const quote = text.slice(start, end).replace(/[\r\n\t]/g, ' ');
  const head = annotations.slice(lineStart, typeStart + type.length);
  const to = `${head} ${countOf(start)} ${countOf(end)}\t${quote}`;
  return { from, to: [to], does: l10n.t('Move the span to “{0}”', shownName(quote)) };
}

const isOfMarkdown = ({ file }: Companion): boolean => isMarkdownName(textOfAnnotations(file) ?? '');

/** Sentences without a label that stand in a row between others count as read by the annotator, up to so many. */
const mostBetween = 3;

/** The sentences of a text that were gone through by now: those with labels, and few without between them. */
function labelledSoFar(sentences: LabelledText['sentences']): LabelledText['sentences'] {
  const labelled = sentences.flatMap((sentence, i) =>
    sentence.some(({ label }) => label !== 'O') ? [i] : [],
  );
  return labelled.flatMap((at, i) => {
    const before = labelled.at(i - 1) ?? at;
    const between = i > 0 && at - before - 1 <= mostBetween ? sentences.slice(before + 1, at) : [];
    return [...between, sentences[at]];
  });
}

function cutText(text: string, spans: readonly Annotation[], markdown = false): LabelledText & PlaceCount {
  const count = countPlaces(text, spans);
  const inUnits = spans.map(({ start, end, type }) => ({
    start: count.unitOf(start),
    end: count.unitOf(end),
    type,
  }));
  return { ...labelText(text, tokensOfText(text, markdown), inUnits), ...count };
}

/**
 * Annotations with other spans. A span that only changes its type keeps its id, so that what refers to it still
 * does; new ones get new ids, at the end. All other lines stay.
 */
function writeAnnotations(
  annotations: string,
  text: string,
  spans: readonly Annotation[],
  { faults, ranges, countOf }: LabelledText & PlaceCount,
  wanted: readonly TextSpan[],
): string {
  const keyOf = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    `${start} ${end}`;
  const wantedAt = new Map(wanted.map((span) => [keyOf(span), span]));
  const missing = new Map(wantedAt);
  for (const { type } of wanted)
    if (/\s/.test(type) || type === '')
      throw new InputError(
        l10n.t('The model’s label “{0}” holds white space, which no type of brat may.', shownName(type)),
        {
          hint: l10n.t('Use another model, or train it again from a corpus without such labels.'),
        },
      );
  const pieces: string[] = [];
  let written = 0;
  spans.forEach(({ type, typeStart, lineStart, lineEnd }, i) => {
    // What is annotated twice changes twice, or one of the two would go on saying what it said.
    if (faults[i] !== undefined && faults[i] !== 'the same twice') return;
    const own = wantedAt.get(keyOf(ranges[i]));
    missing.delete(keyOf(ranges[i]));
    if (own?.type === type) return;
    pieces.push(annotations.slice(written, own ? typeStart : lineStart), own?.type ?? '');
    written = own ? typeStart + type.length : lineEnd;
  });
  pieces.push(annotations.slice(written));
  const end = annotations.includes('\r\n') ? '\r\n' : '\n';
  if (missing.size > 0 && annotations !== '' && !/[\r\n]$/.test(annotations)) pieces.push(end);
  let id = 0;
  for (const [, number] of annotations.matchAll(/^T(\d{1,9})[\t ]/gm)) id = Math.max(id, Number(number));
  for (const { start, end: to, type } of missing.values()) {
    const quote = text.slice(start, to).replace(/[\r\n\t]/g, ' ');
    pieces.push(`T${++id}\t${type} ${countOf(start)} ${countOf(to)}\t${quote}${end}`);
  }
  return pieces.join('');
}
