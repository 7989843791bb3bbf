import * as vscode from 'vscode';
import type { FileTokens } from '../../corpus/answers/labelDraft';
import { placeInWords, readPart, wordsOf } from './answerPart';
import type { AnswerPart, AnswerServices } from './answerPart';
import { changedText, refuse, tokensAt } from './giveAnswer';

/** A part of a document with the tokens that are meant in it. */
export interface AskedTokens {
  readonly part: AnswerPart;
  readonly at: FileTokens;
}

/** Tokens named by their place in a document, as quick fixes name them. Plain data. */
export interface AnswerPlace {
  readonly uri: string;
  readonly version: number;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** The tokens that a place means, without one the active editor's selection; says what to do where there are none. */
export async function askedTokens(
  services: AnswerServices,
  place: AnswerPlace | undefined,
): Promise<AskedTokens | undefined> {
  const shown = place ? await placed(place) : vscode.window.activeTextEditor;
  if (!shown) {
    refuse(place ? changedText() : vscode.l10n.t('Open a file of a corpus, and put the cursor on a word.'));
    return undefined;
  }
  const { document: asked, selection } = shown;
  const document = await wordsOf(asked);
  const start = placeInWords(asked, document, selection.start);
  const part = start && (await readPart(document, start, services));
  const isInCorpus = services.corpora.corpusOf(document.uri) !== undefined;
  if (!part && (start || !isInCorpus)) {
    refuse(
      vscode.l10n.t(
        'This file is of no corpus with labels, so there is nothing to answer. Open a file with annotated text.',
      ),
    );
    return undefined;
  }
  const range = document === asked || !start ? selection : new vscode.Range(start, start);
  const at = part && tokensAt(part, range);
  if (!at) refuse(vscode.l10n.t('There is no word here: put the cursor on one.'));
  return part && at && { part, at };
}

/** Undefined where the document says something else by now. */
async function placed({
  uri,
  version,
  start,
  end,
}: AnswerPlace): Promise<{ document: vscode.TextDocument; selection: vscode.Range } | undefined> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  if (document.version !== version) return undefined;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  return { document, selection };
}

/** What a command was given: a label, a place, both in either order, or nothing. */
export function answerArguments(given: readonly unknown[]): {
  readonly label?: string;
  readonly place?: AnswerPlace;
} {
  const label = given.find((one) => typeof one === 'string');
  const place = given.find(
    (one): one is AnswerPlace => typeof one === 'object' && one !== null && isPlace(one),
  );
  return { ...(label !== undefined && { label }), ...(place && { place }) };
}

const isPlace = (given: object): boolean =>
  'uri' in given && typeof given.uri === 'string' && 'version' in given && 'start' in given && 'end' in given;
