import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const { fs } = vscode.workspace;
const files = 200;

describe('reading of many files, in VS Code', () => {
  let api: ForTests;
  const include = (globs: readonly string[] | undefined): Thenable<void> =>
    vscode.workspace
      .getConfiguration('rnnTagger')
      .update('corpora.include', globs, vscode.ConfigurationTarget.Workspace);
  const corpus = (): ForTests['corpora'][number] | undefined =>
    api.corpora.find(({ name }) => name === 'many');

  before(async () => {
    api = await activated();
    await include(['none/*.conll']);
    const rows = new TextEncoder().encode('Rita\tB-PER\nsings\tO\n\n'.repeat(20));
    await fs.createDirectory(workspaceFile('many'));
    await Promise.all(
      Array.from({ length: files }, (_, i) => fs.writeFile(workspaceFile(`many/f${i}.conll`), rows)),
    );
  });
  after(async () => {
    await fs.delete(workspaceFile('many'), { recursive: true });
    await until('no corpus', () => corpus() === undefined);
  });

  it('is stopped by its command, said in the status bar, and continued by a click there', async () => {
    const item = `.statusbar-item:has-text("of ${files} files")`;
    // Where nothing is read yet, there is nothing to stop.
    const stopping = setInterval(() => void vscode.commands.executeCommand('rnnTagger.stopReading'), 5);
    try {
      await include(undefined);
      await workbench.waitFor({ selector: item });
    } finally {
      clearInterval(stopping);
    }
    assert.ok((corpus()?.files.length ?? 0) < files, 'some files are left');
    await workbench.screenshot('reading-stopped');
    await workbench.click({ selector: item });
    await until('all files', () => corpus()?.files.length === files);
    await until('no item', async () => (await workbench.texts({ selector: item })).length === 0);
  });
});
