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
    const path = workspacePathOf(uri);
    const { layouts, maximumFileSize, include } = this.settings.current;
    const below = path.slice(path.indexOf('/') + 1);
    const stated = statedFor(layouts.rules, below);
    // Who names a single file says that it is a corpus.
    const chosen = include.some((glob) => !glob.includes('*') && matchesGlob(glob, below));
    const read = await this.contents.read(uri, maximumFileSize, stated?.encoding !== undefined);
    if (read.kind !== 'content') return read;
    const said = { ...(stated && { stated }), ...(chosen && { chosen }) };
    return { ...read, source: { file: uri.toString(), path, content: read.content, ...said } };
  }
}

/** The settings by which files are read, as a text that changes with them. */
export function settingsOfReading({ replaceInvalidBytes, layouts, maximumFileSize }: SettingsValues): string {
  return JSON.stringify([replaceInvalidBytes, layouts.rules, maximumFileSize]);
}
