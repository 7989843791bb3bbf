import * as vscode from 'vscode';
import type { Problem } from '../common/problem';
import { annotatesSpans } from '../corpus/formats/brat';
import type { SourceFile } from '../engine/sourceFile';
import { annotationsBeside } from './annotatedTexts';
import { FileContents, ofFile } from './fileContents';
import type { FileContent } from './fileContents';
import { workspacePathOf } from './foundFiles';
import { matchesGlob } from './globMatch';
import { statedFor } from './layoutSetting';
import type { Settings, SettingsValues } from './settings';

/** A file as the reader takes it, with what the settings say of it; or why it has no content. */
export type LoadedSource =
  | (Extract<FileContent, { kind: 'content' }> & { readonly source: SourceFile })
  | Exclude<FileContent, { kind: 'content' }>;

/** What is known of annotations beside their files. */
export interface AnnotationsOfTexts {
  /** The annotations of a text as they fit it now, where that is not what their file says. */
  unsaved(text: vscode.Uri): string | undefined;
  /** The text is not labelled to its end yet. */
  isInProgress(text: vscode.Uri): boolean;
}

/** Reads files as the settings say. */
export class SourceLoader {
  private readonly contents = new FileContents();

  constructor(
    private readonly settings: Settings,
    private readonly annotations: AnnotationsOfTexts,
  ) {}

  /** The settings of VS Code that say how files are encoded have changed. */
  forgetEncodings(): void {
    this.contents.forgetEncodings();
  }

  async load(uri: vscode.Uri): Promise<LoadedSource> {
    const said = this.saidOf(uri);
    const { maximumFileSize } = this.settings.current;
    const asBytes = said.stated?.encoding !== undefined;
    const read = await this.contents.read(uri, maximumFileSize, asBytes);
    const beside = annotationsBeside(uri);
    const annotations = beside && (await this.annotationsAt(beside, uri, asBytes));
    if (read.kind === 'missing' && beside && annotations?.kind === 'content' && areSpans(annotations.content))
      return { kind: 'problem', problem: withoutText(beside, uri) };
    if (read.kind !== 'content') return read;
    if (annotations?.kind === 'problem') return annotations;
    const source = { content: read.content, ...said };
    if (!beside || annotations?.kind !== 'content') return { ...read, source };
    return {
      ...read,
      sizeBytes: read.sizeBytes + annotations.sizeBytes,
      edited: read.edited || annotations.edited,
      source: {
        ...source,
        companion: {
          file: beside.toString(),
          content: annotations.content,
          ...(this.annotations.isInProgress(uri) && { inProgress: true }),
        },
      },
    };
  }

  /** While a text has edits that are not saved, its annotations are those that have followed them. */
  private async annotationsAt(beside: vscode.Uri, text: vscode.Uri, asBytes: boolean): Promise<FileContent> {
    const content = this.annotations.unsaved(text);
    return content === undefined
      ? this.contents.read(beside, this.settings.current.maximumFileSize, asBytes)
      : { kind: 'content', content, sizeBytes: content.length, edited: true };
  }

  /** All but the content: the file's name, and what the settings say of it. */
  saidOf(uri: vscode.Uri): Omit<SourceFile, 'content'> {
    const path = workspacePathOf(uri);
    const { layouts, include } = this.settings.current;
    const below = path.slice(path.indexOf('/') + 1);
    const stated = statedFor(layouts.rules, below);
    // Who names a single file says that it is a corpus.
    const chosen = include.some((glob) => !glob.includes('*') && matchesGlob(glob, below));
    return { file: uri.toString(), path, ...(stated && { stated }), ...(chosen && { chosen }) };
  }
}

function areSpans(content: Uint8Array | string): boolean {
  return annotatesSpans(typeof content === 'string' ? content : new TextDecoder().decode(content));
}

function withoutText(annotations: vscode.Uri, text: vscode.Uri): Problem {
  const message = vscode.l10n.t(
    'The text of these annotations is not there: {0} belongs beside this file.',
    text.path.slice(text.path.lastIndexOf('/') + 1),
  );
  return { ...ofFile(annotations, 'no-text', message), severity: 'warning' };
}

/** The settings by which files are read, as a text that changes with them. */
export function settingsOfReading({ replaceInvalidBytes, layouts, maximumFileSize }: SettingsValues): string {
  return JSON.stringify([replaceInvalidBytes, layouts.rules, maximumFileSize]);
}
