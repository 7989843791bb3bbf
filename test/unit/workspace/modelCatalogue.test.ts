import assert from 'node:assert/strict';
import type { RunRecord } from '../../../src/record/runRecord';
import { defaultSettings } from '../../../src/training/defaults';
import { ImportedModels } from '../../../src/workspace/importedModels';
import {
  activeEntry,
  catalogue,
  entryOfCorpus,
  fileNeeded,
  fileVersion,
} from '../../../src/workspace/modelCatalogue';
import type { ImportedModel } from '../../../src/workspace/readImportedModel';
import { writeWhole } from '../../../src/workspace/storage';
import { resolved } from '../training/resolved';
import { temporaryStorage } from './temporaryStorage';

const moment = { epoch: 1, step: 1 };
const run = (id: string, corpus: string, day: number, checkpoint = true): RunRecord => ({
  version: 1,
  id,
  corpus,
  corpusName: corpus,
  column: 'UPOS',
  settings: defaultSettings,
  created: `2025-01-0${day}T00:00:00.000Z`,
  state: 'done',
  spans: false,
  epoch: 1,
  step: 1,
  stepsPerEpoch: 1,
  seconds: 1,
  checkpoint: checkpoint ? moment : undefined,
});
const imported = (id: string, corpus: string, day: number): ImportedModel => ({
  id,
  name: `${id}.safetensors`,
  imported: `2025-01-0${day}T12:00:00.000Z`,
  info: {
    corpus,
    corpusName: corpus,
    column: 'NER',
    labels: ['O'],
    scheme: 'IOB2',
    settings: resolved(),
    features: 3,
    created: '2024-01-01T00:00:00.000Z',
    layout: { kind: 'columns', columns: ['FORM', 'NER'], form: 0, separator: '\t' },
  },
});

describe('a model’s file', () => {
  const entryOf = (change: Partial<RunRecord>) => catalogue([{ ...run('a', 'a', 1), ...change }], [])[0];
  const nothing = { loaded: false };

  it('is read again with each checkpoint of a run that goes on in another window', () => {
    const at = (step: number) =>
      catalogue(
        [{ ...run('a', 'a', 1), state: 'running', checkpoint: { epoch: 1, step } }],
        [],
        () => 'going on',
      )[0];
    assert.equal(fileNeeded(at(3), nothing, true), true);
    const held = { loaded: true, version: fileVersion(at(3)) };
    assert.equal(fileNeeded(at(3), held, true), false);
    assert.equal(fileNeeded(at(6), held, true), true);
  });

  it('is not asked for before a run’s first checkpoint is there: that comes from the trainer', () => {
    const running = entryOf({ state: 'running' });
    assert.equal(fileNeeded(running, nothing, false), false);
    assert.equal(fileNeeded(running, { loaded: true, version: 'live' }, false), false);
    assert.equal(fileNeeded(running, { loaded: true, version: 'live' }, true), false);
    assert.equal(fileNeeded(running, { loaded: false, version: 'live', failed: true }, false), false);
  });

  it('is read of a run that goes on again, until there is something newer, and once where it fails', () => {
    const running = entryOf({ state: 'running' });
    assert.equal(fileNeeded(running, nothing, true), true);
    assert.equal(fileNeeded(running, { loaded: true, version: 'latest 1' }, true), false);
    assert.equal(fileNeeded(running, { loaded: false, version: 'running', failed: true }, true), false);
  });

  it('is read of a run that is over, and again where a better one is there', () => {
    const done = entryOf({});
    assert.equal(fileNeeded(done, nothing, true), true);
    assert.equal(fileNeeded(done, { loaded: true, version: 'live' }, true), true);
    assert.equal(fileNeeded(done, { loaded: true, version: fileVersion(done) }, true), false);
    assert.equal(fileNeeded(done, { loaded: false, version: fileVersion(done), failed: true }, true), false);
    const better = entryOf({ best: { epoch: 1, step: 9 } });
    assert.equal(fileNeeded(better, { loaded: true, version: fileVersion(done) }, true), true);
    const [file] = catalogue([], [imported('i', 'a', 2)]);
    assert.equal(fileNeeded(file, nothing, true), true);
    assert.equal(fileNeeded(file, { loaded: true, version: 'file' }, true), false);
  });
});

