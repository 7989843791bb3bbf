import * as vscode from 'vscode';
import { InputError, messageWithHint } from '../../common/errors';
import { formatCount } from '../../common/figures';
import type { Engine } from '../../engine/engine';
import type { DeviceName } from '../../kernels/registry';
import { settingsOfRun } from '../../workspace/trainingSettings';
import type { Choice } from '../corpusPicks';
import type { LabelErrorSearching } from '../labelErrorSearching';
import { showNotTrusted } from '../restrictedMode';
import { agreeToLeaveOut } from '../trainCommand';
import type { TrainCommand } from '../trainCommand';
import { withoutLinksIn } from '../translate';
import { registerLabelErrorFixes } from './labelErrorFixes';
import type { LabelErrorProblems, LabelErrorServices } from './labelErrorProblems';

export interface FindLabelErrorsServices extends LabelErrorServices {
  readonly engine: Engine;
  /** Its question is what to look through, too. */
  readonly train: TrainCommand;
}

/** **Find Label Errors** and **Next Label Error**, and what is offered for each of them. */
export function registerLabelErrors(
  services: FindLabelErrorsServices,
  problems: LabelErrorProblems,
): LabelErrorSearching {
  const command = new FindLabelErrors(services, problems);
  const { store, corpora, log } = services;
  void store
    .load()
    .then(() => corpora.ready)
    .then(() => problems.refresh())
    .catch((error: unknown) => log.error(`Label errors could not be read: ${String(error)}`));
  const registered = vscode.Disposable.from(
    problems,
    command,
    registerLabelErrorFixes(problems, services),
    vscode.commands.registerCommand('rnnTagger.findLabelErrors', async (argument?: unknown) => {
      try {
        await command.run(argument);
      } catch (error) {
        throw withoutLinksIn(error);
      }
    }),
    vscode.commands.registerCommand('rnnTagger.nextLabelError', () => command.next()),
  );
  return {
    get isSearching() {
      return command.isSearching;
    },
    onDidChange: command.onDidChange,
    dispose: () => void registered.dispose(),
  };
}

class FindLabelErrors implements vscode.Disposable {
  private search: vscode.Disposable | undefined;
  private busy = false;
  private readonly change = new vscode.EventEmitter<void>();

  readonly onDidChange = this.change.event;

  constructor(
    private readonly services: FindLabelErrorsServices,
    private readonly problems: LabelErrorProblems,
  ) {}

  get isSearching(): boolean {
    return this.search !== undefined;
  }

  /**
   * Takes what **Train on Workspace** takes; without, it asks where there is something to choose. Resolves
   * once the search is over.
   */
  async run(argument: unknown): Promise<void> {
    if (!vscode.workspace.isTrusted) return void showNotTrusted();
    if (this.busy)
      return void vscode.window.showInformationMessage(
        vscode.l10n.t('Label errors are being looked for already.'),
      );
    this.busy = true;
    try {
      const choice = await this.services.train.choice(argument, vscode.l10n.t('Find Label Errors'));
      if (!choice || !(await agreeToLeaveOut(choice.corpus))) return;
      const count = await this.searchIn(choice);
      if (count !== undefined) void this.showEnd(count);
    } finally {
      this.busy = false;
    }
  }

  /** Goes to the next one behind the cursor's in the order of how sure they are, or else to the surest. */
  async next(): Promise<void> {
    await this.problems.refresh();
    const { all } = this.problems;
    if (all.length === 0)
      return void vscode.window.showInformationMessage(
        vscode.l10n.t('There is no label error to look at. Find Label Errors looks for some.'),
      );
    const editor = vscode.window.activeTextEditor;
    const here = all.findIndex(
      ({ uri, range }) =>
        editor?.document.uri.toString() === uri.toString() && range.contains(editor.selection.active),
    );
    const { uri, range } = all[(here + 1) % all.length];
    const selection = new vscode.Range(range.start, range.start);
    await vscode.window.showTextDocument(uri, { selection, preview: false });
  }

  dispose(): void {
    this.search?.dispose();
    this.change.dispose();
  }

  /** How many labels look wrong; undefined where it was cancelled. */
  private async searchIn({ corpus, column }: Choice): Promise<number | undefined> {
    const { engine, corpora, settings, store } = this.services;
    const { seed, device, threads } = settingsOfRun(settings.current.training, {});
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('RNN Tagger: looking for label errors'),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (progress, cancelled) => {
      const files = await corpora.read(corpus, () => cancelled.isCancellationRequested);
      if (cancelled.isCancellationRequested) return undefined;
      if (files.length === 0)
        throw new InputError(vscode.l10n.t('None of the files of {0} can be read.', corpus.name));
      let told = 0;
      const search = engine.findLabelErrors(
        {
          files,
          replaceInvalidBytes: settings.current.replaceInvalidBytes,
          column: column.name,
          device: device as DeviceName | 'auto',
          threads,
          seed,
          kept: store.keptIn(column.name).map(({ file, sentence, token, gold }) => ({
            file,
            sentence,
            token,
            gold,
          })),
        },
        (share) => {
          progress.report({ increment: 100 * (share - told), message: `${Math.floor(100 * share)} %` });
          told = share;
        },
      );
      this.setSearch(search);
      const listener = cancelled.onCancellationRequested(() => search.dispose());
      try {
        const { index, findings } = await search.result;
        await store.setFound({ column: column.name, index, findings });
        await this.problems.refresh();
        return this.problems.all.length;
      } catch (error) {
        if (cancelled.isCancellationRequested) return undefined;
        throw new Error(messageWithHint(error));
      } finally {
        listener.dispose();
        this.setSearch(undefined);
      }
    });
  }

  private setSearch(search: vscode.Disposable | undefined): void {
    this.search = search;
    this.change.fire();
  }

  private async showEnd(count: number): Promise<void> {
    if (count === 0) return void vscode.window.showInformationMessage(vscode.l10n.t('No label looks wrong.'));
    const show = vscode.l10n.t('Show the Surest');
    const list = vscode.l10n.t('Show Problems');
    const message =
      count === 1
        ? vscode.l10n.t('1 label looks wrong.')
        : vscode.l10n.t('{0} labels look wrong: start with the surest.', formatCount(count));
    const answer = await vscode.window.showInformationMessage(message, show, list);
    if (answer === list) await vscode.commands.executeCommand('workbench.actions.view.problems');
    const first = this.problems.all.at(0);
    if (answer !== show || !first) return;
    const selection = new vscode.Range(first.range.start, first.range.start);
    await vscode.window.showTextDocument(first.uri, { selection, preview: false });
  }
}
