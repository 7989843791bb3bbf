import type * as vscode from 'vscode';
import type { CorpusFormat } from '../../corpus/corpus';
import { detectFormat } from '../../corpus/formats/read';
import type { TagInput } from '../../engine/taggerProtocol';
import type { CorpusIndex } from '../../workspace/services';
import type { Lines, Passage } from './passages';

/** How a document is read: as rows with one token each, or as running text. */
export type DocumentKind =
  | { readonly kind: 'rows'; readonly format: CorpusFormat }
  | { readonly kind: 'text'; readonly markdown: boolean };

/** Lines from which the format of a document that is of no corpus is told. */
const sampleLines = 400;

const known = new WeakMap<vscode.TextDocument, { readonly version: number; readonly kind: DocumentKind }>();

/** Rows for the files of a corpus and for other documents that are written like one; text for all others. */
export function documentKind(document: vscode.TextDocument, corpora: CorpusIndex): DocumentKind {
  const corpus = corpora.corpusOf(document.uri);
  if (corpus) return { kind: 'rows', format: corpus.format };
  if (document.languageId === 'markdown') return { kind: 'text', markdown: true };
  const before = known.get(document);
  if (before?.version === document.version) return before.kind;
  const format = detectFormat(document.uri.path, beginningOf(document));
  const kind: DocumentKind = format ? { kind: 'rows', format } : { kind: 'text', markdown: false };
  known.set(document, { version: document.version, kind });
  return kind;
}

function beginningOf(document: vscode.TextDocument): string {
  const lines: string[] = [];
  for (let line = 0; line < Math.min(sampleLines, document.lineCount); line++)
    lines.push(document.lineAt(line).text.slice(0, 2_000));
  return lines.join('\n');
}

export function linesOf(document: vscode.TextDocument): Lines {
  return { lineCount: document.lineCount, lineAt: (line) => document.lineAt(line).text };
}

/** What the tagger is asked for a passage. */
export function tagInput(
  kind: DocumentKind,
  { text, first, firstColumn }: Pick<Passage, 'text' | 'first' | 'firstColumn'>,
): TagInput {
  return kind.kind === 'rows'
    ? { kind: 'rows', text, firstLine: first, format: kind.format }
    : { kind: 'text', text, firstLine: first, firstColumn, markdown: kind.markdown };
}
