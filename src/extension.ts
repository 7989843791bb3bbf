/** Puts the parts together. Nothing is read or started before there is a workspace with something to read. */
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import * as vscode from 'vscode';
import { stackOf } from './common/errors';
import type { Corpus } from './corpus/corpus';
import { AutoTraining } from './editor/annotating/autoTraining';
import { registerLabelSelection } from './editor/annotating/labelSelection';
import { LabelSteps } from './editor/annotating/labelSteps';
import { registerAnswerActions } from './editor/answers/answerActions';
import { registerAnswerCommands } from './editor/answers/answerCommands';
import { registerManyCommands } from './editor/answers/manyCommands';
import { registerDisagreementCommands } from './editor/answers/nextDisagreement';
import { ReviewMode } from './editor/answers/reviewMode';
import { registerCompareLabels } from './editor/compareLabels/compareCommand';
import { maintainContextKeys } from './editor/contextKeys';
import { CorpusOutlineView } from './editor/corpusOutline';
import { registerLabelErrors } from './editor/labelErrors/findLabelErrors';
import { LabelErrorProblems } from './editor/labelErrors/labelErrorProblems';
import { registerLabelFile } from './editor/labelFile';
import { LabelView } from './editor/labels/labelView';
import { PanelRun } from './editor/panelRun';
import { ReadingStatus } from './editor/readingStatus';
import { ReportDocuments } from './editor/reportDocuments';
import { registerCommands } from './editor/runCommands';
import { logRuns } from './editor/runLog';
import { notifyOfRuns } from './editor/runNotifications';
import { StatusBar } from './editor/statusBar';
import { agreeToLeaveOut, TrainCommand } from './editor/trainCommand';
import { TrainingController } from './editor/trainingController';
import { unsavedNotice } from './editor/unsavedNotice';
import { registerCorpusView } from './editor/views/corpusView';
import { registerQueueView } from './editor/views/queueCommands';
import { registerRunView } from './editor/views/runView';
import { registerTitleCommands } from './editor/views/titleCommands';
import { isProcessAlive } from './engine/node/machine';
import { createNodeEngine } from './engine/node/nodeEngine';
import { LossPanel } from './panel/lossPanel';
import { RememberedDevices } from './workspace/deviceChoices';
import { DocumentOutlines } from './workspace/documentOutlines';
import { ImportedModels } from './workspace/importedModels';
import { LabelErrorStore } from './workspace/labelErrorStore';
import { LabelNames } from './workspace/labelNames';
import { ModelLabelCheck } from './workspace/modelLabelCheck';
import { WorkspaceModels } from './workspace/modelLibrary';
import { registerOpenSettings } from './workspace/openSettings';
import { registerProblemFixes } from './workspace/problemFixes';
import { CorpusProblems, registerInvalidBytesActions } from './workspace/problems';
import { RunFollower } from './workspace/runFollower';
import type { RunRecord } from './workspace/runRecord';
import { RunStore } from './workspace/runStore';
import { Settings } from './workspace/settings';
import { TextAnnotations } from './workspace/textAnnotations';
import { TextsInProgress } from './workspace/textsInProgress';
import { storageAt } from './workspace/virtualStorage';
import { WorkspaceCorpora } from './workspace/workspaceCorpora';

/** What other extensions, and the tests, may look at. */
export interface RnnTaggerApi {
  /**
   * Resolves once the corpora were read for the first time, and the runs and models of earlier sessions are
   * known.
   */
  readonly ready: Promise<void>;
  readonly corpora: readonly Corpus[];
  /** Newest first; a run that goes on is the first one, with state `running`. */
  readonly runs: readonly RunRecord[];
  /** Fires when a run begins, goes on or ends. */
  readonly onDidChangeRuns: vscode.Event<void>;
}

