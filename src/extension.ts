/** Puts the parts together. Nothing is read or started before there is a workspace with something to read. */
import './editor/language';
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import * as vscode from 'vscode';
import { ExtensionApi } from './api/extensionApi';
import { extensionExports } from './api/extensionExports';
import type { Exports } from './api/extensionExports';
import { registerTools } from './api/tools/languageModelTools';
import { stackOf } from './common/errors';
import { AutoTraining } from './editor/annotating/autoTraining';
import { registerLabelSelection } from './editor/annotating/labelSelection';
import { LabelSteps } from './editor/annotating/labelSteps';
import { registerRenamedTexts } from './editor/annotating/renamedTexts';
import { registerAnswerActions } from './editor/answers/answerActions';
import { registerAnswerCommands } from './editor/answers/answerCommands';
import { registerManyCommands } from './editor/answers/manyCommands';
import { registerDisagreementCommands } from './editor/answers/nextDisagreement';
import { ReviewMode } from './editor/answers/reviewMode';
import { registerCompareLabels } from './editor/compareLabels/compareCommand';
import { registerComparedRuns } from './editor/comparedRuns';
import { maintainContextKeys } from './editor/contextKeys';
import { CorpusOutlineView } from './editor/corpusOutline';
import { registerFixAllLike } from './editor/fixAllLike';
import { registerGettingStarted } from './editor/gettingStarted/getStarted';
import { registerLabelErrors } from './editor/labelErrors/findLabelErrors';
import { LabelErrorProblems } from './editor/labelErrors/labelErrorProblems';
import { registerLabelFile } from './editor/labelFile';
import { LabelView } from './editor/labels/labelView';
import { registerLearned } from './editor/learned/learnedRequests';
import { registerNetwork } from './editor/network/networkCommands';
import { PanelRun } from './editor/panelRun';
import { ReadingStatus } from './editor/readingStatus';
import { ReportDocuments } from './editor/reportDocuments';
import { registerCommands } from './editor/runCommands';
import { logRuns } from './editor/runLog';
import { notifyOfRuns } from './editor/runNotifications';
import { StatusBar } from './editor/statusBar';
import { editorModels } from './editor/suggestions/chatModels';
import type { ChatModels } from './editor/suggestions/chatModels';
import { LanguageModelLabels } from './editor/suggestions/languageModelLabels';
import { registerSuggestCommands } from './editor/suggestions/suggestCommand';
import { SurestDisagreements } from './editor/surest/surestReview';
import { registerSweeps } from './editor/sweeps/sweepCommands';
import { SweepRunner } from './editor/sweeps/sweepRunner';
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
import { NetworkPanel } from './panel/network/networkPanel';
import { AnnotationJournal } from './workspace/annotationJournal';
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
import { RunStore } from './workspace/runStore';
import { Settings } from './workspace/settings';
import { TextAnnotations } from './workspace/textAnnotations';
import { TextsInProgress } from './workspace/textsInProgress';
import { storageAt } from './workspace/virtualStorage';
import { WorkspaceCorpora } from './workspace/workspaceCorpora';

