import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../src/api/extensionExports';
import type { RenderedLine } from '../../tools/vscode/renderedLabels.mjs';
import { until } from '../until';
import { activated, corpora, drawn, files, labelled, show, train } from './sample';
import { workbench } from './workbenchClient';

const themes = {
  // Not the one that VS Code has by default: a value that changes nothing is not drawn.
  dark: 'Default Dark+',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/** Classes of VS Code's window under a theme. */
const kinds: Readonly<Record<string, string>> = {
  dark: '.vs-dark',
  light: '.vs',
  'high-contrast': '.hc-black',
  'high-contrast-light': '.hc-light',
};

describe('the styles of labels, in VS Code', () => {
  let api: ForTests;
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
    for (const name of ['rnnTagger.labels.style', 'editor.wordWrap']) await set(name, undefined);
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

  it('mark in the overview ruler what differs in the whole file, not in the view', async () => {
    await set('workbench.colorTheme', themes.dark);
    await show(files.upos);
    await labelled(files.upos);
    /** Amber points of the ruler, in its upper and in its lower half. */
    const amber = (): Promise<number[]> =>
      workbench.evaluate(() => {
        const ruler = document.querySelector<HTMLCanvasElement>(
          '.editor-group-container.active canvas.decorationsOverviewRuler',
        );
        if (!ruler) return [0, 0];
        const { width, height } = ruler;
        const points = ruler.getContext('2d')!.getImageData(0, 0, width, height).data;
        const halves = [0, 0];
        for (let i = 0; i < points.length; i += 4) {
          // #ffb86b
          const isAmber =
            points[i] > 200 && points[i + 1] > 140 && points[i + 2] < 150 && points[i + 3] > 100;
          if (isAmber) halves[i / 4 / width < height / 2 ? 0 : 1]++;
        }
        return halves;
      }, []);
    await until('marks in both halves of the ruler', async () =>
      (await amber()).every((points) => points > 20),
    );
    await workbench.screenshot('style-ruler');
    await vscode.commands.executeCommand('rnnTagger.toggleLabels');
    await until('no marks', async () => (await amber()).every((points) => points === 0));
    await vscode.commands.executeCommand('rnnTagger.toggleLabels');
  });

  it('label every part of a long wrapped line that is on screen, wherever the cursor is', async () => {
    await set('editor.wordWrap', 'on');
    const sentence = 'Maria wrote a long letter about the garden. ';
    const long = await vscode.workspace.openTextDocument({
      language: 'plaintext',
      content: sentence.repeat(400),
    });
    const editor = await vscode.window.showTextDocument(long, { preview: false });
    await vscode.commands.executeCommand('rnnTagger.toggleFileLabels');
    /** Lines of the screen, and those that have an underline. */
    const underlined = (): Promise<{ all: number; lined: number }> =>
      workbench.evaluate(() => {
        const lines = [
          ...document.querySelectorAll('.editor-group-container.active .view-lines > .view-line'),
        ].filter((line) => (line.textContent ?? '').trim() !== '');
        const lined = lines.filter((line) =>
          [...line.querySelectorAll('span > span')].some((piece) =>
            getComputedStyle(piece).textDecorationLine.includes('underline'),
          ),
        );
        return { all: lines.length, lined: lined.length };
      }, []);
    const everywhere = async (): Promise<boolean> => {
      const { all, lined } = await underlined();
      return all > 30 && lined === all;
    };
    await until('labels in all lines of the screen', everywhere);
    assert.deepEqual([editor.selection.active.line, editor.selection.active.character], [0, 0]);
    const down = { to: 'down', by: 'wrappedLine', value: 60, revealCursor: false };
    await vscode.commands.executeCommand('editorScroll', down);
    await until('another part of the line', () => (editor.visibleRanges[0]?.start.character ?? 0) > 500);
    await until('labels in all lines of the other part', everywhere);
    await workbench.screenshot('style-long-line');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await set('editor.wordWrap', undefined);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`have pictures in ${name}`, async () => {
      await set('workbench.colorTheme', theme);
      await workbench.waitFor({ selector: `.monaco-workbench${kinds[name]}`, state: 'attached' });
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
