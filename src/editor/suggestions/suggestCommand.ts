import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import { formatCount } from '../../common/figures';
import { shownName, withoutLinks } from '../../common/shownText';
import type { Corpus, LabelColumn } from '../../corpus/corpus';
import { groupsOf, requestText } from '../../corpus/suggestions/request';
import type { AskedLabels } from '../../corpus/suggestions/request';
import { columnAt, wordsOf } from '../answers/answerPart';
import type { AnswerServices } from '../answers/answerPart';
import type { ReportDocuments } from '../reportDocuments';
import { showNotTrusted } from '../restrictedMode';
import { withoutIcons } from '../translate';
import { answerOf } from './askModel';
import type { ChatModel, ChatModels } from './chatModels';
import type { LanguageModelLabels, Suggestion } from './languageModelLabels';
import { labelsToSuggest, sentencesToAsk } from './sentencesToAsk';
import type { DocumentSentence } from './sentencesToAsk';

export interface SuggestServices {
  /** What reads documents; its models are the trained ones. */
  readonly answers: AnswerServices;
  readonly shown: LanguageModelLabels;
  readonly chat: () => ChatModels;
  readonly reports: ReportDocuments;
  readonly log: vscode.LogOutputChannel;
}

/** Of one request, and of all together, in UTF-16 units. */
const groupLength = 4_000;
const longest = 60_000;

/** **Suggest Labels with a Language Model** and **Remove Suggestions of the Language Model**. */
export function registerSuggestCommands(services: SuggestServices): vscode.Disposable {
  const command = new SuggestCommand(services);
  return vscode.Disposable.from(
    vscode.commands.registerCommand('rnnTagger.suggestWithLanguageModel', () => command.run()),
    vscode.commands.registerCommand('rnnTagger.removeSuggestions', async () => {
      const document = vscode.window.activeTextEditor?.document;
      if (document && services.shown.remove(await wordsOf(document))) return;
      tell(vscode.l10n.t('This file has no suggestions of a language model.'));
    }),
  );
}

/** What is to be asked, in as many requests. */
interface Asked {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly corpus: Corpus;
  readonly column: LabelColumn;
  readonly requests: readonly (AskedLabels & { readonly sentences: readonly DocumentSentence[] })[];
}

/** What came of it. */
interface Outcome {
  readonly suggestions: Suggestion[];
  misplaced: number;
  unknown: number;
  labelled: number;
  /** Why nothing was taken from an answer. */
  unreadable: string[];
}

class SuggestCommand {
  private busy = false;

  constructor(private readonly services: SuggestServices) {}

  /** Sends nothing before the person has said so. */
  async run(): Promise<void> {
    if (!vscode.workspace.isTrusted)
      return void showNotTrusted(
        vscode.l10n.t(
          'RNN Tagger sends nothing to a language model in Restricted Mode: trust the workspace first.',
        ),
      );
    if (this.busy) return tell(vscode.l10n.t('A language model is being asked for labels already.'));
    this.busy = true;
    try {
      const all = await this.services.chat().all();
      if (all.length === 0) return void showNoModel();
      const asked = await this.toAsk();
      const model = asked && (await pickModel(all));
      if (asked && model && (await this.agrees(asked, model))) await this.ask(asked, model);
    } catch (error) {
      this.services.log.error(`No labels were suggested: ${messageOf(error)}`);
      void vscode.window.showErrorMessage(withoutLinks(failureText(error)));
    } finally {
      this.busy = false;
    }
  }

  /** What of the active file is to be asked; says what to do where there is nothing. */
  private async toAsk(): Promise<Asked | undefined> {
    const { answers } = this.services;
    const editor = vscode.window.activeTextEditor;
    const document = editor && (await wordsOf(editor.document));
    const corpus = document && answers.corpora.corpusOf(document.uri);
    const column = document && columnAt(document, { first: 0, last: 0 }, answers);
    const labels = column ? labelsToSuggest(column) : [];
    if (!editor || !document || !corpus || !column || labels.length === 0) {
      tell(
        vscode.l10n.t(
          'A language model suggests labels that a corpus has: open one of its files, or give some words of this text a label first (“Label Selection”).',
        ),
      );
      return undefined;
    }
    const isPart = editor.document === document && !editor.selection.isEmpty;
    const { version } = document;
    const sentences = await sentencesToAsk(document, isPart ? editor.selection : undefined, column, answers);
    const length = sentences.reduce((sum, { words }) => sum + words.join(' ').length, 0);
    if (sentences.length === 0) tell(vscode.l10n.t('All words here have a label already.'));
    else if (length > longest)
      tell(
        vscode.l10n.t(
          'That is too much text to ask a language model about at once ({0} characters, at most {1}): select a part of it.',
          formatCount(length),
          formatCount(longest),
        ),
      );
    else {
      const spans = column.scheme !== 'none';
      const requests = groupsOf(sentences, groupLength).map((own) => ({ sentences: own, labels, spans }));
      return { document, version, corpus, column, requests };
    }
    return undefined;
  }