let shutDown: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): Exports {
  const log = vscode.window.createOutputChannel('RNN Tagger', { log: true });
  const panel = new LossPanel(context.extensionUri, log);
  const networkPanel = new NetworkPanel(context.extensionUri, log);
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
  const storage = storageAt(context.storageUri ?? context.globalStorageUri);
  const annotations = new TextAnnotations(log, new AnnotationJournal(storage, log, isProcessAlive));
  const progress = new TextsInProgress(context.workspaceState);
  const corpora = new WorkspaceCorpora(engine, settings, problems, log, {
    unsaved: (text) => annotations.unsaved(text),
    isInProgress: (text) => progress.has(text),
  });
  const exclude = (): readonly string[] => settings.current.exclude;
  const names = new LabelNames(corpora, context.workspaceState, exclude);
  const steps = new LabelSteps(annotations);
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
  const follower = new RunFollower(runs, (error) =>
    log.error(`The runs of other windows could not be read: ${stackOf(error)}`),
  );

  const loaded: Promise<void> = runs
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
  const ofLabelErrors = {
    store: labelErrors,
    reader: documentReader,
    corpora,
    settings,
    annotations,
    steps,
    log,
  };
  const labelErrorProblems = new LabelErrorProblems(ofLabelErrors);
  const labelErrorSearching = registerLabelErrors({ engine, train, ...ofLabelErrors }, labelErrorProblems);
  const labels = {
    tagger,
    models,
    corpora,
    annotations,
    progress,
    steps,
    reader: documentReader,
    log,
    workspaceState: context.workspaceState,
    loaded,
  };
  const suggested = new LanguageModelLabels(labels);
  /** What editors show and a person answers to: of some files what a language model suggests. */
  const shown = { ...labels, tagger: suggested, models: suggested };
  let chat: ChatModels = editorModels;
  const labelView = new LabelView(shown);
  const review = new ReviewMode(shown);
  const surest = new SurestDisagreements({ ...labels, engine, settings, review });
  const panelRun = new PanelRun(training, runs, panel, surest);

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
    notifyOfRuns(training, runs, models, surest, panel),
    training.onDidBegin((session) => {
      problems.clearRun();
      session.onEvent((event) => {
        if (event.type === 'problems') problems.addOfRun(event.problems);
        // Of the runs of a sweep a person says which one labels.
        const labels = !session.isQuiet && runs.run(session.id)?.sweep === undefined;
        if (event.type === 'checkpoint' && labels) models.checkpoint(session.id, event.bytes);
      });
    }),
    vscode.window.registerWebviewPanelSerializer(LossPanel.viewType, panel),
    vscode.window.registerWebviewPanelSerializer(NetworkPanel.viewType, networkPanel),
    registerInvalidBytesActions(settings),
    registerProblemFixes(problems),
    registerFixAllLike({ problems, reader: documentReader, corpora, models, settings }),
    registerRenamedTexts({ steps, annotations }),
    registerCommands({
      engine,
      settings,
      corpora,
      runs,
      models,
      training,
      train,
      panel,
      panelRun,
      devices,
      reports,
      log,
      loaded,
    }),
    labelErrorSearching,
    registerCorpusView(corpora),
    registerRunView({ runs, models, panelRun }),
    registerSweeps({
      runs,
      training,
      sweeps: new SweepRunner({
        training,
        runs,
        corpora,
        kept: {
          get: () => context.workspaceState.get('rnnTagger.sweep'),
          set: (sweep) => void context.workspaceState.update('rnnTagger.sweep', sweep),
        },
      }),
      loaded,
    }),
    registerComparedRuns({ panel, panelRun, runs, log, loaded }),
    registerLearned({ panel, runs, reader: documentReader, corpora, settings, loaded }),
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
    labelView,
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
    registerAnswerActions(shown),
    registerAnswerCommands(shown),
    registerDisagreementCommands(shown),
    registerManyCommands({ ...shown, engine }),
    review,
    surest,
    registerCompareLabels({ tagger, models, corpora, settings, reader: documentReader, reports, log }),
    registerSuggestCommands({ answers: labels, shown: suggested, chat: () => chat, reports, log }),
    suggested,
    reports,
    registerOpenSettings(),
    registerGettingStarted({ context, engine, settings, corpora, log }),
    documentReader,
    new ModelLabelCheck({ reader: documentReader, corpora, models, problems, settings, log }),
    new CorpusOutlineView(corpora, outlines, log, (document) => labelView.drawnOnScreen(document)),
  );

  shutDown = async () => {
    training.dispose();
    await runs.flush();
  };
  const ready = Promise.all([corpora.ready, loaded]).then(() => undefined);
  context.subscriptions.push(registerNetwork({ panel: networkPanel, tagger, models, corpora, runs, ready }));
  // The first text that is opened need not wait till its model is loaded.
  void ready.then(() => models.active);
  const api = new ExtensionApi({
    corpora,
    settings,
    training,
    runs,
    tagger,
    models,
    labelErrors: labelErrorProblems,
    ready,
  });
  context.subscriptions.push(api, registerTools(api.getAPI(1)));
  const useChatModels = (models: ChatModels = editorModels): void => void (chat = models);
  return extensionExports(api, context, { corpora, runs, training, ready, useChatModels });
}

/**
 * A run that is going on is interrupted: its curves and its last checkpoint are written before the window
 * closes.
 */
export async function deactivate(): Promise<void> {
  await shutDown?.();
}
