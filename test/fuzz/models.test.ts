import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../src/common/errors';
import { readModel, writeModel } from '../../src/model/modelFile';
import { readTensors, writeTensors } from '../../src/model/safetensors';
import { randomCheckpoint } from '../unit/model/models';
import { fuzz } from './cases';

const wholes = [
  {},
  { input: 'features', layers: 2, loss: 'crf', averaging: true, optimizer: 'adam' } as const,
].map((form) => writeModel(randomCheckpoint(form)));

/** A file that is read is a model, and is written as one that is read alike. */
function read(bytes: Uint8Array): void {
  let model;
  try {
    model = readModel(bytes, 'f');
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return;
  }
  const again = writeModel(model);
  assert.deepEqual(writeModel(readModel(again)), again);
}

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

describe('any model file', () => {
  it('is a model or refused, however its bytes are damaged', () =>
    fuzz(
      'models',
      0.7,
      fc.record({
        whole: fc.constantFrom(...wholes),
        // The header comes first, and much can be wrong with it.
        inHeader: fc.boolean(),
        changes: fc.array(fc.tuple(place, fc.uint8Array({ maxLength: 3 }), fc.nat(3)), { maxLength: 5 }),
        length: fc.oneof(fc.constant(1), place),
      }),
      ({ whole, inHeader, changes, length }) => {
        let bytes = Array.from(whole);
        for (const [at, inserted, removed] of changes)
          bytes.splice(Math.floor(at * (inHeader ? 3000 : bytes.length)), removed, ...inserted);
        bytes = bytes.slice(0, Math.ceil(length * bytes.length));
        read(Uint8Array.from(bytes));
      },
    ));

  it('is a model or refused, whatever stands in its metadata', () =>
    fuzz(
      'models',
      0.3,
      fc.tuple(fc.constantFrom(...wholes), fc.nat(30), fc.oneof(fc.json(), fc.string())),
      ([whole, which, text]) => {
        const { tensors, metadata } = readTensors(whole);
        const names = [...metadata.keys()];
        read(
          writeTensors({ tensors, metadata: new Map([...metadata, [names[which % names.length], text]]) }),
        );
      },
    ));
});
