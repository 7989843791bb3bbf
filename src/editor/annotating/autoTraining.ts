import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import type { Corpus } from '../../corpus/corpus';
import { brat } from '../../corpus/formats/brat';
import type { RunRecord } from '../../record/runRecord';
import { runKey } from '../../workspace/modelCatalogue';
import type { WorkspaceModels } from '../../workspace/modelLibrary';
import type { RunStore } from '../../workspace/runStore';
import { Debounce } from '../../workspace/schedule';
import { section } from '../../workspace/settings';
import type { Settings } from '../../workspace/settings';
import { settingsOfRun } from '../../workspace/trainingSettings';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import type { LabelErrorSearching } from '../labelErrorSearching';
import type { TrainingController } from '../trainingController';
import type { LabelSteps } from './labelSteps';
import {
  deviceByItself,
  epochsInSeconds,
  outdatedRuns,
  PauseForWork,
  pauseMs,
  resumeMs,
  takesPlace,
  waitsFor,
} from './trainingGoesOn';
import type { OtherWork } from './trainingGoesOn';

const settingName = 'labels.keepTraining';

export interface AutoTrainingServices {
  readonly corpora: WorkspaceCorpora;
  readonly runs: RunStore;
  readonly models: WorkspaceModels;
  readonly settings: Settings;
  readonly training: TrainingController;
  readonly steps: LabelSteps;
  readonly panel: { readonly isOpen: boolean };
  readonly labelErrors: Pick<LabelErrorSearching, 'isSearching' | 'onDidChange'>;
  /** Resolves once the runs and models of earlier sessions are known. */
  readonly loaded: Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

/** A run that goes on by itself. */
interface OwnRun {
  readonly id: string;
  /** The run of the same corpus before it. */
  readonly before: string;
  /** The key of the model that was in use as it began. */
  readonly inUse: string | undefined;
}

/**
 * Trains again by itself once labels were given and work has paused: for seconds, without a message, never
 * while somebody types or something else is worked at, and only what was trained by hand before. A click on its
 * status bar item switches it off and on.
 */
export class AutoTraining implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'rnnTagger.keepTraining',
    vscode.StatusBarAlignment.Left,
    -1,
  );
  private readonly quiet = new Debounce(() => void this.paused(), {
    quietMs: pauseMs,
    longestWaitMs: Number.POSITIVE_INFINITY,
  });
  private readonly resuming = new Debounce(() => this.goOn(), {
    quietMs: resumeMs,
    longestWaitMs: Number.POSITIVE_INFINITY,
  });
  private readonly disposables: vscode.Disposable[];
  /** Labels were given that no run has seen. */
  private hasNewLabels = false;
  private own: OwnRun | undefined;
  private readonly waiting = new PauseForWork();

  constructor(private readonly services: AutoTrainingServices) {
    const { steps, training, settings, runs, corpora, labelErrors, loaded } = services;
    this.item.name = vscode.l10n.t('RNN Tagger: training goes on by itself');
    this.item.command = 'rnnTagger.toggleKeepTraining';
    const active = (): void => this.worked();
    const show = (): void => this.show();
    this.disposables = [
      this.item,
      { dispose: () => this.quiet.cancel() },
      { dispose: () => this.resuming.cancel() },
      steps.onDidChange(() => {
        this.hasNewLabels = true;
        this.worked();
      }),
      vscode.workspace.onDidChangeTextDocument(({ contentChanges, document }) => {
        if (contentChanges.length > 0 && document.uri.scheme !== 'output') active();
      }),
      vscode.window.onDidChangeTextEditorSelection(active),
      training.onDidBegin((session) => {
        // A run by hand learns what is new, too.
        if (session.id !== this.own?.id) this.hasNewLabels = false;
      }),
      training.onDidEnd(({ session }) => void this.ended(session.id)),
      training.onDidChange(() => {
        if (this.goesOn) this.waiting.follow(training.state);
        this.show();
      }),
      labelErrors.onDidChange(active),
      runs.onDidChange(show),
      corpora.onDidChange(show),
      settings.onDidChange(show),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${section}.${settingName}`)) this.switched();
      }),
      vscode.commands.registerCommand('rnnTagger.toggleKeepTraining', () => toggle()),
    ];
    this.show();
    void loaded.then(() => this.removeOutdated());
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** The corpus of labelled texts that was trained on last, and its newest run that came to its end. */
  private get trained(): { readonly corpus: Corpus; readonly run: RunRecord } | undefined {
    const { corpora, runs } = this.services;
    const ofText = corpora.corpora.filter(({ layout }) => layout.kind === brat.id);
    for (const run of runs.runs) {
      const corpus = run.state === 'done' ? ofText.find(({ id }) => id === run.corpus) : undefined;
      if (corpus) return { corpus, run };
    }
    return undefined;
  }

  private get goesOn(): boolean {
    return this.own !== undefined && this.services.training.current?.run.id === this.own.id;
  }

  private get otherWork(): OtherWork {
    const { training, runs, labelErrors, corpora } = this.services;
    return {
      trainsHere: training.busy,
      trainsElsewhere: runs.anyElsewhere,
      findsLabelErrors: labelErrors.isSearching,
      readingIsStopped: corpora.progress?.isStopped === true,
    };
  }

  /** Somebody works: a run waits, and a new one is not begun yet. */
  private worked(): void {
    const { training } = this.services;
    if (this.goesOn) {
      if (this.waiting.begin(training.state)) training.pause();
      // What a person has paused stays so.
      if (this.waiting.isOn) this.resuming.request();
    }
    if (this.hasNewLabels) this.quiet.request();
  }

  private goOn(): void {
    const { training, labelErrors } = this.services;
    if (labelErrors.isSearching) return;
    if (this.goesOn && this.waiting.end()) training.resume();
  }

  /** Somebody has switched it on or off: its run ends at once. */
  private switched(): void {
    this.show();
    if (isOn()) {
      if (this.hasNewLabels) this.quiet.request();
    } else if (this.goesOn) {
      // Switched on again, it begins where it was.
      this.hasNewLabels = true;
      void this.services.training.stop();
    }
  }

  private async paused(): Promise<void> {
    const { corpora } = this.services;
    if (!this.hasNewLabels || !isOn() || !vscode.workspace.isTrusted) return;
    // After what goes on there is another pause.
    if (waitsFor(this.otherWork)) return this.quiet.request();
    await corpora.whenRead();
    // Somebody has worked meanwhile, or switched it off.
    if (this.quiet.isPending || !this.hasNewLabels || !isOn()) return;
    if (waitsFor(this.otherWork)) return this.quiet.request();
    await this.train();
  }

  private async train(): Promise<void> {
    const { training, settings, models, panel, log } = this.services;
    const { trained } = this;
    const column = trained?.corpus.columns.find(({ name }) => name === trained.run.column);
    if (!trained || !column) return;
    const { corpus, run } = trained;
    try {
      const set = settingsOfRun(settings.current.training, {});
      const epochs = epochsInSeconds(run, set.epochs);
      if (epochs === 'none') return;
      this.hasNewLabels = false;
      const device = deviceByItself(set.device, panel.isOpen);
      const asked = { ...set, device, ...(epochs !== undefined && { epochs }) };
      await training.start(corpus, column.name, asked, {
        byItself: true,
        created: (id) => {
          this.own = { id, before: run.id, inUse: models.activeEntry?.key };
        },
      });
    } catch (error) {
      log.warn(`Training did not go on by itself: ${messageOf(error)}`);
    }
    // One that never got a trainer is not told of.
    const { own } = this;
    if (own && !this.goesOn) await this.ended(own.id);
  }

  /** Its model takes the place of the one before; of runs by themselves only the last one is kept. */
  private async ended(id: string): Promise<void> {
    const { own } = this;
    if (!own || id !== own.id) return;
    const { runs, models, log } = this.services;
    this.own = undefined;
    this.waiting.end();
    try {
      if (runs.run(id)?.state === 'done') {
        await models.loadModel(runKey(id));
        // While it was loaded a person may have chosen another.
        if (takesPlace(id, own.before, { start: own.inUse, end: models.activeEntry?.key }))
          await models.choose(runKey(id));
      }
    } catch (error) {
      log.warn(`After training by itself: ${messageOf(error)}`);
    }
    await this.removeOutdated();
    if (this.hasNewLabels) this.quiet.request();
  }

  private async removeOutdated(): Promise<void> {
    const { runs, models, log } = this.services;
    for (const { id } of outdatedRuns(runs.runs, models.activeEntry?.key))
      try {
        if (runs.run(id)) await runs.delete(id);
      } catch (error) {
        log.warn(`A run by itself could not be removed: ${messageOf(error)}`);
      }
  }

  private show(): void {
    if (!this.trained) return this.item.hide();
    this.item.text = isOn() ? (this.goesOn ? '$(sync~spin)' : '$(sync)') : '$(sync-ignored)';
    this.item.tooltip = isOn()
      ? vscode.l10n.t(
          'The model learns your labels by itself, in pauses of your work. A click switches that off.',
        )
      : vscode.l10n.t(
          'The model learns when you train it. A click has it learn your labels by itself, in pauses.',
        );
    this.item.accessibilityInformation = { label: this.item.tooltip };
    this.item.show();
  }
}

function isOn(): boolean {
  return vscode.workspace.getConfiguration(section).get<unknown>(settingName) !== false;
}

/** Where it is set for the workspace, there; else for the user. */
async function toggle(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  // In Restricted Mode the settings of a workspace are not taken.
  const isOfWorkspace =
    vscode.workspace.isTrusted && configuration.inspect(settingName)?.workspaceValue !== undefined;
  await configuration.update(
    settingName,
    !isOn(),
    isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}
