import type * as vscode from 'vscode';
import { fieldAt } from '../../corpus/fieldAt';
import type { CorpusIndex, ModelLibrary } from '../../workspace/services';
import { corpusLanguages } from '../languages';
import { documentKind } from './documentKind';
import type { ShownField } from './labelHover';

/** The field of a corpus that a place of a document is in, with what is known of its column. */
export function shownField(
  document: vscode.TextDocument,
  position: vscode.Position,
  corpora: CorpusIndex,
  models: Pick<ModelLibrary, 'modelFor'>,
): ShownField | undefined {
  const corpus = corpora.corpusOf(document.uri);
  if (!corpus && document.languageId !== 'plaintext' && !corpusLanguages.includes(document.languageId))
    return undefined;
  const kind = documentKind(document, corpora);
  if (kind.kind !== 'rows') return undefined;
  const field = fieldAt(document.lineAt(position.line).text, kind.layout, position.character);
  // Of another text than this corpus the model says nothing about columns.
  const learned = corpus && models.modelFor(document)?.info.column;
  return field && { field, columns: { layout: kind.layout, labels: corpus?.columns ?? [], learned } };
}
