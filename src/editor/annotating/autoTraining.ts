import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import type { Corpus } from '../../corpus/corpus';
import { brat } from '../../corpus/formats/brat';
import { runKey } from '../../workspace/modelCatalogue';
import type { WorkspaceModels } from '../../workspace/modelLibrary';
import type { RunRecord } from '../../workspace/runRecord';
import type { RunStore } from '../../workspace/runStore';
import { Debounce } from '../../workspace/schedule';
import { section } from '../../workspace/settings';
import type { Settings } from '../../workspace/settings';
import { settingsOfRun } from '../../workspace/trainingSettings';
import type { WorkspaceCorpora } from '../../workspace/workspaceCorpora';
import type { EndedRun, TrainingController } from '../trainingController';
import type { LabelSteps } from './labelSteps';
import { epochsInSeconds, pauseMs, resumeMs } from './trainingGoesOn';

const settingName = 'labels.keepTraining';
const stateKey = 'rnnTagger.automaticRuns';

export interface AutoTrainingServices {
  readonly corpora: WorkspaceCorpora;
  readonly runs: RunStore;
  readonly models: WorkspaceModels;
  readonly settings: Settings;
  readonly training: TrainingController;
  readonly steps: LabelSteps;
  readonly state: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Trains again by itself once labels were given and work has paused: for seconds, without a message, never
 * while somebody types, and only what was trained by hand before. A click on its status bar item switches it
 * off and on.
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
  /** The run that goes on by itself. */
  private own: string | undefined;

  constructor(private readonly services: AutoTrainingServices) {
    const { steps, training, settings, runs, corpora } = services;
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
        if (session.id !== this.own) this.hasNewLabels = false;
      }),
      training.onDidEnd((ended) => void this.ended(ended)),
      training.onDidChange(show),
      runs.onDidChange(show),
      corpora.onDidChange(show),
      settings.onDidChange(show),
      vscode.commands.registerCommand('rnnTagger.toggleKeepTraining', () => toggle()),
    ];
    this.show();
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

  /** Somebody works: a run waits, and a new one is not begun yet. */
  private worked(): void {
    const { training } = this.services;
    if (this.own !== undefined && training.current?.run.id === this.own) {
      if (training.state === 'running') training.pause();
      this.resuming.request();
    }
    if (this.hasNewLabels) this.quiet.request();
  }

  private goOn(): void {
    const { training } = this.services;
    if (training.current?.run.id === this.own && training.state === 'paused') training.resume();
  }

  private async paused(): Promise<void> {
    const { training, corpora, settings, log } = this.services;
    if (!this.hasNewLabels || !isOn() || !vscode.workspace.isTrusted) return;
    // After a run that goes on there is another pause.
    if (training.busy) return this.quiet.request();
    await corpora.whenRead();
    const { trained } = this;
    if (!trained || training.busy) return;
    const { corpus, run } = trained;
    const column = corpus.columns.find(({ name }) => name === run.column);
    const epochs = epochsInSeconds(run);
    if (!column || epochs === 'none') return;
    this.hasNewLabels = false;
    try {
      const asked = epochs === undefined ? {} : { epochs };
      await training.start(
        corpus,
        column.name,
        settingsOfRun(settings.current.training, asked),
        false,
        (id) => {
          this.own = id;
        },
      );
    } catch (error) {
      log.warn(`Training did not go on by itself: ${messageOf(error)}`);
    }
  }

  /** Its model takes the place of the one before; of runs by themselves only the last one is kept. */
  private async ended({ session }: EndedRun): Promise<void> {
    if (session.id !== this.own) return;
    const { runs, models, state, log } = this.services;
    this.own = undefined;
    const run = runs.run(session.id);
    try {
      const before = state.get<unknown>(stateKey);
      if (run?.state === 'done') {
        await models.choose(runKey(session.id));
        for (const id of Array.isArray(before) ? before : [])
          if (typeof id === 'string' && runs.run(id)) await runs.delete(id);
        await state.update(stateKey, [session.id]);
      } else if (run) await runs.delete(session.id);
    } catch (error) {
      log.warn(`After training by itself: ${messageOf(error)}`);
    }
    if (this.hasNewLabels) this.quiet.request();
  }

  private show(): void {
    if (!this.trained) return this.item.hide();
    const { training } = this.services;
    const goesOn = this.own !== undefined && training.current?.run.id === this.own;
    this.item.text = isOn() ? (goesOn ? '$(sync~spin)' : '$(sync)') : '$(sync-ignored)';
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
  const isOfWorkspace = configuration.inspect(settingName)?.workspaceValue !== undefined;
  await configuration.update(
    settingName,
    !isOn(),
    isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}
