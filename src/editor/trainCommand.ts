import * as vscode from 'vscode';
import { InputError } from '../common/errors';
import { withoutLinks } from '../common/shownText';
import type { Corpus } from '../corpus/corpus';
import { maximumLabels } from '../corpus/labels/columns';
import { filesLeftOut } from '../corpus/leftOut';
import type { Engine } from '../engine/engine';
import { runTitle } from '../record/runTitle';
import { sourceOf } from '../workspace/annotatedTexts';
import type { Settings } from '../workspace/settings';
import { settingsOfRun } from '../workspace/trainingSettings';
import type { WorkspaceCorpora } from '../workspace/workspaceCorpora';
import { corporaMeant, isUnlikelyChoice, leftOutQuestion, narrow, pickText, soleChoice } from './corpusPicks';
import type { Choice } from './corpusPicks';
import { LayoutQuestions } from './layoutQuestions';
import { NoCorpusMessage } from './noCorpusMessage';
import { readingProgress } from './readingProgress';
import { showNotTrusted } from './restrictedMode';
import { parseTrainArguments } from './trainArguments';
import type { TrainArguments } from './trainArguments';
import type { TrainingController } from './trainingController';

/**
 * **Train on Workspace**. Takes an object (see {@link TrainArguments}), or a file's or folder's URI from a
 * menu; without, it asks where there is something to choose. Resolves once the run has begun, or the user
 * thought better of it.
 */
export class TrainCommand {
  private readonly noCorpus: NoCorpusMessage;
  private readonly questions: LayoutQuestions;

  constructor(
    private readonly corpora: WorkspaceCorpora,
    private readonly settings: Settings,
    private readonly controller: TrainingController,
    engine: Engine,
  ) {
    this.questions = new LayoutQuestions(engine, settings, corpora);
    this.noCorpus = new NoCorpusMessage(engine, settings, corpora, controller);
  }

  /** @throws Error with what is wrong in the argument or the settings; VS Code shows it. */
  async run(argument: unknown): Promise<void> {
    if (!vscode.workspace.isTrusted) return void showNotTrusted();
    // A run that nobody asked for gives way.
    if (this.controller.current?.session.isQuiet) await this.controller.stop();
    if (this.controller.busy) return void this.showRunGoesOn(argument);
    const asked = askedFor(argument);
    const settings = settingsOfRun(this.settings.current.training, asked.settings);
    const choice = await this.choice(argument);
    if (!choice) return;
    const { corpus, column } = choice;
    const allowLeftOut = asked.allowLeftOut === true || filesLeftOut(corpus).length > 0;
    if (allowLeftOut && !asked.allowLeftOut && !(await agreeToLeaveOut(corpus))) return;
    await this.controller.start(corpus, column.name, settings, { allowLeftOut });
  }

  /**
   * What a command's argument means, or the person chooses; undefined where there is nothing or they thought
   * better of it.
   *
   * @param title what the choice is for.
   * @throws Error with what is wrong in the argument; VS Code shows it.
   */
  async choice(argument: unknown, title = vscode.l10n.t('Train on Workspace')): Promise<Choice | undefined> {
    const resource = argument instanceof vscode.Uri ? argument : undefined;
    const asked = askedFor(argument);
    if (!(await this.reading(this.corpora.whenRead()))) return undefined;
    const found = () => (resource ? this.below(resource) : this.corpora.corpora);
    // A file that was written a moment ago may not be known yet.
    if (found().length === 0 && !(await this.reading(this.corpora.lookAgain()))) return undefined;
    const corpora = found();
    if (corpora.length > 0 || (!resource && asked.corpus !== undefined))
      return this.settleAndChoose(corpora, asked, title);
    void this.noCorpus.show(resource, argument);
    return undefined;
  }

  private below(resource: vscode.Uri): Corpus[] {
    const uri = sourceOf(resource).toString();
    return this.corpora.corpora.filter((corpus) =>
      corpus.files.some(({ file }) => file === uri || file.startsWith(`${uri.replace(/\/$/, '')}/`)),
    );
  }

