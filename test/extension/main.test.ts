import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../src/api/extensionExports';
import { readCorpusFile } from '../../src/corpus/formats/read';
import { createReferenceDevice } from '../../src/kernels/reference/device';
import { readModel } from '../../src/model/modelFile';
import { createPredictor } from '../../src/model/predictor';
import type { TaggerModel } from '../../src/model/taggerModel';
import { until } from '../until';
import {
  activated,
  clearMessages,
  corpora,
  drawn,
  endOfRunAfter,
  exportedModel,
  files,
  labelled,
  show,
  train,
  workspaceFile,
} from './sample';
import { workbench } from './workbenchClient';

/** What the model says of each line of the document, worked out here, without the extension. */
async function expectedByLine(
  model: TaggerModel,
  document: vscode.TextDocument,
): Promise<Map<number, { predicted: string; gold: string; form: string }>> {
  const parsed = readCorpusFile('', document.uri.path, document.getText(), model.layout);
  const column = (name: string): { values: readonly string[]; ids: Uint32Array } =>
    parsed.columns.find((other) => other.name === name)!;
  const forms = column(model.layout.columns[model.layout.form]);
  const gold = column(model.column);
  const sentences = Array.from({ length: parsed.sentences }, (_, s) =>
    Array.from(
      forms.ids.subarray(parsed.sentenceStart[s], parsed.sentenceStart[s + 1]),
      (id) => forms.values[id],
    ),
  );
  const predictor = createPredictor(createReferenceDevice(), model);
  const predictions = await predictor.predict(sentences);
  predictor.dispose();
  const labels = predictions.flatMap((prediction) => Array.from(prediction.labels, (id) => model.labels[id]));
  return new Map(
    Array.from(parsed.line, (line, t) => [
      line + 1,
      { predicted: labels[t], gold: gold.values[gold.ids[t]], form: forms.values[forms.ids[t]] },
    ]),
  );
}

