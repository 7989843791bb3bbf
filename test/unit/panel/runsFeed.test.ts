import assert from 'node:assert/strict';
import { Emitter } from '../../../src/common/events';
import { RunsFeed } from '../../../src/panel/runsFeed';
import type { FromRuns, ToRuns } from '../../../src/panel/runsProtocol';
import { newRecord } from '../../../src/record/runRecord';
import type { RunRecord } from '../../../src/record/runRecord';
import { initialState } from '../../../src/run/runState';
import type { RunState } from '../../../src/run/runState';
import { completeSettings } from '../../../src/training/defaults';
import { FakeClock } from '../workspace/fakeClock';

/** The runs of a workspace, which a test changes. */
class Runs {
  private readonly change = new Emitter<void>();
  readonly onDidChange = this.change.event;
  readonly records = new Map<string, RunRecord>();
  readonly read: string[] = [];

  constructor(ids: readonly string[]) {
    for (const id of ids) this.set(id, 0);
  }

  get runs(): readonly RunRecord[] {
    return [...this.records.values()];
  }

  run(id: string): RunRecord | undefined {
    return this.records.get(id);
  }

  readState(id: string): Promise<RunState> {
    this.read.push(id);
    const { step = 0 } = this.records.get(id) ?? {};
    const steps = Array.from({ length: step }, (_, i) => i + 1);
    const history = { steps, losses: steps.map((at) => 1 / at), epochs: [] };
    return Promise.resolve({ ...initialState({ epochs: 3, spans: false }), step, history });
  }

  set(id: string, step: number): void {
    const record = newRecord(
      id,
      { corpus: 'c', corpusName: 'c', column: 'UPOS', settings: completeSettings(), spans: false },
      new Date(0),
    );
    this.records.set(id, { ...record, step });
    this.change.fire();
  }

  delete(id: string): void {
    this.records.delete(id);
    this.change.fire();
  }
}

const follow = (
  curves: readonly string[],
  list = false,
  first = false,
): Extract<FromRuns, { type: 'runs.follow' }> => ({
  ...{ type: 'runs.follow', list, curves, smoothing: 0, first },
});

/** Lets what was begun come to its end. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the feed of other runs', () => {
  let clock: FakeClock;
  let runs: Runs;
  let sent: ToRuns[];
  let feed: RunsFeed;

  beforeEach(() => {
    clock = new FakeClock();
    runs = new Runs(['a', 'b', 'c']);
    sent = [];
    feed = new RunsFeed(
      runs,
      (message) => sent.push(message),
      (error) => assert.ifError(error),
      clock,
    );
  });
  afterEach(() => feed.dispose());

  const last = (): Extract<ToRuns, { type: 'runs' }> => {
    const message = sent.at(-1);
    assert.ok(message?.type === 'runs');
    return message;
  };

  it('reads and sends only the curves that are asked for, and these again only when they have changed', async () => {
    runs.set('a', 5);
    await settled();
    assert.deepEqual([sent, runs.read], [[], []], 'nobody has asked');
    feed.follow(follow(['a']));
    await settled();
    assert.deepEqual(runs.read, ['a']);
    assert.deepEqual(
      last().curves.map(({ id, steps }) => [id, steps.length]),
      [['a', 5]],
    );
    assert.deepEqual(
      last().list?.map(({ id }) => id),
      ['a', 'b', 'c'],
    );
    clock.pass(1000);
    runs.set('b', 9);
    await settled();
    assert.deepEqual(runs.read, ['a'], 'another run has changed');
    clock.pass(1000);
    runs.set('a', 6);
    await settled();
    assert.deepEqual(
      last().curves.map(({ steps }) => steps.length),
      [6],
    );
  });

  it('sends two messages a second at most, however fast runs go on', async () => {
    feed.follow(follow(['a', 'b'], true));
    for (let step = 1; step <= 1000; step++) {
      runs.set('a', step);
      clock.pass(10);
      await settled();
    }
    assert.ok(sent.length > 15 && sent.length <= 21, `${sent.length} messages in ten seconds`);
  });

  it('tells of a run that is deleted, and of all again to a new page', async () => {
    runs.set('b', 4);
    feed.follow(follow(['b'], true));
    await settled();
    clock.pass(1000);
    runs.delete('b');
    await settled();
    assert.deepEqual(
      last().list?.map(({ id }) => id),
      ['a', 'c'],
    );
    assert.deepEqual(last().curves, []);
    const count = sent.length;
    clock.pass(1000);
    feed.follow(follow([], true, true));
    await settled();
    assert.equal(sent.length, count + 1);
    assert.equal(last().list?.length, 2);
  });

  it('has the figures that runs are sorted by, once somebody looks at the list', async () => {
    runs.set('c', 4);
    feed.follow(follow(['a'], false));
    await settled();
    assert.ok(last().list?.every(({ smoothedLoss }) => smoothedLoss === undefined));
    clock.pass(1000);
    feed.follow(follow(['a'], true));
    await settled();
    assert.equal(last().list?.find(({ id }) => id === 'c')?.smoothedLoss, 0.25);
  });

  it('says nothing once the page is gone', async () => {
    feed.follow(follow(['a'], true));
    await settled();
    const count = sent.length;
    feed.disconnect();
    clock.pass(1000);
    runs.set('a', 3);
    await settled();
    assert.equal(sent.length, count);
  });
});
