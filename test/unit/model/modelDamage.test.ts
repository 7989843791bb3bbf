import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../../src/common/errors';
import { readModel, writeModel } from '../../../src/model/modelFile';
import { readTensors, writeTensors } from '../../../src/model/safetensors';
import { randomCheckpoint } from './models';

/**
 * Reads what may be anything: gives whether it was a model. Any other error than an {@link InputError} fails.
 */
function isModel(bytes: Uint8Array): boolean {
  try {
    readModel(bytes, 'f');
    return true;
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    assert.equal(error.details.file, 'f');
    return false;
  }
}

for (const form of [
  {},
  { input: 'features', layers: 2, loss: 'crf', averaging: true, optimizer: 'adam' },
] as const) {
  describe(`damaged model files, ${JSON.stringify(form)}`, function () {
    this.timeout(600_000);
    const whole = writeModel(randomCheckpoint(form));

    it('give a model or an InputError, whatever the damage', () => {
      const position = fc.nat(whole.length - 1);
      const header = fc.nat(Math.min(whole.length, 8000) - 1);
      const damage = fc.oneof(
        fc.record({
          kind: fc.constant('bytes' as const),
          at: fc.array(fc.tuple(fc.oneof(position, header), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        }),
        fc.record({ kind: fc.constant('cut' as const), from: position, to: position }),
        fc.record({
          kind: fc.constant('insert' as const),
          from: header,
          bytes: fc.uint8Array({ maxLength: 20 }),
        }),
        fc.record({ kind: fc.constant('any' as const), bytes: fc.uint8Array({ maxLength: 200 }) }),
      );
      fc.assert(
        fc.property(damage, (drawn) => {
          let bytes = whole.slice();
          if (drawn.kind === 'bytes') for (const [at, value] of drawn.at) bytes[at] = value;
          else if (drawn.kind === 'cut')
            bytes = Uint8Array.from([...whole.subarray(0, drawn.from), ...whole.subarray(drawn.to)]);
          else if (drawn.kind === 'insert')
            bytes = Uint8Array.from([
              ...whole.subarray(0, drawn.from),
              ...drawn.bytes,
              ...whole.subarray(drawn.from),
            ]);
          else bytes = Uint8Array.from(drawn.bytes);
          isModel(bytes);
        }),
        { numRuns: 1500 },
      );
    });

    it('give an InputError where they end early', () => {
      assert.ok(isModel(whole));
      for (let n = 1; n <= 200; n++)
        assert.ok(!isModel(whole.subarray(0, Math.floor((whole.length * (n - 1)) / 200))));
    });

    it('with any JSON in the metadata, give a model or an InputError', () => {
      const { tensors, metadata } = readTensors(whole);
      fc.assert(
        fc.property(fc.constantFrom(...metadata.keys()), fc.oneof(fc.json(), fc.string()), (name, text) => {
          isModel(writeTensors({ tensors, metadata: new Map([...metadata, [name, text]]) }));
        }),
        { numRuns: 750 },
      );
    });

    it('with any one setting changed, give a model or an InputError', () => {
      const { tensors, metadata } = readTensors(whole);
      const settings = JSON.parse(metadata.get('settings')!) as Record<string, unknown>;
      const value = fc.oneof(
        fc.integer({ min: -1, max: 5 }),
        fc.boolean(),
        fc.constantFrom('one-hot', 'features', 'crf', 'softmax', 'auto', 'sgd', 'adam', 'relu'),
        fc.double(),
      );
      fc.assert(
        fc.property(fc.constantFrom(...Object.keys(settings)), value, (name, changed) => {
          isModel(
            writeTensors({
              tensors,
              metadata: new Map([
                ...metadata,
                ['settings', JSON.stringify({ ...settings, [name]: changed })],
              ]),
            }),
          );
        }),
        { numRuns: 750 },
      );
    });
  });
}
