import * as vscode from 'vscode';
import { shownName } from '../../common/shownText';
import type { FileTokens } from '../../corpus/answers/labelDraft';
import { findTarget } from '../../corpus/answers/tokenTarget';
import { isSaid, keyOnceLabelled, saidNow } from '../../corpus/queue/asked';
import type { QueuePlace } from '../../corpus/queue/queue';
import { openedDocument } from '../../workspace/openedDocument';
import { readPart } from '../answers/answerPart';
import type { AnswerServices } from '../answers/answerPart';
import { answerPlaces } from '../answers/answerPlaces';
import type { PlacesAnswered } from '../answers/answerPlaces';
import { accept, changedText, refusalText, refuse, unknownLabel } from '../answers/giveAnswer';
import { labelsOnOffer } from '../answers/labelsOnOffer';

/** A place of the queue as `answerPlaces` takes it. */
type Asked = Pick<QueuePlace, 'file' | 'column'> & {
  readonly target: QueuePlace['doubt']['target'];
  readonly place: QueuePlace;
};

const asked = (places: readonly QueuePlace[]): Asked[] =>
  places.map((place) => ({ file: place.file, column: place.column, target: place.doubt.target, place }));

/** What became of an answer. */
export interface QueueAnswered {
  readonly given: readonly QueuePlace[];
  /** Their text says something else by now. */
  readonly changed: readonly QueuePlace[];
  /** What would be asked next at the places that it was given to, and is answered by it as well. */
  readonly settled: readonly string[];
}

/**
 * Gives an answer to places of the queue: what is predicted there, or a label for all of them. Says so where some
 * could not be answered.
 */
export async function answerQueued(
  places: readonly QueuePlace[],
  label: string | undefined,
  services: AnswerServices,
): Promise<QueueAnswered> {
  let unknown: string | undefined;
  const next = new Map<QueuePlace, string>();
  const result = await answerPlaces(
    asked(places),
    (draft, at, { place: { doubt } }) => isSaid(saidNow(draft, at, doubt), doubt.gold),
    (draft, at, { place }, part) => {
      const { doubt } = place;
      const missing = label === undefined ? unknownLabel(part, doubt) : undefined;
      if (missing !== undefined) {
        unknown = missing;
        return 'not-of-scheme';
      }
      const refused = label === undefined ? accept(draft, at, doubt) : draft.label(at, label);
      const key = refused ? undefined : keyOnceLabelled(place, saidNow(draft, at, doubt));
      if (key !== undefined) next.set(place, key);
      return refused;
    },
    services,
  );
  tell(result, unknown);
  const given = result.given.map(({ place }) => place);
  return {
    given,
    changed: result.changed.map(({ place }) => place),
    settled: [...new Set(given.flatMap((place) => next.get(place) ?? []))],
  };
}

function tell(
  { given, changed, readOnly, refusal }: PlacesAnswered<Asked>,
  unknown: string | undefined,
): void {
  if (unknown !== undefined)
    refuse(
      vscode.l10n.t(
        'The model predicts “{0}”, which this corpus has not. Give it by “Give Label…”, or choose a model of this corpus.',
        shownName(unknown),
      ),
    );
  else if (refusal) refuse(refusalText(refusal));
  if (readOnly.length > 0)
    refuse(
      vscode.l10n.t('{0} places stay, since their files are read-only: make them writable.', readOnly.length),
    );
  if (changed.length > 0 && given.length === 0) refuse(changedText());
  else if (changed.length > 0)
    refuse(
      vscode.l10n.t(
        '{0} places were left: the text has changed there. They are looked at again.',
        changed.length,
      ),
    );
}

/** Labels that may be given to places. */
export async function labelsFor(place: QueuePlace, services: AnswerServices): Promise<string[]> {
  const found = await partOf(place, services);
  return found ? labelsOnOffer(found.part) : [];
}

/** Shows a place with its words selected. @returns false where other words stand there by now. */
export async function showPlace(place: QueuePlace, services: AnswerServices): Promise<boolean> {
  const found = await partOf(place, services);
  if (!found) return refuse(changedText());
  const { part, at } = found;
  const { annotated, base, document } = part;
  const start = document.positionAt(base + annotated.starts[at.first]);
  const end = document.positionAt(base + annotated.ends[at.first]);
  await showAt(document.uri, new vscode.Range(start, at.end - at.first === 1 ? end : start));
  return true;
}

/** The keyboard stays in the view. */
export async function showAt(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri, { preserveFocus: true, selection: range });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function partOf(
  { file, column, doubt: { target } }: QueuePlace,
  services: AnswerServices,
): Promise<{ part: NonNullable<Awaited<ReturnType<typeof readPart>>>; at: FileTokens } | undefined> {
  const document = await openedDocument(vscode.Uri.parse(file));
  const part = document && (await readPart(document, document.positionAt(target.start), services, column));
  const at =
    part &&
    findTarget(part.annotated, { ...target, start: target.start - part.base, end: target.end - part.base });
  return part && at && { part, at };
}
