/**
 * Runs inside VS Code's extension host, in place of tests: opens long files, edits them and types, and has the
 * page say when text and labels are on screen.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Exports, ForTests } from '../../src/api/extensionExports';
import type { RenderedLine } from '../../tools/vscode/renderedLabels.mjs';
import { BareDecoration } from './bareDecoration';
import type { EditorFigures, EditorRequest, FileFigures, TypingFigures } from './editorFigures';
import { linesOf, watchKeys, watchOpening } from './window';

/** What an open file and an edit set going is done by then, and measured with nothing else. */
const settleMs = 1_500;
/** Between two keys of someone who types fast. */
const keyEveryMs = 60;
/** Lines that are looked through for places to edit. */
const mostLines = 5_000;
const longestWaitMs = 120_000;

const command = (name: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(name, ...args);

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const request = JSON.parse(process.env.RNN_TAGGER_BENCH_EDITOR ?? '') as EditorRequest;
  const extension = vscode.extensions.getExtension<Exports>('rnn-tagger.rnn-tagger');
  if (!extension) throw new Error('The extension is not there.');
  const { forTests: api } = await extension.activate();
  if (!api) throw new Error('The extension was not started for tests.');
  await api.ready;
  const network = { column: 'UPOS', device: 'simd', seed: 1 };
  await command('rnnTagger.train', { ...network, hidden: 32, epochs: 3 });
  await until(() => api.runs.length > 0 && !isRunning(api), 'the end of the first run');
  if (api.runs[0].state !== 'done') throw new Error(`The first run: ${api.runs[0].message ?? ''}`);
  await command('workbench.action.closeAllEditors');
  const rows = await measureFiles(request.rows, request, edits.rows);
  const text = await measureFiles(request.texts, request, edits.text);
  await command('rnnTagger.train', { ...network, hidden: 128, epochs: 10_000 });
  await until(() => (api.runs[0]?.step ?? 0) > 0, 'a step of the run in the background');
  const rowsTraining = await typingWhileTraining(request.rows[0], request);
  const textTraining = await typingWhileTraining(request.texts[0], request);
  if (!isRunning(api)) throw new Error('The run in the background ended too soon.');
  await command('rnnTagger.stop');
  await command('workbench.action.revertAndCloseActiveEditor');
  const figures = {
    rows: { ...rows, typingTraining: rowsTraining },
    text: { ...text, typingTraining: textTraining },
  };
  writeFileSync(request.result, JSON.stringify(figures satisfies EditorFigures));
}

/** Each file is opened once, with labels and with a bare decoration in turn; one with labels is edited and typed in. */
async function measureFiles(
  files: readonly string[],
  request: EditorRequest,
  edit: EditOf,
): Promise<Omit<FileFigures, 'typingTraining'>> {
  const opening: number[] = [];
  const openingBare: number[] = [];
  const bare = new BareDecoration();
  for (const [i, file] of files.entries()) {
    await command('workbench.action.closeAllEditors');
    const isBare = i % 2 === 0;
    if (isBare) await switchLabels(false);
    await sleep(settleMs);
    if (isBare) bare.expect(file);
    const { shown, labelled } = await watchOpening(file, () => command('vscode.open', uriOf(file)));
    if (!shown || !labelled) throw new Error(`${file} was opened, and no label came.`);
    (isBare ? openingBare : opening).push(labelled - shown);
    const what = isBare ? 'a bare decoration' : 'the first label';
    console.log(`… ${file}: ${Math.round(labelled - shown)} ms to ${what}`);
    await sleep(settleMs);
    bare.clear();
    await switchLabels(true);
  }
  const file = files[files.length - 1];
  const editing = await measureEdits(file, request.edits, edit);
  const editingBare = await measureBareEdits(file, request.edits, bare);
  const typing = await measureTyping(file, request);
  await command('workbench.action.revertAndCloseActiveEditor');
  bare.dispose();
  return { opening, openingBare, editing, editingBare, typing };
}

/** Where to press which key for a label that certainly changes: columns from 0. */
interface Edit {
  readonly column: number;
  readonly key: string;
}

type EditOf = (shown: RenderedLine, text: string) => Edit | undefined;

const edits = {
  /** Gold that the model agrees with: its bar becomes the label that it differs from. */
  rows: ({ labels }: RenderedLine, text: string): Edit | undefined => {
    const fields = text.split('\t');
    const isBar = labels.length === 1 && labels[0].label.trim() === '';
    return isBar && fields.length === 10
      ? { column: fields.slice(0, 4).join('\t').length, key: 'q' }
      : undefined;
  },
  /** A word that becomes two. */
  text: ({ labels }: RenderedLine): Edit | undefined => {
    const word = labels.find(({ before }) => /[a-z]{6}$/.test(before));
    return word && { column: word.before.length - 3, key: 'Space' };
  },
};

