import * as vscode from 'vscode';
import type { CorpusLayout } from '../corpus/corpus';
import { copyName } from './copyName';

/** Names that are tried, where there are files of the others. */
const mostNames = 1_000;

/** What a labelled copy holds. */
export interface LabelledCopy {
  readonly text: string;
  /** How it is laid out; undefined for two columns made of running text. */
  readonly layout?: CorpusLayout;
  readonly ofCorpus: boolean;
  readonly lineEnd: vscode.EndOfLine;
  /** Of the file itself, where the copy is written as it is. */
  readonly language?: string;
}

/**
 * Shows a labelled copy of a document, unsaved: beside it, under a name that no file has, where it is a file
 * on this machine or on a remote one.
 */
export async function showLabelledCopy(source: vscode.Uri, copy: LabelledCopy): Promise<void> {
  const document = await openCopy(source, copy);
  const { language } = copy;
  const result =
    language !== undefined && document.languageId !== language
      ? await vscode.languages.setTextDocumentLanguage(document, language)
      : document;
  await vscode.window.showTextDocument(result, { preview: false });
}

async function openCopy(source: vscode.Uri, copy: LabelledCopy): Promise<vscode.TextDocument> {
  const { text, lineEnd } = copy;
  const uri = await freeName(source, copy);
  if (!uri) {
    const content = lineEnd === vscode.EndOfLine.CRLF ? text.replaceAll('\n', '\r\n') : text;
    return vscode.workspace.openTextDocument({ content, language: copy.language ?? 'plaintext' });
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.set(uri, [
    vscode.TextEdit.setEndOfLine(lineEnd),
    vscode.TextEdit.insert(new vscode.Position(0, 0), text),
  ]);
  await vscode.workspace.applyEdit(edit);
  return document;
}

/** Where the copy would be saved, as an untitled document; undefined for what is no file in a folder. */
async function freeName(source: vscode.Uri, copy: LabelledCopy): Promise<vscode.Uri | undefined> {
  if (source.scheme !== 'vscode-remote' && (source.scheme !== 'file' || source.authority !== ''))
    return undefined;
  const name = source.path.slice(source.path.lastIndexOf('/') + 1);
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path));
  for (let number = 1; number <= mostNames; number++) {
    const own = copyName(name, copy.layout, copy.ofCorpus, number);
    const file = vscode.Uri.joinPath(source, '..', own);
    if (open.has(file.path) || (await exists(file))) continue;
    return file.with({ scheme: 'untitled', authority: '' });
  }
  return undefined;
}

const exists = (file: vscode.Uri): Thenable<boolean> =>
  vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
