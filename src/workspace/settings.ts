import * as vscode from 'vscode';
import { configurationKey } from '../model/settings/presentation';
import { settingNames } from '../model/settings/schema';
import { readGlobs } from './globs';
import type { LeftOutGlob } from './globs';
import { readLayouts } from './layoutSetting';
import type { LayoutSetting } from './layoutSetting';

/**
 * The user's settings (those of labels are the label view's), as they stand in settings.json. Values of a
 * wrong type are taken as not set.
 */
export interface SettingsValues {
  readonly include: readonly string[];
  /** `include` as it was set, patterns that are of no use among them. */
  readonly givenInclude: readonly unknown[];
  readonly exclude: readonly string[];
  /** Patterns that are of no use, by the setting they stand in. */
  readonly leftOut: ReadonlyMap<string, readonly LeftOutGlob[]>;
  readonly replaceInvalidBytes: boolean;
  readonly layouts: LayoutSetting;
  /** Larger files are left out, in mebibytes. */
  readonly maximumFileSize: number;
  /**
   * Training settings by name, not checked yet: a wrong one is named when training begins. `null`: not set,
   * follows from the others.
   */
  readonly training: Readonly<Record<string, unknown>>;
  readonly runsKept: number;
}

export const section = 'rnnTagger';

/** The manifest says so of both, too. */
const mostRunsKept = 1_000;
/** A text of more characters than this fits into no string. */
const mostFileSize = 500;

/** Reads the settings once, and again when they change. */
export class Settings implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<{
    readonly before: SettingsValues;
    readonly now: SettingsValues;
  }>();
  private readonly listener: vscode.Disposable;
  private values = read();

  readonly onDidChange = this.change.event;

  constructor() {
    this.listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(section)) return;
      const before = this.values;
      this.values = read();
      this.change.fire({ before, now: this.values });
    });
  }

  get current(): SettingsValues {
    return this.values;
  }

  dispose(): void {
    this.listener.dispose();
    this.change.dispose();
  }
}

function read(): SettingsValues {
  const settings = vscode.workspace.getConfiguration(section);
  const training = Object.fromEntries(
    settingNames.map((name) => [name, settings.get(configurationKey(name))]),
  );
  const kept = settings.get('runs.keep');
  const given = settings.get<unknown>('corpora.include');
  const include = readGlobs(given);
  const exclude = readGlobs(settings.get('corpora.exclude'));
  const layouts = readLayouts(settings.get('corpora.layouts'));
  const size = settings.get('corpora.maximumFileSize');
  return {
    include: include.globs,
    givenInclude: Array.isArray(given) ? given : [],
    exclude: exclude.globs,
    leftOut: new Map([
      [`${section}.corpora.include`, include.leftOut],
      [`${section}.corpora.exclude`, exclude.leftOut],
      [`${section}.corpora.layouts`, layouts.leftOut],
    ]),
    replaceInvalidBytes: settings.get('corpora.replaceInvalidBytes') === true,
    layouts,
    maximumFileSize: typeof size === 'number' && size > 0 ? Math.min(size, mostFileSize) : 50,
    training,
    runsKept: typeof kept === 'number' && kept >= 1 ? Math.min(Math.floor(kept), mostRunsKept) : 10,
  };
}
