import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/common/events';
import type { Corpus } from '../../../../src/corpus/corpus';
import { parseSweep } from '../../../../src/editor/sweeps/keptSweep';
import type { Sweep } from '../../../../src/editor/sweeps/keptSweep';
import { MissingCorpusError, SweepRunner } from '../../../../src/editor/sweeps/sweepRunner';
import type { PausedSweep } from '../../../../src/editor/sweeps/sweepRunner';
import { sweptText } from '../../../../src/editor/sweeps/sweepText';
import type { EndedRun, StartOptions } from '../../../../src/editor/trainingController';
import type { TrainingSettings } from '../../../../src/model/settings/settings';
import { sweepSettings } from '../../../../src/model/settings/sweep';
import { newRecord } from '../../../../src/record/runRecord';
import type { RunRecord, StoredRunState } from '../../../../src/record/runRecord';
import { defaultSettings } from '../../../../src/training/defaults';
import { until } from '../../../until';
import { english } from '../english';

const corpus = { id: 'ewt', name: 'EWT' } as unknown as Corpus;
const planned = sweepSettings(defaultSettings, { seed: [2, 3, 4] });
const sweep: Sweep = { id: 's', corpus: 'ewt', column: 'UPOS', allowLeftOut: false, planned, begun: [] };

/** Trains as a controller does, and a test says how each run ends. */
class Trainer {
  readonly ends = new Emitter<EndedRun>();
  readonly onDidEnd = this.ends.event;
  readonly records = new Map<string, RunRecord>();
  readonly started: TrainingSettings[] = [];
  corpora: readonly Corpus[] = [corpus];
  busy = false;
  /** As JSON, as VS Code keeps it. */
  json: string | undefined;
  fault: Error | undefined;

  run(id: string): RunRecord | undefined {
    return this.records.get(id);
  }

  start(_: Corpus, column: string, settings: TrainingSettings, options: StartOptions): Promise<void> {
    if (this.fault) return Promise.reject(this.fault);
    assert.ok(!this.busy, 'one run goes on at a time');
    this.busy = true;
    this.started.push(settings);
    const id = `run ${this.started.length}`;
    const names = { corpus: 'ewt', corpusName: 'EWT', column, spans: false };
    this.records.set(id, newRecord(id, { ...names, settings, sweep: options.sweep }, new Date(0)));
    options.created?.(id);
    return Promise.resolve();
  }

  end(state: StoredRunState, accuracy = 0.9): void {
    this.busy = false;
    const id = `run ${this.started.length}`;
    const record = this.records.get(id);
    assert.ok(record);
    const development = { tokens: 1000, sentences: 50, loss: 0.1, accuracy };
    this.records.set(id, { ...record, state, development });
    this.ends.fire({ session: { id, restored: false }, error: undefined } as unknown as EndedRun);
  }

  whenRead(): Promise<void> {
    return Promise.resolve();
  }
}

describe('a sweep', () => {
  let trainer: Trainer;
  let pauses: PausedSweep[];
  let ends: (readonly RunRecord[])[];

  function opened(): SweepRunner {
    const runner = new SweepRunner({
      training: trainer,
      runs: trainer,
      corpora: trainer,
      kept: {
        get: (): unknown => (trainer.json === undefined ? undefined : JSON.parse(trainer.json)),
        set: (kept) => (trainer.json = kept && JSON.stringify(kept)),
      },
    });
    runner.onDidPause((paused) => pauses.push(paused));
    runner.onDidEnd((runs) => ends.push(runs));
    return runner;
  }

  const begun = (count: number) => until(`run ${count}`, () => trainer.started.length === count);

  beforeEach(() => {
    trainer = new Trainer();
    pauses = [];
    ends = [];
  });

  it('trains one run after the other, also after one that fails, and tells of all when it has ended', async () => {
    const runner = opened();
    await runner.start(sweep);
    assert.deepEqual(trainer.records.get('run 1')?.sweep, { id: 's', run: 1, of: 3 });
    trainer.end('done', 0.91);
    await begun(2);
    trainer.end('failed');
    await begun(3);
    trainer.end('done', 0.93);
    await until('the end', () => ends.length === 1);
    assert.deepEqual(
      trainer.started.map(({ seed }) => seed),
      [2, 3, 4],
    );
    assert.deepEqual([runner.left, runner.goesOn, trainer.json, pauses.length], [0, false, undefined, 0]);
    assert.equal(
      sweptText(ends[0], english),
      'RNN Tagger: EWT · UPOS: 2 runs are trained. 1 run did not come to its end. Best accuracy 93.0 %: seed 4. Mean of its 2 seeds: 92.0 % ± 1.4 %.',
    );
  });

  it('tells no score where there is too little to score by', () => {
    const names = { corpus: 'ewt', corpusName: 'EWT', column: 'UPOS', spans: false };
    const development = { tokens: 99, sentences: 5, loss: 0.1, accuracy: 1 };
    const runs = planned.map((settings, i) => ({
      ...newRecord(`run ${i}`, { ...names, settings }, new Date(0)),
      state: 'done' as const,
      development,
    }));
    assert.equal(
      sweptText(runs, english),
      'RNN Tagger: EWT · UPOS: 3 runs are trained, no score: only 99 tokens.',
    );
  });

  it('stops where a person stops its run, and goes on with the others when asked', async () => {
    const runner = opened();
    await runner.start(sweep);
    trainer.end('stopped');
    assert.deepEqual(pauses, [{ left: 2 }]);
    assert.equal(runner.goesOn, false);
    await runner.goOn();
    assert.equal(trainer.started.at(-1)?.seed, 3);
  });

  it('is there after a reload, and goes on once its run that was cut off is taken up and ends', async () => {
    const first = opened();
    await first.start(sweep);
    trainer.end('interrupted');
    assert.equal(first.goesOn, false);
    first.dispose();
    const again = opened();
    assert.deepEqual([again.left, again.goesOn, trainer.started.length], [2, false, 1]);
    trainer.busy = true;
    trainer.end('done');
    await begun(2);
    assert.deepEqual([again.left, again.goesOn], [1, true]);
  });

  it('waits for a run that is none of its own', async () => {
    const runner = opened();
    trainer.busy = true;
    await runner.start(sweep);
    assert.equal(trainer.started.length, 0);
    trainer.busy = false;
    trainer.ends.fire({ session: { id: 'another' } } as unknown as EndedRun);
    await begun(1);
  });

  it('says what keeps a run from beginning, and keeps the runs that are left', async () => {
    const runner = opened();
    trainer.corpora = [];
    await runner.start(sweep);
    assert.ok(pauses[0].error instanceof MissingCorpusError);
    assert.equal(runner.left, 3);
    trainer.corpora = [corpus];
    trainer.fault = new Error('None of the files can be read.');
    await runner.goOn();
    assert.equal(pauses[1].error, trainer.fault);
    assert.equal(runner.left, 3);
  });

  it('is none where what was kept is damaged', () => {
    assert.deepEqual(parseSweep(JSON.parse(JSON.stringify(sweep))), sweep);
    for (const damage of [
      undefined,
      7,
      { ...sweep, planned: [{ ...defaultSettings, hidden: 0 }] },
      { ...sweep, begun: ['a', 'b', 'c', 'd'] },
      { ...sweep, corpus: null },
    ])
      assert.equal(parseSweep(damage), undefined);
  });
});
