import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseChoice } from '../../../src/record/choiceFields';
import { RememberedDevices } from '../../../src/workspace/deviceChoices';
import type { ChoiceStore } from '../../../src/workspace/deviceChoices';

/** As VS Code keeps it: JSON. */
class Kept implements ChoiceStore {
  text: string | undefined;
  get(): unknown {
    return this.text === undefined ? undefined : JSON.parse(this.text);
  }
  async update(_: string, value: unknown): Promise<void> {
    this.text = JSON.stringify(value);
  }
}
const choice = {
  device: 'simd',
  trials: [
    { device: 'simd', description: 'WebAssembly SIMD', tokensPerSecond: 5 },
    { device: 'webgpu', why: 'There is no adapter.' },
  ],
} as const;

describe('remembered devices', () => {
  it('are found again by their key, in another window too, until they are forgotten', () => {
    const kept = new Kept();
    const first = new RememberedDevices(kept);
    first.set('a', choice);
    first.set('b', { ...choice, device: 'cpu' });
    const second = new RememberedDevices(kept);
    assert.deepEqual([second.get('a'), second.get('b')?.device, second.get('c')], [choice, 'cpu', undefined]);
    second.set('a', { ...choice, device: 'webasm' });
    assert.equal(first.get('a')?.device, 'webasm');
    second.delete('a');
    assert.deepEqual([first.get('a'), first.get('b')?.device], [undefined, 'cpu']);
  });

  it('are all forgotten at once where a person asks for it', () => {
    const kept = new Kept();
    const remembered = new RememberedDevices(kept);
    remembered.set('a', choice);
    remembered.set('b', choice);
    assert.deepEqual(
      remembered.all().map(([key]) => key),
      ['b', 'a'],
    );
    remembered.clear();
    assert.deepEqual([remembered.get('a'), remembered.all()], [undefined, []]);
    assert.deepEqual(new RememberedDevices(kept).all(), []);
  });

  it('are limited to the fifty that were set last', () => {
    const remembered = new RememberedDevices(new Kept());
    for (let i = 0; i < 60; i++) remembered.set(`k${i}`, choice);
    assert.deepEqual([remembered.get('k9'), remembered.get('k10')], [undefined, choice]);
  });

  it('count as not remembered where they are damaged, and do not break what is sound', () => {
    const kept = new Kept();
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        kept.text = JSON.stringify([['k', value], value, ['sound', choice]]);
        const found = new RememberedDevices(kept).get('k');
        assert.ok(found === undefined || parseChoice(value) !== undefined);
        assert.deepEqual(new RememberedDevices(kept).get('sound'), choice);
        kept.text = JSON.stringify(value);
        new RememberedDevices(kept).set('k', choice);
        assert.deepEqual(new RememberedDevices(kept).get('k'), choice);
      }),
    );
    assert.equal(parseChoice({ ...choice, device: 'auto' }), undefined);
  });

  it('cost nothing where they cannot be kept', () => {
    const remembered = new RememberedDevices({
      get: () => undefined,
      update: () => Promise.reject(new Error('The disk is full.')),
    });
    remembered.set('a', choice);
    assert.equal(remembered.get('a'), undefined);
  });
});
