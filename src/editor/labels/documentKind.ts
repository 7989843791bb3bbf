import type * as vscode from 'vscode';
import type { CorpusLayout } from '../../corpus/corpus';
import { brat } from '../../corpus/formats/brat';
import { detectLayout } from '../../corpus/formats/detect';
import { segmented } from '../../corpus/formats/segmented';
import { isMarkdownName } from '../../corpus/formats/standoffNames';
import type { Lines } from '../../corpus/text/lines';
import { linesWithoutText } from '../../corpus/text/markdown';
import type { ColumnRange, Segment, SegmentRules } from '../../corpus/text/segments';
import type { TagInput } from '../../engine/taggerProtocol';
import { isAnnotations } from '../../workspace/annotatedTexts';
import type { AnnotatedText, CorpusIndex } from '../../workspace/services';

/** How a document is read: as rows with one token each, or as running text. */
export type DocumentKind =
  | { readonly kind: 'rows'; readonly layout: CorpusLayout; readonly annotations?: Annotations }
  | {
      readonly kind: 'text';
      readonly markdown: boolean;
      /** How it is laid out where labels can be written into it. */
      readonly written?: CorpusLayout;
    };

/** The rows annotate a text that is a file of its own. */
export interface Annotations {
  /** Rises whenever that text may have changed. */
  readonly revision: number;
  readonly read: () => Promise<AnnotatedText | undefined>;
}

/**
 * Lines by which the format of a document is recognised that is of no corpus, and characters of each. A record of
 * JSON is told by the whole of it; such records are taken up to a number of characters together.
 */
const sampleLines = 400;
const longestRow = 2_000;
const mostJson = 1_000_000;

const known = new WeakMap<vscode.TextDocument, { readonly version: number; readonly kind: DocumentKind }>();

/**
 * Rows for the files of a corpus and for other documents that are written like one; text for all others, also where
 * its annotations stand in a second file.
 */
export function documentKind(document: vscode.TextDocument, corpora: CorpusIndex): DocumentKind {
  const corpus = corpora.corpusOf(document.uri);
  if (corpus?.layout.kind === brat.id) {
    if (!isAnnotations(document.uri)) return { kind: 'text', markdown: isMarkdownName(document.uri.path) };
    const { revision } = corpora;
    const annotations = { revision, read: () => corpora.annotatedText(document.uri) };
    return { kind: 'rows', layout: corpus.layout, annotations };
  }
  if (corpus) return kindOf(corpus.layout);
  if (document.languageId === 'markdown') return { kind: 'text', markdown: true };
  const before = known.get(document);
  if (before?.version === document.version) return before.kind;
  const layout = detectLayout(document.uri.path, beginningOf(document));
  const kind = kindOf(layout);
  known.set(document, { version: document.version, kind });
  return kind;
}

/** Where spaces part the words, labels stand in the text. */
function kindOf(layout: CorpusLayout | undefined): DocumentKind {
  return layout && layout.kind !== segmented.id
    ? { kind: 'rows', layout }
    : { kind: 'text', markdown: false, ...(layout && { written: layout }) };
}

/** How a document is read whose labels are written into a copy of it. */
export function writtenKind(kind: DocumentKind): DocumentKind {
  return kind.kind === 'text' && kind.written ? { kind: 'rows', layout: kind.written } : kind;
}

function beginningOf(document: vscode.TextDocument): string {
  const lines: string[] = [];
  let left = mostJson;
  for (let line = 0; line < Math.min(sampleLines, document.lineCount); line++) {
    const { text } = document.lineAt(line);
    const isLongJson = text.length > longestRow && /^[\s\ufeff]*[[{]/.test(text);
    if (isLongJson && (left -= text.length) < 0) break;
    lines.push(isLongJson ? text : text.slice(0, longestRow));
  }
  return lines.join('\n');
}

export function linesOf(document: vscode.TextDocument): Lines {
  return { lineCount: document.lineCount, lineAt: (line) => document.lineAt(line).text };
}

/**
 * How a document of this kind is cut into segments.
 *
 * @param near UTF-16 column of a long line around which to label.
 * @param visible UTF-16 columns of a long line that are on screen.
 */
export function segmentRules(
  kind: DocumentKind,
  lines: Lines,
  near: (line: number) => number = () => 0,
  visible?: (line: number) => ColumnRange | undefined,
): SegmentRules {
  if (kind.kind === 'rows') return { kind: 'rows' };
  const { markdown } = kind;
  const withoutText = markdown ? linesWithoutText(lines) : undefined;
  return { kind: 'text', markdown, skipped: (line) => withoutText?.[line] === 1, near, visible };
}

/** What the tagger is asked for a segment, at once but where another file is read for it. */
export function tagInput(
  kind: DocumentKind,
  { text, first, firstColumn }: Pick<Segment, 'text' | 'first' | 'firstColumn'>,
): TagInput | Promise<TagInput> {
  if (kind.kind === 'text')
    return { kind: 'text', text, firstLine: first, firstColumn, markdown: kind.markdown };
  const rows = { kind: 'rows', text, firstLine: first, layout: kind.layout } as const;
  return kind.annotations
    ? kind.annotations.read().then((read) => ({ ...rows, annotated: read?.text ?? '' }))
    : rows;
}