  /** False where the user has stopped the reading. */
  private async reading(done: Promise<void>): Promise<boolean> {
    const title = vscode.l10n.t('RNN Tagger: reading corpora…');
    const cancel = (): void => this.corpora.stopReading();
    const read = await readingProgress(this.corpora, { title, done, cancel });
    return read !== undefined && this.corpora.progress?.isStopped !== true;
  }

  /** What to train on, once it is clear how that is to be read. */
  private async settleAndChoose(
    corpora: readonly Corpus[],
    asked: TrainArguments,
    title: string,
  ): Promise<Choice | undefined> {
    const meant = corporaMeant(corpora, asked.corpus);
    if (meant.length === 1) {
      const settled = await this.questions.settle(meant[0]);
      return settled && this.choose([settled], { ...asked, corpus: undefined }, title);
    }
    const choice = await this.choose(corpora, asked, title);
    const settled = choice && (await this.questions.settle(choice.corpus));
    if (!settled || settled === choice.corpus) return settled && choice;
    return this.choose([settled], { ...asked, corpus: undefined }, title);
  }

  private async choose(
    corpora: readonly Corpus[],
    asked: TrainArguments,
    title: string,
  ): Promise<Choice | undefined> {
    const choices = narrow(corpora, asked, vscode.l10n.t);
    if (choices.length === 0) {
      throw new InputError(
        vscode.l10n.t(
          '{0} has no column to learn: a label column has two or more different values, and fewer than words.',
          corpora.map(({ name }) => name).join(', '),
        ),
      );
    }
    const sole = soleChoice(choices, asked.column !== undefined);
    if (sole) return sole;
    const items = choices.map((choice) => ({
      ...pickText(choice, vscode.l10n.t),
      choice,
    }));
    const placeHolder = choices.every(isUnlikelyChoice)
      ? vscode.l10n.t(
          'No column has 2 to {0} different values, as labels do: which is to be learned all the same?',
          maximumLabels,
        )
      : vscode.l10n.t('Which labels are to be learned?');
    const picked = await vscode.window.showQuickPick(items, {
      title,
      placeHolder,
      matchOnDescription: true,
      matchOnDetail: true,
      // The walkthrough whose button was pressed may take the focus once more.
      ignoreFocusOut: true,
    });
    return picked?.choice;
  }

  private async showRunGoesOn(argument: unknown): Promise<void> {
    const run = this.controller.current?.run;
    const panel = vscode.l10n.t('Show Loss Panel');
    const stop = vscode.l10n.t('Stop and Train');
    const message = run
      ? vscode.l10n.t('{0} is being trained: one run goes on at a time.', runTitle(run))
      : vscode.l10n.t('A run is about to begin.');
    const answer = await vscode.window.showInformationMessage(message, panel, stop);
    if (answer === panel) await vscode.commands.executeCommand('rnnTagger.showLossPanel');
    if (answer !== stop) return;
    await this.controller.stop();
    await vscode.commands.executeCommand('rnnTagger.train', argument);
  }
}

/** A resource of a menu is no object of options. */
function askedFor(argument: unknown): TrainArguments {
  return parseTrainArguments(argument instanceof vscode.Uri ? undefined : argument);
}

/** Asks whether to train although many rows cannot be read. */
export async function agreeToLeaveOut(corpus: Corpus): Promise<boolean> {
  const nameOf = (file: string): string => vscode.workspace.asRelativePath(vscode.Uri.parse(file));
  const question = leftOutQuestion(corpus, nameOf, vscode.l10n.t);
  if (question === undefined) return true;
  const train = vscode.l10n.t('Train Anyway');
  const problems = vscode.l10n.t('Show Problems');
  const answer = await vscode.window.showWarningMessage(withoutLinks(question), train, problems);
  if (answer === problems) await vscode.commands.executeCommand('workbench.actions.view.problems');
  return answer === train;
}
