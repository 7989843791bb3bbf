import * as vscode from 'vscode';
import { InputError } from '../../common/errors';
import { formatCount } from '../../common/figures';
import { mostCompared } from '../../panel/runsProtocol';
import { isByItself } from '../../record/runRecord';
import type { RunRecord } from '../../record/runRecord';
import { catalogueEntry } from '../../workspace/modelCatalogue';
import type { RunStore } from '../../workspace/runStore';
import { modelPickText } from '../modelPicks';
import { MultiStepInput } from '../multiStepInput';
import type { PanelRun } from '../panelRun';
import { itemsMeant } from './focusedItems';
import type { RunItem } from './runItems';
import { isRunItem } from './runTree';

export interface CompareRunsServices {
  readonly runs: Pick<RunStore, 'runs' | 'run'>;
  readonly panelRun: Pick<PanelRun, 'current' | 'openWith'>;
}

/**
 * **Compare Runs…**: their curves over each other in the loss panel. A single run is drawn over the one that the panel
 * shows.
 *
 * @param item of the view, with all that are selected with it; `{ runs: [ID, …] }` from code; else runs are asked for.
 */
export async function compareRuns(
  view: vscode.TreeView<RunItem>,
  { runs, panelRun }: CompareRunsServices,
  item: unknown,
  selected: unknown,
): Promise<void> {
  const picked = isRunItem(item)
    ? runsOf(await itemsMeant(view, isRunItem, item, selected))
    : (runsNamed(item, runs) ?? (await askForRuns(runs.runs)));
  if (!picked) return;
  const { current } = panelRun;
  const isAlone = picked.length === 1 && picked[0] !== current;
  const all = isAlone && current !== undefined ? [...picked, current] : picked;
  if (all.length < 2 || all.length > mostCompared + 1) {
    const text = vscode.l10n.t(
      'Select 2 to {0} runs to compare their curves.',
      formatCount(mostCompared + 1),
    );
    return void vscode.window.showInformationMessage(text);
  }
  const shown = current !== undefined && all.includes(current) ? current : all[0];
  await panelRun.openWith(
    shown,
    all.filter((run) => run !== shown),
  );
}

function runsNamed(argument: unknown, runs: Pick<RunStore, 'run'>): string[] | undefined {
  if (typeof argument !== 'object' || argument === null || !('runs' in argument)) return undefined;
  const ids = Array.isArray(argument.runs) ? argument.runs.map(String) : [];
  const missing = ids.find((id) => !runs.run(id));
  if (missing !== undefined) throw new InputError(vscode.l10n.t('There is no run "{0}".', missing));
  return ids;
}

const runsOf = (items: readonly RunItem[]): string[] =>
  items.flatMap(({ entry: { source } }) => (source.kind === 'run' ? [source.run.id] : []));

async function askForRuns(runs: readonly RunRecord[]): Promise<string[] | undefined> {
  const items = runs
    .filter((run) => !isByItself(run))
    .map((run) => ({
      ...modelPickText(catalogueEntry(run), false, vscode.l10n.t, vscode.env.language),
      id: run.id,
    }));
  if (items.length < 2) {
    const text = vscode.l10n.t('There are no two runs yet whose curves could be compared.');
    return void vscode.window.showInformationMessage(text);
  }
  const title = vscode.l10n.t('Compare Runs');
  const placeholder = vscode.l10n.t('Which runs are to be drawn over each other?');
  const step = { title, placeholder, matchOnDescription: true, matchOnDetail: true };
  const picked = await MultiStepInput.run((input) => input.pickMany(items, step));
  return picked?.map(({ id }) => id);
}
