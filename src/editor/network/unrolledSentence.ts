import * as vscode from 'vscode';
import { messageWithHint } from '../../common/errors';
import { annotatedPlaces } from '../../corpus/formats/brat';
import { misquotedLines } from '../../corpus/formats/bratEdits';
import { cutSegments } from '../../corpus/text/segments';
import type { Segment } from '../../corpus/text/segments';
import type { Tagger } from '../../engine/engine';
import type { GivenSpan } from '../../engine/taggerProtocol';
import type { UnrolledText } from '../../engine/unrollProtocol';
import type { NoSentence, SentencePlace, ShownSentence } from '../../panel/network/protocol';
import { runTitle } from '../../record/runTitle';
import { annotationsBeside } from '../../workspace/annotatedTexts';
import { readAnnotationFile } from '../../workspace/annotationFiles';
import type { WorkspaceModels } from '../../workspace/modelLibrary';
import { openedDocument } from '../../workspace/openedDocument';
import type { RunStore } from '../../workspace/runStore';
import type { CorpusIndex, LoadedModel } from '../../workspace/services';
import { placeInWords, wordsOf } from '../answers/answerPart';
import { fileName } from '../fileName';
import { documentKind, linesOf, segmentRules, tagInput } from '../labels/documentKind';
import type { DocumentKind } from '../labels/documentKind';

export interface UnrollServices {
  readonly tagger: Pick<Tagger, 'request'>;
  readonly models: WorkspaceModels;
  readonly corpora: CorpusIndex;
  readonly runs: Pick<RunStore, 'run'>;
}

/** A sentence with what it was made of. */
export interface FoundSentence {
  readonly sentence: ShownSentence;
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly model: LoadedModel;
}

/** From a line without text on, the nearest text is looked for over so many lines, down and up. */
const linesAround = 50;

/** In so many segments. */
const mostTries = 3;

const toCursor = () => ({ wayOut: 'cursor', title: vscode.l10n.t('Show Sentence at Cursor') }) as const;

/** The network over the sentence at a place with the model whose labels the document shows, or why there is none. */
export async function unrolledSentence(
  place: SentencePlace,
  services: UnrollServices,
): Promise<FoundSentence | NoSentence> {
  const asked = await openedDocument(vscode.Uri.parse(place.document));
  if (!asked) return { text: vscode.l10n.t('The file is not there any more.'), waysOut: [toCursor()] };
  const document = await wordsOf(asked);
  const position = placeInWords(asked, document, new vscode.Position(place.line, place.column));
  try {
    const model = await services.models.loadFor(document);
    if (!model) return noModel(services);
    const { version } = document;
    const unrolled = position && (await unroll(document, position, model.key, place, services));
    if (!unrolled) return noSentence();
    const run = services.runs.run(model.key.replace(/^run:/, ''));
    const own = { ...place, document: document.uri.toString() };
    return {
      document,
      version,
      model,
      sentence: {
        place: document === asked ? own : { ...own, line: position.line, column: position.character },
        file: fileName(document.uri),
        model: runTitle({ ...model.info, title: run?.title }),
        unrolled,
        ...(run && {
          run: { id: run.id, settings: { activation: run.settings.activation, clip: run.settings.clip } },
        }),
      },
    };
  } catch (error) {
    return { text: messageWithHint(error), waysOut: [toCursor(), choose()] };
  }
}

const choose = () => ({ wayOut: 'choose', title: vscode.l10n.t('Choose Model') }) as const;

function noModel({ models }: UnrollServices): NoSentence {
  const train = { wayOut: 'train', title: vscode.l10n.t('Train on Workspace') } as const;
  const bring = { wayOut: 'import', title: vscode.l10n.t('Import Model…') } as const;
  return models.hasModel
    ? {
        text: vscode.l10n.t('There is no model to label this text with.'),
        waysOut: [train, choose(), bring],
      }
    : {
        text: vscode.l10n.t('There is no model yet: train one, or import one from a file.'),
        waysOut: [train, bring],
      };
}

function noSentence(): NoSentence {
  return {
    text: vscode.l10n.t('There is no sentence here. Put the cursor into one.'),
    waysOut: [toCursor()],
  };
}

/** The network over the nearest sentence. A segment may be without one: `-DOCSTART-`, a heading's line. */
async function unroll(
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
  key: string,
  { step, label }: SentencePlace,
  { tagger, corpora }: UnrollServices,
): Promise<UnrolledText | undefined> {
  const kind = documentKind(document, corpora);
  const given = kind.kind === 'text' ? await givenSpans(document) : undefined;
  let tries = 0;
  for (const segment of segmentsNear(document, { line, character }, kind)) {
    const unrolled = await tagger.request({
      type: 'unroll',
      key,
      input: await tagInput(kind, segment),
      place: { line: clamp(line, segment), column: character },
      given,
      step,
      label,
    });
    if (unrolled || ++tries === mostTries) return unrolled;
  }
  return undefined;
}

/** The spans that training reads of a text's labels, where the annotations beside it fit it as it is. */
async function givenSpans(document: vscode.TextDocument): Promise<GivenSpan[] | undefined> {
  const uri = annotationsBeside(document.uri);
  const annotations = uri && (await readAnnotationFile(uri).catch(() => undefined));
  if (annotations === undefined) return undefined;
  const text = document.getText();
  if (misquotedLines(text, annotations).length > 0) return undefined;
  const place = (offset: number): GivenSpan['start'] => {
    const { line, character } = document.positionAt(offset);
    return { line, column: character };
  };
  return annotatedPlaces(text, annotations).map(({ type, start, end }) => ({
    type,
    start: place(start),
    end: place(end),
  }));
}

/** The segment that a position is in, and those around it: of equal distance the one below first. */
function* segmentsNear(
  document: vscode.TextDocument,
  { line, character }: Pick<vscode.Position, 'line' | 'character'>,
  kind: DocumentKind,
): Generator<Segment> {
  const lines = linesOf(document);
  const rules = segmentRules(kind, lines, () => character);
  const seen = new Set<number>();
  for (let distance = 0; distance <= linesAround; distance++) {
    for (const near of distance === 0 ? [line] : [line + distance, line - distance]) {
      if (near < 0 || near >= lines.lineCount) continue;
      const segments = cutSegments(lines, [{ first: near, last: near }], rules);
      const found = segments.findLast(({ firstColumn }) => firstColumn <= character) ?? segments.at(0);
      if (!found || seen.has(found.first)) continue;
      seen.add(found.first);
      yield found;
    }
  }
}

const clamp = (line: number, { first, last }: Segment): number => Math.min(Math.max(line, first), last);
