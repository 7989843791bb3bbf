import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunCheckpoint } from '../../../src/run/runEvent';
import { defaultSettings } from '../../../src/training/defaults';
import type { WindowIdentity } from '../../../src/workspace/runOwners';
import { RunStore } from '../../../src/workspace/runStore';
import { readText, writeWhole } from '../../../src/workspace/storage';
import type { FileOperations } from '../../../src/workspace/storage';
import { until } from '../../until';
import { checkpoint as checkpointAt, ended, epochEnded, progress } from '../run/events';
import { crashing, temporaryStorage, windowOf } from './temporaryStorage';

const newRun = {
  corpus: 'ws/ewt#conllu',
  corpusName: 'ewt',
  column: 'UPOS',
  settings: defaultSettings,
  spans: false,
};
const bytes = (text: string) => new TextEncoder().encode(text);
const checkpoint = (text: string, step: number, changes: Partial<RunCheckpoint>) =>
  checkpointAt(step, { bytes: bytes(text), ...changes });

describe('run store', () => {
  const stores: RunStore[] = [];
  const { folder, files } = temporaryStorage(() =>
    Promise.all(stores.splice(0).map((store) => store.flush())),
  );
  let log: string[];
  let time: number;

  beforeEach(() => {
    log = [];
    time = Date.UTC(2025, 0, 1);
  });

  function store(
    keep = 10,
    operations: FileOperations = files(),
    window: WindowIdentity = { ...windowOf(`w${stores.length}`), isAlive: () => false },
  ): RunStore {
    const now = () => new Date((time += 1000));
    const result = new RunStore(operations, {
      keep: () => keep,
      log: (message) => log.push(message),
      intervalMs: 0,
      now,
      window,
    });
    stores.push(result);
    return result;
  }

  async function opened(keep?: number): Promise<RunStore> {
    const result = store(keep);
    await result.load();
    return result;
  }

  it('has no runs where there is no folder', async () => {
    assert.deepEqual((await opened()).runs, []);
    assert.deepEqual(log, []);
  });

  it('keeps of a run that is done its best model alone, also of one that an older version left', async () => {
    const first = store();
    const { id } = first.create(newRun);
    first.append(id, checkpoint('state', 4, { epoch: 2, best: true, latest: true }));
    await first.flush();
    const stateFile = path.join(folder(), 'runs', id, 'model.safetensors');
    const state = readFileSync(stateFile);
    first.append(id, checkpoint('best', 4, { epoch: 2, best: true, latest: false }));
    first.append(id, ended('done'));
    await until('the state to be gone', () => !existsSync(stateFile));
    assert.deepEqual([first.run(id)?.checkpoint, first.versionOf(id)], [undefined, 'best']);
    assert.equal(new TextDecoder().decode(await first.readModel(id, 'best')), 'best');
    await first.flush();
    writeFileSync(stateFile, state);
    const second = await opened();
    await until('the state to be gone again', () => !existsSync(stateFile));
    assert.equal(second.versionOf(id), 'best');
    assert.equal(new TextDecoder().decode(await second.readModel(id, 'best')), 'best');
  });

  it('keeps the state of a run that is done where its best model could not be written', async () => {
    const operations = files();
    const first = store(10, {
      ...operations,
      write: (file, content) =>
        file.includes('best')
          ? Promise.reject(new Error('the disk is full'))
          : operations.write(file, content),
    });
    const { id } = first.create(newRun);
    first.append(id, checkpoint('state', 4, { epoch: 2, best: true, latest: true }));
    first.append(id, ended('done'));
    await first.flush();
    await first.flush();
    const second = await opened();
    assert.equal(second.versionOf(id), 'latest');
    assert.equal(new TextDecoder().decode(await second.readModel(id, 'latest')), 'state');
  });

  it('keeps the name that a person gives a run, also while it goes on, and gives it its own again', async () => {
    const first = store();
    const { id } = first.create(newRun);
    await first.rename(id, 'with dropout');
    first.append(id, checkpoint('model', 2, { epoch: 1, best: true, latest: true }));
    first.append(id, ended('stopped'));
    await first.flush();
    assert.equal(first.run(id)?.title, 'with dropout');
    const second = await opened();
    assert.equal(second.run(id)?.title, 'with dropout');
    await second.rename(id, undefined);
    assert.equal((await opened()).run(id)?.title, undefined);
    await assert.rejects(second.rename('none', 'x'), /There is no run none/);
  });

  it('lets runs by themselves push out none that somebody asked for, and counts them where they have a name', async () => {
    const runs = store(2);
    const idOf = ({ id }: { readonly id: string }): string => id;
    const begun = (byItself = {}): string => {
      const { id } = runs.create({ ...newRun, ...byItself });
      runs.append(id, ended('done'));
      return id;
    };
    const byHand = [begun(), begun()];
    const itself = [1, 2, 3].map(() => begun({ byItself: true }));
    assert.deepEqual(runs.runs.map(idOf), [...byHand, ...itself].reverse());
    await runs.rename(itself[0], 'the one for Paul');
    const last = begun();
    await runs.flush();
    const kept = [last, itself[2], itself[1], itself[0]];
    assert.deepEqual(runs.runs.map(idOf), kept);
    assert.deepEqual(
      (await opened()).runs.map(({ id, byItself }) => [id, byItself]),
      kept.map((id, i) => [id, i > 0 ? true : undefined]),
    );
  });

  it('leaves the name of a run that goes on in another window, which writes its record', async () => {
    const first = store(10, files(), windowOf('first'));
    const { id } = first.create(newRun);
    await first.flush();
    const second = store(10, files(), windowOf('second'));
    await second.load();
    await assert.rejects(second.rename(id, 'theirs'), /goes on in another window/);
    assert.equal(second.run(id)?.title, undefined);
  });

  it('of another window goes on there: it is not touched, and its model can be used', async () => {
    const first = store(10, files(), windowOf('first'));
    const { id } = first.create(newRun);
    first.append(id, checkpoint('model', 2, { epoch: 1, best: true, latest: true }));
    await first.flush();
    const second = store(10, files(), windowOf('second'));
    await second.load();
    assert.equal(second.run(id)?.state, 'running');
    assert.equal(new TextDecoder().decode(await second.readModel(id, 'latest')), 'model');
    await assert.rejects(second.reopen(id), /goes on in another window/);
    await assert.rejects(second.delete(id), /goes on/);
    for (let n = 0; n < 3; n++) second.append(second.create(newRun).id, ended('stopped'));
    const keepsOne = store(1, files(), windowOf('third'));
    await keepsOne.load();
    keepsOne.create(newRun);
    await keepsOne.flush();
    assert.equal(keepsOne.run(id)?.state, 'running', 'it is not among the oldest that are removed');
    first.append(id, ended('stopped', { epoch: 1, step: 2 }));
    await first.flush();
    await until('the run to be free', () => !existsSync(path.join(folder(), 'runs', id, 'owner.json')));
    await second.load();
    assert.equal(second.run(id)?.state, 'stopped');
    const { checkpoint: bytesThere } = await second.reopen(id);
    assert.equal(new TextDecoder().decode(bytesThere), 'model');
    await first.load();
    assert.equal(first.run(id)?.state, 'stopped', 'what this window knows of its own run stays');
  });

  it('of a window that died was cut off, and what it was writing is removed', async () => {
    const dead = { ...windowOf('dead'), pid: 1 };
    const first = store(10, files(), dead);
    const { id } = first.create(newRun);
    await first.flush();
    await until('the owner', () => existsSync(path.join(folder(), 'runs', id, 'owner.json')));
    const left = path.join(folder(), 'runs', id, 'model.safetensors.0badcafe.tmp');
    writeFileSync(left, 'half a model');
    const alive = store(10, files(), { ...windowOf('other'), isAlive: () => true });
    await alive.load();
    assert.deepEqual([alive.run(id)?.state, existsSync(left)], ['running', true]);
    const second = store(10, files(), { ...windowOf('other'), isAlive: (pid) => pid !== 1 });
    await second.load();
    assert.deepEqual([second.run(id)?.state, existsSync(left)], ['interrupted', false]);
    const silent = store(10, files(), { ...windowOf('late'), now: () => windowOf('late').now() + 31_000 });
    const { id: other } = store(10, files(), dead).create(newRun);
    await until('the owner', () => existsSync(path.join(folder(), 'runs', other, 'owner.json')));
    await stores.at(-1)?.flush();
    await silent.load();
    assert.equal(silent.run(other)?.state, 'interrupted');
  });

  it('is written by two windows at a time without a torn or missing file', async () => {
    const [one, two] = [files(), files()];
    const text = (n: number) => bytes(`${n} `.repeat(2000));
    for (let n = 0; n < 50; n++) {
      await Promise.all([
        writeWhole(one, 'runs/x/run.json', text(n)),
        writeWhole(two, 'runs/x/run.json', text(n + 1000)),
      ]);
      const there = (await readText(one, 'runs/x/run.json')).split(' ');
      assert.ok(there.length === 2001 && new Set(there.slice(0, -1)).size === 1);
    }
    assert.deepEqual(readdirSync(path.join(folder(), 'runs', 'x')), ['run.json']);
  });

  it('deletes a run with its files, but none that goes on', async () => {
    const first = store();
    const { id } = first.create(newRun);
    first.append(id, checkpoint('best', 4, { epoch: 2, best: true, latest: true }));
    await assert.rejects(first.delete(id), /goes on: stop it first/);
    first.append(id, ended('stopped'));
    await first.flush();
    let changes = 0;
    first.onDidChange(() => changes++);
    await first.delete(id);
    assert.deepEqual([first.runs, changes, existsSync(path.join(folder(), 'runs', id))], [[], 1, false]);
    assert.deepEqual((await opened()).runs, []);
  });

  it('keeps a best model without a state beside the newest checkpoint', async () => {
    const first = store();
    const { id } = first.create(newRun);
    first.append(id, checkpoint('latest', 2, { epoch: 1, best: true, latest: true }));
    first.append(id, checkpoint('best', 4, { epoch: 2, best: true, latest: false }));
    await first.flush();
    const second = await opened();
    assert.deepEqual(
      [second.runs[0].checkpoint, second.runs[0].best],
      [
        { epoch: 1, step: 2 },
        { epoch: 2, step: 4 },
      ],
    );
    assert.equal(new TextDecoder().decode(await second.readModel(id, 'latest')), 'latest');
    assert.equal(new TextDecoder().decode(await second.readModel(id, 'best')), 'best');
  });

  it('can give a checkpoint’s file to whoever asks as soon as it is told of it', async () => {
    const first = store();
    const { id } = first.create(newRun);
    const asked: Promise<string>[] = [];
    first.onDidChange(() => {
      for (const version of ['latest', 'best'] as const)
        asked.push(first.readModel(id, version).then((file) => new TextDecoder().decode(file)));
    });
    first.append(id, checkpoint('first', 2, { epoch: 1, best: true, latest: true }));
    assert.deepEqual(await Promise.all(asked), ['first', 'first']);
    assert.deepEqual(log, []);
  });

  it('says whether a checkpoint is on the disk: not before the first one was written', async () => {
    const first = store();
    const { id } = first.create(newRun);
    assert.equal(first.hasCheckpointFile(id), false);
    first.append(id, checkpoint('first', 2, { epoch: 1, best: true, latest: true }));
    assert.equal(first.hasCheckpointFile(id), false);
    await first.flush();
    assert.equal(first.hasCheckpointFile(id), true);
    const second = await opened();
    assert.equal(second.hasCheckpointFile(id), true);
    await second.reopen(id);
    assert.equal(second.hasCheckpointFile(id), true);
    assert.equal(second.hasCheckpointFile('another'), false);
  });

  it('gives back what was kept: record, curves, newest and best model', async () => {
    const first = store();
    const { id } = first.create(newRun);
    first.append(id, progress([1, 2], [3, 2]));
    first.append(id, epochEnded(1, { step: 2 }));
    first.append(id, checkpoint('best', 2, { epoch: 1, best: true, latest: true }));
    first.append(id, checkpoint('latest', 4, { epoch: 2, best: false, latest: true }));
    first.append(id, ended('stopped', { epoch: 2, step: 4, seconds: 1.5 }));
    await first.flush();

    const second = await opened();
    const [run] = second.runs;
    assert.deepEqual(JSON.parse(JSON.stringify(run)), JSON.parse(JSON.stringify(first.run(id))));
    assert.equal(run.state, 'stopped');
    assert.deepEqual(
      [run.checkpoint, run.best],
      [
        { epoch: 2, step: 4 },
        { epoch: 1, step: 2 },
      ],
    );
    assert.deepEqual((await second.readState(id)).history.losses, [3, 2]);
    assert.equal(new TextDecoder().decode(await second.readModel(id, 'latest')), 'latest');
    assert.equal(new TextDecoder().decode(await second.readModel(id, 'best')), 'best');
    assert.equal(second.versionOf(id), 'best');
    assert.deepEqual(log, []);
  });

  it('takes a run that was going on for interrupted, and says so on the disk', async () => {
    const first = store();
    const { id } = first.create(newRun);
    await first.flush();
    const second = await opened();
    assert.equal(second.run(id)?.state, 'interrupted');
    await second.flush();
    assert.equal(JSON.parse(await readText(files(), `runs/${id}/run.json`)).state, 'interrupted');
  });

  it('does not take a run for interrupted that began while earlier ones were looked for', async () => {
    const both = store();
    const { id } = both.create(newRun);
    await both.flush();
    await both.load();
    assert.deepEqual(
      both.runs.map((run) => [run.id, run.state]),
      [[id, 'running']],
    );
  });

  it('keeps a run of whose record a field is damaged, with its model, and says so once', async () => {
    const first = store();
    const { id } = first.create(newRun);
    first.append(id, checkpoint('model', 2, { epoch: 1, best: true, latest: true }));
    first.append(id, ended('stopped', { epoch: 1, step: 2 }));
    await first.flush();
    const record = JSON.parse(await readText(files(), `runs/${id}/run.json`));
    const damaged = { ...record, column: 5, checkpoint: { epoch: '1' } };
    await writeWhole(files(), `runs/${id}/run.json`, bytes(JSON.stringify(damaged)));
    const second = await opened();
    assert.deepEqual([second.run(id)?.column, second.run(id)?.corpusName], ['unknown column', 'ewt']);
    assert.equal(second.versionOf(id), 'best');
    const { checkpoint: model } = await second.reopen(id);
    assert.equal(new TextDecoder().decode(model), 'model');
    second.interrupt(id);
    await second.load();
    const said = log.filter((line) => line.includes('damaged'));
    assert.deepEqual(said, [
      `The record of the run in runs/${id} is damaged, and used without: column, checkpoint.`,
    ]);
  });

  it('leaves runs out that cannot be read, with a line in the log, and keeps their folders', async () => {
    const first = store();
    const good = first.create(newRun).id;
    await first.flush();
    await writeWhole(files(), 'runs/cut/run.json', bytes('{"version": 1, "id": "cu'));
    await writeWhole(files(), 'runs/later/run.json', bytes('{"version": 2}'));
    await writeWhole(files(), 'runs/without/notes.txt', bytes('a person’s'));
    const second = await opened();
    assert.deepEqual(
      second.runs.map(({ id }) => id),
      [good],
    );
    assert.equal(log.length, 3);
    assert.match(log.join('\n'), /runs\/cut.*cannot be read/);
    assert.match(log.join('\n'), /runs\/later.*version is 2/);
    assert.match(log.join('\n'), /runs\/without.*has no run\.json/);
    assert.ok(existsSync(`${folder()}/runs/cut`) && existsSync(`${folder()}/runs/without/notes.txt`));
  });

  it('keeps the newest runs only', async () => {
    const first = await opened(2);
    const ids = [1, 2, 3].map(() => first.create(newRun).id);
    assert.deepEqual(
      first.runs.map(({ id }) => id),
      [ids[2], ids[1]],
    );
    await first.flush();
    await until('the folder of the oldest run to go', () => readdirSync(`${folder()}/runs`).length === 2);
    assert.deepEqual(readdirSync(`${folder()}/runs`).sort(), [ids[1], ids[2]]);
    const second = await opened(2);
    assert.deepEqual(
      second.runs.map(({ id }) => id),
      [ids[2], ids[1]],
    );
  });

  for (const operation of ['write', 'rename'] as const) {
    for (const file of ['model.safetensors', 'best.safetensors', 'run.json', 'history.json']) {
      it(`has the last complete state after a crash in the ${operation} of ${file}`, async () => {
        const first = store();
        const { id } = first.create(newRun);
        first.append(id, progress([1], [3]));
        first.append(id, checkpoint('model of step 1', 1, { epoch: 1, best: true, latest: true }));
        await first.flush();

        let armed = false;
        const doomed = store(
          10,
          crashing(files(), { operation, path: new RegExp(file.replace('.', '\\.')), armed: () => armed }),
        );
        await doomed.load();
        await doomed.reopen(id);
        armed = true;
        doomed.append(id, progress([2], [2]));
        doomed.append(id, checkpoint('model of step 2', 2, { epoch: 1, best: true, latest: true }));
        await doomed.flush();

        const third = await opened();
        const step = third.run(id)?.checkpoint?.step;
        const model = new TextDecoder().decode(await third.readModel(id, 'latest'));
        assert.equal(third.run(id)?.state, 'interrupted');
        assert.ok(step === 1 || step === 2);
        // The record never tells of a checkpoint that is not there.
        assert.ok(
          step === 1 ? /^model of step [12]$/.test(model) : model === 'model of step 2',
          `${step}: ${model}`,
        );
        assert.match(new TextDecoder().decode(await third.readModel(id, 'best')), /^model of step [12]$/);
        await third.reopen(id);
        const { history } = third.state(id);
        assert.deepEqual(history.steps, [1, 2].slice(0, history.steps.length));
        assert.ok(history.steps.every((at) => at <= step));
      });
    }
  }

  it('goes on from the last checkpoint: curves after it are cut off', async () => {
    const first = store();
    const { id } = first.create(newRun);
    first.append(id, progress([1, 2], [4, 3]));
    first.append(id, epochEnded(1, { step: 2 }));
    first.append(id, checkpoint('two', 2, { epoch: 1 }));
    first.append(id, progress([3, 4], [2, 1]));
    first.append(id, epochEnded(2, { step: 4 }));
    first.append(id, { type: 'failed', error: { name: 'WorkerError', message: 'out of memory' } });
    assert.deepEqual([first.run(id)?.message, first.run(id)?.step], ['out of memory', 4]);
    const { record, checkpoint: model } = await first.reopen(id);
    const { history } = first.state(id);
    assert.deepEqual([record.state, record.message, record.epoch, record.step], ['running', undefined, 1, 2]);
    assert.deepEqual(history.steps, [1, 2]);
    assert.deepEqual(
      history.epochs.map((record) => record.epoch),
      [1],
    );
    assert.equal(new TextDecoder().decode(model), 'two');
  });

  it('begins again where there is no checkpoint yet', async () => {
    const first = store();
    const { id } = first.create(newRun);
    first.append(id, progress([1], [4]));
    const development = { tokens: 1, sentences: 1, loss: 1, accuracy: 1 };
    first.append(id, epochEnded(1, { step: 1, development }));
    first.interrupt(id);
    const { checkpoint: model, record } = await first.reopen(id);
    const { history } = first.state(id);
    assert.deepEqual([history.steps, model, record.step], [[], undefined, 0]);
    assert.deepEqual([record.seconds, record.tokensPerSecond, record.development], [0, undefined, undefined]);
  });

  it('keeps saying which step the model files on disk are from where new ones cannot be written', async () => {
    let full = false;
    const write = (path: string, content: Uint8Array) =>
      full && /safetensors/.test(path) ? Promise.reject(new Error('ENOSPC')) : files().write(path, content);
    const first = store(10, { ...files(), write });
    const { id } = first.create(newRun);
    const other = first.create(newRun).id;
    first.append(id, checkpoint('one', 1, { epoch: 1, best: true, latest: true }));
    await first.flush();
    full = true;
    first.append(id, checkpoint('two', 2, { epoch: 2, best: true, latest: true }));
    first.append(other, checkpoint('two', 2, { epoch: 2, best: true, latest: true }));
    first.append(id, ended('stopped'));
    await first.flush();
    const moments = (runs: RunStore, run: string) => [
      runs.run(run)?.checkpoint?.step,
      runs.run(run)?.best?.step,
    ];
    const second = await opened();
    for (const runs of [first, second])
      assert.deepEqual(
        [moments(runs, id), moments(runs, other)],
        [
          [1, 1],
          [undefined, undefined],
        ],
      );
    full = false;
    first.append(id, checkpoint('three', 3, { epoch: 3, best: false, latest: true }));
    await first.flush();
    assert.deepEqual(moments(await opened(), id), [3, 1]);
  });

  it('logs that the last checkpoint cannot be read, and then has none', async () => {
    const first = store();
    const { id } = first.create(newRun);
    first.append(id, checkpoint('one', 1, { epoch: 1, best: false, latest: true }));
    first.append(id, ended('stopped'));
    await first.flush();
    await files().remove(`runs/${id}/model.safetensors`);
    await assert.rejects(
      first.reopen(id),
      /^InputError: The run cannot go on: its last checkpoint cannot be read \(.*ENOENT/,
    );
    assert.deepEqual([first.run(id)?.state, first.run(id)?.checkpoint], ['stopped', undefined]);
    await first.flush();
    assert.equal((await opened()).run(id)?.checkpoint, undefined);
  });

  it('logs that curves are damaged, and then has none', async () => {
    const first = store();
    const { id } = first.create(newRun);
    await first.flush();
    await writeWhole(files(), `runs/${id}/history.json`, bytes('{"steps": [1'));
    const second = await opened();
    assert.deepEqual((await second.readState(id)).history, { steps: [], losses: [], epochs: [] });
    assert.match(log.join(), /curves of run/);
  });

  it('goes on in memory when the disk is full', async () => {
    const full = store(10, { ...files(), write: () => Promise.reject(new Error('ENOSPC')) });
    const { id } = full.create(newRun);
    full.append(id, progress([3]));
    await full.flush();
    assert.equal(full.run(id)?.step, 3);
    assert.match(log[0], /Could not write runs\/.*ENOSPC/);
  });

  it('tells when something changes', () => {
    const runs = store();
    let changes = 0;
    runs.onDidChange(() => changes++);
    const { id } = runs.create(newRun);
    runs.append(id, progress([1]));
    assert.equal(changes, 2);
    assert.throws(() => runs.append('other', progress([1])), /no run other/);
  });
});
