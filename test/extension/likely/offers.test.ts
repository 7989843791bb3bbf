import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, clearMessages, endOfRunAfter, labelled, show, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

/** What a newcomer does with a folder: trains on it, agrees to what is offered, and looks at a file. */
interface Offer {
  readonly folder: string;
  readonly file: string;
  readonly offer: string;
  readonly button: 'Use It' | 'Use Them';
  /** The label column that is picked, where one is to be. */
  readonly pick?: string;
}

const offers: readonly Offer[] = [
  {
    folder: 'chats',
    file: 'chats/admin.jsonl',
    offer: 'chats/admin.jsonl looks like JSON with spans',
    button: 'Use It',
  },
  {
    folder: 'names',
    file: 'names/test.txt',
    offer: 'names/test.txt, names/train.txt look like CoNLL columns (FORM, LABEL)',
    button: 'Use Them',
  },
  {
    folder: 'tables',
    file: 'tables/ner_dataset.csv',
    offer: 'tables/ner_dataset.csv looks like CSV with one token a row',
    button: 'Use It',
    pick: 'tables · Tag',
  },
  {
    folder: 'nested',
    file: 'nested/NER-de-dev.tsv',
    offer: 'nested/NER-de-dev.tsv, nested/NER-de-train.tsv look like CoNLL columns',
    button: 'Use Them',
    pick: 'nested · LABEL',
  },
];

describe('a folder of another kind, in VS Code', () => {
  let api: ForTests;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('rnnTagger');
  const set = (name: string, value: unknown): Thenable<void> =>
    settings().update(name, value, vscode.ConfigurationTarget.Workspace);

  before(async () => {
    api = await activated();
    await set('training.epochs', 10);
    await set('training.hidden', 8);
  });
  afterEach(async () => {
    await set('corpora.include', undefined);
    await set('corpora.layouts', undefined);
    await clearMessages();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('no corpus', () => api.corpora.length === 0);
  });
  after(async () => {
    await set('training.epochs', undefined);
    await set('training.hidden', undefined);
  });

  async function accept(offer: string, button: string): Promise<void> {
    const toast = `.notification-toast:has-text("${offer}")`;
    try {
      await workbench.waitFor({ selector: toast });
    } catch (error) {
      const shown = await workbench.texts({ selector: '.notification-toast' });
      throw new Error(`No offer of ${offer}, but: ${JSON.stringify(shown)}`, { cause: error });
    }
    await workbench.screenshot(`offer-${offer.split('/')[0]}`);
    await workbench.click({ selector: `${toast} >> a.monaco-button:has-text("${button}")` });
  }

  for (const { folder, file, offer, button, pick } of offers) {
    it(`is offered, learned from and labelled: ${folder}`, async () => {
      const before = api.runs[0]?.id;
      const command = vscode.commands.executeCommand('rnnTagger.train', workspaceFile(folder));
      await accept(offer, button);
      if (pick !== undefined) {
        const row = `.quick-input-list .monaco-list-row:has-text("${pick}")`;
        await workbench.waitFor({ selector: row });
        await workbench.screenshot(`pick-${folder}`);
        await workbench.click({ selector: row });
      }
      await command;
      const run = await endOfRunAfter(api, before);
      assert.equal(run.state, 'done', run.message);
      await show(file);
      await labelled(file);
      await workbench.screenshot(`labels-${folder}`);
    });
  }

  it('is asked about where it can be read in two ways, once, and the answer is kept', async () => {
    const before = api.runs[0]?.id;
    const command = vscode.commands.executeCommand('rnnTagger.train', workspaceFile('scripts'));
    await accept('scripts/both.tsv looks like CoNLL columns', 'Use It');
    const row = '.quick-input-list .monaco-list-row:has-text("Column 2")';
    await workbench.waitFor({ selector: row });
    await workbench.screenshot('pick-reading');
    // Whoever thinks better of it changes nothing.
    await workbench.press('Escape');
    await command;
    assert.equal(settings().inspect('corpora.layouts')?.workspaceValue, undefined);
    assert.equal(api.runs[0]?.id, before);

    const again = vscode.commands.executeCommand('rnnTagger.train', workspaceFile('scripts'));
    await workbench.waitFor({ selector: row });
    await workbench.click({ selector: row });
    await until('the answer', () => settings().inspect('corpora.layouts')?.workspaceValue !== undefined);
    assert.deepEqual(settings().inspect('corpora.layouts')?.workspaceValue, {
      'scripts/both.tsv': { columns: ['_', 'form', 'LABEL'] },
    });
    const column = '.quick-input-list .monaco-list-row:has-text("scripts · LABEL")';
    await workbench.waitFor({ selector: column });
    await workbench.click({ selector: column });
    await again;
    const run = await endOfRunAfter(api, before);
    assert.equal(run.state, 'done', run.message);
    await show('scripts/both.tsv');
    const [first] = await labelled('scripts/both.tsv');
    assert.match(first.text, /^\S+\s+\p{Script=Greek}+/u);
    await workbench.screenshot('labels-scripts');
  });
});
