import * as vscode from 'vscode';
import type { QueueFilter, QueuePlace } from '../../corpus/queue/queue';
import { pickLabel } from '../answers/labelPick';
import { findingKey } from '../labelErrors/labelErrorProblems';
import { withoutIcons, withoutLinksIn } from '../translate';
import { itemsMeant } from './focusedItems';
import { answerQueued, labelsFor, showAt, showPlace } from './queueAnswers';
import { filterOf } from './queueMemory';
import type { QueueNode, QueueRow } from './queueNodes';
import { isQueueRow } from './queueTree';
import { QueueView } from './queueView';
import type { QueueViewServices } from './queueView';

/** The view **Queue**, with the commands of its items. */
export function registerQueueView(services: QueueViewServices): vscode.Disposable {
  const view = new QueueView(services);
  const commands = new QueueCommands(view, services);
  const register = (name: string, run: (rows: readonly QueueRow[]) => Promise<unknown>): vscode.Disposable =>
    vscode.commands.registerCommand(`rnnTagger.${name}`, async (item?: unknown, selected?: unknown) => {
      try {
        await run(await itemsMeant(view.view, isQueueRow, item, selected));
      } catch (error) {
        throw withoutLinksIn(error);
      }
    });
  return vscode.Disposable.from(
    view,
    register('openQueued', async ([row]) => row && commands.open(row)),
    register('acceptQueued', (rows) => commands.answer(rows, undefined)),
    register('giveQueuedLabel', (rows) => commands.give(rows)),
    register('keepQueued', (rows) => commands.keep(rows)),
    register('skipQueued', (rows) => commands.skip(rows)),
    vscode.commands.registerCommand('rnnTagger.filterQueue', (given?: unknown) => commands.filter(given)),
    vscode.commands.registerCommand('rnnTagger.clearQueueFilter', () => commands.setFilter({})),
  );
}

class QueueCommands {
  constructor(
    private readonly queue: QueueView,
    private readonly services: QueueViewServices,
  ) {}

  /** Shows the first place; the keyboard stays in the view. */
  async open(row: QueueRow): Promise<void> {
    switch (row.kind) {
      case 'place':
        await showPlace(row.place, this.services);
        break;
      case 'doubt':
        await showPlace(row.item.places[0], this.services);
        break;
      case 'error': {
        const key = findingKey(row.findings[0]);
        const placed = this.services.errors.all.find(({ finding }) => findingKey(finding) === key);
        if (placed) await showAt(placed.uri, placed.range);
        break;
      }
      case 'sentence':
        await showAt(vscode.Uri.parse(row.file), new vscode.Range(row.line, 0, row.line, 0));
        break;
    }
  }

  /** Gives what is predicted, or a label, to all places of the rows. */
  async answer(rows: readonly QueueRow[], label: string | undefined): Promise<void> {
    const index = this.indexOf(rows);
    const places = placesOf(rows);
    if (places.length > 0) {
      const done = await answerQueued(places, label, this.services);
      this.queue.remove(done);
      const answered = new Set(done);
      for (const node of rows.filter((row) => row.kind === 'doubt'))
        if (node.item.places.every((place) => answered.has(place))) this.queue.memory.answer(node.key);
    }
    for (const node of rows.filter((row) => row.kind === 'error')) {
      await vscode.commands.executeCommand('rnnTagger.changeLabelErrors', ...node.findings.map(findingKey));
      this.queue.memory.answer(node.key);
    }
    await this.advance(index);
  }

  async give(rows: readonly QueueRow[]): Promise<void> {
    const [place] = placesOf(rows);
    if (!place) return;
    const title = vscode.l10n.t('Give Label');
    const picked = await pickLabel(await labelsFor(place, this.services), title);
    if (picked && picked !== 'remove' && picked.label !== '') await this.answer(rows, picked.label);
  }

  /** The text is right: it is never asked again. */
  async keep(rows: readonly QueueRow[]): Promise<void> {
    const index = this.indexOf(rows);
    for (const node of nodesOf(rows)) {
      this.queue.memory.keep(node.key);
      if (node.kind === 'error')
        await vscode.commands.executeCommand('rnnTagger.keepLabel', ...node.findings.map(findingKey));
    }
    await this.advance(index);
  }

  /** It comes back at the end. */
  async skip(rows: readonly QueueRow[]): Promise<void> {
    const index = this.indexOf(rows);
    for (const node of nodesOf(rows)) this.queue.memory.skip(node.key);
    await this.advance(index);
  }

  /** Takes `{ label?, file?, text? }`; without, it asks. */
  async filter(given: unknown): Promise<void> {
    const filter = given === undefined || given === null ? await this.askForFilter() : filterOf(given);
    if (filter) await this.setFilter(filter);
  }

  async setFilter(filter: QueueFilter): Promise<void> {
    this.queue.memory.setFilter(filter);
    await this.queue.refresh();
  }

  private async askForFilter(): Promise<QueueFilter | undefined> {
    const { filter } = this.queue.memory;
    const { labels, files } = this.queue.choices;
    const kind = (
      name: 'label' | 'file' | 'text',
      label: string,
    ): vscode.QuickPickItem & { name: typeof name } => ({
      name,
      label,
    });
    const picked = await vscode.window.showQuickPick(
      [
        kind('label', vscode.l10n.t('By label…')),
        kind('file', vscode.l10n.t('By file…')),
        kind('text', vscode.l10n.t('By words…')),
      ],
      { title: vscode.l10n.t('Filter Queue') },
    );
    if (!picked) return undefined;
    const title = picked.label;
    if (picked.name === 'text') {
      const text = await vscode.window.showInputBox({ title, value: filter.text });
      if (text === undefined) return undefined;
      return { ...filter, text: text === '' ? undefined : text };
    }
    const items =
      picked.name === 'label'
        ? labels.map((value) => ({ label: withoutIcons(value.slice(0, 100)), value }))
        : files.map((value) => ({
            label: withoutIcons(vscode.workspace.asRelativePath(vscode.Uri.parse(value))),
            value,
          }));
    const value = (await vscode.window.showQuickPick(items, { title }))?.value;
    return value === undefined ? undefined : { ...filter, [picked.name]: value };
  }

  private indexOf(rows: readonly QueueRow[]): number {
    const keys = new Set(nodesOf(rows).map(({ key }) => key));
    return this.queue.tree.nodes.findIndex(({ key }) => keys.has(key));
  }

  /** Shows what is left, and what comes next at the place of what was answered. */
  private async advance(index: number): Promise<void> {
    await this.queue.refresh();
    const { nodes } = this.queue.tree;
    const next = nodes.at(Math.min(Math.max(0, index), nodes.length - 1));
    if (!next || !this.queue.view.visible) return;
    await this.queue.view.reveal(next, { select: true, focus: true });
    await this.open(next);
  }
}

const nodesOf = (rows: readonly QueueRow[]): QueueNode[] =>
  rows.map((row) => (row.kind === 'place' ? row.node : row));

function placesOf(rows: readonly QueueRow[]): QueuePlace[] {
  const places = rows.flatMap((row) =>
    row.kind === 'place' ? [row.place] : row.kind === 'doubt' ? row.item.places : [],
  );
  return [...new Set(places)];
}
