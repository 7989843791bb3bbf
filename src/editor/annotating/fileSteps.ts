import * as vscode from 'vscode';
import { shownName } from '../../common/shownText';
import { hasMark } from '../../common/textMark';
import type { TextMark } from '../../common/textMark';
import { makeStep } from '../../corpus/formats/annotationSteps';
import type { AnnotationStep } from '../../corpus/formats/annotationSteps';
import { misquotedLines } from '../../corpus/formats/bratEdits';
import { sourceOf } from '../../workspace/annotatedTexts';
import { readAnnotationFile, textInFile, writeAnnotationFile } from '../../workspace/annotationFiles';
import { openDocument } from '../../workspace/fileContents';
import type { TextAnnotations } from '../../workspace/textAnnotations';

/** What was edited in one file of annotations. */
export interface FileStep {
  /** Another where the file gets another name. */
  uri: vscode.Uri;
  /** The text that its places are of; undefined where it is not known, so that what spans quote has to do. */
  readonly mark: TextMark | undefined;
  readonly step: AnnotationStep;
}

/** Other programs may write annotations at the same time. */
const mostAttempts = 3;

/**
 * Makes a step of annotations where their text is still the one that its places are of: in the file, or of a
 * text with unsaved edits in memory, to be written once it is saved.
 *
 * @returns why it was refused; undefined where it was made.
 * @throws where the file cannot be read or written.
 */
export async function makeFileStep(
  { uri, mark }: FileStep,
  step: AnnotationStep,
  annotations: TextAnnotations,
): Promise<string | undefined> {
  const source = sourceOf(uri);
  const document = openDocument(source);
  // What a save of the text has to write of them comes first.
  if (document?.isDirty) await annotations.renew(source);
  else if (document && !(await annotations.settle(document)))
    throw new Error(vscode.l10n.t('Its labels have not followed their text yet.'));
  const isMeant = (text: string): boolean => mark === undefined || hasMark(text, mark);
  if (document?.isDirty && isMeant(document.getText())) {
    const made = makeStep(annotations.of(source), step);
    if (made === 'changed' || !fits(document.getText(), made.after, step)) return otherLabels(uri);
    return annotations.put(document, made.after ?? '') ? undefined : otherText(source);
  }
  const text = await textInFile(source).catch(onlyMissing);
  if (text === undefined || !isMeant(text)) return otherText(source);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const before = await readAnnotationFile(uri);
    const made = makeStep(before, step);
    if (made === 'changed' || !fits(text, made.after, step)) return otherLabels(uri);
    const done = await writeAnnotationFile({ uri, before, after: made.after });
    await annotations.renew(source);
    if (done === 'written') return undefined;
  }
  return otherLabels(uri);
}

/** Whether what the step puts into the annotations is what the text says at its places. */
function fits(text: string, annotations: string | undefined, { to }: AnnotationStep): boolean {
  if (to.lines.length === 0 || annotations === undefined) return true;
  const quoted = new Set(to.lines.map((line) => line.replace(/^T\S*/, '').trim()));
  const lines = annotations.split('\n');
  return misquotedLines(text, annotations).every(
    (line) => !quoted.has((lines.at(line) ?? '').replace(/^T\S*/, '').trim()),
  );
}

const otherText = (uri: vscode.Uri): string => vscode.l10n.t('{0} was edited in the meantime.', nameOf(uri));
const otherLabels = (uri: vscode.Uri): string => vscode.l10n.t('{0} has other labels by now.', nameOf(uri));

function onlyMissing(error: unknown): undefined {
  if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
  throw error;
}

function nameOf({ path }: vscode.Uri): string {
  return shownName(path.slice(path.lastIndexOf('/') + 1));
}
