import * as vscode from 'vscode';
import type { QueuePlace } from '../../corpus/queue/queue';
import { contextOf, queueRowText } from './queueNodes';
import type { QueueNode, QueueRow } from './queueNodes';

/** More are not drawn; they come up as others are answered. */
const mostShown = 500;
/** Places of one item that are listed. */
const mostPlaces = 200;

/** The items of **Queue**. */
export class QueueTree implements vscode.TreeDataProvider<QueueRow>, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<undefined>();
  private rows: readonly QueueNode[] = [];
  private byKey = new Map<string, QueueNode>();

  readonly onDidChangeTreeData = this.change.event;

  get nodes(): readonly QueueNode[] {
    return this.rows;
  }

  /** The node of a key as it is by now. */
  node(key: string): QueueNode | undefined {
    return this.byKey.get(key);
  }

  show(nodes: readonly QueueNode[]): void {
    this.rows = nodes;
    this.byKey = new Map(nodes.map((node) => [node.key, node]));
    this.change.fire(undefined);
  }

  getTreeItem(row: QueueRow): vscode.TreeItem {
    const { label, description, tooltip, spoken } = queueRowText(row, vscode.l10n.t);
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, placesOf(row).length > 1 ? Collapsed : None);
    item.id = row.kind === 'place' ? placeId(row) : row.key;
    if (row.kind === 'place') {
      const { start, end } = contextOf(row.place);
      item.label = { label, highlights: [[start, end]] };
    }
    item.description = description;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: spoken };
    item.contextValue = row.kind;
    item.iconPath = iconOf(row);
    item.command = { command: 'rnnTagger.openQueueItem', title: vscode.l10n.t('Open') };
    return item;
  }

  getChildren(row?: QueueRow): QueueRow[] {
    if (!row) return this.rows.slice(0, mostShown);
    if (row.kind === 'place') return [];
    return placesOf(row)
      .slice(0, mostPlaces)
      .map((place): QueueRow => ({ kind: 'place', node: row, place }));
  }

  getParent(row: QueueRow): QueueRow | undefined {
    return row.kind === 'place' ? row.node : undefined;
  }

  dispose(): void {
    this.change.dispose();
  }
}

export function isQueueRow(value: unknown): value is QueueRow {
  const kinds = ['doubt', 'error', 'sentence', 'place'];
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(String(value.kind));
}

function placesOf(row: QueueRow): readonly QueuePlace[] {
  return row.kind === 'doubt' ? row.item.places : [];
}

function placeId({ node, place }: QueueRow & { kind: 'place' }): string {
  const { start, end } = place.doubt.target;
  return JSON.stringify([node.key, place.file, start, end]);
}

function iconOf(row: QueueRow): vscode.ThemeIcon {
  switch (row.kind) {
    case 'doubt':
      return new vscode.ThemeIcon(row.item.isSkipped ? 'debug-step-over' : 'question');
    case 'error':
      return new vscode.ThemeIcon('warning');
    case 'sentence':
      return new vscode.ThemeIcon('whole-word');
    case 'place':
      return new vscode.ThemeIcon('location');
  }
}
