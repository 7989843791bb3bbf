/** What a review goes through: places of a document, followed through its edits. */
import type * as vscode from 'vscode';
import { isLabelled } from '../../corpus/answers/disagreements';
import type { Disagreement } from '../../corpus/answers/disagreements';
import { findTarget, moved, targetOf } from '../../corpus/answers/tokenTarget';
import type { TokenTarget } from '../../corpus/answers/tokenTarget';
import { disagreementsIn, partsOf, readPart } from './answerPart';
import type { AnswerServices } from './answerPart';
import type { AskedTokens } from './askedTokens';

/** A disagreement with its place in the whole document; without one, the text there has been changed. */
export interface ReviewItem extends Pick<Disagreement, 'gold' | 'predicted' | 'confidence'> {
  /** Of the words, as a URI. */
  readonly file: string;
  target: TokenTarget | undefined;
}

/** All disagreements of a document as it is now; undefined where the text changes while it is looked through. */
export async function reviewItems(
  document: vscode.TextDocument,
  column: string,
  services: AnswerServices,
  cancelled: vscode.CancellationToken,
): Promise<ReviewItem[] | undefined> {
  const { version } = document;
  const items: ReviewItem[] = [];
  for (const range of partsOf(document, services)) {
    const part = await readPart(document, range, services, column);
    const all = part && (await disagreementsIn(part, services));
    if (!part || !all || cancelled.isCancellationRequested || document.version !== version) return undefined;
    for (const { first, end, gold, predicted, confidence } of all) {
      const target = targetOf(part.annotated, first, end);
      const { start, end: to } = target;
      items.push({
        file: document.uri.toString(),
        target: { ...target, start: start + part.base, end: to + part.base },
        gold,
        predicted,
        confidence,
      });
    }
  }
  return items;
}

/** Moves items with an edit of their document. */
export function follow(
  items: readonly { target: TokenTarget | undefined }[],
  { contentChanges }: vscode.TextDocumentChangeEvent,
): void {
  for (const { rangeOffset, rangeLength, text } of contentChanges)
    for (const item of items)
      item.target &&= moved(item.target, {
        offset: rangeOffset,
        removed: rangeLength,
        inserted: text.length,
      });
}

/**
 * The tokens of an item in the text as it is now; undefined where words or labels are others by now.
 *
 * @param column the label column that is reviewed.
 */
export async function findItem(
  document: vscode.TextDocument,
  { target, gold }: ReviewItem,
  services: AnswerServices,
  column: string,
): Promise<AskedTokens | undefined> {
  const found = await findAgain(document, target, services, column);
  return found && isLabelled(found.part.annotated, found.at, gold) ? found : undefined;
}

/** The tokens of a target in the text as it is now; undefined where other words are there. */
export async function findAgain(
  document: vscode.TextDocument,
  target: TokenTarget | undefined,
  services: AnswerServices,
  column: string,
): Promise<AskedTokens | undefined> {
  if (!target) return undefined;
  const part = await readPart(document, document.positionAt(target.start), services, column);
  const at =
    part &&
    findTarget(part.annotated, { ...target, start: target.start - part.base, end: target.end - part.base });
  return part && at && { part, at };
}
