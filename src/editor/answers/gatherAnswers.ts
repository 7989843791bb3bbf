import type * as vscode from 'vscode';
import { spansIn } from '../../corpus/answers/annotatedText';
import type { AnnotatedText } from '../../corpus/answers/annotatedText';
import { offeredEdits } from '../../corpus/answers/joinedEdits';
import { LabelDraft } from '../../corpus/answers/labelDraft';
import type { FileTokens, Refusal } from '../../corpus/answers/labelDraft';
import { editsBetween } from '../../corpus/textEdits';
import type { PatternSearch } from '../../engine/patternSearch';
import { openedDocument } from '../../workspace/openedDocument';
import { isReadOnly } from '../../workspace/readOnlyDocument';
import { fileName } from '../fileName';
import { disagreementsIn, editsOfPart, partsOf, readPart, savedPart } from './answerPart';
import type { AnswerPart, AnswerServices } from './answerPart';
import { isCurrent } from './applyAnswers';
import type { AnswerEdits } from './applyAnswers';
import { accept, unknownLabel } from './giveAnswer';
import { finished } from './readInWorker';

/** Which answers are meant; what is left out holds for all. */
export interface ManyAnswers {
  readonly scope: 'file' | 'selection' | 'workspace';
  /** The least confidence, from 0 to 1. */
  readonly confidence?: number;
  /** Of accepting: the predicted label. Of relabelling, which needs it: the one that the text has. */
  readonly label?: string;
  /** The label column; without it, that of the model. */
  readonly column?: string;
  /** The words, joined by spaces. */
  readonly text?: string;
  /** A regular expression that they match. */
  readonly pattern?: string;
  /** Relabelling: the new label. */
  readonly to?: string;
}

/** Where to look for them. */
export interface ManyPlaces {
  readonly uris: readonly vscode.Uri[];
  /** Of the one document; all of it where it is missing. */
  readonly selection?: vscode.Range;
}

/** What was found. */
export interface GatheredAnswers {
  readonly answers: readonly AnswerEdits[];
  readonly count: number;
  /** Documents that are read or edited, with the text for which the edits are. */
  readonly texts: readonly { readonly uri: vscode.Uri; readonly text: string }[];
  /** A text was changed while its answers were gathered, so that the edits are of no use. */
  readonly isChanged: boolean;
  /** Files that are left out: read-only ones, and those that cannot be opened, by their names. */
  readonly leftOut: readonly string[];
  /** Whether a model judged any of the labels. */
  readonly isJudged: boolean;
  /** Why answers were left out that the file cannot keep. */
  readonly refusal?: Refusal;
}

/** A document as it was when its first part was read. */
interface Known {
  readonly uri: vscode.Uri;
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly text: string;
}

/** One answer that may be given. */
interface Candidate extends FileTokens {
  readonly give: (draft: LabelDraft) => Refusal | undefined;
}

/** How long the host does nothing else, in ms. */
const turnMs = 20;

/** Gathers answers as edits for a preview; undefined where it was cancelled. */
export async function gatherAnswers(
  { uris, selection }: ManyPlaces,
  wish: ManyAnswers,
  search: PatternSearch | undefined,
  services: AnswerServices,
  progress: { readonly cancelled: vscode.CancellationToken; readonly done: (share: number) => void },
): Promise<GatheredAnswers | undefined> {
  const answers: AnswerEdits[] = [];
  const known = new Map<string, Known>();
  const leftOut: string[] = [];
  const all = { count: 0, isJudged: false, isChanged: false, refusal: undefined as Refusal | undefined };
  for (const uri of uris) {
    const document = await openedDocument(uri);
    if (!document) leftOut.push(fileName(uri));
    for (const range of document ? partsOf(document, services) : []) {
      if (progress.cancelled.isCancellationRequested) return undefined;
      const part = document && (await readPart(document, range, services, wish.column));
      if (!part) continue;
      // Edits are for the text as it was when its first part was read: places in another would be wrong in it.
      all.isChanged ||= ![part.document, part.edited].every((own) => isAsKnown(own, known));
      if (all.isChanged) break;
      const candidates = await candidatesIn(part, wish, services);
      if (!candidates) continue;
      all.isJudged = true;
      const meant = await meantOf(part, candidates, wish, search, selection);
      if (meant.length === 0) continue;
      if (await isReadOnly(part.edited)) {
        leftOut.push(fileName(part.edited.uri));
        break;
      }
      const saved = await savedPart(part, services);
      if (saved !== part) for (const { uri } of [part.document, part.edited]) known.delete(uri.toString());
      all.isChanged ||= !saved || ![saved.document, saved.edited].every((own) => isAsKnown(own, known));
      if (!saved || all.isChanged) break;
      const added = await answersTo(saved, meant, services, progress.cancelled);
      all.isChanged ||= added === 'changed';
      if (added === 'changed') break;
      if (typeof added === 'string') all.refusal = added;
      else {
        answers.push(added.edits);
        all.count += added.count;
      }
    }
    progress.done(1 / uris.length);
  }
  return progress.cancelled.isCancellationRequested
    ? undefined
    : { answers, texts: [...known.values()], leftOut, ...all };
}