  /** Shows what is sent, where, and how much it is. */
  private async agrees(asked: Asked, model: ChatModel): Promise<boolean> {
    const texts = asked.requests.map(requestText);
    const tokens = await counted(texts, model);
    if (tokens === undefined) return false;
    if (tokens.some((count) => count > model.maxInputTokens))
      throw new Error(
        vscode.l10n.t(
          '{0} takes {1} tokens at once, which is too few for this text. Choose another model.',
          shownName(model.name),
          formatCount(model.maxInputTokens),
        ),
      );
    const total = formatCount(tokens.reduce((sum, count) => sum + count, 0));
    const sentences = asked.requests.reduce((sum, own) => sum + own.sentences.length, 0);
    const name = withoutIcons(shownName(model.name));
    const send = {
      label: vscode.l10n.t('$(send) Send {0} tokens to {1}', total, name),
      detail: withoutIcons(
        vscode.l10n.t(
          'The words of {0} sentences of {1} and the names of {2} labels leave this machine.',
          formatCount(sentences),
          nameOf(asked.document),
          formatCount(asked.requests[0].labels.length),
        ),
      ),
    };
    const show = { label: vscode.l10n.t('$(eye) Show What Is Sent') };
    const title = vscode.l10n.t('Suggest Labels with {0}', name);
    const placeHolder = vscode.l10n.t('Nothing is sent until you say so. The file stays as it is.');
    const options = { title, placeHolder, ignoreFocusOut: true };
    let picked = await vscode.window.showQuickPick([send, show], options);
    if (picked === show) {
      const text = texts.join('\n\n---\n\n');
      await this.services.reports.show(vscode.l10n.t('What Is Sent'), { text, links: [] });
      picked = await vscode.window.showQuickPick([send], options);
      await vscode.window.showTextDocument(asked.document);
    }
    return picked === send;
  }

  private async ask(asked: Asked, model: ChatModel): Promise<void> {
    const { document } = asked;
    const name = withoutLinks(shownName(model.name));
    const outcome = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('{0} suggests labels for {1}', name, withoutLinks(nameOf(document))),
        cancellable: true,
      },
      (progress, cancelled) => this.answers(asked, model, progress, cancelled),
    );
    if (!outcome) return;
    // Places are those of the text that was sent.
    if (document.isClosed || document.version !== asked.version)
      return tell(vscode.l10n.t('The text changed in the meantime, so nothing is suggested. Try again.'));
    const { corpus, column } = asked;
    const { suggestions } = outcome;
    if (suggestions.length > 0)
      this.services.shown.set({ document, corpus, column, model: model.name, suggestions });
    showOutcome(outcome, name);
  }

  /** Undefined where it was cancelled: then nothing is taken. */
  private async answers(
    { requests }: Asked,
    model: ChatModel,
    progress: vscode.Progress<{ increment: number }>,
    cancelled: vscode.CancellationToken,
  ): Promise<Outcome | undefined> {
    const outcome: Outcome = { suggestions: [], misplaced: 0, unknown: 0, labelled: 0, unreadable: [] };
    const why = vscode.l10n.t('RNN Tagger asks for suggestions of labels, since you told it to.');
    for (const request of requests) {
      if (cancelled.isCancellationRequested) return undefined;
      try {
        const stream = await model.ask(requestText(request), why, cancelled);
        const answer = await answerOf(stream, request);
        if ('unreadable' in answer) {
          outcome.unreadable.push(answer.unreadable);
          this.services.log.warn(`${model.name}: ${answer.unreadable}`);
        } else {
          outcome.misplaced += answer.misplaced;
          outcome.unknown += answer.unknown;
          outcome.labelled += answer.labelled;
          for (const { sentence, first, end, label } of answer.suggestions)
            outcome.suggestions.push({ label, target: request.sentences[sentence].targetOf(first, end) });
        }
      } catch (error) {
        if (cancelled.isCancellationRequested) return undefined;
        throw error;
      }
      progress.report({ increment: 100 / requests.length });
    }
    return cancelled.isCancellationRequested ? undefined : outcome;
  }
}

/** What takes no longer is done before one could read that it goes on. */
const quickMs = 1_000;

