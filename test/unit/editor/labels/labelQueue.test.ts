import assert from 'node:assert/strict';
import { LabelQueue } from '../../../../src/editor/labels/labelQueue';

/** A turn that ends when the test says so. */
class Turn {
  begun = 0;
  private end: () => void = () => undefined;

  readonly run = (): Promise<void> => {
    this.begun++;
    return new Promise((resolve) => (this.end = resolve));
  };

  async finish(): Promise<void> {
    this.end();
    await new Promise(setImmediate);
  }
}

describe('The queue of editors that wait for labels', () => {
  it('begins at once, and lets one editor in after the other', async () => {
    const queue = new LabelQueue();
    const [first, second] = [new Turn(), new Turn()];
    queue.add(first.run);
    queue.add(second.run);
    assert.deepEqual([first.begun, second.begun], [1, 0]);
    await first.finish();
    assert.deepEqual([first.begun, second.begun], [1, 1]);
  });

  it('lets an editor in once more that asked again during its turn, behind those that wait', async () => {
    const queue = new LabelQueue();
    const [first, second] = [new Turn(), new Turn()];
    queue.add(first.run);
    queue.add(second.run);
    queue.add(first.run);
    queue.add(first.run);
    await first.finish();
    assert.deepEqual([first.begun, second.begun], [1, 1]);
    await second.finish();
    assert.deepEqual([first.begun, second.begun], [2, 1]);
    await first.finish();
    assert.equal(first.begun, 2);
    queue.add(second.run);
    assert.equal(second.begun, 2);
  });

  it('passes over an editor that is gone', async () => {
    const queue = new LabelQueue();
    const [first, second] = [new Turn(), new Turn()];
    queue.add(first.run);
    queue.add(second.run);
    queue.remove(second.run);
    await first.finish();
    assert.equal(second.begun, 0);
  });
});
