import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, clearMessages, show, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const files = ['pets/first.dev.conll', 'pets/second.dev.conll'];
const toast = '.notification-toast:has-text("disagreements in")';

describe('the end of a run', () => {
  let api: ForTests;
  const originals = new Map<string, string>();
  const run = (name: string, ...given: unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`rnnTagger.${name}`, ...given);
  const isAt = (place: string): Promise<void> =>
    workbench.waitFor({ selector: `.statusbar-item:has-text("Review ${place}")` });
  const isLeft = (): Promise<void> =>
    workbench.waitFor({ selector: '.statusbar-item:has-text("Review ")', state: 'detached' });
  const activeFile = (): string | undefined => vscode.window.activeTextEditor?.document.uri.toString();
  /** What stands behind the line of the item: "text: NAME; model: VERB (99 %) | …". */
  const hint = (): Promise<string> =>
    workbench.waitUntil(
      () =>
        [...document.querySelectorAll('.view-line span')]
          .map((element) => getComputedStyle(element, '::after').content)
          .find((content) => content.includes('model: ')),
      [],
    ) as Promise<string>;

  before(async () => {
    api = await activated();
    for (const name of files) originals.set(name, (await show(name)).document.getText());
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { state, message } = await train(api, { corpus: 'pets', column: 'LABEL', epochs: 30, hidden: 16 });
    assert.equal(state, 'done', message);
  });
  afterEach(async () => {
    await run('leaveReview');
    await clearMessages();
    for (const [name, text] of originals) {
      const document = await vscode.workspace.openTextDocument(workspaceFile(name));
      if (document.getText() === text) continue;
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
      assert.ok(await vscode.workspace.applyEdit(edit));
      await document.save();
    }
  });

  it('counts the disagreements in text that was not trained on, and a click leads into the 20 surest', async () => {
    await workbench.waitFor({ selector: toast });
    const [text] = await workbench.texts({ selector: toast });
    const [corpus] = api.corpora;
    const tokens = corpus.files
      .filter(({ split }) => split === 'development')
      .reduce((sum, file) => sum + file.tokens, 0);
    const [, count] = /(\d+) disagreements in (\d+) tokens of the development data/.exec(text) ?? [];
    assert.ok(Number(count) >= 20, text);
    assert.match(text, new RegExp(`is trained, accuracy .* disagreements in ${tokens} tokens`));
    await workbench.screenshot('end-of-run');
    await workbench.click({ selector: `${toast} .monaco-button:has-text("Start with the 20 Surest")` });
    await isAt('1 of 20');
    await workbench.screenshot('end-of-run-review');
    const shown: number[] = [];
    const seen = new Set<string>();
    for (let i = 1; i <= 20; i++) {
      await isAt(`${i} of 20`);
      const percent = /model: \w+ \((\d+) %\)/.exec(await hint())?.[1];
      shown.push(Number(percent));
      seen.add(activeFile() ?? '');
      await workbench.press('Backspace');
    }
    await workbench.waitFor({ selector: '.statusbar-item:has-text("0 answered, 20 kept, of 20")' });
    assert.deepEqual(
      shown,
      [...shown].sort((a, b) => b - a),
      'the surest come first',
    );
    assert.deepEqual(
      [...seen].sort(),
      files.map((name) => workspaceFile(name).toString()),
      'of the development data alone',
    );
    // What was kept is not asked again, and the text is as it was.
    await run('leaveReview');
    await isLeft();
    await run('reviewSurestDisagreements');
    await isAt(`1 of ${Math.min(20, Number(count) - 20)}`);
    for (const [name, own] of originals)
      assert.equal((await vscode.workspace.openTextDocument(workspaceFile(name))).getText(), own);
  });

  it('is led on by keys alone, over the border of two files and back', async () => {
    // Another model: nothing of it is kept.
    await train(api, { corpus: 'pets', column: 'LABEL', epochs: 30, hidden: 16, seed: 2 });
    await workbench.waitFor({ selector: toast });
    await clearMessages();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await workbench.press('F1');
    await workbench.type('Review Surest Disagreements');
    await workbench.waitFor({ selector: '.quick-input-list .monaco-list-row:has-text("Review Surest")' });
    await workbench.press('Enter');
    await isAt('1 of 20');
    let at = 1;
    const first = activeFile();
    while (activeFile() === first) {
      await workbench.press('Enter');
      at++;
      await isAt(`${at} of 20`);
      assert.ok(at < 20, 'all are of one file');
    }
    const answered = await vscode.workspace.openTextDocument(vscode.Uri.parse(first!));
    const text = answered.getText();
    for (const back of [true, false]) {
      await workbench.press('u');
      await isAt(`${at - 1} of 20`);
      assert.equal(activeFile(), first);
      assert.notEqual(answered.getText(), text);
      await workbench.press('Enter');
      await isAt(`${at} of 20`);
      assert.equal(answered.getText(), text);
      assert.notEqual(activeFile(), first, String(back));
    }
    // All the way back: each file is as it was.
    await workbench.press('Enter');
    await isAt(`${at + 1} of 20`);
    for (let i = at; i >= 1; i--) {
      await workbench.press('u');
      await isAt(`${i} of 20`);
    }
    for (const [name, own] of originals)
      assert.equal((await vscode.workspace.openTextDocument(workspaceFile(name))).getText(), own, name);
    await workbench.screenshot('end-of-run-keys');
  });

  it('follows keys in a row, from one file to the next and back', async () => {
    await run('reviewSurestDisagreements');
    await isAt('1 of 20');
    await Promise.all([
      ...Array.from({ length: 12 }, () => run('reviewAccept')),
      ...Array.from({ length: 6 }, () => run('reviewUndo')),
      run('reviewAccept'),
    ]);
    await isAt('8 of 20');
    await Promise.all(Array.from({ length: 7 }, () => run('reviewUndo')));
    await isAt('1 of 20');
    for (const [name, own] of originals)
      assert.equal((await vscode.workspace.openTextDocument(workspaceFile(name))).getText(), own, name);
  });

  it('is told in the loss panel, whose button leads into the review', async () => {
    await run('showLossPanel');
    const frame = 'main canvas';
    await workbench.waitFor({ frame, selector: '.outcome:has-text("disagreements in")' });
    await workbench.screenshot('end-of-run-panel');
    await workbench.click({ frame, selector: '.outcome button:has-text("Start with the 20 Surest")' });
    await isAt('1 of 20');
    // The keyboard is in the text, and the panel still there.
    await workbench.press('Backspace');
    await isAt('2 of 20');
    await workbench.waitFor({ frame, selector: '.outcome' });
    await workbench.screenshot('end-of-run-panel-review');
    // What is not kept any more comes again.
    await workbench.press('u');
    await isAt('1 of 20');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is shown in the open panel where its model is chosen, and opens none', async () => {
    const first = api.runs[0].id;
    const { id: second } = await train(api, { corpus: 'pets', column: 'LABEL', epochs: 2, hidden: 8 });
    const frame = 'main canvas';
    const shows = (epochs: string): Promise<void> =>
      workbench.waitFor({ frame, selector: `.statistics dd:text-is("${epochs}")` });
    await run('showLossPanel');
    await shows('2 of 2');
    await run('chooseModel', { model: `run:${first}` });
    await shows('30 of 30');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('chooseModel', { model: `run:${second}` });
    const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    assert.deepEqual(open, []);
    // One that is deleted while it is shown makes room for the last.
    await run('showLossPanel');
    await run('chooseModel', { model: `run:${second}` });
    await shows('2 of 2');
    await run('deleteRun', { run: second });
    await shows('30 of 30');
    await run('chooseModel', { model: `run:${first}` });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is taken away: as a page, tables and pictures, the latter painted by the panel’s page', async () => {
    const { id } = api.runs[0];
    const folder = workspaceFile('taken');
    try {
      for (const [name, start] of [
        ['run.html', '<!DOCTYPE html>'],
        ['run.csv', 'run,step,epoch,'],
        ['run.json', '{"version":1,'],
        ['run.md', '# '],
        ['run.svg', '<?xml '],
        ['run.png', '\u0089PNG'],
      ]) {
        const file = vscode.Uri.joinPath(folder, name);
        await run('saveRun', { run: id, file, chart: 'loss' });
        const bytes = await vscode.workspace.fs.readFile(file);
        assert.equal(Buffer.from(bytes).toString('latin1').slice(0, start.length), start, name);
      }
      const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
      assert.deepEqual(
        names.sort(),
        ['csv', 'html', 'json', 'md', 'png', 'svg'].map((ending) => `run.${ending}`),
      );
      const svg = vscode.Uri.joinPath(folder, 'run.svg');
      const over = { run: id, place: 2, color: 5 };
      await run('saveRun', { run: id, file: svg, chart: 'loss', over: [over] });
      const drawn = Buffer.from(await vscode.workspace.fs.readFile(svg)).toString('utf8');
      assert.match(drawn, /stroke:#1235a6/, 'a run that is drawn over it has its colour');
      await assert.rejects(
        async () => run('saveRun', { run: id, file: svg, chart: 'loss', over: [{ ...over, color: 9 }] }),
        /over must be runs/,
      );
      await assert.rejects(
        async () => run('saveRun', { run: id, file: vscode.Uri.joinPath(folder, 'run.pdf') }),
        /The ending of the file says/,
      );
      await assert.rejects(async () => run('saveRun', { run: 'none' }), /There is no run/);
    } finally {
      await vscode.workspace.fs.delete(folder, { recursive: true });
    }
  });

  it('stays in the status bar: the model in use, and a menu that leads on', async () => {
    await workbench.waitFor({ selector: '.statusbar-item:has-text("LABEL · ")' });
    const [label] = (await workbench.evaluate(
      () =>
        [...document.querySelectorAll('.statusbar-item')]
          .filter((item) => item.textContent?.includes('LABEL · '))
          .map((item) => item.querySelector('a')?.getAttribute('aria-label') ?? ''),
      [],
    )) as string[];
    assert.match(label, /RNN Tagger: Labels come from the model pets · LABEL\. Accuracy .* development data/);
    await workbench.hover({ selector: '.statusbar-item:has-text("LABEL · ")' });
    await workbench.waitFor({ selector: '.monaco-hover:has-text("on the development data")' });
    await workbench.screenshot('status-model');
    await workbench.click({ selector: '.statusbar-item:has-text("LABEL · ")' });
    await workbench.waitFor({
      selector: '.quick-input-list .monaco-list-row:has-text("Review Surest Disagreements")',
    });
    await workbench.screenshot('status-menu');
    await workbench.press('Enter');
    await isAt('1 of 20');
  });

  it('counts anew where the text has been corrected, and says so where nothing is left', async () => {
    await run('reviewSurestDisagreements');
    await isAt('1 of 20');
    await run('leaveReview');
    for (let rounds = 0; rounds < 5; rounds++) {
      if ((await run('reviewSurestDisagreements')) !== true) break;
      await until('all answers', async () => {
        await run('reviewAccept');
        const texts = await workbench.texts({ selector: '.statusbar-item:has-text("Review done")' });
        return texts.length > 0;
      });
      await run('leaveReview');
      await isLeft();
    }
    await workbench.waitFor({ selector: '.notification-toast:has-text("text and model agree")' });
    await workbench.screenshot('end-of-run-agree');
  });
});
