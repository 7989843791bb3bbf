import type * as vscode from 'vscode';
import type { SourceFile } from '../engine/sourceFile';
import { FileContents } from './fileContents';
import type { FileContent } from './fileContents';
import { workspacePathOf } from './foundFiles';
import { matchesGlob } from './globMatch';
import { statedFor } from './layoutSetting';
import type { Settings, SettingsValues } from './settings';

/** A file as the reader takes it, with what the settings say of it; or why it has no content. */
export type LoadedSource =
  | (Extract<FileContent, { kind: 'content' }> & { readonly source: SourceFile })
  | Exclude<FileContent, { kind: 'content' }>;

/** Reads files as the settings say. */
export class SourceLoader {
  private readonly contents = new FileContents();

  constructor(private readonly settings: Settings) {}

  /** The settings of VS Code that say how files are encoded have changed. */
  forgetEncodings(): void {
    this.contents.forgetEncodings();
  }

  async load(uri: vscode.Uri): Promise<LoadedSource> {
    const said = this.saidOf(uri);
    const { maximumFileSize } = this.settings.current;
    const read = await this.contents.read(uri, maximumFileSize, said.stated?.encoding !== undefined);
    if (read.kind !== 'content') return read;
    return { ...read, source: { content: read.content, ...said } };
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

/** The settings by which files are read, as a text that changes with them. */
export function settingsOfReading({ replaceInvalidBytes, layouts, maximumFileSize }: SettingsValues): string {
  return JSON.stringify([replaceInvalidBytes, layouts.rules, maximumFileSize]);
}
