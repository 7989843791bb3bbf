import * as vscode from 'vscode';
import { messageOf } from '../common/errors';
import type { Engine } from '../engine/engine';
import type { LossPanel } from '../panel/lossPanel';
import type { RememberedDevices } from '../workspace/deviceChoices';
import type { WorkspaceModels } from '../workspace/modelLibrary';
import type { RunStore } from '../workspace/runStore';
import type { Settings } from '../workspace/settings';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { changeLearningRate, stopAfterEpoch } from './adjustRun';
import { CheckCommand } from './checkCommand';
import { DeleteCommand } from './deleteCommand';
import { chooseCorpusFiles } from './gettingStarted/chooseCorpusFiles';
import { isFirstLabelling, labelText } from './gettingStarted/labelText';
import { menuItems } from './menuItems';
import type { MenuItem } from './menuItems';
import { ModelCommands } from './modelCommands';
import type { PanelRun } from './panelRun';
import type { ReportDocuments } from './reportDocuments';
import { showNotTrusted } from './restrictedMode';
import { forgottenText } from './runText';
import { SaveRunCommand } from './saveRun';
import type { TrainCommand } from './trainCommand';
import { trainArgumentsLike } from './trainLike';
import type { TrainingController } from './trainingController';
import { withoutLinksIn } from './translate';

export interface CommandServices {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly corpora: WorkspaceCorpora;
  readonly runs: RunStore;
  readonly models: WorkspaceModels;
  readonly training: TrainingController;
  readonly train: TrainCommand;
  readonly panel: LossPanel;
  readonly panelRun: Pick<PanelRun, 'showChosen'>;
  readonly devices: RememberedDevices;
  readonly reports: ReportDocuments;
  readonly log: vscode.LogOutputChannel;
  /** Resolves once the runs and models of earlier sessions are known. */
  readonly loaded: Promise<void>;
}

/**
 * Registers the commands of training and models, and the buttons of the panel, which are the same commands.
 */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const { engine, settings, corpora, runs, models, training, train, panel, reports, log, loaded } = services;
  const check = new CheckCommand(engine, corpora, settings, reports);
  const ofModels = new ModelCommands(models, log, async ({ source }) => {
    if (source.kind === 'run') await services.panelRun.showChosen(source.run.id);
  });
  const deletion = new DeleteCommand(runs, models);
  const saving = new SaveRunCommand(runs, panel);
  const afterLoading = (run: (argument?: unknown) => unknown) => async (argument?: unknown) => {
    await loaded;
    return run(argument);
  };
  const commands: Record<string, (argument?: unknown) => unknown> = {
    train: (argument) => train.run(argument),
    checkCorpus: (argument) => check.run(argument),
    stop: () => training.stop(),
    stopAfterEpoch: () => stopAfterEpoch(training),
    changeLearningRate: (argument) => changeLearningRate(training, argument),
    pause: () => training.pause(),
    resume: afterLoading(() => (training.current ? training.resume() : resumeRun(training))),
    resumeRun: afterLoading(() => resumeRun(training)),
    showLossPanel: () => panel.show(),
    chooseModel: afterLoading((argument) => ofModels.choose(argument)),
    exportModel: afterLoading((argument) => ofModels.export(argument)),
    importModel: afterLoading((argument) => ofModels.import(argument)),
    measureDevicesAgain: () => measureDevicesAgain(services),
    saveRun: afterLoading((argument) => saving.run(argument)),
    deleteRun: afterLoading((argument) => deletion.run(argument)),
    labelText: () =>
      labelText(settings.current.exclude, () => isFirstLabelling(corpora.corpora, models.hasModel)),
    chooseCorpusFiles: (argument) => chooseCorpusFiles(argument, services),
    showLog: () => log.show(true),
    menu: afterLoading(() => showMenu(services)),
  };
  const registered = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`rnnTagger.${name}`, async (argument?: unknown) => {
      try {
        return await run(argument);
      } catch (error) {
        throw withoutLinksIn(error);
      }
    }),
  );
  // A button has no command of the workbench's to show what went wrong.
  const press = (command: string, argument?: unknown): void => {
    vscode.commands.executeCommand(`rnnTagger.${command}`, argument).then(undefined, (error: unknown) => {
      void vscode.window.showErrorMessage(messageOf(error));
    });
  };
  return vscode.Disposable.from(
    ...registered,
    panel.onAction((action) => press(action)),
    panel.onTrainWith(({ run, changes }) => {
      const like = trainArgumentsLike(runs, run, changes);
      if (like) press('train', like);
    }),
    panel.onSave((asked) => press('saveRun', asked)),
    panel.onReview((run) => press('reviewSurestDisagreements', { run })),
  );
}

async function resumeRun(training: TrainingController): Promise<void> {
  if (!vscode.workspace.isTrusted) return void showNotTrusted();
  if (training.resumable) return training.resumeLast();
  if (!training.busy)
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no run to go on with: the last one is over.'),
    );
}

/** **Measure Devices Again**: the next run does, since nothing is remembered any more. */
function measureDevicesAgain({ devices, settings }: CommandServices): void {
  devices.clear();
  const text = forgottenText(String(settings.current.training.device ?? 'auto'), vscode.l10n.t);
  void vscode.window.showInformationMessage(text);
}

async function showMenu({ models, training, runs, corpora }: CommandServices): Promise<void> {
  const state = {
    models: models.entries.length > 0,
    run: training.state,
    canResume: training.resumable !== undefined,
    trusted: vscode.workspace.isTrusted,
    hasRuns: runs.runs.length > 0,
    hasCorpora: corpora.corpora.length > 0,
  } as const;
  const picked = await vscode.window.showQuickPick(menuItems(state, vscode.l10n.t), { title: 'RNN Tagger' });
  if (picked) await vscode.commands.executeCommand(picked.command, ...argumentsOf(picked));
}

const argumentsOf = ({ argument }: MenuItem): unknown[] => (argument === undefined ? [] : [argument]);
