import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunDetails } from '../../../src/run/learned';
import { defaultSettings } from '../../../src/training/defaults';
import { RunStore } from '../../../src/workspace/runStore';
import { checkpoint, ended } from '../run/events';
import { temporaryStorage, windowOf } from './temporaryStorage';

const newRun = {
  corpus: 'ws/ewt#conllu',
  corpusName: 'ewt',
  column: 'UPOS',
  settings: defaultSettings,
  spans: false,
};
const learned: RunDetails['learned'] = {
  knownWords: { tokens: 1, correct: 1 },
  unknownWords: { tokens: 0, correct: 0 },
  sentences: [],
  tokens: [],
  worst: [],
};
const details: RunDetails = { development: { labels: [], confusions: [['N', 'V', 3]] } };

describe('the details of runs in the store', () => {
  const { folder, files } = temporaryStorage(() => Promise.resolve());
  let log: string[];
  const opened = async (): Promise<RunStore> => {
    const store = new RunStore(files(), {
      keep: () => 10,
      log: (message) => log.push(message),
      intervalMs: 0,
      window: { ...windowOf('w'), isAlive: () => false },
    });
    await store.load();
    return store;
  };
  /** Ends a run with its model. */
  const end = (store: RunStore, id: string): void => {
    store.append(id, checkpoint(60, { best: true, latest: false, bytes: new Uint8Array(8) }));
    store.append(id, ended('done', { details, learned }));
  };
  const fileOf = (id: string): string => path.join(folder(), 'runs', id, 'details.json');

  beforeEach(() => (log = []));

  it('outlive the window, beside the run’s own', async () => {
    const store = await opened();
    const { id } = store.create(newRun);
    assert.equal(await store.readDetails(id), undefined);
    end(store, id);
    assert.deepEqual(await store.readDetails(id), { ...details, learned });
    await store.flush();
    const other = await opened();
    assert.deepEqual(await other.readDetails(id), { ...details, learned });
    assert.equal(other.run(id)?.state, 'done');
    assert.deepEqual(log, []);
    await other.delete(id);
    assert.throws(() => readFileSync(fileOf(id)), /ENOENT/);
  });

  it('are none of a run that was stopped', async () => {
    const store = await opened();
    const { id } = store.create(newRun);
    store.append(id, ended('stopped'));
    assert.equal(await store.readDetails(id), undefined);
    assert.deepEqual(log, []);
  });

  for (const [what, change, why] of [
    ['damaged', (text: string) => text.slice(0, 20), /details\.json\) are set aside, they cannot be read/],
    ['of a later version', (text: string) => text.replace('"version":1', '"version":2'), /its version is 2/],
  ] as const)
    it(`are set aside and named where they are ${what}, and the run stays`, async () => {
      const store = await opened();
      const { id } = store.create(newRun);
      end(store, id);
      await store.flush();
      const text = change(readFileSync(fileOf(id), 'utf8'));
      writeFileSync(fileOf(id), text);
      const other = await opened();
      assert.equal(await other.readDetails(id), undefined);
      assert.equal(await other.readDetails(id), undefined);
      assert.equal(log.length, 1);
      assert.match(log[0], why);
      assert.ok(log[0].includes(id));
      assert.equal((await other.readState(id)).phase, 'done');
      await other.flush();
      assert.equal(readFileSync(fileOf(id), 'utf8'), text, 'the file is left as it is');
    });
});
