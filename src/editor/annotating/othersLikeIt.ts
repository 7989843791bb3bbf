import * as vscode from 'vscode';
import { addSpans, misquotedLines, placesLike, spansIn, withEdits } from '../../corpus/formats/bratEdits';
import type { TextSpan } from '../../corpus/formats/spans/spanTokens';
import { isMarkdownName } from '../../corpus/formats/standoffNames';
import { annotationsBeside } from '../../workspace/annotatedTexts';
import { readAnnotationFile, textInFile } from '../../workspace/annotationFiles';
import { openDocument } from '../../workspace/fileContents';
import { searchFiles } from '../../workspace/searchFiles';
import type { LabelChange } from './labelSteps';

const mostTexts = 2_000;
const largestBytes = 5 * 1024 * 1024;

/** Places in a text as it is in its file where words stand that were labelled elsewhere. */
export interface PlacesInText {
  readonly uri: vscode.Uri;
  readonly annotations: vscode.Uri;
  readonly text: string;
  readonly before: string | undefined;
  readonly places: readonly { readonly start: number; readonly end: number }[];
}

/** Where the same words stand in a text, as whole tokens that have no label. */
export function placesInText(
  uri: vscode.Uri,
  text: string,
  before: string | undefined,
  words: readonly string[],
): PlacesInText['places'] {
  const markdown = isMarkdownName(uri.path);
  const taken = spansIn(text, before ?? '');
  return words.flatMap((wanted) => placesLike(text, wanted, taken, markdown));
}

/** The same in all other texts of the workspace; those with unsaved changes, and those that do not fit, are left. */
export async function placesElsewhere(
  own: vscode.Uri,
  words: readonly string[],
  exclude: readonly string[],
): Promise<PlacesInText[]> {
  const files = await searchFiles(['**/*.{txt,md,markdown}'], exclude, mostTexts);
  const found: PlacesInText[] = [];
  for (const uri of files) {
    const places = uri.toString() === own.toString() ? undefined : await placesNow(uri, words);
    if (places) found.push(places);
  }
  return found;
}

/**
 * Where words stand in a text by now; undefined where they do not, and for a text that has unsaved changes or
 * whose annotations do not fit it.
 */
export async function placesNow(
  uri: vscode.Uri,
  words: readonly string[],
): Promise<PlacesInText | undefined> {
  const annotations = annotationsBeside(uri);
  if (!annotations) return undefined;
  const text = await textOf(uri).catch(() => undefined);
  if (text === undefined || !words.some((wanted) => text.includes(wanted))) return undefined;
  const before = await readAnnotationFile(annotations).catch(() => null);
  if (before === null || misquotedLines(text, before ?? '').length > 0) return undefined;
  const places = placesInText(uri, text, before, words);
  return places.length > 0 ? { uri, annotations, text, before, places } : undefined;
}

/** Labels all of these places. */
export function labelledPlaces(
  { annotations, text, before, places }: PlacesInText,
  type: string,
): LabelChange {
  const spans = places.map((place): TextSpan => ({ ...place, type }));
  const after = withEdits(before ?? '', addSpans(text, before ?? '', spans));
  return { uri: annotations, before, after, text };
}

/** Undefined for a text that cannot be labelled as it is. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  if (openDocument(uri)?.isDirty) return undefined;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > largestBytes) return undefined;
  return textInFile(uri);
}
