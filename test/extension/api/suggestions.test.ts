import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import type { ChatModel } from '../../../src/editor/suggestions/chatModels';
import { until } from '../../until';
import { activated, clearMessages, drawn, show, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const rows = ['Anna', 'knows', 'Rome', '.', '', 'Otto', 'visits', 'Anna', '.', ''];
const text = rows.map((word) => (word === '' ? '' : `${word}\tO`)).join('\n');
const type = '<img_src=x_onerror=alert(1)>';
const notification = (said: string): string => `.notification-list-item:has-text("${said}")`;
const pick = '.quick-input-widget:visible .quick-input-list-row';

/** A model that says what it was told to, in pieces, and keeps what it was asked. */
function modelThatSays(answer: string | (() => AsyncIterable<string>)): ChatModel & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    id: 'test',
    name: '[Test](command:y) <b>model</b>',
    vendor: 'test',
    maxInputTokens: 4_000,
    countTokens: async (own) => Math.ceil(own.length / 4),
    ask: async (own) => {
      asked.push(own);
      return typeof answer === 'string' ? streamed(answer) : answer();
    },
  };
}

async function* streamed(answer: string): AsyncGenerator<string> {
  for (const piece of answer.match(/[^]{1,7}/g) ?? []) yield await Promise.resolve(piece);
}

const entries = [
  { sentence: 1, text: 'Anna', label: type },
  { sentence: 1, text: 'Rome', label: '[x](command:workbench.action.quit)' },
  { sentence: 1, text: 'Paris', label: type },
  { sentence: 2, text: 'Otto', label: 'ORG' },
  { sentence: 2, text: 'Anna', label: '__proto__' },
];

