import assert from 'node:assert/strict';
import type { Doubt } from '../../../../src/corpus/queue/doubts';
import { Queue } from '../../../../src/corpus/queue/queue';
import { QueueFiller } from '../../../../src/corpus/queue/queueFiller';
import type { Judge, Look } from '../../../../src/corpus/queue/queueFiller';

const asked = { corpus: 'news', column: 'NER' };
const doubtAt = (start: number): Doubt => ({
  words: 'Rio',
  uncertainty: 0.5,
  isGuess: false,
  gold: { spans: [] },
  predicted: { spans: [{ start: 0, end: 1, type: 'LOC' }] },
  target: { start, end: start + 3, tokens: 1, index: 0, sentence: 'Rio' },
});
const doubts = (count: number): Look => ({
  kind: 'doubts',
  asked,
  doubts: Array.from({ length: count }, (_, i) => doubtAt(10 * i)),
});

/** Files that are looked through as the test says; `looked` has them in the order in which that was done. */
class Workspace {
  files = ['a', 'b', 'c'];
  version = '1';
  isJudged = true;
  readonly looked: string[] = [];
  readonly failures: string[] = [];
  readonly queue = new Queue();
  readonly filler: QueueFiller;
  look: (file: string) => Look | Promise<Look> = () => doubts(1);

  constructor(mostPlaces = 100) {
    const judgeOf = (): Judge | undefined =>
      this.isJudged ? { model: 'run:x', version: this.version } : undefined;
    const files = (): readonly string[] => this.files;
    this.filler = new QueueFiller(
      this.queue,
      {
        get files() {
          return files();
        },
        judgeOf,
        look: async (file) => {
          this.looked.push(file);
          return this.look(file);
        },
        failed: (file) => this.failures.push(file),
      },
      mostPlaces,
    );
  }

  /** @returns the files that were looked through. */
  async run(): Promise<string> {
    this.looked.length = 0;
    this.isLeft = await this.filler.run(
      () => false,
      () => undefined,
    );
    return this.looked.join('');
  }

  isLeft = false;
}

describe('filling the queue', () => {
  it('looks through each file once, and through one that has changed once more', async () => {
    const workspace = new Workspace();
    assert.ok(!workspace.filler.isFilled);
    assert.equal(await workspace.run(), 'abc');
    assert.ok(workspace.filler.isFilled);
    assert.equal(await workspace.run(), '');
    workspace.filler.change('b');
    assert.ok(!workspace.filler.isFilled);
    assert.equal(await workspace.run(), 'b');
  });

  it('knows what judges while a file that was answered is still to be looked through', async () => {
    const workspace = new Workspace();
    workspace.files = ['a'];
    await workspace.run();
    workspace.filler.change('a');
    assert.deepEqual(workspace.filler.judges, ['run:x']);
    assert.equal(workspace.queue.size, 1);
  });

  it('looks through all again where the model has learned more or files are read in another way', async () => {
    const workspace = new Workspace();
    await workspace.run();
    workspace.version = '2';
    assert.ok(!workspace.filler.isFilled);
    assert.equal(await workspace.run(), 'abc');
  });

  it('renews what it has, however many places that are, and looks elsewhere once there is room', async () => {
    const workspace = new Workspace(10);
    workspace.look = () => doubts(5);
    assert.equal(await workspace.run(), 'ab');
    assert.ok(workspace.filler.isFilled);
    workspace.version = '2';
    workspace.look = () => doubts(1);
    assert.equal(await workspace.run(), 'abc');
    assert.equal(workspace.queue.size, 3);
  });

  it('goes on behind a file that fails, tells of it, and tries it again the next time', async () => {
    const workspace = new Workspace();
    workspace.look = (file) => {
      if (file === 'a') throw new Error('no worker');
      return doubts(1);
    };
    assert.equal(await workspace.run(), 'abc');
    assert.deepEqual(workspace.failures, ['a']);
    assert.deepEqual(workspace.filler.leftOut, { tooLarge: 0, unreadable: 1 });
    assert.ok(workspace.filler.isFilled);
    workspace.look = () => doubts(1);
    assert.equal(await workspace.run(), 'a');
    assert.deepEqual(workspace.filler.leftOut, { tooLarge: 0, unreadable: 0 });
  });

  it('counts what is too large, and goes on the next time with what is too much for once', async () => {
    const workspace = new Workspace();
    let isFirst = true;
    workspace.look = (file) =>
      file === 'a' ? { kind: 'tooLarge' } : file === 'c' && isFirst ? { kind: 'later' } : doubts(1);
    assert.equal(await workspace.run(), 'abc');
    assert.deepEqual([workspace.isLeft, workspace.filler.isFilled], [true, false]);
    assert.deepEqual(workspace.filler.leftOut, { tooLarge: 1, unreadable: 0 });
    isFirst = false;
    assert.equal(await workspace.run(), 'c');
    assert.deepEqual([workspace.isLeft, workspace.filler.isFilled], [false, true]);
    assert.equal(workspace.queue.size, 2);
  });

  it('looks again where a file or the model became another while it was looked through', async () => {
    const workspace = new Workspace();
    workspace.files = ['a'];
    workspace.look = () => {
      workspace.filler.change('a');
      return doubts(1);
    };
    await workspace.run();
    assert.deepEqual([workspace.isLeft, workspace.filler.isFilled], [true, false]);
    workspace.look = () => {
      workspace.version = '2';
      return doubts(7);
    };
    await workspace.run();
    assert.deepEqual([workspace.isLeft, workspace.queue.size], [true, 1]);
    workspace.look = () => doubts(2);
    await workspace.run();
    assert.deepEqual([workspace.isLeft, workspace.queue.size], [false, 2]);
  });

  it('forgets files that are of no corpus any more, and questions that no model asks', async () => {
    const workspace = new Workspace();
    await workspace.run();
    workspace.files = ['b'];
    await workspace.run();
    assert.deepEqual(workspace.queue.files, ['b']);
    workspace.isJudged = false;
    assert.equal(await workspace.run(), '');
    assert.deepEqual(
      [workspace.queue.size, workspace.filler.judges, workspace.filler.isFilled],
      [0, [], true],
    );
  });
});
