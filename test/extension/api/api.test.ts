import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ExtensionApi } from '../../../src/api/extensionApi';
import type { ApiServices } from '../../../src/api/extensionApi';
import type { API, Run } from '../../../src/api/rnn-tagger';
import { until } from '../../until';
import { activated, extensionExports, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const hostile = ['<img_src=x_onerror=alert(1)>', '[x](command:workbench.action.quit)', '__proto__'];
const quick = { epochs: 30, hidden: 16, seed: 1 };

/** What an error says of itself. */
const refused = (code: string, message: RegExp) => (error: { name: string; code: string; message: string }) =>
  error.name === 'RnnTaggerError' && error.code === code && message.test(error.message);

describe('the API for other extensions', () => {
  let api: API;
  let ofHostile: Run;
  before(async () => {
    api = (await extensionExports()).getAPI(1);
  });

  it('is there before anything is read, and says when that is done', async () => {
    assert.equal(api.version, 1);
    await api.ready;
    assert.deepEqual(
      api.corpora.map(({ name }) => name),
      ['hostile', 'names'],
    );
    const [column] = api.corpora[0].columns;
    assert.equal(column.spans, true);
    for (const type of hostile)
      assert.ok(
        column.labels.some(({ label }) => label === `B-${type}`),
        type,
      );
    assert.equal(api.labelErrors, undefined);
    await activated();
  });

  it('refuses a version that it has not, and says which it has', async () => {
    const { getAPI } = await extensionExports();
    assert.throws(() => getAPI(2 as 1), refused('unknown-version', /no API version 2. There is: 1/));
    assert.equal(getAPI(1), api);
  });

  it('rejects labelling while there is no model, with what to do', async () => {
    await assert.rejects(
      async () => api.labelText('Anna knows Rome.'),
      refused('no-model', /Train on Workspace/),
    );
  });

  it('rejects training that is not clear, and names what there is; nobody is asked', async () => {
    await assert.rejects(async () => api.train(), refused('ambiguous', /hostile · .*; names · /));
    await assert.rejects(
      async () => api.train({ corpus: 'nothing' }),
      refused('not-found', /hostile, names/),
    );
    await assert.rejects(
      async () => api.train({ corpus: 'names', column: 'no' }),
      refused('not-found', /LABEL/),
    );
    await assert.rejects(
      async () => api.train({ settings: { hidden: -1 } }),
      refused('invalid-argument', /hidden/),
    );
    // @ts-expect-error An extension in JavaScript may hand over anything.
    await assert.rejects(async () => api.train({ corpus: 3 }), refused('invalid-argument', /corpus/));
    const settings = JSON.parse('{ "__proto__": 1 }') as Record<string, unknown>;
    await assert.rejects(async () => api.train({ settings }), refused('invalid-argument', /__proto__/));
    assert.equal(api.runs.length, 0);
    assert.deepEqual(await workbench.texts({ selector: '.quick-input-widget:visible' }), []);
  });

  it('trains to the end, tells of it meanwhile, and refuses a second run', async () => {
    const seen = new Set<string | undefined>();
    const listener = api.onDidChangeRuns(() => seen.add(api.runs.at(0)?.state));
    try {
      const training = api.train({ corpus: 'hostile', column: 'LABEL', settings: quick });
      await until('the run', () => api.runs.at(0)?.state === 'running');
      await assert.rejects(async () => api.train({ corpus: 'names' }), refused('busy', /one run/));
      ofHostile = await training;
    } finally {
      listener.dispose();
    }
    assert.equal(ofHostile.state, 'done');
    assert.ok((ofHostile.development?.spans?.f1 ?? 0) > 0.9, JSON.stringify(ofHostile));
    assert.ok(seen.has('running') && seen.has('done'), [...seen].join(', '));
    assert.deepEqual(api.runs[0], ofHostile);
  });

  it('labels a text and a document by any labels, and changes neither', async () => {
    const { sentences, model } = await api.labelText('Anna knows Rome .', { run: ofHostile.id });
    assert.equal(model.run, ofHostile.id);
    assert.deepEqual(
      sentences[0].spans.map(({ type, text }) => [type, text]),
      [
        [hostile[0], 'Anna'],
        [hostile[1], 'Rome'],
      ],
    );
    const uri = workspaceFile('hostile/train.conll');
    const document = await vscode.workspace.openTextDocument(uri);
    const before = document.getText();
    const labelled = await api.labelDocument(uri, { run: ofHostile.id });
    const tokens = labelled.sentences.flatMap((sentence) => sentence.tokens);
    assert.equal(tokens.length, before.split('\n').filter((line) => line !== '').length);
    for (const { line, startCharacter, endCharacter, text, gold } of tokens) {
      assert.equal(document.lineAt(line).text.slice(startCharacter, endCharacter), text);
      assert.equal(document.lineAt(line).text, `${text}\t${gold}`);
    }
    assert.equal(document.getText(), before);
    assert.deepEqual([labelled.uri, labelled.version], [uri.toString(), document.version]);
    assert.deepEqual(JSON.parse(JSON.stringify(labelled)), labelled);
  });

  it('gives out data that is the caller’s own', async () => {
    (api.corpora as unknown[]).length = 0;
    (api.runs[0] as { title: string }).title = 'mine';
    assert.equal(api.corpora.length, 2);
    assert.equal(api.runs[0].title, 'hostile · LABEL');
    assert.throws(() => Object.assign(api, { runs: [] }), TypeError);
  });

  it('rejects what is not there: a document, a run', async () => {
    await assert.rejects(
      async () => api.labelDocument(workspaceFile('no.txt')),
      refused('not-found', /no\.txt/),
    );
    await assert.rejects(async () => api.labelText('Anna', { run: 'x' }), refused('not-found', /model/));
    // @ts-expect-error An extension in JavaScript may hand over anything.
    await assert.rejects(async () => api.labelDocument('letter.txt'), refused('invalid-argument', /Uri/));
  });

  it('ends what a token cancels: labelling at once, a run with what it has learned', async () => {
    const early = new vscode.CancellationTokenSource();
    early.cancel();
    const isCancelled = (error: unknown): boolean => error instanceof vscode.CancellationError;
    await assert.rejects(async () => api.labelText('Anna', undefined, early.token), isCancelled);
    await assert.rejects(async () => api.train({ corpus: 'names' }, early.token), isCancelled);
    assert.equal(api.runs.length, 1);
    const late = new vscode.CancellationTokenSource();
    const options = { corpus: 'names', settings: { ...quick, epochs: 1000, patience: 0 } };
    const training = api.train(options, late.token);
    await until('an epoch', () => (api.runs.at(0)?.epoch ?? 0) > 3 && api.runs[0].state === 'running');
    late.cancel();
    const run = await training;
    assert.deepEqual([run.corpusName, run.state, run.hasModel], ['names', 'stopped', true]);
  });

  it('rejects all that is under way when the extension ends, and fires no more', async () => {
    const change = new vscode.EventEmitter<void>();
    const all = { onDidChange: change.event };
    const services = {
      corpora: { ...all, corpora: [] },
      runs: { ...all, runs: [] },
      training: all,
      labelErrors: { ...all, all: [], column: undefined },
      ready: new Promise<void>(() => undefined),
    };
    const ending = new ExtensionApi(services as unknown as ApiServices);
    const own = ending.getAPI(1);
    let fired = 0;
    for (const event of [own.onDidChangeRuns, own.onDidChangeCorpora, own.onDidChangeLabelErrors])
      event(() => fired++);
    change.fire();
    // The runs have two.
    assert.equal(fired, 4);
    const waiting = own.labelText('Anna');
    ending.dispose();
    change.fire();
    await assert.rejects(async () => waiting, refused('disposed', /deactivated/));
    await assert.rejects(async () => own.train(), refused('disposed', /deactivated/));
    assert.equal(fired, 4);
    assert.deepEqual([own.runs, own.corpora], [[], []]);
  });
});
