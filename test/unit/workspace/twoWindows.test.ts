import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defaultSettings } from '../../../src/training/defaults';
import { RunFollower } from '../../../src/workspace/runFollower';
import { RunStore } from '../../../src/workspace/runStore';
import type { FileOperations } from '../../../src/workspace/storage';
import { until } from '../../until';
import { checkpoint as checkpointAt, ended, epochEnded, progress } from '../run/events';
import { FakeClock } from './fakeClock';
import { temporaryStorage, windowOf } from './temporaryStorage';

const newRun = {
  corpus: 'ws/ewt#conllu',
  corpusName: 'ewt',
  column: 'UPOS',
  settings: defaultSettings,
  spans: false,
};
const model = (text: string, step: number) =>
  checkpointAt(step, { bytes: new TextEncoder().encode(text), epoch: 1, best: true, latest: true });

describe('two windows on one storage', () => {
  const stores: RunStore[] = [];
  const { folder, files } = temporaryStorage(async () => {
    await Promise.all(stores.map((store) => store.flush()));
    for (const store of stores.splice(0)) store.dispose();
  });
  let log: string[];
  /** Windows whose process is gone. */
  let dead: Set<number>;
  let first: RunStore;
  let second: RunStore;

  function windowWith(pid: number, operations: FileOperations = files(), keep = 10): RunStore {
    const window = { ...windowOf(`w${pid}`), pid, isAlive: (other: number) => !dead.has(other) };
    const store = new RunStore(operations, {
      keep: () => keep,
      log: (message) => log.push(message),
      intervalMs: 0,
      window,
    });
    stores.push(store);
    return store;
  }

  const ownerFile = (id: string): string => path.join(folder(), 'runs', id, 'owner.json');
  /** Waits till nobody has the run any more. */
  async function released(id: string): Promise<void> {
    await Promise.all(stores.map((store) => store.flush()));
    await until('the run to be free', () => !existsSync(ownerFile(id)));
  }

  beforeEach(async () => {
    log = [];
    dead = new Set();
    first = windowWith(1);
    second = windowWith(2);
    await Promise.all([first.load(), second.load()]);
  });

  it('see each other’s runs begin, go on and end, without a word where nothing has changed', async () => {
    let changes = 0;
    second.onDidChange(() => changes++);
    const { id } = first.create(newRun);
    await first.flush();
    await second.refresh();
    assert.equal(changes, 1);
    assert.ok(second.isElsewhere(id) && second.anyElsewhere && !first.isElsewhere(id));
    assert.equal((await second.readState(id)).phase, 'starting');
    first.append(id, progress([1, 2, 3]));
    first.append(id, epochEnded(1));
    await first.flush();
    await second.refresh();
    assert.equal(second.run(id)?.step, first.run(id)?.step);
    const state = await second.readState(id);
    assert.deepEqual([state.phase, state.history.epochs.length], ['running', 1]);
    await second.refresh();
    assert.equal(changes, 2);
    first.append(id, model('model', 4));
    first.append(id, ended('done'));
    await released(id);
    await second.refresh();
    assert.deepEqual(
      [second.run(id)?.state, second.elsewhere(id), first.elsewhere(id)],
      ['done', 'ended', undefined],
    );
    const version = second.versionOf(id);
    assert.equal(new TextDecoder().decode(await second.readModel(id, version!)), 'model');
    await first.delete(id);
    await second.refresh();
    assert.deepEqual([second.runs, changes], [[], 4]);
    assert.deepEqual(log, []);
  });

  it('take over the run of one that died, and no other', async () => {
    const { id } = first.create(newRun);
    first.append(id, model('model', 4));
    await first.flush();
    await second.refresh();
    await assert.rejects(second.reopen(id), /goes on in another window/);
    dead.add(1);
    await second.refresh();
    assert.deepEqual([second.run(id)?.state, second.anyElsewhere], ['interrupted', false]);
    const { checkpoint } = await second.reopen(id);
    assert.equal(new TextDecoder().decode(checkpoint), 'model');
    assert.equal(second.elsewhere(id), undefined, 'it is this window’s now');
  });

  it('notice that the other has gone on with a run of their own', async () => {
    const { id } = first.create(newRun);
    first.append(id, model('old', 4));
    first.append(id, ended('stopped', { epoch: 1, step: 4 }));
    await released(id);
    await second.refresh();
    await second.reopen(id);
    await second.flush();
    await assert.rejects(first.delete(id), /another window/);
    await assert.rejects(first.reopen(id), /another window/);
    assert.ok(first.isElsewhere(id));
    second.append(id, model('new', 9));
    second.append(id, ended('stopped', { epoch: 2, step: 9 }));
    await released(id);
    const { checkpoint, record } = await first.reopen(id);
    assert.deepEqual([new TextDecoder().decode(checkpoint), record.step], ['new', 9]);
  });

  it('do not go on with a run that the other has trained to its end', async () => {
    const { id } = first.create(newRun);
    first.append(id, model('old', 4));
    first.append(id, ended('stopped', { epoch: 1, step: 4 }));
    await released(id);
    await second.refresh();
    await second.reopen(id);
    second.append(id, model('new', 9));
    second.append(id, ended('done', { epoch: 2, step: 9 }));
    await released(id);
    await assert.rejects(first.reopen(id), /over/);
    assert.equal(first.run(id)?.state, 'done');
  });

  it('never take a run that ends at this moment for one that was cut off', async () => {
    const operations = files();
    const { id } = first.create(newRun);
    await first.flush();
    // Between the look at the record and that at its owner the first window ends its run.
    let pending: Promise<void> | undefined;
    const late = windowWith(3, {
      ...operations,
      read: async (file) => {
        const bytes = await operations.read(file);
        if (file.endsWith('run.json'))
          await (pending ??= (async () => {
            first.append(id, model('model', 4));
            first.append(id, ended('done'));
            await released(id);
          })());
        return bytes;
      },
    });
    await late.refresh();
    assert.equal(late.run(id)?.state, 'done');
    await first.refresh();
    assert.equal(first.run(id)?.state, 'done');
  });

  it('never see a run that begins before its owner', async () => {
    const operations = files();
    let seen: boolean | undefined;
    const slow = windowWith(3, {
      ...operations,
      write: async (file, content) => {
        // The owner takes its time.
        if (file.includes('owner.json')) for (let n = 0; n < 50; n++) await operations.folders('runs');
        await operations.write(file, content);
      },
      rename: async (from, to) => {
        if (to.endsWith('run.json')) seen ??= existsSync(path.join(folder(), path.dirname(to), 'owner.json'));
        await operations.rename(from, to);
      },
    });
    slow.create(newRun);
    await slow.flush();
    assert.equal(seen, true);
  });

  it('do not remove a run as one of the oldest that the other goes on with', async () => {
    const { id } = first.create(newRun);
    first.append(id, model('model', 4));
    first.append(id, ended('stopped', { epoch: 1, step: 4 }));
    await released(id);
    const keepsOne = windowWith(3, files(), 1);
    await keepsOne.load();
    await first.reopen(id);
    await first.flush();
    keepsOne.create(newRun);
    await keepsOne.flush();
    await keepsOne.refresh();
    assert.ok(keepsOne.isElsewhere(id));
    assert.ok(existsSync(ownerFile(id)));
  });

  it('say once that a run is damaged', async () => {
    const { id } = first.create(newRun);
    await first.flush();
    writeFileSync(path.join(folder(), 'runs', id, 'run.json'), '{');
    await second.refresh();
    await second.refresh();
    assert.equal(log.length, 1);
  });

  describe('one of which follows the other', () => {
    it('looks again while a run goes on there, and rests when none does', async () => {
      const clock = new FakeClock();
      let looks = 0;
      const { refresh } = second;
      second.refresh = () => (looks++, refresh.call(second));
      const follower = new RunFollower(second, assert.ifError, clock);
      clock.pass(60_000);
      assert.equal(looks, 0);
      const { id } = first.create(newRun);
      await first.flush();
      await follower.look();
      assert.ok(second.isElsewhere(id));
      first.append(id, progress([1, 2, 3]));
      await first.flush();
      clock.pass(5_000);
      assert.equal(looks, 2);
      await until('the progress', () => second.run(id)?.step === first.run(id)?.step);
      await follower.look();
      dead.add(1);
      clock.pass(5_000);
      await until('the end', () => second.run(id)?.state === 'interrupted');
      await follower.look();
      const until1 = looks;
      clock.pass(60_000);
      assert.equal(looks, until1);
      follower.dispose();
    });

    it('begins there while this one has the focus, and is seen', async () => {
      const clock = new FakeClock();
      const follower = new RunFollower(second, assert.ifError, clock);
      follower.setFocused(true);
      await follower.look();
      const { id } = first.create(newRun);
      await first.flush();
      clock.pass(5_000);
      await until('the run', () => second.isElsewhere(id));
      follower.dispose();
    });

    it('is not looked for once the focus is gone', async () => {
      const clock = new FakeClock();
      let looks = 0;
      const { refresh } = second;
      second.refresh = () => (looks++, refresh.call(second));
      const follower = new RunFollower(second, assert.ifError, clock);
      follower.setFocused(true);
      await follower.look();
      assert.equal(looks, 1);
      follower.setFocused(false);
      clock.pass(60_000);
      assert.equal(looks, 1);
      follower.dispose();
    });
  });
});
