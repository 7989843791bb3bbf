import * as vscode from 'vscode';
import { shownName } from '../../common/shownText';
import type { FileTokens, LabelDraft } from '../../corpus/answers/labelDraft';
import { findTarget } from '../../corpus/answers/tokenTarget';
import type { Span } from '../../corpus/corpus';
import type { QueuePlace } from '../../corpus/queue/queue';
import { readPart } from '../answers/answerPart';
import type { AnswerServices } from '../answers/answerPart';
import { answerPlaces, openedDocument } from '../answers/answerPlaces';
import type { PlacesAnswered } from '../answers/answerPlaces';
import { accept, changedText, refusalText, refuse, unknownLabel } from '../answers/giveAnswer';
import { labelsOnOffer } from '../answers/labelPick';

/** A place of the queue as `answerPlaces` takes it. */
type Asked = {
  readonly file: string;
  readonly target: QueuePlace['doubt']['target'];
  readonly place: QueuePlace;
};

const asked = (places: readonly QueuePlace[]): Asked[] =>
  places.map((place) => ({ file: place.file, target: place.doubt.target, place }));

/**
 * Gives an answer to places of the queue: what is predicted there, or a label for all of them. Says so where some
 * could not be answered.
 *
 * @returns the places that need no answer any more: answered ones, and those where the text has changed.
 */
export async function answerQueued(
  places: readonly QueuePlace[],
  label: string | undefined,
  services: AnswerServices,
): Promise<readonly QueuePlace[]> {
  let unknown: string | undefined;
  const result = await answerPlaces(
    asked(places),
    (draft, at, { place: { doubt } }) => saysTheSame(draft, at, doubt),
    (draft, at, { place: { doubt } }, part) => {
      if (label !== undefined) return draft.label(at, label);
      const missing = unknownLabel(part, doubt);
      if (missing === undefined) return accept(draft, at, doubt);
      unknown = missing;
      return 'not-of-scheme';
    },
    services,
  );
  tell(result, unknown);
  return [...result.given, ...result.changed].map(({ place }) => place);
}

/** Whether a text has the labels that were asked about. */
function saysTheSame(draft: LabelDraft, at: FileTokens, { gold, target }: QueuePlace['doubt']): boolean {
  if (gold.label !== undefined) return draft.labelOf(at) === gold.label;
  const start = at.first - target.index;
  const spans: Span[] = [];
  for (let token = at.first; token < at.end; token++) {
    const span = draft.spanAt(at.sentence, token);
    if (!span || spans.some((known) => known.start === span.first - start)) continue;
    spans.push({ start: span.first - start, end: span.end - start, type: span.type });
  }
  return (
    spans.length === gold.spans.length &&
    spans.every(({ start: first, end, type }, i) => {
      const own = gold.spans[i];
      return first === own.start && end === own.end && type === own.type;
    })
  );
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
  { file, doubt: { target } }: QueuePlace,
  services: AnswerServices,
): Promise<{ part: NonNullable<Awaited<ReturnType<typeof readPart>>>; at: FileTokens } | undefined> {
  const document = await openedDocument(vscode.Uri.parse(file));
  const part = document && (await readPart(document, document.positionAt(target.start), services));
  const at =
    part &&
    findTarget(part.annotated, { ...target, start: target.start - part.base, end: target.end - part.base });
  return part && at && { part, at };
}
