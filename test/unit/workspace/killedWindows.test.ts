import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { writeModel } from '../../../src/model/modelFile';
import { defaultSettings } from '../../../src/training/defaults';
import { RunStore } from '../../../src/workspace/runStore';
import { readText, writeWhole } from '../../../src/workspace/storage';
import type { FileOperations } from '../../../src/workspace/storage';
import { until } from '../../until';
import { randomCheckpoint } from '../model/models';
import { checkpoint, ended } from '../run/events';
import { temporaryStorage } from './temporaryStorage';

const newRun = {
  corpus: 'ws/ewt#conllu',
  corpusName: 'ewt',
  column: 'UPOS',
  settings: defaultSettings,
  spans: false,
};
const bytes = (text: string) => new TextEncoder().encode(text);
const [dead, living] = [7, 8];

describe('A store after a window that was killed', () => {
  const stores: RunStore[] = [];
  const { folder, files } = temporaryStorage(() =>
    Promise.all(stores.splice(0).map((store) => store.flush().then(() => store.dispose()))),
  );
  const namesIn = (at: string): string[] => readdirSync(path.join(folder(), at)).sort();

  function store(pid: number, operations: FileOperations = files()): RunStore {
    const result = new RunStore(operations, {
      keep: () => 10,
      log: () => undefined,
      intervalMs: 0,
      window: { id: `${pid}`, pid, isAlive: (other) => other === living, now: () => 1_000_000 },
    });
    stores.push(result);
    return result;
  }

  const owner = (pid: number) => bytes(JSON.stringify({ window: `${pid}`, pid, seen: 1_000_000 }));

  it('removes folders of runs that were never kept, but not those of windows that live', async () => {
    await files().createFolder('runs/empty');
    await writeWhole(files(), 'runs/owned/owner.json', owner(dead));
    await files().createFolder('runs/torn');
    await files().write(`runs/torn/owner.json.1.${dead}-0badcafe.tmp`, bytes('{'));
    await writeWhole(files(), 'runs/lives/owner.json', owner(living));
    await files().createFolder('runs/begins');
    await files().write(`runs/begins/owner.json.1.${living}-0badcafe.tmp`, bytes('{'));
    await store(living).load();
    assert.deepEqual(namesIn('runs'), ['begins', 'lives']);
    assert.deepEqual([namesIn('runs/lives').length, namesIn('runs/begins').length], [1, 1]);
  });

  it('removes the temporary file of a run that had been given up already', async () => {
    const first = store(dead);
    const { id } = first.create(newRun);
    first.append(id, ended('stopped'));
    await until('the run to be free', () => !existsSync(path.join(folder(), 'runs', id, 'owner.json')));
    await first.flush();
    await files().write(`runs/${id}/run.json.1.${dead}-0badcafe.tmp`, bytes('{'));
    await store(living).load();
    assert.deepEqual(namesIn(`runs/${id}`), ['run.json']);
  });

  for (const state of ['running', 'stopped'] as const)
    it(`finds a checkpoint that the record of a run, ${state}, does not tell of yet`, async () => {
      const model = randomCheckpoint();
      const file = writeModel(model);
      const { id } = store(dead).create(newRun);
      if (state === 'stopped') stores[0].append(id, ended('stopped'));
      await stores[0].flush();
      if (state === 'stopped')
        await until('the run to be free', () => !existsSync(path.join(folder(), 'runs', id, 'owner.json')));
      await writeWhole(files(), `runs/${id}/owner.json`, owner(dead));
      await writeWhole(files(), `runs/${id}/model.safetensors`, file);
      const second = store(living);
      await second.load();
      assert.equal(second.run(id)?.checkpoint?.step, model.state?.step);
      assert.equal(second.versionOf(id), 'latest');
      const { checkpoint: found, record } = await second.reopen(id);
      assert.deepEqual([found, record.step], [file, model.state?.step]);
    });

  it('does not take a torn checkpoint for one', async () => {
    const { id } = store(dead).create(newRun);
    await stores[0].flush();
    await files().write(`runs/${id}/model.safetensors`, writeModel(randomCheckpoint()).subarray(0, 500));
    const second = store(living);
    await second.load();
    assert.deepEqual([second.run(id)?.state, second.run(id)?.checkpoint], ['interrupted', undefined]);
    assert.equal((await second.reopen(id)).checkpoint, undefined);
  });

  it('takes a run for done only once the model that it has come to is on the disk', async () => {
    let full = false;
    const operations = files();
    const first = store(dead, {
      ...operations,
      write: (file, content) =>
        full && file.includes('best')
          ? Promise.reject(new Error('the disk is full'))
          : operations.write(file, content),
    });
    const { id } = first.create(newRun);
    first.append(id, checkpoint(2, { bytes: bytes('early'), epoch: 1, best: true, latest: true }));
    await first.flush();
    full = true;
    first.append(id, checkpoint(4, { bytes: bytes('state'), epoch: 2, best: true, latest: true }));
    first.append(id, checkpoint(4, { bytes: bytes('final'), epoch: 2, best: true, latest: false }));
    first.append(id, ended('done', { epoch: 2, step: 4 }));
    await first.flush();
    await first.flush();
    assert.equal(first.run(id)?.state, 'done');
    const { state } = JSON.parse(await readText(files(), `runs/${id}/run.json`)) as { state: string };
    assert.equal(state, 'interrupted');
    const second = store(living);
    await second.load();
    assert.equal(new TextDecoder().decode((await second.reopen(id)).checkpoint), 'state');
  });

  it('leaves a run whose checkpoint cannot be read to other windows', async () => {
    const first = store(living);
    const { id } = first.create(newRun);
    first.append(id, checkpoint(2, { bytes: bytes('state'), epoch: 1, latest: true }));
    first.append(id, ended('stopped', { epoch: 1, step: 2 }));
    await first.flush();
    await until('the run to be free', () => !existsSync(path.join(folder(), 'runs', id, 'owner.json')));
    await files().remove(`runs/${id}/model.safetensors`);
    await assert.rejects(first.reopen(id), /cannot be read/);
    await until('the run to be free', () => !existsSync(path.join(folder(), 'runs', id, 'owner.json')));
  });
});
