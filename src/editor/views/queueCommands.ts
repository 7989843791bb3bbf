import * as vscode from 'vscode';
import type { QueueFilter, QueuePlace } from '../../corpus/queue/queue';
import { refuse } from '../answers/giveAnswer';
import { findingKey } from '../labelErrors/labelErrorProblems';
import { pickLabel } from '../labelPick';
import { MultiStepInput } from '../multiStepInput';
import { withoutIcons, withoutLinksIn } from '../translate';
import { itemOpened, itemsMeant } from './focusedItems';
import { answerQueued, labelsFor, showAt, showPlace } from './queueAnswers';
import { filterOf } from './queueMemory';
import { placesOf, placesOfOneColumn } from './queueNodes';
import type { QueueNode, QueueRow } from './queueNodes';
import { isQueueRow } from './queueTree';
import { QueueView } from './queueView';
import type { QueueViewServices } from './queueView';

/** The view **Queue**, with the commands of its items. */
export function registerQueueView(services: QueueViewServices): vscode.Disposable {
  const view = new QueueView(services);
  const commands = new QueueCommands(view, services);
  const register = (
    name: string,
    run: (rows: readonly QueueRow[]) => Promise<unknown>,
    meant: (item: unknown, selected: unknown) => Promise<readonly QueueRow[]> = (item, selected) =>
      itemsMeant(view.view, isQueueRow, item, selected),
  ): vscode.Disposable =>
    vscode.commands.registerCommand(`rnnTagger.${name}`, async (item?: unknown, selected?: unknown) => {
      try {
        await run(await meant(item, selected));
      } catch (error) {
        throw withoutLinksIn(error);
      }
    });
  const open = async ([row]: readonly QueueRow[]): Promise<void> => {
    if (row) await commands.open(row);
  };
  return vscode.Disposable.from(
    view,
    register('openQueued', open),
    register('openQueueItem', open, async () => {
      const row = await itemOpened(view.view);
      return row ? [row] : [];
    }),
    register('acceptQueued', (rows) => commands.accept(rows)),
    register('giveQueuedLabel', (rows) => commands.give(rows)),
    register('keepQueued', (rows) => commands.keep(rows)),
    register('skipQueued', (rows) => commands.skip(rows)),
    vscode.commands.registerCommand('rnnTagger.filterQueue', (given?: unknown) => commands.filter(given)),
    vscode.commands.registerCommand('rnnTagger.clearQueueFilter', () => commands.setFilter({})),
    vscode.commands.registerCommand('rnnTagger.askKeptAgain', () => commands.askKeptAgain()),
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
        await showPlace(this.now(row.place), this.services);
        break;
      case 'doubt':
        await showPlace(this.now(row.item.places[0]), this.services);
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

  /** Gives to all places of the rows what is predicted there. */
  async accept(rows: readonly QueueRow[]): Promise<void> {
    const index = this.indexOf(rows);
    await this.answer(placesOf(rows), rows, undefined);
    for (const { key, findings } of rows.filter((row) => row.kind === 'error')) {
      const keys = findings.map(findingKey);
      const changed = await vscode.commands.executeCommand('rnnTagger.changeLabelErrors', ...keys);
      // What has another text by now, or is read-only, is not answered.
      if (Array.isArray(changed) && changed.length > 0) this.queue.memory.answer(key);
    }
    await this.advance(index);
  }

  /** Gives another label to all places of the rows, as far as they are of one column. */
  async give(rows: readonly QueueRow[]): Promise<void> {
    const places = placesOfOneColumn(rows);
    if (places.length === 0) return;
    const index = this.indexOf(rows);
    const title = vscode.l10n.t('Give Label');
    const picked = await pickLabel(await labelsFor(this.now(places[0]), this.services), title);
    if (!picked || picked === 'remove' || picked.label === '') return;
    await this.answer(places, rows, picked.label);
    await this.advance(index);
  }

  /** The text is right: it is never asked again. */
  async keep(rows: readonly QueueRow[]): Promise<void> {
    const nodes = wholeQuestions(rows);
    const index = this.indexOf(nodes);
    for (const node of nodes)
      // What is decided of label errors holds in Problems, too.
      if (node.kind === 'error') {
        await vscode.commands.executeCommand('rnnTagger.keepLabel', ...node.findings.map(findingKey));
        this.queue.memory.answer(node.key);
      } else this.queue.memory.keep(node.key);
    if (nodes.length > 0) await this.advance(index);
  }

  /** It comes back at the end. */
  async skip(rows: readonly QueueRow[]): Promise<void> {
    const nodes = wholeQuestions(rows);
    const index = this.indexOf(nodes);
    for (const node of nodes) this.queue.memory.skip(node.key);
    if (nodes.length > 0) await this.advance(index);
  }

  askKeptAgain(): void {
    this.queue.memory.askAgain();
    this.queue.refresh();
  }

  /** Takes `{ label?, file?, text? }`; without, it asks. */
  async filter(given: unknown): Promise<void> {
    const isAsked = given === undefined || given === null || isQueueRow(given);
    const filter = isAsked ? await MultiStepInput.run((input) => this.askForFilter(input)) : filterOf(given);
    if (filter) this.setFilter(filter);
  }

  setFilter(filter: QueueFilter): void {
    this.queue.memory.setFilter(filter);
    this.queue.refresh();
  }

  /** Counts as answered what is left at no place. */
  private async answer(
    places: readonly QueuePlace[],
    rows: readonly QueueRow[],
    label: string | undefined,
  ): Promise<void> {
    const asked = this.queue.current(places);
    if (asked.length === 0) return;
    const answered = await answerQueued(asked, label, this.services);
    this.queue.answered(answered);
    const given = new Set(answered.given.map(({ key }) => key));
    for (const node of new Set(nodesOf(rows)))
      if (node.kind === 'doubt' && given.has(node.key) && this.queue.current(node.item.places).length === 0)
        this.queue.memory.answer(node.key);
  }

  /** A place as it is by now. */
  private now(place: QueuePlace): QueuePlace {
    return this.queue.current([place]).at(0) ?? place;
  }

  private async askForFilter(input: MultiStepInput): Promise<QueueFilter | undefined> {
    const { filter } = this.queue.memory;
    const { labels, files } = this.queue.choices;
    const kind = (
      name: 'label' | 'file' | 'text',
      label: string,
    ): vscode.QuickPickItem & { name: typeof name } => ({
      name,
      label,
    });
    const picked = await input.pick(
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
      const text = await input.type({ title, value: filter.text ?? '' });
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
    const value = (await input.pick(items, { title }))?.value;
    return value === undefined ? undefined : { ...filter, [picked.name]: value };
  }

  private indexOf(rows: readonly QueueRow[]): number {
    const keys = new Set(nodesOf(rows).map(({ key }) => key));
    return this.queue.tree.nodes.findIndex(({ key }) => keys.has(key));
  }

  /** Shows what is left, and what comes next at the place of what was answered. */
  private async advance(index: number): Promise<void> {
    this.queue.refresh();
    const { nodes } = this.queue.tree;
    const next = nodes.at(Math.min(Math.max(0, index), nodes.length - 1));
    if (!next || !this.queue.view.visible) return;
    await this.queue.view.reveal(next, { select: true, focus: true });
    await this.open(next);
  }
}

const nodesOf = (rows: readonly QueueRow[]): QueueNode[] =>
  rows.map((row) => (row.kind === 'place' ? row.node : row));

/** Those of the rows that are no single place: a decision on a question holds for all of its places. */
function wholeQuestions(rows: readonly QueueRow[]): QueueNode[] {
  const nodes = rows.filter((row) => row.kind !== 'place');
  if (nodes.length === 0 && rows.length > 0)
    refuse(vscode.l10n.t('This is for a question with all of its places: choose the row above them.'));
  return nodes;
}
