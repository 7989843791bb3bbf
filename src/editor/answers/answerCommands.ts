import * as vscode from 'vscode';
import type { Disagreement } from '../../corpus/answers/disagreements';
import { LabelDraft } from '../../corpus/answers/labelDraft';
import type { FileTokens, Refusal } from '../../corpus/answers/labelDraft';
import { findTarget, targetOf } from '../../corpus/answers/tokenTarget';
import { offerModel } from '../labels/offerModel';
import { disagreementsIn, isCurrent, placeInWords, readPart, wordsOf } from './answerPart';
import type { AnswerPart, AnswerServices } from './answerPart';
import { accept, changedText, giveAnswer, refuse, tokensAt, unknownLabel } from './giveAnswer';
import { labelsOnOffer, pickLabel } from './labelPick';

type Give = (draft: LabelDraft, at: FileTokens) => Refusal | undefined;

/** A part of the active document with the tokens that the cursor or selection means. */
interface Asked {
  readonly part: AnswerPart;
  readonly at: FileTokens;
}

/** The commands that answer to the label of one token or span. */
export function registerAnswerCommands(services: AnswerServices): vscode.Disposable {
  const register = (name: string, run: (...given: unknown[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`rnnTagger.${name}`, run);
  const simple = (name: string, give: Give): vscode.Disposable =>
    register(name, async () => {
      const asked = await askedFor(services);
      return asked ? giveAnswer(asked.part, (draft) => give(draft, asked.at)) : false;
    });
  return vscode.Disposable.from(
    register('acceptLabel', () => acceptLabel(services)),
    register('changeLabel', (label) => changeLabel(services, label)),
    register('labelAllSame', (label) => labelAllSame(services, label)),
    simple('removeLabel', (draft, at) => draft.remove(at)),
    simple('widenSpanLeft', (draft, at) => draft.resize(at, 'start', 1)),
    simple('widenSpanRight', (draft, at) => draft.resize(at, 'end', 1)),
    simple('shortenSpanLeft', (draft, at) => draft.resize(at, 'start', -1)),
    simple('shortenSpanRight', (draft, at) => draft.resize(at, 'end', -1)),
  );
}

/** What the active editor's selection means; says what to do where it means nothing. */
async function askedFor(services: AnswerServices): Promise<Asked | undefined> {
  const editor = vscode.window.activeTextEditor;
  const document = editor && (await wordsOf(editor.document));
  if (!editor || !document) {
    refuse(vscode.l10n.t('Open a file of a corpus, and put the cursor on a word.'));
    return undefined;
  }
  const start = placeInWords(editor.document, document, editor.selection.start);
  const part = await readPart(document, start, services);
  if (!part) {
    refuse(
      vscode.l10n.t(
        'This file is of no corpus with labels, so there is nothing to answer. Open a file with annotated text.',
      ),
    );
    return undefined;
  }
  const selection = document === editor.document ? editor.selection : new vscode.Range(start, start);
  const at = tokensAt(part, selection);
  if (!at) refuse(vscode.l10n.t('There is no word here: put the cursor on one.'));
  return at && { part, at };
}

async function acceptLabel(services: AnswerServices): Promise<boolean> {
  const asked = await askedFor(services);
  if (!asked) return false;
  const { part, at } = asked;
  if (!services.models.modelFor(part.document)) {
    void offerModel();
    return false;
  }
  const all = await disagreementsIn(part, services);
  if (!all)
    return refuse(
      isCurrent(part)
        ? vscode.l10n.t('The model has not learned this column. Choose or train a model for it.')
        : changedText(),
    );
  const here = all.filter(({ first, end }) => first < at.end && at.first < end);
  if (here.length === 0) {
    void vscode.window.setStatusBarMessage(vscode.l10n.t('The label here is the predicted one.'), 5_000);
    return true;
  }
  const unknown = here.map((found) => unknownLabel(part, found)).find((label) => label !== undefined);
  if (unknown !== undefined) return refuse(unknownText(unknown));
  return giveAnswer(part, (draft) => firstRefusal(here, (found) => accept(draft, found, found)));
}

const unknownText = (label: string): string =>
  vscode.l10n.t(
    'The model predicts “{0}”, which this corpus has not. Give it by “Change Label…”, or choose a model of this corpus.',
    label.slice(0, 60),
  );

function firstRefusal(
  all: readonly Disagreement[],
  give: (found: Disagreement) => Refusal | undefined,
): Refusal | undefined {
  for (const found of all) {
    const refusal = give(found);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Asks for a label, then finds the same tokens again in the text as it is by then. */
async function withLabel(
  services: AnswerServices,
  asked: Asked,
  given: unknown,
  title: string,
): Promise<(Asked & { readonly label: string }) | undefined> {
  const { part, at } = asked;
  if (typeof given === 'string') return { ...asked, label: given };
  const picked = await pickLabel(labelsOnOffer(part), title);
  if (!picked || picked === 'remove' || picked.label === '') return undefined;
  const { label } = picked;
  if (isCurrent(part)) return { ...asked, label };
  const target = targetOf(part.annotated, at.first, at.end);
  const place = part.document.positionAt(part.base + target.start);
  const now = await readPart(part.document, place, services);
  const shift = now ? part.base - now.base : 0;
  const found =
    now && findTarget(now.annotated, { ...target, start: target.start + shift, end: target.end + shift });
  if (now && found) return { part: now, at: found, label };
  refuse(changedText());
  return undefined;
}

async function changeLabel(services: AnswerServices, given: unknown): Promise<boolean> {
  const asked = await askedFor(services);
  const answer = asked && (await withLabel(services, asked, given, vscode.l10n.t('Change Label')));
  return answer ? giveAnswer(answer.part, (draft) => draft.label(answer.at, answer.label)) : false;
}

/** The label of the token or span goes to all the same words of the file; without one, it is asked for. */
async function labelAllSame(services: AnswerServices, given: unknown): Promise<boolean> {
  const asked = await askedFor(services);
  if (!asked) return false;
  const own = new LabelDraft(asked.part.annotated).labelOf(asked.at);
  const title = vscode.l10n.t('Label All the Same');
  const answer = await withLabel(services, asked, given ?? own, title);
  if (!answer) return false;
  const { document, base, annotated } = answer.part;
  const start = document.positionAt(base + annotated.starts[answer.at.first]);
  const whole = await readPart(document, { first: 0, last: document.lineCount - 1 }, services);
  if (!whole || !isCurrent(answer.part)) return refuse(changedText());
  const end = document.positionAt(base + annotated.ends[answer.at.end - 1]);
  const at = tokensAt(
    whole,
    answer.at.end - answer.at.first > 1 ? new vscode.Range(start, end) : new vscode.Range(start, start),
  );
  if (!at) return refuse(changedText());
  let counts = { given: 0, left: 0 };
  const isGiven = await giveAnswer(whole, (draft) => {
    const result = draft.labelSame(at, answer.label);
    if (typeof result === 'string') return result;
    counts = result;
    return undefined;
  });
  if (isGiven)
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Labelled: {0}. Left since they are parts of other spans: {1}.',
        counts.given,
        counts.left,
      ),
    );
  return isGiven;
}
