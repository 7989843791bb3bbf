import * as vscode from 'vscode';
import { shownName, withoutLinks } from '../../common/shownText';
import { tokenNear } from '../../corpus/answers/annotatedText';
import type { Disagreement } from '../../corpus/answers/disagreements';
import { LabelDraft } from '../../corpus/answers/labelDraft';
import type { DraftedEdits, FileTokens, Refusal } from '../../corpus/answers/labelDraft';
import { isReadOnly } from '../../workspace/readOnlyDocument';
import { fileName } from '../fileName';
import { editsOfPart, savedPart } from './answerPart';
import type { AnswerPart, AnswerServices } from './answerPart';
import { applyAnswers } from './applyAnswers';
import { typesOf } from './labelsOnOffer';
import { finished } from './readInWorker';

/** The tokens of a part that a selection means: those that it touches in the sentence where it begins. */
export function tokensAt(part: AnswerPart, selection: vscode.Range): FileTokens | undefined {
  const { document, base, annotated } = part;
  const offset = document.offsetAt(selection.start) - base;
  const first = tokenNear(annotated, offset);
  if (first === undefined) return undefined;
  const sentence = annotated.sentence[first];
  let end = first + 1;
  if (!selection.isEmpty) {
    const to = document.offsetAt(selection.end) - base;
    while (end < annotated.file.sentenceStart[sentence + 1] && annotated.starts[end] < to) end++;
  }
  return { sentence, first, end };
}

/** Puts what is predicted in the place of what the text says. */
export function accept(
  draft: LabelDraft,
  at: FileTokens,
  { predicted }: Pick<Disagreement, 'predicted'>,
): Refusal | undefined {
  return predicted.label === undefined
    ? draft.replace(at, predicted.spans)
    : draft.label(at, predicted.label);
}

/** What is predicted that the corpus has not, so that it is no answer to accept. */
export function unknownLabel(
  { column, annotated }: AnswerPart,
  { predicted }: Pick<Disagreement, 'predicted'>,
): string | undefined {
  const labels = column.labels.map(({ label }) => label);
  if (predicted.label !== undefined) return labels.includes(predicted.label) ? undefined : predicted.label;
  const { notation } = annotated;
  const types = new Set(typesOf(labels, notation.scheme));
  return predicted.spans.find(({ type }) => !types.has(type))?.type;
}

export const unknownText = (label: string): string =>
  vscode.l10n.t(
    'The model predicts “{0}”, which this corpus has not. Give it by “Change Label…”, or choose a model of this corpus.',
    shownName(label),
  );

/**
 * Gives an answer to the text as it is now: one step to undo. Where it cannot be given, says why and what to
 * do.
 *
 * @returns whether it was given.
 */
export async function giveAnswer(
  part: AnswerPart,
  give: (draft: LabelDraft) => Refusal | undefined,
  services: AnswerServices,
): Promise<boolean> {
  const drafted = await draftOf(part, give, services);
  if (typeof drafted === 'string') return refuse(refusalText(drafted));
  if (drafted.edits.length === 0) return true;
  if (await isReadOnly(part.edited)) return refuse(readOnlyText(part.edited));
  const saved = await savedFirst(part, services);
  if (!saved) return false;
  const again = saved === part ? drafted : await draftOf(saved, give, services);
  if (typeof again === 'string') return refuse(refusalText(again));
  return (await applyAnswers([editsOfPart(saved, again.edits)], services)) || refuse(changedText());
}

/** The part as it can be edited; says so where it cannot be. */
export async function savedFirst(
  part: AnswerPart,
  services: AnswerServices,
): Promise<AnswerPart | undefined> {
  const saved = await savedPart(part, services);
  if (!saved) refuse(part.document.isDirty ? unsavedText(part.document) : changedText());
  return saved;
}

async function draftOf(
  { annotated }: AnswerPart,
  give: (draft: LabelDraft) => Refusal | undefined,
  { reader }: AnswerServices,
): Promise<DraftedEdits | Refusal> {
  const draft = new LabelDraft(annotated);
  return give(draft) ?? finished(annotated, draft, reader);
}

export function refuse(message: string): false {
  void vscode.window.showWarningMessage(withoutLinks(message));
  return false;
}

export const changedText = (): string =>
  vscode.l10n.t('The text changed in the meantime, so nothing was edited. Try again.');

export const readOnlyText = ({ uri }: vscode.TextDocument): string =>
  vscode.l10n.t(
    '{0} is read-only, so its labels stay. Make it writable, or answer in a copy.',
    fileName(uri),
  );

export const unsavedText = ({ uri }: vscode.TextDocument): string =>
  vscode.l10n.t('{0} could not be saved, so nothing was labelled.', fileName(uri));

export function refusalText(refusal: Refusal): string {
  switch (refusal) {
    case 'no-span':
      return vscode.l10n.t('There is no labelled span here. “Change Label…” makes one.');
    case 'no-spans':
      return vscode.l10n.t('The labels of this column are of single words: use “Change Label…”.');
    case 'at-border':
      return vscode.l10n.t('The sentence has no further word on this side, and spans do not go beyond it.');
    case 'last-token':
      return vscode.l10n.t('The span has one word only: use “Remove Label” to take it away.');
    case 'not-of-scheme':
      return vscode.l10n.t(
        'How this column writes spans has no way to say that. Choose another label or span.',
      );
    case 'not-of-format':
      return vscode.l10n.t(
        'This file’s format cannot keep that label here, so nothing was edited. Choose a label without spaces, tabs and signs that part words.',
      );
  }
}
