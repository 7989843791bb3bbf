import * as vscode from 'vscode';
import { groupedBy } from '../../common/groupedBy';
import { LabelDraft } from '../../corpus/answers/labelDraft';
import type { FileTokens, Refusal } from '../../corpus/answers/labelDraft';
import { findTarget } from '../../corpus/answers/tokenTarget';
import type { TokenTarget } from '../../corpus/answers/tokenTarget';
import { openedDocument } from '../../workspace/openedDocument';
import { isReadOnly } from '../../workspace/readOnlyDocument';
import { editsOfPart, readPart, savedPart } from './answerPart';
import type { AnswerPart, AnswerServices } from './answerPart';
import { applyAnswers } from './applyAnswers';
import type { AnswerEdits } from './applyAnswers';
import { finished } from './readInWorker';

/** Tokens of a file that an answer is for, as they were when they were found. */
export interface TargetPlace {
  readonly file: string;
  /** The label column that is meant. */
  readonly column: string;
  readonly target: TokenTarget;
}

/** What became of an answer to many places. */
export interface PlacesAnswered<Place> {
  readonly given: readonly Place[];
  /** Other words stand there by now, or another label than was asked about. */
  readonly changed: readonly Place[];
  readonly readOnly: readonly Place[];
  /** Why places were left out that the file cannot keep. */
  readonly refusal?: Refusal;
}

/**
 * Gives one answer to places of several files, each as its text is now, as one step to undo. A place whose words
 * are others by now is left alone.
 *
 * @param isMeant whether the place still says what was asked about.
 */
export async function answerPlaces<Place extends TargetPlace>(
  places: readonly Place[],
  isMeant: (draft: LabelDraft, at: FileTokens, place: Place) => boolean,
  give: (draft: LabelDraft, at: FileTokens, place: Place, part: AnswerPart) => Refusal | undefined,
  services: AnswerServices,
): Promise<PlacesAnswered<Place>> {
  const answers: AnswerEdits[] = [];
  const [given, changed, readOnly]: Place[][] = [[], [], []];
  let refusal: Refusal | undefined;
  for (const [file, own] of groupedBy(places, (place) => place.file)) {
    const found = await foundParts(vscode.Uri.parse(file), own, services);
    changed.push(...own.filter((place) => !found.some(({ tokens }) => tokens.has(place))));
    for (const { part: read, tokens } of found) {
      if (await isReadOnly(read.edited)) {
        readOnly.push(...tokens.keys());
        continue;
      }
      const part = await savedPart(read, services);
      if (!part) {
        changed.push(...tokens.keys());
        continue;
      }
      const draft = new LabelDraft(part.annotated);
      const done: Place[] = [];
      for (const [place, at] of tokens) {
        if (!isMeant(draft, at, place)) changed.push(place);
        else {
          const refused = give(draft, at, place, part);
          if (refused) refusal = refused;
          else done.push(place);
        }
      }
      const drafted = await finished(part.annotated, draft, services.reader);
      if (typeof drafted === 'string') refusal = drafted;
      else {
        answers.push(editsOfPart(part, drafted.edits));
        given.push(...done);
      }
    }
  }
  return (await applyAnswers(answers, services))
    ? { given, changed, readOnly, refusal }
    : { given: [], changed: [...changed, ...given], readOnly, refusal };
}

interface FoundPart<Place> {
  readonly part: AnswerPart;
  readonly tokens: ReadonlyMap<Place, FileTokens>;
}

/** The parts of a document that places stand in: those of one part and column together. */
async function foundParts<Place extends TargetPlace>(
  uri: vscode.Uri,
  places: readonly Place[],
  services: AnswerServices,
): Promise<FoundPart<Place>[]> {
  const document = await openedDocument(uri);
  if (!document) return [];
  const parts: { part: AnswerPart; tokens: Map<Place, FileTokens> }[] = [];
  for (const place of places) {
    const { target, column } = place;
    const known = parts.find(({ part }) => part.column.name === column && within(part, target.start));
    const start = document.positionAt(target.start);
    const part = known?.part ?? (await readPart(document, start, services, column));
    if (!part) continue;
    const { base, annotated } = part;
    const at = findTarget(annotated, { ...target, start: target.start - base, end: target.end - base });
    if (!at) continue;
    if (known) known.tokens.set(place, at);
    else parts.push({ part, tokens: new Map([[place, at]]) });
  }
  return parts;
}

const within = ({ base, annotated }: AnswerPart, offset: number): boolean =>
  base <= offset && offset < base + annotated.input.text.length;