describe('suggestions by a language model', () => {
  let tests: ForTests;

  before(async () => {
    tests = await activated();
    await vscode.workspace.fs.writeFile(workspaceFile('hostile/new.conll'), new TextEncoder().encode(text));
    await until('the new file', () =>
      tests.corpora.some((corpus) => corpus.files.some((own) => own.file.endsWith('/hostile/new.conll'))),
    );
  });
  after(async () => {
    tests.useChatModels();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(workspaceFile('hostile/new.conll'));
  });
  afterEach(() => clearMessages());

  const suggest = (): Thenable<unknown> =>
    vscode.commands.executeCommand('rnnTagger.suggestWithLanguageModel');
  const open = (): Promise<vscode.TextEditor> => show('hostile/new.conll');
  const agree = async (picture?: string): Promise<void> => {
    await workbench.waitFor({ selector: `${pick}:has-text("Send")` });
    await workbench.waitFor({ selector: '.quick-input-widget:visible input:focus' });
    if (picture) await workbench.screenshot(picture);
    await workbench.press('Enter');
  };

  it('say what to install where VS Code has no language model', async () => {
    tests.useChatModels();
    await open();
    await suggest();
    await workbench.waitFor({ selector: notification('has no language model here. Install an extension') });
    await workbench.screenshot('suggest-no-model');
  });

  it('send nothing before the person has said so', async () => {
    const model = modelThatSays('[]');
    tests.useChatModels({ all: async () => [model] });
    await open();
    const done = suggest();
    await workbench.waitFor({ selector: `${pick}:has-text("Show What Is Sent")` });
    await workbench.press('Escape');
    await done;
    assert.deepEqual(model.asked, []);
  });

  it('are drawn and accepted as predicted labels are; what the text does not say is left out', async () => {
    const model = modelThatSays(`\`\`\`json\n${JSON.stringify(entries, null, 1)}\n\`\`\``);
    tests.useChatModels({ all: async () => [model] });
    const { document } = await open();
    const before = document.getText();
    const done = suggest();
    await agree('suggest-consent');
    await done;
    assert.equal(model.asked.length, 1);
    assert.ok(model.asked[0].includes('{"sentence":1,"text":"Anna knows Rome ."}'), model.asked[0]);
    await workbench.waitFor({ selector: notification('suggests labels: 3.') });
    await workbench.waitFor({ selector: notification('the text does not say so: 1.') });
    await workbench.waitFor({ selector: notification('the corpus has no such label: 1.') });
    const lines = await until('the suggestions', async () => {
      const shown = (await drawn('hostile/new.conll')).filter(({ labels }) => labels.length > 0);
      return shown.length === 3 && shown;
    });
    assert.deepEqual(
      lines.map(({ line }) => line),
      [1, 3, 8],
    );
    await workbench.screenshot('suggest-drawn');
    assert.equal(document.getText(), before);
    const editor = await open();
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('rnnTagger.nextSuggestion');
    assert.equal(editor.selection.active.line, 2);
    await vscode.commands.executeCommand('rnnTagger.acceptLabel');
    assert.equal(document.lineAt(2).text, 'Rome\tB-[x](command:workbench.action.quit)');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    const hover = await until('the hover of the suggestion', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(0, 1),
      );
      const said = hovers
        .flatMap(({ contents }) => contents)
        .map((own) => (typeof own === 'string' ? own : own.value))
        .join('\n');
      return /Suggested by the language model .*, which gives no probability/.test(said) && said;
    });
    assert.doesNotMatch(hover, /[^\\]<|[^\\]\]\(command/);
  });

  it('stay at their words when the text is edited, and go on command', async () => {
    const editor = await open();
    const { document } = editor;
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Hugo\tO\nsings\tO\n\n'));
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await vscode.commands.executeCommand('rnnTagger.nextSuggestion');
    assert.equal(document.lineAt(editor.selection.active.line).text, 'Anna\tO');
    await editor.edit((edit) => edit.replace(document.lineAt(3).range, 'Ida\tO'));
    await vscode.commands.executeCommand('rnnTagger.nextSuggestion');
    assert.equal(editor.selection.active.line, 10);
    await vscode.commands.executeCommand('rnnTagger.removeSuggestions');
    await until('no suggestion', async () =>
      (await drawn('hostile/new.conll')).every(({ labels }) => !labels.join('').includes('__proto__')),
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('come to nothing where the model talks nonsense, is cut off, or refuses', async () => {
    const refusing = async function* (): AsyncGenerator<string> {
      yield await Promise.resolve('[');
      throw vscode.LanguageModelError.Blocked('quota');
    };
    for (const [answer, said] of [
      ['Sure! Anna is a person.', 'Answers that could not be read: 1.'],
      [JSON.stringify(entries).slice(0, -20), 'Answers that could not be read: 1.'],
      [refusing, 'a limit of its provider is reached'],
    ] as const) {
      tests.useChatModels({ all: async () => [modelThatSays(answer)] });
      await clearMessages();
      const { document } = await open();
      const done = suggest();
      await agree();
      // VS Code hides it after a few seconds.
      await workbench.waitFor({ selector: notification(said) });
      await done;
      await workbench.screenshot('suggest-nothing');
      assert.equal(document.isDirty, false);
      await clearMessages();
    }
  });

  it('are given up at a cancel: nothing is taken', async () => {
    let begun = false;
    const waiting = (): AsyncIterable<string> => ({
      async *[Symbol.asyncIterator]() {
        begun = true;
        yield JSON.stringify(entries).slice(0, 20);
        await until('the cancel', () => isCancelled);
        throw new vscode.CancellationError();
      },
    });
    let isCancelled = false;
    const model = modelThatSays(waiting);
    const ask: ChatModel['ask'] = (own, why, token) => {
      token.onCancellationRequested(() => (isCancelled = true));
      return model.ask(own, why, token);
    };
    tests.useChatModels({ all: async () => [{ ...model, ask }] });
    await open();
    const done = suggest();
    await agree();
    await until('the request', () => begun);
    await workbench.click({
      selector: '.notification-toast:has-text("suggests labels for") .monaco-button:has-text("Cancel")',
    });
    await done;
    assert.ok(isCancelled);
    assert.ok(
      (await drawn('hostile/new.conll')).every(({ labels }) => !labels.join('').includes('__proto__')),
    );
  });

  it('say where they can be had, in a text of no corpus', async () => {
    tests.useChatModels({ all: async () => [modelThatSays('[]')] });
    await show('letter.txt');
    await suggest();
    await workbench.waitFor({ selector: notification('A language model suggests labels that a corpus has') });
  });
});
