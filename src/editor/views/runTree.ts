import * as vscode from 'vscode';
import type { WorkspaceModels } from '../../workspace/modelLibrary';
import type { RunStore } from '../../workspace/runStore';
import { Throttle } from '../../workspace/schedule';
import { listedEntries, runItem } from './runItems';
import type { RunItem } from './runItems';

export interface RunTreeServices {
  readonly runs: RunStore;
  readonly models: WorkspaceModels;
}

/** A run that goes on changes with each step. */
const showEveryMs = 500;

/** The items of **Runs and Models**. */
export class RunTree implements vscode.TreeDataProvider<RunItem>, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<undefined>();
  private readonly showing = new Throttle(() => this.show(), showEveryMs);
  private readonly listeners: vscode.Disposable;
  private items: readonly RunItem[] = [];
  private shown = '';

  readonly onDidChangeTreeData = this.change.event;

  constructor(private readonly services: RunTreeServices) {
    const request = (): void => this.showing.request();
    this.listeners = vscode.Disposable.from(
      services.runs.onDidChange(request),
      services.models.onDidChange(request),
    );
    this.items = this.read();
  }

  getTreeItem({ entry, label, description, tooltip, spoken, icon, context }: RunItem): vscode.TreeItem {
    const item = new vscode.TreeItem(label);
    item.id = entry.key;
    item.description = description;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: spoken };
    item.iconPath = new vscode.ThemeIcon(icon);
    item.contextValue = context;
    if (entry.source.kind === 'run')
      item.command = { command: 'rnnTagger.openRunItem', title: vscode.l10n.t('Show in Loss Panel') };
    return item;
  }

  getChildren(parent?: RunItem): RunItem[] {
    return parent ? [] : [...this.items];
  }

  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    this.showing.cancel();
    vscode.Disposable.from(this.listeners, this.change).dispose();
  }

  private read(): RunItem[] {
    const { runs, models } = this.services;
    const inUse = models.activeEntry?.key;
    return listedEntries(runs.runs, models.entries, (id) => runs.elsewhere(id)).map((entry) =>
      runItem(entry, entry.key === inUse, vscode.l10n.t, vscode.env.language),
    );
  }

  /** What looks the same is not drawn again. */
  private show(): void {
    const items = this.read();
    const shown = JSON.stringify(items.map(({ entry: { key }, ...text }) => [key, text]));
    if (shown === this.shown) return;
    this.items = items;
    this.shown = shown;
    this.change.fire(undefined);
  }
}

export function isRunItem(value: unknown): value is RunItem {
  return typeof value === 'object' && value !== null && 'entry' in value && 'spoken' in value;
}
