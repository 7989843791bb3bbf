import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../until';
import { activated, show } from '../sample';
import { workbench } from '../workbenchClient';

describe('label errors, after the window was opened again', () => {
  before(activated);

  it('are told where they were, without the one that was kept', async () => {
    const { document } = await show('names/train.conll');
    const rows = (): string[] =>
      vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ code }) => code === 'likely-label-error')
        .map(({ range }) => document.lineAt(range.start.line).text);
    await until('the problems', () => rows().includes('Bern\tB-PER'));
    assert.ok(rows().includes('leaves\tB-PER'));
    assert.ok(!rows().includes('Nora\tB-LOC'));
    await workbench.screenshot('label-errors-after-a-reload');
  });
});
