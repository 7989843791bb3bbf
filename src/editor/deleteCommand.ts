import * as vscode from 'vscode';
import { InputError, messageOf } from '../common/errors';
import { withoutLinks } from '../common/shownText';
import { runTitle } from '../record/runTitle';
import { catalogueEntry } from '../workspace/modelCatalogue';
import type { ModelEntry } from '../workspace/modelCatalogue';
import type { WorkspaceModels } from '../workspace/modelLibrary';
import type { RunStore } from '../workspace/runStore';
import { modelPickText } from './modelPicks';

/** **Delete Run…**: removes runs with their models and curves, and models that were imported. */
export class DeleteCommand {
  constructor(
    private readonly runs: RunStore,
    private readonly models: WorkspaceModels,
  ) {}

  /**
   * @param argument `{ run?: ID }` from code, which is not asked again.
   * @throws {InputError} where there is no such run, or it goes on.
   */
  async run(argument: unknown): Promise<void> {
    const asked = askedRun(argument);
    const entries = this.entries;
    if (asked !== undefined) {
      const entry = entries.find(({ key }) => key === `run:${asked}`);
      if (!entry) throw new InputError(vscode.l10n.t('There is no run "{0}" that has ended.', asked));
      return this.delete(entry);
    }
    if (entries.length === 0)
      return void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'There is nothing to delete: no run of this workspace has ended, and no model was imported.',
        ),
      );
    const chosen = await this.pick(entries);
    if (chosen && chosen.length > 0) await this.ask(chosen);
  }

  /** Deletes runs and imported models once a person has said yes to what is lost. */
  async ask(chosen: readonly ModelEntry[]): Promise<void> {
    if (!(await this.confirmed(chosen))) return;
    const inUse = this.models.activeEntry?.key;
    for (const entry of chosen) await this.delete(entry);
    this.showDeleted(chosen, inUse);
  }

  /** Runs that have ended, with a model or without, and imported models. */
  private get entries(): ModelEntry[] {
    const ended = this.runs.runs.filter(({ state }) => state !== 'running').map((run) => catalogueEntry(run));
    return [...ended, ...this.models.entries.filter(({ source }) => source.kind === 'imported')];
  }

  private async pick(entries: readonly ModelEntry[]): Promise<readonly ModelEntry[] | undefined> {
    const active = this.models.activeEntry?.key;
    const items = entries.map((entry) => ({
      ...modelPickText(entry, entry.key === active, vscode.l10n.t, vscode.env.language),
      entry,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Delete Run'),
      placeHolder: vscode.l10n.t('Which runs are to be deleted, with their models and curves?'),
      canPickMany: true,
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return picked?.map(({ entry }) => entry);
  }

  private async confirmed(entries: readonly ModelEntry[]): Promise<boolean> {
    const remove = vscode.l10n.t('Delete');
    const message =
      entries.length === 1
        ? vscode.l10n.t('Delete {0} with its model and curves?', runTitle(entries[0]))
        : vscode.l10n.t('Delete {0} runs with their models and curves?', entries.length);
    const detail = vscode.l10n.t('This cannot be undone. Export a model first if you want to keep it.');
    const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, remove);
    return answer === remove;
  }

  private async delete({ source }: ModelEntry): Promise<void> {
    try {
      if (source.kind === 'run') await this.runs.delete(source.run.id);
      else await this.models.deleteImported(source.model.id);
    } catch (error) {
      throw new InputError(vscode.l10n.t('It could not be deleted: {0}', messageOf(error)));
    }
  }

  private showDeleted(entries: readonly ModelEntry[], before: string | undefined): void {
    const { activeEntry } = this.models;
    const deleted =
      entries.length === 1
        ? vscode.l10n.t('RNN Tagger: {0} is deleted', runTitle(entries[0]))
        : vscode.l10n.t('RNN Tagger: {0} runs are deleted', entries.length);
    if (!entries.some(({ key }) => key === before)) {
      vscode.window.setStatusBarMessage(deleted, 10_000);
      return;
    }
    const now = activeEntry
      ? vscode.l10n.t('Labels come from the model {0} now.', runTitle(activeEntry))
      : vscode.l10n.t('There is no model any more that labels.');
    void vscode.window.showInformationMessage(withoutLinks(`${deleted}. ${now}`));
  }
}

function askedRun(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || argument instanceof vscode.Uri) return undefined;
  const { run } = argument as { readonly run?: unknown };
  if (run === undefined) return undefined;
  if (typeof run === 'string') return run;
  throw new InputError(vscode.l10n.t('"run" of rnnTagger.deleteRun is the ID of a run.'));
}