/** Whether a document is as it was before; where it was not looked at before, it is from now on. */
function isAsKnown(document: vscode.TextDocument, all: Map<string, Known>): boolean {
  const key = document.uri.toString();
  const before = all.get(key);
  if (before) return before.document === document && before.version === document.version;
  all.set(key, { uri: document.uri, document, version: document.version, text: document.getText() });
  return true;
}

/** The answers for the documents as they are open now; undefined where one is not as it was. */
export async function answersNow({
  answers,
  texts,
  isChanged,
}: Pick<GatheredAnswers, 'answers' | 'texts' | 'isChanged'>): Promise<AnswerEdits[] | undefined> {
  if (isChanged) return undefined;
  const now = new Map<string, vscode.TextDocument>();
  for (const { uri, text } of texts) {
    const document = await openedDocument(uri);
    if (document?.getText() !== text) return undefined;
    now.set(uri.toString(), document);
  }
  return answers.map((own) => {
    const [document, edited] = [own.document, own.edited].map((one) => now.get(one.uri.toString()) ?? one);
    return { ...own, document, edited, versions: [document.version, edited.version] };
  });
}

/** In how many places the texts are others now, and in how many files. */
export async function changedSince({
  texts,
}: Pick<GatheredAnswers, 'texts'>): Promise<{ readonly changed: number; readonly files: number }> {
  let [changed, files] = [0, 0];
  for (const { uri, text } of texts) {
    const edits = editsBetween(text, (await openedDocument(uri))?.getText() ?? text);
    changed += edits.length;
    if (edits.length > 0) files++;
  }
  return { changed, files };
}

/** What may be answered in a part; undefined where no model judges it. */
async function candidatesIn(
  part: AnswerPart,
  wish: ManyAnswers,
  services: AnswerServices,
): Promise<Candidate[] | undefined> {
  if (wish.to !== undefined) return relabelled(part.annotated, wish.label, wish.to);
  const found = await disagreementsIn(part, services);
  return found
    ?.filter(({ predicted, confidence }) => {
      const labels =
        predicted.label === undefined ? predicted.spans.map(({ type }) => type) : [predicted.label];
      return (
        confidence >= (wish.confidence ?? 0) && (wish.label === undefined || labels.includes(wish.label))
      );
    })
    .filter((one) => unknownLabel(part, one) === undefined)
    .map((one) => ({ ...one, give: (draft) => accept(draft, one, one) }));
}

function relabelled(annotated: AnnotatedText, label: string | undefined, to: string): Candidate[] {
  const { file, notation, labels, sentence } = annotated;
  const candidate = (at: FileTokens): Candidate => ({ ...at, give: (draft) => draft.label(at, to) });
  if (notation.scheme === 'none')
    return labels.flatMap((own, t) =>
      own === label ? [candidate({ sentence: sentence[t], first: t, end: t + 1 })] : [],
    );
  return Array.from({ length: file.sentences }, (_, s) => s).flatMap((s) => {
    const first = file.sentenceStart[s];
    return spansIn(annotated, labels, s)
      .filter(({ type }) => type === label)
      .map(({ start, end }) => candidate({ sentence: s, first: first + start, end: first + end }));
  });
}

/** Those whose words and place are the ones that were asked for. */
async function meantOf(
  { annotated, document, base }: AnswerPart,
  candidates: readonly Candidate[],
  { text }: ManyAnswers,
  search: PatternSearch | undefined,
  selection: vscode.Range | undefined,
): Promise<Candidate[]> {
  const wordsOf = ({ first, end }: FileTokens): string => annotated.words.slice(first, end).join(' ');
  const meant = candidates.filter(
    (one) =>
      (text === undefined || text === wordsOf(one)) &&
      (!selection || selection.contains(document.positionAt(base + annotated.starts[one.first]))),
  );
  if (!search) return meant;
  const matching = await search.matching(meant.map(wordsOf));
  return meant.filter((one) => matching.has(wordsOf(one)));
}

/** The edits for one part, and how many answers they are; or why there are none. */
async function answersTo(
  part: AnswerPart,
  answers: readonly Candidate[],
  services: AnswerServices,
  cancelled: vscode.CancellationToken,
): Promise<{ readonly edits: AnswerEdits; readonly count: number } | Refusal | 'changed'> {
  const draft = new LabelDraft(part.annotated);
  let count = 0;
  let begun = performance.now();
  for (const { give } of answers) {
    if (!give(draft)) count++;
    if (performance.now() - begun < turnMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    if (cancelled.isCancellationRequested) break;
    begun = performance.now();
  }
  const drafted = await finished(part.annotated, draft, services.reader);
  if (typeof drafted === 'string') return drafted;
  if (!isCurrent(part)) return 'changed';
  return { edits: editsOfPart(part, offeredEdits(part.annotated, answers, drafted.edits)), count };
}