let shutDown: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): RnnTaggerApi {
  const log = vscode.window.createOutputChannel('RNN Tagger', { log: true });
  const panel = new LossPanel(context.extensionUri, log);
  const devices = new RememberedDevices(context.globalState);
  const engine = createNodeEngine({
    distFolder: vscode.Uri.joinPath(context.extensionUri, 'dist').fsPath,
    // One core is left to the editor.
    threads: Math.max(1, os.availableParallelism() - 1),
    gpu: panel.gpu,
    choices: devices,
    tell: (message) => log.warn(message),
  });
  const tagger = engine.createTagger();
  const settings = new Settings();
  const problems = new CorpusProblems();
  const annotations = new TextAnnotations(log);
  const progress = new TextsInProgress(context.workspaceState);
  const corpora = new WorkspaceCorpora(engine, settings, problems, log, {
    unsaved: (text) => annotations.unsaved(text),
    isInProgress: (text) => progress.has(text),
  });
  const exclude = (): readonly string[] => settings.current.exclude;
  const names = new LabelNames(corpora, context.workspaceState, exclude);
  const steps = new LabelSteps(annotations);
  const storage = storageAt(context.storageUri ?? context.globalStorageUri);
  const runs = new RunStore(storage, {
    keep: () => settings.current.runsKept,
    log: (message) => log.warn(message),
    failed: unsavedNotice(log),
    window: { id: randomUUID(), pid: process.pid, isAlive: isProcessAlive, now: Date.now },
  });
  const models = new WorkspaceModels(
    tagger,
    runs,
    new ImportedModels(storage, (message) => log.warn(message), isProcessAlive),
    corpora,
    context.workspaceState,
    log,
  );
  const training = new TrainingController({
    engine,
    settings,
    corpora,
    runs,
    agree: agreeToLeaveOut,
  });
  const train = new TrainCommand(corpora, settings, training, engine);
  const reports = new ReportDocuments();
  const labelErrors = new LabelErrorStore(storage, (message) => log.warn(message));
  const panelRun = new PanelRun(training, runs, panel);
  const follower = new RunFollower(runs, (error) =>
    log.error(`The runs of other windows could not be read: ${stackOf(error)}`),
  );

  const loaded = runs
    .load()
    .then(() => models.load())
    .then(() => panelRun.showLast())
    .then(() => follower.setFocused(vscode.window.state.focused))
    .catch((error: unknown) => log.error(`Earlier runs could not be read: ${stackOf(error)}`));
  // Open documents are read aside from the corpora, which may be many.
  const documentReader = engine.createReader();
  const outlines = new DocumentOutlines(
    documentReader,
    (document) => corpora.sourceOf(document),
    () => settings.current.replaceInvalidBytes,
  );
  const ofLabelErrors = { store: labelErrors, reader: documentReader, corpora, settings, log };
  const labelErrorProblems = new LabelErrorProblems(ofLabelErrors);
  const labelErrorSearching = registerLabelErrors({ engine, train, ...ofLabelErrors }, labelErrorProblems);
  const labels = {
    tagger,
    models,
    corpora,
    annotations,
    progress,
    steps,
    log,
    workspaceState: context.workspaceState,
    loaded,
  };

  // The panel is not in the list: what is disposed of while the window reloads would not be there afterwards.
  context.subscriptions.push(
    log,
    settings,
    problems,
    runs,
    tagger,
    annotations,
    progress,
    steps,
    progress.onDidChange((text) => corpora.readAgain(text)),
    corpora,
    models,
    training,
    panelRun,
    follower,
    vscode.window.onDidChangeWindowState(({ focused }) => follower.setFocused(focused)),
    logRuns(training, runs, log),
    notifyOfRuns(training, runs, models),
    training.onDidBegin((session) => {
      problems.clearRun();
      session.onEvent((event) => {
        if (event.type === 'problems') problems.addOfRun(event.problems);
        if (event.type === 'checkpoint' && !session.isQuiet) models.checkpoint(session.id, event.bytes);
      });
    }),
    vscode.window.registerWebviewPanelSerializer(LossPanel.viewType, panel),
    registerInvalidBytesActions(settings),
    registerProblemFixes(problems),
    registerCommands({
      engine,
      settings,
      corpora,
      runs,
      models,
      training,
      train,
      panel,
      devices,
      reports,
      log,
      loaded,
    }),
    labelErrorSearching,
    registerCorpusView(corpora),
    registerRunView({ runs, models, panelRun }),
    registerQueueView({
      ...labels,
      corpora,
      runs,
      reader: documentReader,
      settings,
      errors: labelErrorProblems,
    }),
    registerTitleCommands(),
    maintainContextKeys(corpora, models, training, runs),
    new StatusBar(corpora, training, runs, models),
    new ReadingStatus(corpora),
    new LabelView(labels),
    registerLabelFile(labels),
    new AutoTraining({
      corpora,
      runs,
      models,
      settings,
      training,
      steps,
      panel,
      labelErrors: labelErrorSearching,
      loaded,
      log,
    }),
    registerLabelSelection({ annotations, steps, names, progress, exclude }),
    registerAnswerActions(labels),
    registerAnswerCommands(labels),
    registerDisagreementCommands(labels),
    registerManyCommands({ ...labels, engine }),
    new ReviewMode(labels),
    registerCompareLabels({ tagger, models, corpora, settings, reader: documentReader, reports, log }),
    reports,
    registerOpenSettings(),
    documentReader,
    new ModelLabelCheck({ reader: documentReader, corpora, models, problems, settings, log }),
    new CorpusOutlineView(corpora, outlines, log),
  );

  shutDown = async () => {
    training.dispose();
    await runs.flush();
  };
  return {
    ready: Promise.all([corpora.ready, loaded]).then(() => undefined),
    get corpora() {
      return corpora.corpora;
    },
    get runs() {
      return runs.runs;
    },
    onDidChangeRuns: training.onDidChange,
  };
}

/**
 * A run that is going on is interrupted: its curves and its last checkpoint are written before the window
 * closes.
 */
export async function deactivate(): Promise<void> {
  await shutDown?.();
}
