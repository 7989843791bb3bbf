import * as vscode from 'vscode';
import type { Disagreement } from '../../corpus/answers/disagreements';
import { isReadByLines } from '../../corpus/formats';
import { openedDocument } from '../../workspace/openedDocument';
import { offerModel } from '../labels/offerModel';
import { disagreementsIn, partsOf, placeInWords, readPart, wordsOf } from './answerPart';
import type { AnswerPart, AnswerServices } from './answerPart';
import { refuse } from './giveAnswer';

interface Wish {
  readonly direction: 1 | -1;
  readonly suggestions: boolean;
  readonly workspace: boolean;
}

/** The commands that go from one disagreement of text and model to the next. */
export function registerDisagreementCommands(services: AnswerServices): vscode.Disposable {
  const register = (name: string, wish: Wish): vscode.Disposable =>
    vscode.commands.registerCommand(`rnnTagger.${name}`, () => go(services, wish));
  return vscode.Disposable.from(
    register('nextDisagreement', { direction: 1, suggestions: false, workspace: false }),
    register('previousDisagreement', { direction: -1, suggestions: false, workspace: false }),
    register('nextSuggestion', { direction: 1, suggestions: true, workspace: false }),
    register('previousSuggestion', { direction: -1, suggestions: true, workspace: false }),
    register('nextDisagreementInWorkspace', { direction: 1, suggestions: false, workspace: true }),
    register('nextSuggestionInWorkspace', { direction: 1, suggestions: true, workspace: true }),
  );
}

/** Files over this size are not opened to be looked through. */
const mostBytes = 20_000_000;

async function go(services: AnswerServices, wish: Wish): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  const document = editor && (await wordsOf(editor.document));
  if (!editor || !document || !services.corpora.corpusOf(document.uri))
    return refuse(
      vscode.l10n.t('Open a file of a corpus to go through what the model would label otherwise.'),
    );
  if (!services.models.modelFor(document)) {
    void offerModel();
    return false;
  }
  const start = new vscode.Position(0, 0);
  const cursor = placeInWords(editor.document, document, editor.selection.active) ?? start;
  const title = vscode.l10n.t('Looking for the next disagreement');
  return vscode.window.withProgress(
    {
      location: wish.workspace ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window,
      title,
      cancellable: wish.workspace,
    },
    async (_, cancelled) => {
      for await (const { uri, after } of filesFrom(document, cursor, services, wish)) {
        if (cancelled.isCancellationRequested) return false;
        const opened = await openedDocument(uri);
        const found = opened && (await findIn(opened, after, services, wish));
        if (found) return reveal(found.part, found.found);
      }
      const message = wish.suggestions
        ? vscode.l10n.t('The model suggests nothing more here.')
        : vscode.l10n.t('Text and model agree: there is no disagreement here.');
      void vscode.window.showInformationMessage(message);
      return true;
    },
  );
}

/** The active file from the cursor on, further files where they are asked for, and the file again from its start. */
async function* filesFrom(
  { uri }: vscode.TextDocument,
  cursor: vscode.Position,
  { corpora }: AnswerServices,
  { workspace }: Wish,
): AsyncGenerator<{ readonly uri: vscode.Uri; readonly after?: vscode.Position }> {
  yield { uri, after: cursor };
  if (workspace) {
    const all = corpora.corpora.flatMap(({ files }) => files.map(({ file }) => file));
    const own = all.indexOf(uri.toString());
    for (const file of [...all.slice(own + 1), ...all.slice(0, Math.max(0, own))]) {
      const other = vscode.Uri.parse(file);
      if ((await sizeOf(other)) <= mostBytes) yield { uri: other };
    }
  }
  yield { uri };
}

/** Infinity of a file that is gone. */
const sizeOf = (uri: vscode.Uri): Thenable<number> =>
  vscode.workspace.fs.stat(uri).then(
    ({ size }) => size,
    () => Infinity,
  );

async function findIn(
  document: vscode.TextDocument,
  after: vscode.Position | undefined,
  services: AnswerServices,
  { direction, suggestions }: Wish,
): Promise<{ part: AnswerPart; found: Disagreement } | undefined> {
  const parts = partsOf(document, services);
  const ordered = direction === 1 ? parts : [...parts].reverse();
  for (const range of ordered) {
    if (after && (direction === 1 ? range.last < after.line : range.first > after.line)) continue;
    const part = await readPart(document, range, services);
    const all = part && (await disagreementsIn(part, services));
    if (!part || !all) continue;
    const cursor = after && document.offsetAt(after) - part.base;
    const { starts } = part.annotated;
    const lineOf = (offset: number): number => document.positionAt(part.base + offset).line;
    const wanted = all.filter((found) => {
      if (suggestions && !found.isSuggestion) return false;
      if (cursor === undefined || !after) return true;
      const start = starts[found.first];
      // In rows the cursor is on a token from anywhere on its line.
      const isHere =
        isReadByLines(part.annotated.input.layout) && lineOf(start) === after.line && start <= cursor;
      return direction === 1 ? start > cursor : start < cursor && !isHere;
    });
    const found = direction === 1 ? wanted.at(0) : wanted.at(-1);
    if (found) return { part, found };
  }
  return undefined;
}

/** Shows the words of a disagreement, with the cursor at their start. */
async function reveal({ document, base, annotated }: AnswerPart, { first }: Disagreement): Promise<boolean> {
  const place = document.positionAt(base + annotated.starts[first]);
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}