describe('the main job, in VS Code', () => {
  let api: ForTests;
  before(async () => {
    api = await activated();
    await show(files.upos);
  });

  it('shows in the status bar what there is to learn from, and nothing pops up', async () => {
    const tokens = api.corpora.reduce((sum, corpus) => sum + corpus.tokens, 0);
    assert.deepEqual(
      api.corpora.map(({ name }) => name),
      [corpora.upos, corpora.names],
    );
    // Where another test has trained a model, that is named instead, and how good it is.
    const text = api.runs.length > 0 ? ' · ' : `RNN Tagger: 2 corpora, ${tokens.toLocaleString('en')} tokens`;
    await clearMessages();
    await workbench.waitFor({ selector: `.statusbar-item:has-text("${text}")` });
    assert.deepEqual(await workbench.texts({ selector: '.notification-toast' }), []);
  });

  it('draws labels before training has ended', async () => {
    await vscode.commands.executeCommand('rnnTagger.train', {
      corpus: corpora.upos,
      column: 'UPOS',
      epochs: 4,
      hidden: 16,
    });
    // In a pause a slow machine has all the time to draw them.
    await until('a checkpoint', () => api.runs[0].checkpoint);
    await vscode.commands.executeCommand('rnnTagger.pause');
    await workbench.waitFor({ frame: 'main canvas', selector: 'main .state.paused' });
    const lines = await labelled(files.upos);
    assert.ok(lines.length > 10);
    await vscode.commands.executeCommand('rnnTagger.resume');
  });

  it('shows the loss panel beside the editor: curves, epochs, device, buttons', async () => {
    await workbench.waitFor({ frame: 'main canvas', selector: 'main canvas' });
    await workbench.waitFor({ frame: 'main canvas', selector: 'button:has-text("Pause")' });
    await until(
      'an epoch in the panel',
      async () =>
        (await workbench.texts({ frame: 'main canvas', selector: 'section.epochs tbody tr' })).length > 0,
    );
    const text = (await workbench.texts({ frame: 'main canvas', selector: 'main' })).join(' ');
    assert.match(text, /UD_English-EWT · UPOS/);
    assert.match(text, /WebAssembly/);
    await until('the run’s end', () => api.runs[0].state === 'done');
    assert.ok((api.runs[0].development?.accuracy ?? 0) > 0.3, JSON.stringify(api.runs[0].development));
    await until(
      'four epochs in the panel',
      async () =>
        (await workbench.texts({ frame: 'main canvas', selector: 'section.epochs tbody tr' })).length === 4,
    );
  });

  it('draws at each row what the model says, and marks what differs from gold by more than colour', async () => {
    const editor = await show(files.upos);
    const model = readModel(await exportedModel(api.runs[0].id));
    const expected = await expectedByLine(model, editor.document);
    const check = async (): Promise<boolean> => {
      const lines = await drawn(files.upos);
      return (
        lines.some(({ labels }) => labels.length > 0) &&
        lines.every(({ line, labels }) => {
          const token = expected.get(line);
          if (!token) return labels.length === 0;
          // Where it agrees with gold: a bar, and its name where it is doubtful.
          const texts = token.predicted === token.gold ? ['', token.predicted] : [`≠ ${token.predicted}`];
          return (
            labels.length === 1 &&
            texts.includes(labels[0].label.trim()) &&
            labels[0].before.includes(token.form)
          );
        })
      );
    };
    await until('the model’s labels at their rows', check).catch(async (error: unknown) => {
      console.log(JSON.stringify(await drawn(files.upos), undefined, 1).slice(0, 4000));
      throw error;
    });
    editor.revealRange(new vscode.Range(1500, 0, 1500, 0), vscode.TextEditorRevealType.AtTop);
    await until('line 1,501 on screen', async () =>
      (await drawn(files.upos)).some(({ line }) => line === 1501),
    );
    await until('labels where it was scrolled to', check);
    await workbench.screenshot('labels-conllu');
  });

  it('tells in a hover the label, its probability, the five best and gold', async () => {
    const editor = await show(files.upos);
    editor.revealRange(new vscode.Range(0, 0, 0, 0), vscode.TextEditorRevealType.AtTop);
    await until('the first line on screen', async () =>
      (await drawn(files.upos)).some(({ line }) => line === 1),
    );
    const row = (await labelled(files.upos)).find(({ labels }) => labels.length > 0)!;
    const place = await workbench.evaluate(
      (text: string) => {
        const bare = (line: string): string => line.replace(/[\s\u200b\u200c]/g, '');
        const lines = [...document.querySelectorAll('.view-line')];
        const box = lines
          .find((line) => bare(line.textContent ?? '') === bare(text))
          ?.getBoundingClientRect();
        return box ? { x: box.left, y: box.top + box.height / 2 } : null;
      },
      [row.text],
    );
    assert.ok(place, 'the row is on screen');
    // Behind the row's number and its tab, which fill four characters, stands the word.
    const text = await until('the hover', async () => {
      // A mouse that moves once while the window is busy may go unnoticed.
      await workbench.hover({ x: place.x + 42 + Math.random() * 4, y: place.y });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return (await workbench.texts({ selector: '.monaco-hover:visible' })).find((hover) =>
        hover.includes('%'),
      );
    });
    const token = (await expectedByLine(readModel(await exportedModel(api.runs[0].id)), editor.document)).get(
      row.line,
    );
    assert.ok(text.startsWith('FORM: ') && text.includes('the word'), text);
    const ofLabel = text.slice(text.indexOf('the word') + 'the word'.length).trim();
    assert.ok(
      token && ofLabel.startsWith(token.predicted) && text.includes(`Gold label: ${token.gold}`),
      text,
    );
    assert.ok((text.match(/%/g) ?? []).length >= 5, text);
    await workbench.screenshot('hover');
    await workbench.press('Escape');
  });

  it('hides and shows the labels', async () => {
    await vscode.commands.executeCommand('rnnTagger.toggleLabels');
    await until('no labels', async () =>
      (await drawn(files.upos)).every(({ labels }) => labels.length === 0),
    );
    await vscode.commands.executeCommand('rnnTagger.toggleLabels');
    await labelled(files.upos);
  });

  it('moves labels with the text while it is edited, and renews them', async () => {
    const editor = await show(files.upos);
    await labelled(files.upos);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# a comment\n'));
    const first = await drawn(files.upos);
    assert.ok(
      first.some(({ labels }) => labels.length > 0),
      'labels did not vanish',
    );
    const model = readModel(await exportedModel(api.runs[0].id));
    const expected = await expectedByLine(model, editor.document);
    await until('labels at the moved rows', async () =>
      (await drawn(files.upos)).every(({ line, labels }) => labels.length > 0 === expected.has(line)),
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('labels a plain text only once it is switched on there', async () => {
    await show(files.letter);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.ok(
      (await drawn(files.letter)).every(({ labels }) => labels.length === 0),
      'a text is not filled with labels unasked',
    );
    await vscode.commands.executeCommand('rnnTagger.toggleFileLabels');
    const lines = await labelled(files.letter);
    const words = lines.flatMap(({ labels }) =>
      labels.map(({ before, label }) => `${/\S+$/.exec(before)?.[0]} ${label.trim()}`),
    );
    assert.ok(words.length > 5, words.join(', '));
    await workbench.screenshot('labels-text');
    await vscode.commands.executeCommand('rnnTagger.toggleFileLabels');
    await until('no labels', async () =>
      (await drawn(files.letter)).every(({ labels }) => labels.length === 0),
    );
  });

  it('labels the texts that the setting includes, and Markdown’s prose only', async () => {
    const configuration = vscode.workspace.getConfiguration('rnnTagger');
    await show(files.notes);
    await configuration.update('labels.include', ['**/*.md'], vscode.ConfigurationTarget.Workspace);
    try {
      const lines = await labelled(files.notes);
      assert.ok(
        lines.every(({ text, labels }) => labels.length === 0 || !text.startsWith('```')),
        'fences have no labels',
      );
    } finally {
      await configuration.update('labels.include', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until('no labels', async () =>
      (await drawn(files.notes)).every(({ labels }) => labels.length === 0),
    );
  });

  it('labels a whole file to a new document, and leaves the file alone', async () => {
    const source = await show(files.letter);
    await vscode.commands.executeCommand('rnnTagger.labelFile');
    const made = await until('the new document', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.isUntitled && document;
    });
    assert.ok(
      made
        .getText()
        .split('\n')
        .filter((line) => /^\S+\t\S+$/.test(line)).length > 50,
      made.getText().slice(0, 200),
    );
    assert.ok(!source.document.isDirty);
    assert.equal(made.uri.path, workspaceFile('letter.labelled.conll').path);
    assert.equal(made.languageId, 'rnn-tagger-columns');
    await show(files.letter);
    await vscode.commands.executeCommand('rnnTagger.labelFile');
    await until('a second copy', () =>
      vscode.window.activeTextEditor?.document.uri.path.endsWith('/letter.labelled-2.conll'),
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.window.showTextDocument(made);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('opens a labelled copy with the format and the ending of its file', async () => {
    const source = await show(files.upos);
    await vscode.commands.executeCommand('rnnTagger.labelFile');
    const made = await until('the copy', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.isUntitled && document;
    });
    assert.ok(made.uri.path.endsWith('/en_ewt-excerpt-dev.labelled.conllu'), made.uri.path);
    assert.equal(made.languageId, source.document.languageId);
    assert.equal(made.lineCount, source.document.lineCount);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('says what Label File needs where a notebook is open', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, 'Rita lives here.', 'markdown');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('rnnTagger.labelFile');
    await workbench.waitFor({ selector: '.notification-toast:has-text("and this is a notebook")' });
    await clearMessages();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('opens the workspace’s own settings, and the user’s for what stands there alone', async () => {
    const settings = vscode.workspace.getConfiguration('rnnTagger');
    const opened = async (name: string, tab: string): Promise<void> => {
      await vscode.commands.executeCommand('rnnTagger.openSettings', name);
      await workbench.waitFor({
        selector: `.settings-editor .settings-tabs-widget .action-label.checked:has-text("${tab}")`,
      });
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    };
    await opened('rnnTagger.corpora', 'Workspace');
    await opened('rnnTagger.labels.include', 'Workspace');
    await settings.update('labels.include', ['**/*.tex'], vscode.ConfigurationTarget.Global);
    try {
      await opened('rnnTagger.labels.include', 'User');
    } finally {
      await settings.update('labels.include', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('trains names, and draws a span’s label once and O only where gold is something else', async () => {
    const run = await train(api, { corpus: corpora.names, column: 'LABEL', epochs: 2, hidden: 16 });
    assert.equal(run.state, 'done');
    assert.ok(run.spans && run.development?.spans);
    const editor = await show(files.names);
    const model = readModel(await exportedModel(run.id));
    const expected = await expectedByLine(model, editor.document);
    await until('labels that follow the rule', async () => {
      const lines = await drawn(files.names);
      return lines.every(({ line, labels }) => {
        const token = expected.get(line);
        if (!token) return labels.length === 0;
        if (token.predicted !== token.gold) return labels[0]?.label.trim() === `≠ ${token.predicted}`;
        if (token.predicted === 'O') return labels.length === 0;
        return labels.length === 1;
      });
    });
  });

  it('offers to train in the title of a corpus file, and on it alone', async () => {
    const button = {
      selector: '.editor-group-container.active .editor-actions [aria-label*="Train on Workspace"]',
    };
    await show(files.letter);
    assert.deepEqual(await workbench.texts(button), []);
    await show(files.upos);
    await workbench.click(button);
    await workbench.waitFor({ selector: '.quick-input-list .monaco-list-row:has-text("XPOS")' });
    assert.deepEqual(
      await workbench.texts({ selector: '.quick-input-list .monaco-list-row:has-text("WNUT17")' }),
      [],
      'its own corpus only',
    );
    await workbench.press('Escape');
  });

  it('takes a model away and brings it back: the imported one labels text', async () => {
    const bytes = await exportedModel(api.runs[0].id);
    const file = workspaceFile('brought.safetensors');
    await vscode.workspace.fs.writeFile(file, bytes);
    await vscode.commands.executeCommand('rnnTagger.importModel', { file });
    await vscode.workspace.fs.delete(file);
    await show(files.letter);
    await vscode.commands.executeCommand('rnnTagger.toggleFileLabels');
    await labelled(files.letter);
    await vscode.commands.executeCommand('rnnTagger.chooseModel', { model: `run:${api.runs[1].id}` });
    const parts = /^(NOUN|VERB|PRON|PUNCT|DET|ADP|ADJ)$/;
    await until('the labels of the chosen model', async () =>
      (await drawn(files.letter)).some(({ labels }) => labels.some(({ label }) => parts.test(label.trim()))),
    );
    await vscode.commands.executeCommand('rnnTagger.toggleFileLabels');
    await assert.rejects(
      Promise.resolve(
        vscode.commands.executeCommand('rnnTagger.importModel', { file: workspaceFile(files.letter) }),
      ),
      /model|safetensors/i,
    );
  });

  it('stops when asked, and keeps the last checkpoint', async () => {
    await vscode.commands.executeCommand('rnnTagger.train', {
      corpus: corpora.upos,
      column: 'XPOS',
      epochs: 500,
      hidden: 16,
    });
    await until('a checkpoint', () => api.runs[0].checkpoint);
    await vscode.commands.executeCommand('rnnTagger.stop');
    assert.equal(api.runs[0].state, 'stopped');
    assert.ok(api.runs[0].checkpoint, 'there is a checkpoint');
    await workbench.waitFor({ frame: 'main canvas', selector: 'button:has-text("Resume")' });
  });

  it('pauses and resumes from the panel’s buttons', async () => {
    await vscode.commands.executeCommand('rnnTagger.train', {
      corpus: corpora.upos,
      column: 'UPOS',
      epochs: 500,
      hidden: 16,
    });
    await until('some steps', () => api.runs[0].step > 20);
    await workbench.click({ frame: 'main canvas', selector: 'button:has-text("Pause")' });
    await workbench.waitFor({ frame: 'main canvas', selector: 'button:has-text("Resume")' });
    await workbench.waitFor({ frame: 'main canvas', selector: 'main .state.paused' });
    const { step } = api.runs[0];
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(api.runs[0].step, step, 'nothing is computed in a pause');
    await workbench.click({ frame: 'main canvas', selector: 'button:has-text("Resume")' });
    await until('further steps', () => api.runs[0].step > step + 5);
    await workbench.click({ frame: 'main canvas', selector: 'button:has(:text-is("Stop"))' });
    await until('the end', () => api.runs[0].state === 'stopped');
  });

  it('stops after its epoch where the panel is asked to, and takes another learning rate from a command', async () => {
    const frame = 'main canvas';
    await vscode.commands.executeCommand('rnnTagger.train', {
      corpus: corpora.upos,
      column: 'UPOS',
      epochs: 1000,
      hidden: 16,
    });
    await until('a checkpoint', () => api.runs[0].checkpoint);
    // In a pause a slow machine has all the time.
    await vscode.commands.executeCommand('rnnTagger.pause');
    await workbench.waitFor({ frame, selector: 'main .state.paused' });
    await assert.rejects(
      async () => vscode.commands.executeCommand('rnnTagger.changeLearningRate', -1),
      /learning rate must be/,
    );
    await vscode.commands.executeCommand('rnnTagger.changeLearningRate', 0.0005);
    await vscode.commands.executeCommand('rnnTagger.resume');
    // It holds from the next step on, and is told then.
    await until('the other rate', () =>
      JSON.stringify(api.runs[0].notices ?? []).includes('"learningRate":0.0005'),
    );
    await vscode.commands.executeCommand('rnnTagger.pause');
    await workbench.waitFor({ frame, selector: 'main .state.paused' });
    await workbench.click({ frame, selector: 'button:has-text("Stop After This Epoch")' });
    await workbench.waitFor({ frame, selector: 'button:has-text("Go On After This Epoch")' });
    await workbench.screenshot('stops-after-epoch');
    await vscode.commands.executeCommand('rnnTagger.resume');
    const run = await until('the end', () => api.runs[0].state !== 'running' && api.runs[0]);
    assert.equal(run.state, 'stopped', run.message);
    assert.ok(run.epoch < 1000);
    await workbench.waitFor({ frame, selector: '.notices :text("changed to 0.0005 after step")' });
  });

  it('trains another one with ReLU where a gradient vanishes, from the panel’s button', async () => {
    const run = await train(api, {
      corpus: corpora.upos,
      column: 'UPOS',
      activation: 'sigmoid',
      learningRate: 0.0001,
      epochs: 1,
    });
    assert.equal(run.state, 'done', run.message);
    await workbench.click({ frame: 'main canvas', selector: 'button:has-text("Train with ReLU")' });
    const next = await endOfRunAfter(api, run.id);
    assert.deepEqual(
      [next.state, next.column, next.settings],
      ['done', 'UPOS', { ...run.settings, activation: 'relu' }],
      next.message,
    );
  });

  it('refuses a wrong argument with what is wrong in it', async () => {
    await assert.rejects(
      Promise.resolve(vscode.commands.executeCommand('rnnTagger.train', { colour: 'red' })),
      /colour/,
    );
    await assert.rejects(
      Promise.resolve(vscode.commands.executeCommand('rnnTagger.train', { corpus: 'nowhere' })),
      /nowhere/,
    );
    await assert.rejects(
      Promise.resolve(
        vscode.commands.executeCommand('rnnTagger.train', {
          corpus: corpora.upos,
          column: 'UPOS',
          epochs: -1,
        }),
      ),
      /epochs/,
    );
  });
});
