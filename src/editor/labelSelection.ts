import * as vscode from 'vscode';
import { shownName, withoutLinks } from '../common/shownText';
import {
  addSpans,
  changeType,
  isTypeName,
  misquotedLines,
  placesLike,
  removeSpans,
  snapToTokens,
  spansIn,
} from '../corpus/formats/bratEdits';
import type { AnnotationEdit } from '../corpus/formats/bratEdits';
import type { TextRange } from '../corpus/formats/spans/spanTokens';
import { annotationsBeside } from '../workspace/annotatedTexts';
import { pickLabel } from './labelPick';

/** Files of annotations that are looked at for the labels of the workspace. */
const mostFiles = 500;

/** The command Label Selection. */
export function registerLabelSelection(): vscode.Disposable {
  return vscode.commands.registerCommand('rnnTagger.labelSelection', labelSelection);
}

/**
 * Labels the tokens that the selections touch, in the annotations beside the text; a span that is exactly
 * selected changes its label, or loses it.
 */
async function labelSelection(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const uri = editor && annotationsBeside(editor.document.uri);
  if (!editor || !uri || editor.document.isUntitled) {
    tell(vscode.l10n.t('Label Selection labels words of a text file (.txt). Open or save one first.'));
    return;
  }
  const { document } = editor;
  const text = document.getText();
  const ranges = selectedRanges(editor, text);
  if (ranges.length === 0) {
    tell(vscode.l10n.t('There is no word at the selection: select one, or put the cursor into it.'));
    return;
  }
  const before = (await annotationsAt(uri))?.getText() ?? '';
  if (!fits(text, before, uri)) return;
  const found = spansIn(text, before);
  const isSelected = ({ start, end }: { start: number; end: number }): boolean =>
    ranges.some((range) => range.start === start && range.end === end);
  const selected = found.filter(isSelected);
  const others = [...new Set(ranges.map(({ start, end }) => text.slice(start, end)))].flatMap((words) =>
    placesLike(text, words, [...ranges, ...found]),
  );
  const answer = await pickLabel(await labelsOfWorkspace(before), selected.length > 0, others.length);
  if (!answer) return;
  if (answer.label !== undefined && !isTypeName(answer.label)) {
    tell(vscode.l10n.t('A label holds no white space: “{0}” was not given.', shown(answer.label)));
    return;
  }
  const now = await annotationsAt(uri);
  if (document.isClosed || document.getText() !== text || (now?.getText() ?? '') !== before) {
    tell(vscode.l10n.t('Nothing was labelled, because the text or its labels have changed meanwhile.'));
    return;
  }
  const { label } = answer;
  const wanted = [
    ...ranges.filter(
      (range) => !selected.some(({ start, end }) => start === range.start && end === range.end),
    ),
    ...(answer.others ? others : []),
  ];
  const edits =
    label === undefined
      ? removeSpans(selected)
      : [
          ...changeType(selected, label),
          ...addSpans(
            text,
            before,
            wanted.map((range) => ({ ...range, type: label })),
          ),
        ];
  await write(document, uri, now, edits);
  if (label !== undefined) tellOverlaps(wanted, found);
}

/** The tokens that an editor's selections touch. */
function selectedRanges({ document, selections }: vscode.TextEditor, text: string): TextRange[] {
  const ranges = selections.map(({ start, end }) => ({
    start: document.offsetAt(start),
    end: document.offsetAt(end),
  }));
  return snapToTokens(text, ranges);
}

/** Whether all annotations are of the text as it is; says where not. */
function fits(text: string, before: string, uri: vscode.Uri): boolean {
  const [misquoted] = misquotedLines(text, before);
  if (misquoted !== undefined) {
    tell(
      vscode.l10n.t(
        'Nothing was labelled: line {0} of {1} does not fit the text any more. Mend or remove that line first.',
        misquoted + 1,
        nameOf(uri),
      ),
    );
    return false;
  }
  return true;
}

/** Says how many new spans overlap others. */
function tellOverlaps(wanted: readonly TextRange[], found: readonly TextRange[]): void {
  const overlapping = wanted.filter(({ start, end }) =>
    found.some((span) => span.start < end && start < span.end),
  );
  if (overlapping.length > 0)
    tell(
      vscode.l10n.t(
        '{0} of the spans overlap others: both are kept, and of such spans the longest is learned.',
        overlapping.length,
      ),
    );
}

/** One edit of the annotations; text and annotations are saved together. */
async function write(
  document: vscode.TextDocument,
  uri: vscode.Uri,
  annotations: vscode.TextDocument | undefined,
  edits: readonly AnnotationEdit[],
): Promise<void> {
  if (edits.length === 0) return;
  const edit = new vscode.WorkspaceEdit();
  if (!annotations) edit.createFile(uri, { contents: new TextEncoder().encode(edits[0].text) });
  for (const { start, end, text } of annotations ? edits : [])
    edit.replace(uri, new vscode.Range(annotations!.positionAt(start), annotations!.positionAt(end)), text);
  const isDone = await vscode.workspace.applyEdit(edit);
  const changed = isDone ? await annotationsAt(uri) : undefined;
  const isSaved = changed && (!document.isDirty || (await document.save())) && (await changed.save());
  if (!isSaved)
    tell(vscode.l10n.t('{0} could not be written: is it read-only, or its disk full?', nameOf(uri)));
}

/** The annotations at a place as they are now, unsaved changes included; undefined where there are none. */
async function annotationsAt(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
  return vscode.workspace.openTextDocument(uri);
}

/** The labels of all annotations of the workspace, the most frequent first. */
async function labelsOfWorkspace(own: string): Promise<string[]> {
  const counts = new Map<string, number>();
  const count = (annotations: string): void => {
    for (const [, type] of annotations.matchAll(/^T\S*[\t ]+(\S+) +\d/gm))
      counts.set(type, (counts.get(type) ?? 0) + 1);
  };
  count(own);
  const files = await vscode.workspace.findFiles('**/*.ann', undefined, mostFiles);
  const decoder = new TextDecoder();
  for (const file of files) {
    const bytes = await Promise.resolve(vscode.workspace.fs.readFile(file)).catch(() => new Uint8Array());
    count(decoder.decode(bytes));
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([label]) => label);
}

function nameOf(uri: vscode.Uri): string {
  return shown(uri.path.slice(uri.path.lastIndexOf('/') + 1));
}

function shown(name: string): string {
  return withoutLinks(shownName(name));
}

function tell(message: string): void {
  void vscode.window.showWarningMessage(message);
}
