import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readRunRecord } from '../../../src/record/readRunRecord';
import { newRecord } from '../../../src/record/runRecord';
import { defaultSettings } from '../../../src/training/defaults';
import { RunStore } from '../../../src/workspace/runStore';
import { until } from '../../until';
import { ended } from '../run/events';
import { temporaryStorage, windowOf } from './temporaryStorage';

const newRun = {
  corpus: 'ws/ewt#conllu',
  corpusName: 'ewt',
  column: 'UPOS',
  settings: defaultSettings,
  spans: false,
};

describe('runs of a sweep in the run store', () => {
  const stores: RunStore[] = [];
  const { folder, files } = temporaryStorage(() =>
    Promise.all(stores.splice(0).map((store) => store.flush())),
  );

  async function opened(keep: number): Promise<RunStore> {
    let time = Date.UTC(2025, 0, 1);
    const store = new RunStore(files(), {
      keep: () => keep,
      log: () => undefined,
      intervalMs: 0,
      now: () => new Date((time += 1000)),
      window: { ...windowOf(`w${stores.length}`), isAlive: () => false },
    });
    stores.push(store);
    await store.load();
    return store;
  }

  it('count as one where the oldest run is removed', async () => {
    const store = await opened(2);
    const [old, before] = [1, 2].map(() => {
      const run = store.create(newRun);
      store.append(run.id, ended('done'));
      return run;
    });
    for (let run = 1; run <= 3; run++) {
      const { id } = store.create({ ...newRun, sweep: { id: 's', run, of: 3 } });
      store.append(id, ended('done'));
    }
    await store.flush();
    await until('the oldest is removed', () => !existsSync(path.join(folder(), 'runs', old.id)));
    const again = await opened(2);
    assert.deepEqual(
      again.runs.map(({ id, sweep }) => sweep ?? id),
      [...[3, 2, 1].map((run) => ({ id: 's', run, of: 3 })), before.id],
    );
  });

  it('are runs of their own where their place is damaged', () => {
    const run = newRecord('a', { ...newRun, sweep: { id: 's', run: 1, of: 3 } }, new Date());
    assert.deepEqual(readRunRecord(JSON.stringify(run), 'a').record.sweep, run.sweep);
    const { record, damaged } = readRunRecord(JSON.stringify({ ...run, sweep: { id: 7 } }), 'a');
    assert.deepEqual([record.sweep, damaged], [undefined, ['sweep']]);
  });
});
