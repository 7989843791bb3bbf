/** The tools that a language model of the chat may call; each shows first what it is about to do. */
import * as vscode from 'vscode';
import { messageOf } from '../../common/errors';
import { shownName } from '../../common/shownText';
import { ApiError } from '../apiError';
import { checkOptions, plainText } from '../options';
import type { API, Run } from '../rnn-tagger';
import { throwIfCancelled } from '../waiting';
import { askedErrors, fitting, inMarkdown, labelErrorsAnswer, labellingAnswer, runAnswer } from './toolTexts';

type Token = vscode.CancellationToken;
type Fits = (answer: string) => boolean | PromiseLike<boolean>;

interface Tool {
  readonly name: string;
  readonly title: () => string;
  /** What the person is asked to agree to, and reads while it goes on. Markdown, with all data escaped. */
  readonly question: (input: unknown) => string;
  readonly doing: () => string;
  readonly answer: (input: unknown, fits: Fits, token: Token) => Promise<string>;
}

/** A text that is longer is refused, in UTF-16 units. */
const longestText = 20_000;
const mostErrors = 100;
const errorsUnlessAsked = 20;

/** Registers the tools, where VS Code has any. */
export function registerTools(api: API): vscode.Disposable {
  // Other hosts of the extension API may lack it.
  const lm = vscode.lm as typeof vscode.lm | undefined;
  if (typeof lm?.registerTool !== 'function') return new vscode.Disposable(() => undefined);
  return vscode.Disposable.from(...toolsOf(api).map(({ name, tool }) => lm.registerTool(name, tool)));
}

/** The tools by their names in the manifest. */
export function toolsOf(
  api: API,
): { readonly name: string; readonly tool: vscode.LanguageModelTool<unknown> }[] {
  const tools = [labelText(api), listLabelErrors(api), reportRun(api)];
  return tools.map((tool) => ({ name: tool.name, tool: toolOf(tool) }));
}

function toolOf({ title, question, doing, answer }: Tool): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: ({ input }) => ({
      invocationMessage: markdown(doing()),
      confirmationMessages: { title: title(), message: markdown(question(input)) },
    }),
    async invoke({ input, tokenizationOptions }, token) {
      throwIfCancelled(token);
      const fits: Fits = (text) =>
        tokenizationOptions === undefined ||
        tokenizationOptions
          .countTokens(text, token)
          .then((tokens) => tokens <= tokenizationOptions.tokenBudget);
      const text = await answer(input, fits, token);
      throwIfCancelled(token);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    },
  };
}

function markdown(text: string): vscode.MarkdownString {
  const made = new vscode.MarkdownString(text);
  made.isTrusted = false;
  made.supportHtml = false;
  return made;
}

function labelText(api: API): Tool {
  return {
    name: 'rnnTagger_labelText',
    title: () => vscode.l10n.t('Label Text'),
    doing: () => vscode.l10n.t('Labelling text'),
    question: (input) => {
      const { text } = fieldsOf(input);
      return vscode.l10n.t(
        'Label “{0}” with a model of this workspace, on this machine, and give the labels to the language model of the chat?',
        inMarkdown(typeof text === 'string' ? text : '', 200),
      );
    },
    async answer(input, fits, token) {
      const { text, run } = checkOptions(input, ['text', 'run']);
      const asked = plainText(text, 'text');
      if (asked.length > longestText)
        throw new ApiError(
          'invalid-argument',
          `The text has ${asked.length} characters, and at most ${longestText} are labelled: call this for each part.`,
        );
      if (run !== undefined) await knownRun(api, run);
      const options = run === undefined ? {} : { run: plainText(run, 'run') };
      const labelled = await api.labelText(asked, options, token);
      return fitting(labelled.sentences.length, (shown) => labellingAnswer(labelled, shown), fits);
    },
  };
}

function listLabelErrors(api: API): Tool {
  return {
    name: 'rnnTagger_listLabelErrors',
    title: () => vscode.l10n.t('List Label Errors'),
    doing: () => vscode.l10n.t('Listing label errors'),
    question: (input) => {
      const { file, label } = fieldsOf(input);
      const of = [file, label].filter((one) => typeof one === 'string').map((one) => inMarkdown(one));
      return of.length === 0
        ? vscode.l10n.t(
            'Give words, labels and places of the label errors that the last search found to the language model of the chat?',
          )
        : vscode.l10n.t(
            'Give words, labels and places of the label errors that the last search found ({0}) to the language model of the chat?',
            of.join(', '),
          );
    },
    async answer(input, fits) {
      const asked = checkOptions(input, ['limit', 'file', 'label']);
      const limit = Math.min(mostErrors, wholeNumber(asked.limit ?? errorsUnlessAsked, 'limit'));
      const file = asked.file === undefined ? undefined : plainText(asked.file, 'file');
      const label = asked.label === undefined ? undefined : plainText(asked.label, 'label');
      await api.ready;
      const { labelErrors } = api;
      if (!labelErrors)
        throw new ApiError(
          'not-found',
          'No search for label errors was made yet. It takes up to some minutes, so it is not begun unasked: ask the user to run the command “RNN Tagger: Find Label Errors”, then call this again.',
        );
      const nameOf = (uri: string): string => vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
      const errors = askedErrors(labelErrors, { file, label }, nameOf);
      return fitting(
        Math.min(limit, errors.length),
        (shown) => labelErrorsAnswer(labelErrors.column, errors, nameOf, shown),
        fits,
      );
    },
  };
}

function reportRun(api: API): Tool {
  return {
    name: 'rnnTagger_reportRun',
    title: () => vscode.l10n.t('Report Training Run'),
    doing: () => vscode.l10n.t('Reading the scores of a training run'),
    question: (input) => {
      const { run } = fieldsOf(input);
      const title = api.runs.find(({ id }) => id === run)?.title;
      return title === undefined
        ? vscode.l10n.t('Give the scores of the newest run to the language model of the chat?')
        : vscode.l10n.t('Give the scores of {0} to the language model of the chat?', inMarkdown(title));
    },
    async answer(input, fits) {
      const { run: asked } = checkOptions(input, ['run']);
      await api.ready;
      const run = asked === undefined ? api.runs.at(0) : await knownRun(api, asked);
      if (!run)
        throw new ApiError(
          'not-found',
          'There is no run yet: ask the user to run the command “RNN Tagger: Train on Workspace”, then call this again.',
        );
      const others = api.runs.filter(({ id }) => id !== run.id);
      return fitting(Math.max(1, others.length), (shown) => runAnswer(run, others, shown), fits);
    },
  };
}

/** @throws ApiError that lists the runs there are, for a model to choose from. */
async function knownRun(api: API, asked: unknown): Promise<Run> {
  const id = plainText(asked, 'run');
  await api.ready;
  const found = api.runs.find((run) => run.id === id);
  if (found) return found;
  const all = api.runs.slice(0, 10).map((run) => `${run.id} (${shownName(run.title)})`);
  throw new ApiError(
    'not-found',
    `There is no run “${shownName(id)}”. There is: ${all.join('; ') || 'none'}.`,
  );
}

function wholeNumber(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw new ApiError('invalid-argument', `${name} must be a whole number from 1 on.`);
}

/** What a tool was given, to be shown: nobody has checked it yet. */
function fieldsOf(input: unknown): Readonly<Record<string, unknown>> {
  try {
    return typeof input === 'object' && input !== null ? { ...input } : {};
  } catch (error) {
    return { text: messageOf(error) };
  }
}
