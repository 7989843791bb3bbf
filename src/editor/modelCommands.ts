import * as vscode from 'vscode';
import { InputError, messageOf } from '../common/errors';
import { shownName, withoutLinks } from '../common/shownText';
import { runTitle } from '../record/runTitle';
import type { ModelEntry } from '../workspace/modelCatalogue';
import type { WorkspaceModels } from '../workspace/modelLibrary';
import { offerFirstModel } from './labels/offerModel';
import { exportName, modelPickText } from './modelPicks';

/** A model file is some bytes for each word of the vocabulary; far larger ones are something else. */
const largestModelBytes = 1024 * 1024 * 1024;

/** What the commands take from key bindings, tasks and tests; what is missing is asked for. */
interface ModelArguments {
  /** A model's key. */
  readonly model?: string;
  readonly file?: vscode.Uri;
}

/** **Choose Model**, **Export Model…** and **Import Model…**. */
export class ModelCommands {
  constructor(
    private readonly models: WorkspaceModels,
    private readonly log: vscode.LogOutputChannel,
    /** Called once a model was chosen. */
    private readonly chosen: (entry: ModelEntry) => unknown,
  ) {}

  async choose(argument: unknown): Promise<void> {
    const asked = parseArguments('rnnTagger.chooseModel', argument);
    const entry = await this.entry(asked, vscode.l10n.t('Choose Model'), true);
    if (entry)
      await this.showFailure(asked, vscode.l10n.t('{0} was not chosen', runTitle(entry)), async () => {
        await this.models.choose(entry.key);
        await this.chosen(entry);
      });
  }

  async export(argument: unknown): Promise<void> {
    const asked = parseArguments('rnnTagger.exportModel', argument);
    const entry = await this.entry(asked, vscode.l10n.t('Export Model'), false);
    if (!entry) return;
    const folder = vscode.workspace.workspaceFolders?.at(0)?.uri;
    const name = exportName(entry);
    const defaultUri = folder ? vscode.Uri.joinPath(folder, name) : undefined;
    const file =
      asked.file ??
      (await vscode.window.showSaveDialog({
        defaultUri,
        filters: filters(),
        title: vscode.l10n.t('Export Model'),
      }));
    if (!file) return;
    await this.showFailure(asked, vscode.l10n.t('{0} was not exported', runTitle(entry)), async () => {
      await vscode.workspace.fs.writeFile(file, await this.models.read(entry));
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('RNN Tagger: exported to {0}', vscode.workspace.asRelativePath(file)),
        10_000,
      );
    });
  }

  async import(argument: unknown): Promise<void> {
    const asked = parseArguments('rnnTagger.importModel', argument);
    const chosen = asked.file
      ? [asked.file]
      : await vscode.window.showOpenDialog({ filters: filters(), title: vscode.l10n.t('Import Model') });
    const file = chosen?.at(0);
    if (!file) return;
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    await this.showFailure(asked, vscode.l10n.t('{0} was not imported', shownName(name)), async () => {
      const { size } = await vscode.workspace.fs.stat(file);
      if (size > largestModelBytes)
        throw new InputError(vscode.l10n.t('It is larger than 1 GB, which no model is.'));
      const entry = await this.models.import(name, new Uint8Array(await vscode.workspace.fs.readFile(file)));
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('RNN Tagger: {0} is imported and chosen', runTitle(entry)),
        10_000,
      );
    });
  }

  /** The model that is meant: the one named, the only one, or the one that is picked. */
  private async entry(
    asked: ModelArguments,
    title: string,
    always: boolean,
  ): Promise<ModelEntry | undefined> {
    const { entries } = this.models;
    if (asked.model !== undefined) {
      const entry = entries.find(({ key }) => key === asked.model);
      if (!entry) throw new InputError(vscode.l10n.t('There is no model "{0}".', shownName(asked.model)));
      return entry;
    }
    if (entries.length === 0) return void offerFirstModel();
    if (entries.length === 1 && !always) return entries[0];
    const active = this.models.activeEntry;
    const items = entries.map((entry) => ({
      ...modelPickText(entry, entry === active, vscode.l10n.t, vscode.env.language),
      entry,
    }));
    const placeHolder = always
      ? vscode.l10n.t('The model that labels plain text, Markdown and its own corpus')
      : undefined;
    return (
      await vscode.window.showQuickPick(items, {
        title,
        placeHolder,
        matchOnDescription: true,
        matchOnDetail: true,
      })
    )?.entry;
  }

  /**
   * Shows why something did not work, with a way to the log, and fails all the same where code asked for it.
   */
  private async showFailure(asked: ModelArguments, what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const message = messageOf(error);
      const hint = error instanceof InputError && error.details.hint ? ` ${error.details.hint}` : '';
      this.log.error(`${what}: ${error instanceof Error ? (error.stack ?? message) : message}`);
      void this.offerLog(`${what}: ${message}${hint}`);
      if (asked.model !== undefined || asked.file) throw error;
    }
  }

  private async offerLog(message: string): Promise<void> {
    const show = vscode.l10n.t('Show Log');
    if ((await vscode.window.showErrorMessage(withoutLinks(message), show)) === show) this.log.show(true);
  }
}

function filters(): Record<string, string[]> {
  return { [vscode.l10n.t('RNN Tagger model')]: ['safetensors'] };
}

/**
 * @throws InputError where the argument is something else than `{ model?, file? }`; `file` is a URI, as such
 * or as text.
 */
function parseArguments(command: string, argument: unknown): ModelArguments {
  if (argument === undefined || argument === null) return {};
  if (argument instanceof vscode.Uri) return { file: argument };
  if (typeof argument !== 'object')
    throw new InputError(
      vscode.l10n.t(
        '{0} takes an object, such as {1}.',
        command,
        '{ "file": "file:///models/upos.safetensors" }',
      ),
    );
  const { model, file } = argument as { model?: unknown; file?: unknown };
  if (model !== undefined && typeof model !== 'string')
    throw new InputError(vscode.l10n.t('{0}: model must be a text.', command));
  if (file !== undefined && typeof file !== 'string' && !(file instanceof vscode.Uri))
    throw new InputError(vscode.l10n.t('{0}: file must be a URI.', command));
  return { model, file: typeof file === 'string' ? vscode.Uri.parse(file, true) : file };
}