describe('model catalogue', () => {
  const entries = catalogue(
    [run('c', 'b', 5, false), run('b', 'a', 3), run('a', 'a', 1)],
    [imported('i', 'a', 2)],
  );

  it('lists runs with a checkpoint and imported models, newest first', () => {
    assert.deepEqual(
      entries.map(({ key }) => key),
      ['run:b', 'imported:i', 'run:a'],
    );
  });

  it('prefers runs that are done to newer ones that are not, where none was chosen', () => {
    const stopped = { ...run('s', 'a', 9), state: 'stopped' } as const;
    const going = { ...run('g', 'z', 8), state: 'running' } as const;
    const all = catalogue([stopped, going, run('b', 'a', 3)], []);
    assert.equal(activeEntry(all, undefined)?.key, 'run:b');
    assert.equal(activeEntry(all, 'run:s')?.key, 'run:s');
    assert.equal(entryOfCorpus(all, 'a', 'run:g')?.key, 'run:b');
    assert.equal(entryOfCorpus(all, 'z', 'run:b')?.key, 'run:g');
    assert.equal(activeEntry(catalogue([stopped], []), undefined)?.key, 'run:s');
  });

  it('leaves what labels as it is, whatever another window trains, unless it is chosen or there is no other', () => {
    const runs = [run('theirs', 'b', 9), run('old', 'b', 2), run('mine', 'a', 1)];
    const all = catalogue(runs, [], ({ id }) => (id === 'theirs' ? 'ended' : undefined));
    assert.equal(activeEntry(all, undefined)?.key, 'run:old');
    assert.equal(entryOfCorpus(all, 'b', 'run:mine')?.key, 'run:old');
    assert.equal(activeEntry(all, 'run:theirs')?.key, 'run:theirs');
    assert.equal(entryOfCorpus(all, 'b', 'run:theirs')?.key, 'run:theirs');
    const only = catalogue([run('theirs', 'b', 9)], [], () => 'going on');
    assert.equal(activeEntry(only, undefined)?.key, 'run:theirs');
    assert.equal(entryOfCorpus(only, 'b', undefined)?.key, 'run:theirs');
  });

  it('has as active model the chosen one, else the newest', () => {
    assert.equal(activeEntry(entries, 'run:a')?.key, 'run:a');
    assert.equal(activeEntry(entries, undefined)?.key, 'run:b');
    assert.equal(activeEntry(entries, 'run:removed')?.key, 'run:b');
    assert.equal(activeEntry([], 'run:a'), undefined);
  });

  it('gives a corpus its own model: the active one if it is of this corpus, else the newest run’s', () => {
    assert.equal(entryOfCorpus(entries, 'a', 'run:a')?.key, 'run:a');
    assert.equal(entryOfCorpus(entries, 'a', 'imported:i')?.key, 'imported:i');
    assert.equal(entryOfCorpus(entries, 'a', undefined)?.key, 'run:b');
    assert.equal(entryOfCorpus(entries, 'b', 'run:a'), undefined);
    const both = catalogue([run('x', 'x', 4), run('y', 'y', 3)], []);
    assert.equal(entryOfCorpus(both, 'y', 'run:x')?.key, 'run:y');
  });
});

describe('imported models', () => {
  const { files } = temporaryStorage();

  it('are there again in the next session; damaged ones are left out', async () => {
    const log: string[] = [];
    const models = new ImportedModels(files(), assert.fail);
    await models.load();
    for (const [id, day] of [
      ['older', 1],
      ['newer', 2],
    ] as const)
      await models.add(imported(id, 'a', day), new Uint8Array([day]));
    await writeWhole(files(), 'models/damaged/model.json', new TextEncoder().encode('{"id": "damaged"}'));
    const again = new ImportedModels(files(), (message) => log.push(message));
    await again.load();
    assert.deepEqual(
      again.models.map(({ id }) => id),
      ['newer', 'older'],
    );
    assert.deepEqual([...(await again.read('newer'))], [2]);
    assert.match(log.join(), /models\/damaged is left out/);
    assert.equal(log.length, 1);
  });
});
