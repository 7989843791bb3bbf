import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RnnTaggerApi } from '../../src/extension';
import type { RenderedLine } from '../../tools/vscode/renderedLabels.mjs';
import { until } from '../until';
import { activated, corpora, drawn, files, labelled, show, train } from './sample';
import { workbench } from './workbenchClient';

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

describe('the styles of labels, in VS Code', () => {
  let api: RnnTaggerApi;
  let runs: string[];
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration();
  const set = (name: string, value: unknown): Thenable<void> =>
    settings().update(name, value, vscode.ConfigurationTarget.Global);
  const texts = (lines: RenderedLine[]): string[] =>
    lines.flatMap(({ labels }) => labels.map(({ label }) => label.trim()));
  /** Every label on screen, once they are as they should be. */
  const shown = (file: string, right: (labels: string[]) => boolean): Promise<string[]> =>
    until(`labels in ${file}`, async () => {
      const labels = texts(await drawn(file));
      return right(labels) && labels;
    });
  /** Words of a line, as wide as they are drawn: a label that takes width moves what stands behind it. */
  const widthOfFirstLine = (): Promise<number> =>
    workbench.evaluate(() => {
      const line = document.querySelector('.editor-group-container.active .view-lines > .view-line > span');
      return line ? line.getBoundingClientRect().width : 0;
    }, []);

  before(async () => {
    api = await activated();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const upos = await train(api, { corpus: corpora.upos, column: 'UPOS', epochs: 4, hidden: 16 });
    const names = await train(api, { corpus: corpora.names, column: 'LABEL', epochs: 4, hidden: 16 });
    runs = [upos.id, names.id];
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    for (const name of ['rnnTagger.labels.style', 'editor.wordWrap', 'workbench.colorTheme'])
      await set(name, undefined);
    await set('workbench.colorTheme', themes.dark);
  });

  it('step through from one to the next, and each is drawn at once', async () => {
    await show(files.upos);
    const isName = (label: string): boolean => /^[A-Z]+$/.test(label);
    const byDefault = await shown(files.upos, (labels) => labels.includes(''));
    assert.ok(
      byDefault.some((label) => label.startsWith('≠')),
      byDefault.join(' '),
    );
    assert.ok(byDefault.filter((label) => label === '').length > byDefault.length / 3, byDefault.join(' '));
    await vscode.commands.executeCommand('rnnTagger.nextLabelStyle');
    assert.equal(settings().get('rnnTagger.labels.style'), 'labels');
    const all = await shown(
      files.upos,
      (labels) => labels.filter(isName).length > byDefault.filter(isName).length,
    );
    assert.equal(all.length, byDefault.length);
    await vscode.commands.executeCommand('rnnTagger.nextLabelStyle');
    await shown(files.upos, (labels) => labels.length === byDefault.length && labels.includes(''));
    await vscode.commands.executeCommand('rnnTagger.nextLabelStyle');
    const doubtful = await shown(files.upos, (labels) => labels.length > 0 && !labels.includes(''));
    assert.deepEqual(
      doubtful.filter((label) => label.startsWith('≠')),
      byDefault.filter((label) => label.startsWith('≠')),
    );
    await vscode.commands.executeCommand('rnnTagger.nextLabelStyle');
    assert.equal(settings().get('rnnTagger.labels.style'), 'automatic');
  });

  it('take no width in text where lines wrap, and name what there is room for', async () => {
    await vscode.commands.executeCommand('rnnTagger.chooseModel', { model: `run:${runs[0]}` });
    await show(files.letter);
    const without = await until('the text', async () => (await widthOfFirstLine()) || undefined);
    await vscode.commands.executeCommand('rnnTagger.toggleFileLabels');
    const pills = texts(await labelled(files.letter));
    assert.ok(!pills.includes('PUNCT'), 'punctuation is left out');
    await until('wider lines', async () => (await widthOfFirstLine()) > without + 20);
    await set('editor.wordWrap', 'on');
    await shown(files.letter, (labels) => labels.length > 5 && labels.length < pills.length);
    await until(
      'lines as wide as without labels',
      async () => Math.abs((await widthOfFirstLine()) - without) < 2,
    );
    await set('editor.wordWrap', undefined);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`have pictures in ${name}`, async () => {
      await set('workbench.colorTheme', theme);
      await vscode.commands.executeCommand('rnnTagger.chooseModel', { model: `run:${runs[0]}` });
      await show(files.upos);
      await shown(files.upos, (labels) => labels.some((label) => label.startsWith('≠')));
      await workbench.screenshot(`style-corpus-${name}`);
      await show(files.letter);
      await labelled(files.letter);
      await workbench.screenshot(`style-pills-${name}`);
      await set('editor.wordWrap', 'on');
      await vscode.commands.executeCommand('rnnTagger.chooseModel', { model: `run:${runs[0]}` });
      await shown(files.letter, (labels) => labels.length > 5);
      await until('lines without pills', async () =>
        workbench.evaluate(
          () =>
            [...document.querySelectorAll('.editor-group-container.active .view-line > span > span')].every(
              (piece) => getComputedStyle(piece, '::after').content === 'none',
            ),
          [],
        ),
      );
      await workbench.screenshot(`style-underlines-${name}`);
      await set('editor.wordWrap', undefined);
    });
  }
});
