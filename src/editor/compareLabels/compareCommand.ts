import * as vscode from 'vscode';
import { InputError, messageWithHint } from '../../common/errors';
import { shownName, withoutLinks } from '../../common/shownText';
import type { Reader } from '../../engine/engine';
import { renderComparison } from '../../training/renderComparison';
import { runKey } from '../../workspace/modelCatalogue';
import type { ModelEntry } from '../../workspace/modelCatalogue';
import type { Settings } from '../../workspace/settings';
import { columnAt, wordsOf } from '../answers/answerPart';
import { modelPickText } from '../modelPicks';
import { MultiStepInput } from '../multiStepInput';
import { ReportDocuments } from '../reportDocuments';
import { gitAbsence, isLookingForRepositories, versionInGit } from './git';
import { committedLabelling, otherLabelling, ownLabelling, predictedLabelling } from './labelling';
import type { Labelling, LabellingServices } from './labelling';
import { PredictedLabels } from './predictedLabels';

export interface CompareServices extends Omit<LabellingServices, 'predicted'> {
  readonly reader: Pick<Reader, 'compare'>;
  readonly settings: Settings;
  readonly reports: ReportDocuments;
  readonly log: vscode.LogOutputChannel;
}

/** What the labels of a file are compared with; two models are compared with each other. */
type Wish =
  | { readonly with: 'models'; readonly models: readonly ModelEntry[] }
  | { readonly with: 'commit' }
  | { readonly with: 'file'; readonly file: vscode.Uri };

/** **Compare Labels…**: how far two labellings of the active file agree, where they differ, and both side by side. */
export function registerCompareLabels(services: CompareServices): vscode.Disposable {
  const predicted = new PredictedLabels();
  const command = new CompareLabels({ ...services, predicted });
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(PredictedLabels.scheme, predicted),
    vscode.workspace.onDidCloseTextDocument((document) => predicted.closed(document)),
    vscode.commands.registerCommand('rnnTagger.compareLabels', (given?: unknown) => command.run(given)),
  );
}

/** What an editor shows of a comparison. */
const ofComparison: readonly string[] = [ReportDocuments.scheme, PredictedLabels.scheme, 'git'];

class CompareLabels {
  /** The text that was compared last: it is meant where its comparison is looked at. */
  private last: vscode.Uri | undefined;

  constructor(private readonly services: CompareServices & LabellingServices) {}

  /** @param given `{ models?: string[], commit?: true, file?: string }`; what is missing is asked for. */
  async run(given: unknown): Promise<void> {
    const title = vscode.l10n.t('Comparing labels');
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    try {
      const words = await this.meant();
      if (!words)
        return void vscode.window.showInformationMessage(
          vscode.l10n.t('Open a file of a corpus to compare its labels.'),
        );
      const wish = this.wishOf(given) ?? (await MultiStepInput.run((input) => this.ask(input, words)));
      if (!wish) return;
      const column = this.columnOf(wish, words);
      if (column === undefined) return;
      this.last = words.uri;
      await vscode.window.withProgress(options, (_, cancelled) =>
        this.compare(words, wish, column, cancelled),
      );
    } catch (error) {
      this.services.log.error(`Labels could not be compared: ${messageWithHint(error)}`);
      void vscode.window.showErrorMessage(withoutLinks(messageWithHint(error)));
    }
  }

  /** The document with the words that are meant; undefined where it is of no corpus. */
  private async meant(): Promise<vscode.TextDocument | undefined> {
    const active = vscode.window.activeTextEditor?.document;
    const uri = active && ofComparison.includes(active.uri.scheme) ? this.last : active?.uri;
    const words = uri && (await wordsOf(await vscode.workspace.openTextDocument(uri)));
    return words && this.services.corpora.corpusOf(words.uri) ? words : undefined;
  }

  /** The name of the column that is compared: the models', else the one that the cursor is in. */
  private columnOf(wish: Wish, words: vscode.TextDocument): string | undefined {
    if (wish.with !== 'models') {
      const editor = vscode.window.visibleTextEditors.find(({ document }) => document === words);
      const cursor = editor?.selection.active ?? new vscode.Position(0, 0);
      return columnAt(words, cursor, this.services)?.name;
    }
    const [{ column }, other] = wish.models;
    if (other && other.column !== column)
      throw new InputError(
        vscode.l10n.t(
          'The two models give different labels: {0} and {1}.',
          shownName(column),
          shownName(other.column),
        ),
        { hint: vscode.l10n.t('Compare two models of one column.') },
      );
    return column;
  }

  private async compare(
    words: vscode.TextDocument,
    wish: Wish,
    column: string,
    cancelled: vscode.CancellationToken,
  ): Promise<void> {
    const { reader, reports, settings, predicted } = this.services;
    predicted.begin();
    const sides = await this.sidesOf(words, wish, column, cancelled);
    if (!sides || cancelled.isCancellationRequested) return;
    const [left, right] = sides;
    const { replaceInvalidBytes } = settings.current;
    const [a, b] = sides.map(({ source, corpus }) => ({ source, corpus }));
    const comparison = await reader.compare({ left: a, right: b, column, replaceInvalidBytes });
    if (cancelled.isCancellationRequested) return;
    const nameOf = (file: string): string =>
      sides.find(({ words: own }) => own.toString() === file)?.title ?? file;
    const shown = sides.map(({ title, words: own }) => ({ title, file: own.toString() }));
    const title = `${left.title} ↔ ${right.title}`;
    await vscode.commands.executeCommand('vscode.diff', left.shown, right.shown, title, { preview: false });
    await reports.show(
      vscode.l10n.t('Label Comparison'),
      renderComparison(comparison, [shown[0], shown[1]], column, nameOf),
    );
  }

