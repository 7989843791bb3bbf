import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FileChoices, labelsVisible } from '../../../src/editor/labels/fileChoices';
import { RememberedDevices } from '../../../src/workspace/deviceChoices';
import { ModelInUse } from '../../../src/workspace/modelInUse';
import { anyJson, replacedAnywhere } from './damage';

const files = [
  ['file:///a.txt', true],
  ['file:///b.txt', false],
];
const choice = { device: 'simd', trials: [{ device: 'simd', tokensPerSecond: 5 }] };
const devices = [
  ['a', choice],
  ['b', choice],
];

/** Holds one value under every key, as VS Code does: what is written is JSON. */
const storeOf = (value: unknown) => {
  let kept = JSON.stringify(value);
  return {
    get: (): unknown => JSON.parse(kept),
    update: (_: string, next: unknown) => {
      kept = JSON.stringify(next);
      return Promise.resolve();
    },
  };
};

/** Each use of what VS Code remembers for the extension. */
function use(value: unknown): void {
  const choices = new FileChoices(storeOf(value));
  for (const on of [choices.get('file:///a.txt'), choices.get('constructor')])
    assert.ok(on === undefined || typeof on === 'boolean');
  choices.rename('file:///a.txt', 'file:///c.txt');
  choices.set('file:///d.txt', true);
  assert.equal(choices.get('file:///d.txt'), true);
  assert.equal(typeof labelsVisible(storeOf(value)), 'boolean');
  const { key } = new ModelInUse({ get: () => value, set: assert.fail });
  assert.ok(key === undefined || typeof key === 'string');
  const remembered = new RememberedDevices(storeOf(value));
  for (const [name, { trials }] of remembered.all())
    assert.ok(typeof name === 'string' && Array.isArray(trials));
  remembered.set('c', { device: 'cpu', trials: [] });
  assert.equal(remembered.get('c')?.device, 'cpu');
}

describe('what VS Code remembers for the extension', () => {
  it('may be any JSON', () => {
    fc.assert(fc.property(anyJson, use), { numRuns: 1000 });
    for (const value of [{ length: 2 }, { length: 1e15 }, 'file:///a.txt', 7, [[1, 2]], [null]]) use(value);
  });

  it('is used as far as it is sound', () => {
    const whole = { files, devices };
    fc.assert(
      fc.property(replacedAnywhere(whole), ({ whole: damaged, path }) => {
        use(damaged.files);
        use(damaged.devices);
        const [name, index] = path;
        const choices = new FileChoices(storeOf(damaged.files));
        if (name !== 'files' || index === '0') assert.equal(choices.get('file:///b.txt'), false);
        const remembered = new RememberedDevices(storeOf(damaged.devices));
        if (name !== 'devices' || (index === '0' && path.length > 1 && damaged.devices))
          assert.deepEqual(remembered.all().at(-1), ['b', choice]);
      }),
    );
  });

  it('is bounded, however much is there', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => [`file:///${i}`, true]);
    const store = storeOf(many);
    new FileChoices(store).set('file:///a', true);
    assert.equal((store.get() as unknown[]).length, 1000);
    const entries = many.map(([name]) => [name, choice]);
    assert.equal(new RememberedDevices(storeOf(entries)).all().length, 50);
  });
});
