import assert from 'node:assert/strict';
import path from 'node:path';
import { InputError, WorkerError } from '../../../src/common/errors';
import type { LabelErrorEvent, LabelErrorSearchRequest } from '../../../src/engine/labelErrorProtocol';
import { startLabelErrorSearch } from '../../../src/engine/labelErrorSearch';
import { createNodeEngine } from '../../../src/engine/node/nodeEngine';
import { FakePort } from './fakePort';
import { toyColumns, toyFile } from './toyCorpus';

const request: LabelErrorSearchRequest = {
  files: [],
  replaceInvalidBytes: false,
  column: 'LABEL',
  device: 'simd',
  threads: 1,
  seed: 1,
  kept: [],
};
const nothing = (): void => undefined;

describe('A search for label errors', function () {
  this.timeout(600_000);

  describe('in its worker thread', () => {
    const engine = createNodeEngine({ distFolder: path.resolve('dist'), threads: 1 });
    const rows = toyColumns(300).split('\n');
    const wrong = rows.indexOf('cat\tN', 100);
    const text = rows.with(wrong, 'cat\tV').join('\n');
    const file = { ...toyFile('train.conll', 1), content: text };

    it('finds the label that was changed, first and with what it was, unless it is kept, and reports how far it is', async () => {
      const shares: number[] = [];
      const search = engine.findLabelErrors({ ...request, files: [file] }, (share) => shares.push(share));
      const { findings, tokens } = await search.result;
      assert.equal(tokens, rows.filter((row) => row !== '').length);
      const [first, ...rest] = findings;
      assert.deepEqual([first.word, first.gold, first.suggested], ['cat', 'V', 'N']);
      const again = engine.findLabelErrors({ ...request, files: [file], kept: [first] }, nothing);
      assert.deepEqual((await again.result).findings, rest);
      assert.ok(shares.length > 3);
      assert.ok(shares.every((share, i) => share <= 1 && share > (shares[i - 1] ?? 0)));
    });

    it('finds the same with folds side by side, and reports how far all of them are', async () => {
      const shares: number[] = [];
      const alone = await engine.findLabelErrors({ ...request, files: [file] }, nothing).result;
      const several = createNodeEngine({ distFolder: path.resolve('dist'), threads: 2 });
      const search = several.findLabelErrors({ ...request, threads: 0, files: [file] }, (share) =>
        shares.push(share),
      );
      assert.deepEqual(await search.result, alone);
      assert.ok(shares.length > 3);
      assert.ok(shares.every((share, i) => share <= 1 && share > (shares[i - 1] ?? 0)));
    });

    it('ends when it is disposed of', async () => {
      let begun: () => void = nothing;
      const beginning = new Promise<void>((resolve) => (begun = resolve));
      const many = { ...file, content: toyColumns(20_000) };
      const search = engine.findLabelErrors({ ...request, files: [many] }, () => begun());
      await Promise.race([beginning, search.result]);
      search.dispose();
      await assert.rejects(search.result, WorkerError);
    });

    it('says in which file there are too few sentences', async () => {
      const few = { ...file, content: toyColumns(2) };
      const error: unknown = await engine
        .findLabelErrors({ ...request, files: [few] }, nothing)
        .result.catch((reason: unknown) => reason);
      assert.ok(error instanceof InputError);
      assert.equal(error.details.file, file.file);
    });
  });

  describe('seen from the host', () => {
    const start = () => {
      const port = new FakePort<LabelErrorSearchRequest, LabelErrorEvent>();
      return { port, search: startLabelErrorSearch(port, request, nothing) };
    };

    it('fails with its worker', async () => {
      const { port, search } = start();
      port.die(new WorkerError('The worker ended.'));
      await assert.rejects(search.result, /The worker ended/);
      assert.equal(port.disposed, true);
    });

    it('leaves no worker behind once it is done', async () => {
      const { port, search } = start();
      port.answer({ type: 'found', found: { index: 1, tokens: 0, findings: [] } });
      await search.result;
      assert.equal(port.disposed, true);
    });

    it('ends its worker at once when it is disposed of', async () => {
      const { port, search } = start();
      search.dispose();
      assert.equal(port.disposed, true);
      await assert.rejects(search.result, WorkerError);
    });
  });
});