async function measureEdits(file: string, count: number, editOf: EditOf): Promise<number[]> {
  const measured: number[] = [];
  const editor = active();
  let keysToLose = 3;
  for (let at = 200; measured.length < count; at += 500) {
    if (at > mostLines) throw new Error(`Too few edits of ${file} have changed a label.`);
    await reveal(editor, file, at);
    await sleep(settleMs);
    const lines = await linesOf(file);
    // Lines at the edge of the window would have it scroll.
    for (const line of lines.slice(8, -8)) {
      const edit = editOf(line, editor.document.lineAt(line.line - 1).text);
      if (!edit || measured.length >= count) continue;
      select(editor, line.line - 1, edit.column);
      await sleep(settleMs / 3);
      const [stroke] = await watchKeys([edit.key], 0, 'labelled');
      // The window was busy, and the key went elsewhere: that measures nothing.
      if (!stroke?.painted && --keysToLose > 0) continue;
      if (!stroke?.labelled)
        throw new Error(`${file}: no other label came at line ${line.line}: ${JSON.stringify(stroke)}.`);
      measured.push(stroke.labelled - stroke.pressed);
      console.log(`… ${file}: ${Math.round(stroke.labelled - stroke.pressed)} ms to the new label`);
      await command('undo');
      await sleep(settleMs);
      // Several of one view, so that it is not scrolled each time.
      if (measured.length % 4 === 0) break;
    }
  }
  return measured;
}

/** From a key to another decoration that is set as soon as an extension hears of the edit. */
async function measureBareEdits(file: string, count: number, bare: BareDecoration): Promise<number[]> {
  const measured: number[] = [];
  const editor = active();
  await showLabels(file, false);
  while (measured.length < count) {
    const line = 2_000 + measured.length;
    await reveal(editor, file, line - 10);
    select(editor, line, 0);
    bare.expect(file);
    await sleep(settleMs);
    const [stroke] = await watchKeys(['q'], 0, 'labelled');
    if (!stroke?.labelled)
      throw new Error(`${file}: no other bare decoration came: ${JSON.stringify(stroke)}.`);
    measured.push(stroke.labelled - stroke.pressed);
    console.log(`… ${file}: ${Math.round(stroke.labelled - stroke.pressed)} ms to a bare decoration`);
    await command('undo');
    bare.clear();
  }
  await showLabels(file, true);
  return measured;
}

/** Types in one word, with labels and without in turn: first the one, next time the other. */
async function measureTyping(file: string, { pairs, keys }: EditorRequest): Promise<TypingFigures> {
  const figures: TypingFigures = { labels: [], without: [] };
  const editor = active();
  for (let pair = 0; pair < pairs; pair++) {
    const line = 1_000 + 40 * pair;
    await reveal(editor, file, line - 10);
    for (const which of pair % 2 === 0
      ? (['labels', 'without'] as const)
      : (['without', 'labels'] as const)) {
      await showLabels(file, which === 'labels');
      select(editor, line, wordEnd(editor.document.lineAt(line).text));
      await sleep(settleMs);
      const letters = Array.from({ length: keys }, (_, i) => 'abcdefghij'[i % 10]);
      const strokes = await watchKeys(letters, keyEveryMs, 'painted');
      const delays = strokes.flatMap(({ pressed, painted }) => (painted ? [painted - pressed] : []));
      if (delays.length < keys) throw new Error(`${file}: ${keys - delays.length} keys left no character.`);
      figures[which].push(delays);
    }
  }
  await showLabels(file, true);
  return figures;
}

async function typingWhileTraining(file: string, request: EditorRequest): Promise<TypingFigures> {
  await command('workbench.action.closeAllEditors');
  await command('vscode.open', uriOf(file));
  await sleep(settleMs);
  const typing = await measureTyping(file, request);
  await command('workbench.action.revertAndCloseActiveEditor');
  return typing;
}

/** Whether labels are on. They may be on their way to the screen. */
let areOn = true;

async function switchLabels(wanted: boolean): Promise<void> {
  if (areOn !== wanted) await command('rnnTagger.toggleLabels');
  areOn = wanted;
}

async function showLabels(file: string, wanted: boolean): Promise<void> {
  await switchLabels(wanted);
  const areShown = async (): Promise<boolean> =>
    (await linesOf(file)).some(({ labels }) => labels.length > 0);
  await until(async () => (await areShown()) === wanted, `${file} with labels: ${wanted}`);
}

/** Where the first word ends: in rows that of the token. */
function wordEnd(text: string): number {
  const match = /^\d+\t[^\t]*/.exec(text) ?? /^\S+/.exec(text);
  return match?.[0].length ?? 0;
}

const isRunning = (api: ForTests): boolean => api.runs[0]?.state === 'running';

/** Scrolls to a line, and waits until it is on screen. */
async function reveal(editor: vscode.TextEditor, file: string, at: number): Promise<void> {
  editor.revealRange(new vscode.Range(at, 0, at, 0), vscode.TextEditorRevealType.AtTop);
  await until(
    async () => (await linesOf(file)).some(({ line }) => line === at + 1),
    `${file} at line ${at + 1}`,
  );
}

function select(editor: vscode.TextEditor, line: number, column: number): void {
  editor.selection = new vscode.Selection(line, column, line, column);
}

function active(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error('No editor is active.');
  return editor;
}

function uriOf(file: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return vscode.Uri.joinPath(folder.uri, file);
}

async function until(condition: () => unknown, what: string): Promise<void> {
  for (const began = performance.now(); !(await condition()); await sleep(50))
    if (performance.now() - began > longestWaitMs) throw new Error(`No sign of this in time: ${what}`);
}
