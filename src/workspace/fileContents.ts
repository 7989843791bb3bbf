import * as vscode from 'vscode';
import { messageOf } from '../common/errors';
import type { Problem } from '../common/problem';

const mebibyte = 1024 * 1024;

/**
 * A file's content as the reader takes it; or why it has none. `edited`: it is an editor's, not the file's.
 * `missing`: there is no such file any more.
 */
export type FileContent =
  | {
      readonly kind: 'content';
      readonly content: Uint8Array<ArrayBuffer> | string;
      readonly sizeBytes: number;
      readonly edited: boolean;
    }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'missing' };

/** Reads files for the reader: bytes, or text where an editor or an encoding setting knows better. */
export class FileContents {
  private encodings = new Map<string, boolean>();

  /** Looks the encoding settings up again; call it where they have changed. */
  forgetEncodings(): void {
    this.encodings = new Map();
  }

  /**
   * @param largest larger files are left out, in mebibytes.
   * @param asBytes whatever encoding the settings say: the reader knows better.
   */
  async read(uri: vscode.Uri, largest: number, asBytes = false): Promise<FileContent> {
    const edited = editedText(uri);
    if (edited !== undefined)
      return { kind: 'content', content: edited, sizeBytes: edited.length, edited: true };
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > largest * mebibyte) return { kind: 'problem', problem: tooLarge(uri, size, largest) };
      const bytes = owned(await vscode.workspace.fs.readFile(uri));
      const utf8 = asBytes || (this.isUtf8(uri) && !hasUtf16Mark(bytes));
      const content = utf8 ? bytes : await vscode.workspace.decode(bytes, { uri });
      return { kind: 'content', content, sizeBytes: size, edited: false };
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound')
        return { kind: 'missing' };
      const message = vscode.l10n.t('RNN Tagger could not read this file: {0}', messageOf(error));
      return { kind: 'problem', problem: ofFile(uri, 'unreadable-file', message) };
    }
  }

  /**
   * The encoding settings of the file's workspace folder: a language's own setting does not reach files of
   * corpora.
   */
  private isUtf8(uri: vscode.Uri): boolean {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const key = folder?.uri.toString() ?? '';
    let utf8 = this.encodings.get(key);
    if (utf8 === undefined) {
      const files = vscode.workspace.getConfiguration('files', folder?.uri);
      utf8 = /^utf8(bom)?$/.test(files.get('encoding', 'utf8')) && !files.get('autoGuessEncoding', false);
      this.encodings.set(key, utf8);
    }
    return utf8;
  }
}

/**
 * The text of an editor that holds something else than the file read as UTF-8: unsaved changes, or another
 * encoding.
 */
function editedText(uri: vscode.Uri): string | undefined {
  const document = openDocument(uri);
  if (!document) return undefined;
  return document.isDirty || !/^utf8(bom)?$/.test(document.encoding) ? document.getText() : undefined;
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}

function tooLarge(uri: vscode.Uri, sizeBytes: number, largest: number): Problem {
  const message = vscode.l10n.t(
    'This file has {0} MB, and files of more than {1} MB are left out: split it into smaller files, or raise the setting "rnnTagger.corpora.maximumFileSize".',
    Math.ceil(sizeBytes / mebibyte),
    largest,
  );
  return ofFile(uri, 'file-too-large', message);
}

export function ofFile(uri: vscode.Uri, code: string, message: string): Problem {
  return { file: uri.toString(), line: 0, startColumn: 0, endColumn: 0, severity: 'error', code, message };
}

/** Bytes that own their memory: a file system may give a part of a larger buffer. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(bytes);
}

function hasUtf16Mark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
