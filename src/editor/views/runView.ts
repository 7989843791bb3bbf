import * as vscode from 'vscode';
import { InputError, messageOf } from '../../common/errors';
import { titleOf } from '../../record/keptFields';
import { runTitle, trainedOn } from '../../record/runTitle';
import type { ModelEntry } from '../../workspace/modelCatalogue';
import { DeleteCommand } from '../deleteCommand';
import type { PanelRun } from '../panelRun';
import { withoutLinksIn } from '../translate';
import { compareRuns } from './compareRuns';
import { itemOpened, itemsMeant } from './focusedItems';
import { listedEntries } from './runItems';
import type { RunItem } from './runItems';
import { isRunItem, RunTree } from './runTree';
import type { RunTreeServices } from './runTree';

export interface RunViewServices extends RunTreeServices {
  readonly panelRun: PanelRun;
}

/** The view **Runs and Models**, with the commands of its items. */
export function registerRunView(services: RunViewServices): vscode.Disposable {
  const tree = new RunTree(services);
  const view = vscode.window.createTreeView('rnnTagger.runs', {
    treeDataProvider: tree,
    canSelectMany: true,
  });
  const deletion = new DeleteCommand(services.runs, services.models);
  const one = async (
    item: unknown,
    selected: unknown,
    run: (entry: ModelEntry) => unknown,
  ): Promise<void> => {
    const entry = await entryMeant(view, services, item, selected);
    if (entry) await run(entry);
  };
  const commands: Record<string, (item?: unknown, selected?: unknown) => Promise<void>> = {
    useModel: (item, selected) =>
      one(item, selected, ({ key }) =>
        vscode.commands.executeCommand('rnnTagger.chooseModel', { model: key }),
      ),
    exportListedModel: (item, selected) =>
      one(item, selected, ({ key }) =>
        vscode.commands.executeCommand('rnnTagger.exportModel', { model: key }),
      ),
    compareListedModels: async (item, selected) => {
      const items = await itemsMeant(view, isRunItem, item, selected);
      await compare(items.map(({ entry }) => entry));
    },
    compareRuns: (item, selected) => compareRuns(view, services, item, selected),
    showRun: (item, selected) =>
      one(item, selected, async ({ source }) => {
        if (source.kind === 'run') await services.panelRun.open(source.run.id);
      }),
    openRunItem: async () => commands.showRun(await itemOpened(view)),
    saveListedRun: (item, selected) =>
      one(item, selected, async ({ source }) => {
        if (source.kind === 'run')
          await vscode.commands.executeCommand('rnnTagger.saveRun', { run: source.run.id });
      }),
    renameRun: (item, selected) => one(item, selected, (entry) => rename(entry, services)),
    deleteListedRuns: async (item, selected) => {
      if (typeof item === 'string') return one(item, selected, (entry) => remove([entry], deletion));
      const items = await itemsMeant(view, isRunItem, item, selected);
      const entries = items.map(({ entry }) => entry);
      await remove(entries, deletion);
    },
  };
  const registered = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`rnnTagger.${name}`, async (item?: unknown, selected?: unknown) => {
      try {
        await run(item, selected);
      } catch (error) {
        throw withoutLinksIn(error);
      }
    }),
  );
  return vscode.Disposable.from(tree, view, ...registered);
}

/** The entry that a command is for: an item's, or one that is named by its key, as it is by now. */
async function entryMeant(
  view: vscode.TreeView<RunItem>,
  { runs, models }: RunTreeServices,
  item: unknown,
  selected: unknown,
): Promise<ModelEntry | undefined> {
  const key =
    typeof item === 'string' ? item : (await itemsMeant(view, isRunItem, item, selected)).at(0)?.entry.key;
  if (key === undefined) return undefined;
  const entry = listedEntries(runs.runs, models.entries, (id) => runs.elsewhere(id)).find(
    (other) => other.key === key,
  );
  if (!entry) throw new InputError(vscode.l10n.t('This run is not there any more.'));
  return entry;
}

/** One model with the active file, two with each other on it. */
async function compare(entries: readonly ModelEntry[]): Promise<void> {
  if (entries.length > 2)
    return void vscode.window.showInformationMessage(
      vscode.l10n.t('Select one model, to compare it with the active file, or two.'),
    );
  const models = entries.map(({ key }) => key);
  if (models.length > 0) await vscode.commands.executeCommand('rnnTagger.compareLabels', { models });
}

/** Asks for a name; an empty one is the run's own again. */
async function rename(entry: ModelEntry, { models, panelRun }: RunViewServices): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename {0}', runTitle(entry)),
    prompt: vscode.l10n.t('Empty: {0}', trainedOn(entry)),
    value: entry.title ?? trainedOn(entry),
  });
  if (name === undefined) return;
  const title = titleOf(name);
  try {
    await models.rename(entry, title === trainedOn(entry) ? undefined : title);
  } catch (error) {
    throw new InputError(vscode.l10n.t('{0} was not renamed: {1}', runTitle(entry), messageOf(error)));
  }
  if (entry.source.kind === 'run') await panelRun.renamed(entry.source.run.id);
}

async function remove(entries: readonly ModelEntry[], deletion: DeleteCommand): Promise<void> {
  const goingOn = entries.filter(({ source }) => source.kind === 'run' && source.run.state === 'running');
  if (goingOn.length > 0)
    return void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} goes on: stop it first, then delete it.', runTitle(goingOn[0])),
    );
  if (entries.length > 0) await deletion.ask(entries);
}