  private async sidesOf(
    words: vscode.TextDocument,
    wish: Wish,
    column: string,
    cancelled: vscode.CancellationToken,
  ): Promise<readonly [Labelling, Labelling] | undefined> {
    const { services } = this;
    const own = (): Promise<Labelling> => ownLabelling(words, column, services);
    if (wish.with === 'file') return [await own(), await otherLabelling(wish.file, column, services)];
    if (wish.with === 'commit') {
      const committed = await committedLabelling(words, column, services, cancelled);
      if (cancelled.isCancellationRequested) return undefined;
      if ('why' in committed) throw new InputError(committed.why, { hint: committed.hint });
      return [committed, await own()];
    }
    const [first, second] = wish.models;
    const predict = (entry: ModelEntry): Promise<Labelling | undefined> =>
      predictedLabelling(words, entry, column, services, cancelled);
    const left = second ? await predict(first) : await own();
    const right = left && (await predict(second ?? first));
    return left && right && [left, right];
  }

  private wishOf(given: unknown): Wish | undefined {
    if (typeof given !== 'object' || given === null || given instanceof vscode.Uri) return undefined;
    const { models, commit, file } = given as { models?: unknown; commit?: unknown; file?: unknown };
    if (commit === true) return { with: 'commit' };
    if (typeof file === 'string') return { with: 'file', file: vscode.Uri.parse(file, true) };
    if (!Array.isArray(models)) return undefined;
    const { entries } = this.services.models;
    const found = models.map((key) =>
      entries.find((entry) => entry.key === key || entry.key === runKey(String(key))),
    );
    const missing = found.indexOf(undefined);
    if (missing >= 0)
      throw new InputError(vscode.l10n.t('There is no model "{0}".', String(models[missing])));
    return { with: 'models', models: found.filter((entry) => entry !== undefined) };
  }

  private async ask(input: MultiStepInput, words: vscode.TextDocument): Promise<Wish | undefined> {
    const columns = this.services.corpora.corpusOf(words.uri)?.columns ?? [];
    const { entries, activeEntry } = this.services.models;
    const fitting = entries.filter(({ column }) => columns.some(({ name }) => name === column));
    const items = fitting.map((entry) => ({
      ...modelPickText(entry, entry === activeEntry, vscode.l10n.t, vscode.env.language),
      wish: (): Promise<Wish> => Promise.resolve({ with: 'models', models: [entry] }),
    }));
    const isLooking = await isLookingForRepositories();
    const absence = await gitAbsence(words.uri);
    const others = [
      ...(fitting.length > 1
        ? [
            {
              label: vscode.l10n.t('Two models with each other…'),
              wish: () => this.askForTwo(input, fitting),
            },
          ]
        : []),
      ...(isLooking || absence || (await versionInGit(words.uri))
        ? [
            {
              label: vscode.l10n.t('The last commit'),
              ...(isLooking && { description: vscode.l10n.t('Git is still looking for repositories') }),
              ...(absence && { description: absence.why }),
              wish: (): Promise<Wish> => Promise.resolve({ with: 'commit' }),
            },
          ]
        : []),
      { label: vscode.l10n.t('Another file…'), wish: () => this.askForFile(input, words.uri) },
    ];
    const separator = { label: '', kind: vscode.QuickPickItemKind.Separator, wish: undefined };
    const title = vscode.l10n.t('Compare Labels With');
    const picked = await input.pick([...items, separator, ...others], {
      title,
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return picked?.wish?.();
  }

  private async askForTwo(input: MultiStepInput, entries: readonly ModelEntry[]): Promise<Wish | undefined> {
    const models: ModelEntry[] = [];
    for (const title of [vscode.l10n.t('The First Model'), vscode.l10n.t('The Second Model')]) {
      const column = models.at(0)?.column;
      const items = entries
        .filter((entry) => !models.includes(entry) && (column === undefined || entry.column === column))
        .map((entry) => ({ ...modelPickText(entry, false, vscode.l10n.t, vscode.env.language), entry }));
      const picked = await input.pick(items, { title });
      if (!picked) return undefined;
      models.push(picked.entry);
    }
    return { with: 'models', models };
  }

  private async askForFile(input: MultiStepInput, uri: vscode.Uri): Promise<Wish | undefined> {
    // The dialog is another window, and the question would stay behind it.
    input.dispose();
    const defaultUri = vscode.Uri.joinPath(uri, '..');
    const title = vscode.l10n.t('Compare Labels With');
    const [file] = (await vscode.window.showOpenDialog({ defaultUri, title })) ?? [];
    return file && { with: 'file', file };
  }
}
