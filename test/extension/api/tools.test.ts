import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { API } from '../../../src/api/rnn-tagger';
import { toolsOf } from '../../../src/api/tools/languageModelTools';
import { activated, extensionExports } from '../sample';

const names = ['rnnTagger_labelText', 'rnnTagger_listLabelErrors', 'rnnTagger_reportRun'];

/** Calls a tool as an agent outside of the chat does. In tests VS Code shows no dialog, and takes it for agreed. */
async function invoke(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { toolInvocationToken: undefined, input });
  assert.ok(content.every((part) => part instanceof vscode.LanguageModelTextPart));
  return content.map((part) => part.value).join('');
}

const rejected = async (name: string, input: object): Promise<string> => {
  try {
    await invoke(name, input);
  } catch (error) {
    return (error as Error).message;
  }
  return assert.fail('it was answered');
};

describe('the tools for language models', () => {
  let api: API;

  /** What the person is asked before a tool does anything. */
  const question = async (name: string, input: object): Promise<{ title: string; text: string }> => {
    const { tool } = toolsOf(api).find((own) => own.name === name) ?? assert.fail(name);
    const token = new vscode.CancellationTokenSource().token;
    const prepared = await tool.prepareInvocation?.({ input }, token);
    const { title, message } = prepared?.confirmationMessages ?? assert.fail('nothing is asked');
    assert.ok(message instanceof vscode.MarkdownString);
    assert.deepEqual([message.isTrusted, message.supportHtml], [false, false]);
    return { title, text: message.value };
  };
  before(async () => {
    await activated();
    api = (await extensionExports()).getAPI(1);
  });

  it('are there, described for a person and for a model', () => {
    const own = vscode.lm.tools.filter(({ name }) => name.startsWith('rnnTagger_'));
    assert.deepEqual(own.map(({ name }) => name).sort(), names);
    for (const { description, inputSchema } of own) {
      assert.ok(description.length > 80 && !description.startsWith('%'), description);
      assert.equal((inputSchema as { type: string }).type, 'object');
    }
  });

  it('say what to do where no search was made; none is made unasked', async () => {
    assert.match(await rejected('rnnTagger_listLabelErrors', {}), /Find Label Errors/);
    assert.equal(api.labelErrors, undefined);
  });

  it('list label errors after a search, those of a label alone, and within the limit', async () => {
    await vscode.commands.executeCommand('rnnTagger.findLabelErrors', { corpus: 'names', column: 'LABEL' });
    const all = api.labelErrors?.findings ?? [];
    assert.ok(all.length >= 4, JSON.stringify(all));
    const text = await invoke('rnnTagger_listLabelErrors', {});
    const { column, open, labelErrors } = JSON.parse(text);
    assert.deepEqual([column, open], ['LABEL', all.length]);
    const bern = labelErrors.find(({ word }: { word: string }) => word === 'Bern');
    assert.deepEqual([bern.gold, bern.suggested, bern.file], ['B-PER', 'B-LOC', 'names/train.conll']);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(all[0].uri));
    assert.equal(document.lineAt(bern.line - 1).text, 'Bern\tB-PER');
    const limited = await invoke('rnnTagger_listLabelErrors', { limit: 1, label: 'B-PER' });
    assert.equal(JSON.parse(limited).labelErrors.length, 1);
    const none = await invoke('rnnTagger_listLabelErrors', { file: '[x](command:y)<img src=x>' });
    assert.equal(JSON.parse(none).open, 0);
    assert.match(await rejected('rnnTagger_listLabelErrors', { limit: 0 }), /limit/);
  });

  it('label text by labels of any kind, and show the text as text', async () => {
    const run = await api.train({ corpus: 'hostile', settings: { epochs: 30, hidden: 16, seed: 1 } });
    const hostile = 'Anna knows Rome . <img src=x onerror=alert(1)> [x](command:y)';
    const text = await invoke('rnnTagger_labelText', { text: hostile, run: run.id });
    const { model, sentences } = JSON.parse(text);
    assert.equal(model.run, run.id);
    assert.deepEqual(
      sentences[0].spans.slice(0, 2).map((span: { text: string; type: string }) => [span.text, span.type]),
      [
        ['Anna', '<img_src=x_onerror=alert(1)>'],
        ['Rome', '[x](command:workbench.action.quit)'],
      ],
    );
    const unknown = await rejected('rnnTagger_labelText', { text: 'Anna', run: '__proto__' });
    assert.match(unknown, /There is no run/);
    assert.ok(unknown.includes(run.id), unknown);
    assert.match(await rejected('rnnTagger_labelText', { text: 'a'.repeat(20_001) }), /20,?000/);
  });

  it('report the scores of a run', async () => {
    const text = await invoke('rnnTagger_reportRun', {});
    const { run, development } = JSON.parse(text);
    assert.deepEqual([run.id, run.state], [api.runs[0].id, 'done']);
    assert.ok(development.spanF1 > 0.9);
    assert.match(await rejected('rnnTagger_reportRun', { run: 'x' }), /There is no run/);
  });

  it('ask first, and show what they are given as text', async () => {
    const errors = await question('rnnTagger_listLabelErrors', {});
    assert.deepEqual(errors.title, 'List Label Errors');
    assert.match(errors.text, /Give words, labels and places .* to the language model of the chat\?/);
    const text = '<img src=x onerror=alert(1)> [x](command:y)\n\n# __proto__';
    for (const [name, input] of [
      ['rnnTagger_labelText', { text }],
      ['rnnTagger_listLabelErrors', { file: text, label: text }],
    ] as const) {
      const asked = (await question(name, input)).text;
      assert.match(asked, /\\<img src\\=x/);
      assert.doesNotMatch(asked, /[^\\][<[#]|\n/);
    }
    assert.match((await question('rnnTagger_reportRun', {})).text, /the newest run/);
    const { id } = api.runs[0];
    assert.match((await question('rnnTagger_reportRun', { run: id })).text, /scores of hostile/);
    // A model may call with anything at all.
    for (const input of [null, 3, [], { text: 4, run: {} }])
      for (const name of names) assert.ok((await question(name, input as object)).text.length > 20);
  });

  it('do nothing where the caller cancels', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    const options = { toolInvocationToken: undefined, input: {} };
    await assert.rejects(async () => vscode.lm.invokeTool('rnnTagger_reportRun', options, source.token));
  });
});