/** How many tokens each text has; undefined where the person thought better of it. */
async function counted(texts: readonly string[], model: ChatModel): Promise<number[] | undefined> {
  const source = new vscode.CancellationTokenSource();
  const counting = countEach(texts, model, source.token);
  try {
    const slow = new Promise<'slow'>((resolve) => setTimeout(() => resolve('slow'), quickMs));
    const quick = await Promise.race([counting, slow]);
    if (quick !== 'slow') return quick;
    const title = vscode.l10n.t('Counting what is to be sent');
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return await vscode.window.withProgress(options, (_, cancelled) => {
      const stopped = new Promise<undefined>((resolve) =>
        cancelled.onCancellationRequested(() => {
          source.cancel();
          resolve(undefined);
        }),
      );
      return Promise.race([counting, stopped]);
    });
  } finally {
    source.dispose();
  }
}

async function countEach(
  texts: readonly string[],
  model: ChatModel,
  token: vscode.CancellationToken,
): Promise<number[] | undefined> {
  const counts: number[] = [];
  for (const text of texts) {
    if (token.isCancellationRequested) return undefined;
    try {
      counts.push(await model.countTokens(text, token));
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  }
  return counts;
}

async function pickModel(models: readonly ChatModel[]): Promise<ChatModel | undefined> {
  if (models.length === 1) return models[0];
  const items = models.map((model) => ({
    label: withoutIcons(shownName(model.name)),
    description: withoutIcons(shownName(model.vendor)),
    detail: vscode.l10n.t('Up to {0} tokens', formatCount(model.maxInputTokens)),
    model,
  }));
  const title = vscode.l10n.t('Suggest Labels with a Language Model');
  const placeHolder = vscode.l10n.t('Which model is to be asked? Nothing is sent yet.');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.model;
}

function showOutcome(outcome: Outcome, name: string): void {
  const { suggestions, misplaced, unknown, labelled, unreadable } = outcome;
  const parts = [
    suggestions.length === 0
      ? vscode.l10n.t('{0} suggests no label that can be used.', name)
      : vscode.l10n.t('{0} suggests labels: {1}. Accept them as predicted ones.', name, suggestions.length),
    ...(misplaced > 0 ? [vscode.l10n.t('Left out, since the text does not say so: {0}.', misplaced)] : []),
    ...(unknown > 0 ? [vscode.l10n.t('Left out, since the corpus has no such label: {0}.', unknown)] : []),
    ...(labelled > 0 ? [vscode.l10n.t('Left out, since there is a label already: {0}.', labelled)] : []),
    ...(unreadable.length > 0
      ? [vscode.l10n.t('Answers that could not be read: {0}. {1}', unreadable.length, unreadable[0])]
      : []),
  ];
  const next = vscode.l10n.t('Next Suggestion');
  const remove = vscode.l10n.t('Remove Them');
  const actions = suggestions.length > 0 ? [next, remove] : [];
  const show =
    suggestions.length > 0 ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void show(parts.join(' '), ...actions).then((answer) => {
    if (answer === next) void vscode.commands.executeCommand('rnnTagger.nextSuggestion');
    if (answer === remove) void vscode.commands.executeCommand('rnnTagger.removeSuggestions');
  });
}

/** Why a model did not answer, and what to do. */
function failureText(error: unknown): string {
  const code = error instanceof vscode.LanguageModelError ? error.code : undefined;
  switch (code) {
    case vscode.LanguageModelError.NoPermissions.name:
      return vscode.l10n.t(
        'RNN Tagger may not use this language model: nothing was suggested. Run the command again and allow it, or choose another model.',
      );
    case vscode.LanguageModelError.Blocked.name:
      return vscode.l10n.t(
        'The language model refused: a limit of its provider is reached. Nothing was suggested; try again later.',
      );
    case vscode.LanguageModelError.NotFound.name:
      return vscode.l10n.t('This language model is not there any more: choose another one.');
    default:
      return vscode.l10n.t('The language model did not answer: {0}', shownName(messageOf(error), 200));
  }
}

async function showNoModel(): Promise<void> {
  const find = vscode.l10n.t('Find Extensions');
  const message = vscode.l10n.t(
    'VS Code has no language model here. Install an extension that provides one, such as GitHub Copilot Chat, sign in there, and run the command again.',
  );
  const answer = await vscode.window.showInformationMessage(message, find);
  if (answer === find)
    await vscode.commands.executeCommand('workbench.extensions.search', '@category:"chat"');
}

const nameOf = ({ uri }: vscode.TextDocument): string =>
  shownName(uri.path.slice(uri.path.lastIndexOf('/') + 1));

function tell(message: string): void {
  void vscode.window.showInformationMessage(withoutLinks(message));
}
