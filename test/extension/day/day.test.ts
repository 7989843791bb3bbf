import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { LossPanel } from '../../../src/panel/lossPanel';
import { until } from '../../until';
import { activated, exportedModel, show, workspaceFile } from '../sample';
import { Held, countHeld } from './counts';
import { inMegabytes, medians, memoryNow, snapshot } from './memory';
import type { Memory } from './memory';

const countOf = (name: string, usual: number): number =>
  Number(process.env[`RNN_TAGGER_DAY_${name}`] ?? usual);

/** What is done in the whole day. */
const day = { runs: countOf('RUNS', 200), loads: countOf('LOADS', 2_000), edits: countOf('EDITS', 20_000) };

/** The day is cut into hours that are all alike; memory is measured at the end of each. */
const hours = Math.min(40, day.runs);
const perHour = (count: number): number => Math.ceil(count / hours);

/** What may be more at the end of the day than before noon. */
const tolerance = 1.1;

/** One for each of the six labels and each way to draw it: types are kept once they are made. */
const mostTypes = 30;

const corpusFile = 'tiny/dev.conllu';
const letter = 'letter.txt';
const notes = 'notes.md';

/** Answers the questions of a command as a person would who wants all that is offered. */
async function answeringAll<T>(command: () => Thenable<T>): Promise<T> {
  const { showQuickPick, showWarningMessage } = vscode.window;
  const answer = (name: string, value: unknown): void => {
    Object.defineProperty(vscode.window, name, { configurable: true, writable: true, value });
  };
  answer('showQuickPick', async (items: readonly unknown[]) => items);
  answer('showWarningMessage', async (...args: unknown[]) => args.at(-1));
  try {
    return await command();
  } finally {
    answer('showQuickPick', showQuickPick);
    answer('showWarningMessage', showWarningMessage);
  }
}

describe('a long day in one window', () => {
  const held = new Held();
  const samples: Memory[] = [];
  const heldAtTheEndOf: Readonly<Record<string, number>>[] = [];
  let api: ForTests;
  /** Files of two models, which outlast their runs. */
  const models = ['first.safetensors', 'second.safetensors'].map(workspaceFile);

  const panels = (): vscode.Tab[] =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(LossPanel.viewType),
      );

  async function trainRun(seed: number): Promise<string> {
    const before = api.runs.at(0)?.id;
    const options = { corpus: 'tiny', column: 'UPOS', hidden: 8, epochs: 1, seed };
    await vscode.commands.executeCommand('rnnTagger.train', options);
    const run = await until('the run’s end', () => {
      const last = api.runs.at(0);
      return last?.id !== before && last?.state !== 'running' && last;
    });
    assert.equal(run.state, 'done', run.message);
    return run.id;
  }

  /** A busy VS Code may not save at the first time. */
  const save = (document: vscode.TextDocument) => until('the file to be saved', async () => document.save());

  /** Types letters and takes them away again, and saves now and then, in files that show labels. */
  async function edit(count: number): Promise<void> {
    const names = [letter, corpusFile, notes];
    const each = Math.ceil(count / names.length);
    for (const name of names) {
      const editor = await show(name);
      const line = Math.min(30, editor.document.lineCount - 2);
      for (let n = 0; n < each; n++) {
        // In the corpus file behind the last column, so that it stays one.
        const at = editor.document.lineAt(line).range.end;
        const done = await editor.edit((change) => {
          if (n % 2 === 0) change.insert(at, 'abcdefghij'[n % 10]);
          else change.delete(new vscode.Range(at.translate(0, -1), at));
        });
        assert.ok(done, `edit ${n} of ${name}`);
        if (n % 50 === 49) await save(editor.document);
      }
      await save(editor.document);
    }
  }

  /** Takes models in, one after the other, which label what is on screen, and chooses between those there. */
  async function loadModels(count: number): Promise<void> {
    await show(letter);
    for (let n = 0; n < count; n++)
      await vscode.commands.executeCommand('rnnTagger.importModel', { file: models[n % models.length] });
  }

  async function openAndClose(): Promise<void> {
    await vscode.commands.executeCommand('rnnTagger.showLossPanel');
    await until('the panel', () => panels().length === 1);
    for (const name of [corpusFile, letter, notes, 'README.md']) await show(name);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('all editors to be closed', () => panels().length === 0);
  }

  async function deleteEverything(): Promise<void> {
    await answeringAll(() => vscode.commands.executeCommand('rnnTagger.deleteRun'));
    assert.equal(api.runs.length, 0);
  }

  before(async () => {
    api = await activated();
    countHeld(held);
    for (const [seed, file] of models.entries())
      await vscode.workspace.fs.writeFile(file, await exportedModel(await trainRun(seed)));
  });

  it(`of ${day.runs} runs, ${day.loads} loads of models and ${day.edits} edits goes by`, async function () {
    this.timeout(0);
    for (let hour = 1; hour <= hours; hour++) {
      for (let n = 0; n < perHour(day.runs); n++) await trainRun(n);
      await loadModels(perHour(day.loads));
      await edit(perHour(day.edits));
      await openAndClose();
      await deleteEverything();
      samples.push(await memoryNow());
      heldAtTheEndOf.push(held.all);
      console.log(`      hour ${hour}: ${inMegabytes(samples[hour - 1])}, ${JSON.stringify(held.all)}`);
      if (hour === Math.ceil(hours / 2) || hour === hours) snapshot(`hour-${hour}`);
    }
  });

  it('takes no more memory at its end than before noon', () => {
    const quarter = Math.floor(hours / 4);
    const before = medians(samples.slice(quarter, 2 * quarter));
    const after = medians(samples.slice(3 * quarter));
    console.log(`      before noon: ${inMegabytes(before)}\n      at the end: ${inMegabytes(after)}`);
    for (const name of ['heapUsed', 'buffers', 'rss'] as const)
      assert.ok(
        after[name] <= tolerance * before[name],
        `${name}: ${inMegabytes(before)}, then ${inMegabytes(after)}`,
      );
  });

  it('leaves no listener, decoration type or thread behind', () => {
    const quarter = Math.floor(hours / 4);
    const { createTextEditorDecorationType: types = 0, ...others } = heldAtTheEndOf[hours - 1];
    const { createTextEditorDecorationType: _, ...before } = heldAtTheEndOf[quarter];
    assert.deepEqual(others, before);
    assert.ok(types <= mostTypes, `${types} decoration types`);
  });
});
