import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../../src/common/problem';
import { readModel, writeModel } from '../../../src/model/modelFile';
import type { TaggerModel } from '../../../src/model/modelFile';
import { copyParameters } from '../../../src/model/parameters';
import { readTensors, writeTensors } from '../../../src/model/safetensors';
import type { TensorFile } from '../../../src/model/safetensors';
import { randomModel } from './models';
import { randomParameters } from './tiny';

function checkpoint(): TaggerModel {
  const model = randomModel();
  return {
    ...model,
    state: {
      epoch: 3,
      stepInEpoch: 7,
      step: 107,
      epochLoss: 1 / 3,
      epochTokens: 70,
      seconds: 1.25,
      tokens: 900,
      startLoss: 1.1,
      smoothedLoss: 0.9,
      fingerprint: 4_000_000_000,
      carried: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      best: { epoch: 2, scores: model.development!, parameters: randomParameters(model.parameters, 9) },
    },
  };
}

/** Writes a model, changes the file by its parts, and gives its bytes. */
function altered(change: (file: { tensors: Map<string, { shape: readonly number[]; values: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> }>; metadata: Map<string, string> }) => void): Uint8Array {
  const file = readTensors(writeModel(checkpoint())) as TensorFile;
  const parts = { tensors: new Map(file.tensors), metadata: new Map(file.metadata) };
  change(parts);
  return writeTensors(parts);
}

describe('model files', () => {
  it('give back a model', () => {
    const model = randomModel();
    assert.deepEqual(readModel(writeModel(model)), model);
  });

  it('give back a checkpoint with its state', () => {
    assert.deepEqual(readModel(writeModel(checkpoint())), checkpoint());
  });

  it('keep float32 parameters as they are', () => {
    const model = { ...randomModel(), parameters: copyParameters(randomModel().parameters, (length) => new Float32Array(length)) };
    assert.deepEqual(readModel(writeModel(model)), model);
  });

  it('hold the parameters by their symbols, W as H×K', () => {
    const model = randomModel();
    const { tensors, metadata } = readTensors(writeModel(model));
    const { K, H, L } = model.parameters;
    const shapes = Object.fromEntries([...tensors].map(([name, tensor]) => [name, tensor.shape]));
    assert.deepEqual(shapes, { U: [H, H], V: [L, H], W: [H, K], b: [H], c: [L] });
    for (let k = 0; k < K; k++) for (let i = 0; i < H; i++) assert.equal(tensors.get('W')!.values[i * K + k], model.parameters.W[k * H + i]);
    assert.equal(metadata.get('format_version'), '1');
  });

  it('without scores, give back none', () => {
    const { development: _development, developmentLabels: _labels, ...model } = randomModel();
    assert.deepEqual(readModel(writeModel(model)), model);
  });

  it('own their memory', () => {
    const bytes = writeModel(randomModel());
    assert.equal(bytes.byteOffset, 0);
    assert.equal(bytes.buffer.byteLength, bytes.length);
  });

  const bad: readonly [string, Parameters<typeof altered>[0], RegExp][] = [
    ['foreign', ({ metadata }) => metadata.delete('application'), /no model of RNN Tagger/],
    ['of no version', ({ metadata }) => metadata.set('format_version', 'x'), /no model of RNN Tagger/],
    ['newer', ({ metadata }) => metadata.set('format_version', '2'), /format version 2.*reads up to 1/],
    ['without labels', ({ metadata }) => metadata.delete('labels'), /labels is missing/],
    ['with labels that are no JSON', ({ metadata }) => metadata.set('labels', '['), /labels is not JSON/],
    ['with a label twice', ({ metadata }) => metadata.set('labels', '["O","O","x"]'), /distinct/],
    ['with another number of labels', ({ metadata }) => metadata.set('labels', '["O","x"]'), /V is 3×4, and 2×4/],
    ['with an unknown scheme', ({ metadata }) => metadata.set('scheme', 'XYZ'), /scheme/],
    ['with a bad format', ({ metadata }) => metadata.set('format', '{"kind":"columns","columns":["FORM"],"form":1,"separator":"\\t"}'), /corpus format/],
    ['with bad settings', ({ metadata }) => metadata.set('settings', '{}'), /hidden must be/],
    ['with bad scores', ({ metadata }) => metadata.set('development', '{"tokens":1}'), /sentences is no number/],
    ['with label scores that are no list', ({ metadata }) => metadata.set('development_labels', '{}'), /development_labels is no list/],
    ['with label scores that are no objects', ({ metadata }) => metadata.set('development_labels', '[1]'), /score of development_labels is no object/],
    ['with a label score that lacks its label', ({ metadata }) => metadata.set('development_labels', '[{"precision":1}]'), /has no label/],
    ['with a label score that lacks a figure', ({ metadata }) => metadata.set('development_labels', '[{"label":"x","precision":-1}]'), /precision is no number/],
    ['with a bad date', ({ metadata }) => metadata.set('created', 'soon'), /date/],
    ['with a bad state', ({ metadata }) => metadata.set('state', '[]'), /state is no object/],
    ['without U', ({ tensors }) => tensors.delete('U'), /U is missing/],
    ['with a parameter that is not finite', ({ tensors }) => tensors.set('b', { shape: [4], values: Float32Array.of(0, NaN, 0, 0) }), /finite/],
    ['with a carried state of another size', ({ tensors }) => tensors.set('h', { shape: [3], values: new Float64Array(3) }), /B×H/],
    ['with half of the best parameters', ({ tensors }) => tensors.delete('best.W'), /best\.W is missing/],
  ];
  for (const [name, change, message] of bad) {
    it(`say what is wrong with one ${name}`, () => {
      assert.throws(
        () => readModel(altered(change), 'm.safetensors'),
        (error) => error instanceof InputError && message.test(error.message) && error.details.file === 'm.safetensors' && Boolean(error.details.hint),
      );
    });
  }

  it('damaged in any way, give a model or an InputError', () => {
    const whole = writeModel(checkpoint());
    const position = fc.nat(whole.length - 1);
    const header = fc.nat(Math.min(whole.length, 4000) - 1);
    const damage = fc.oneof(
      fc.record({ kind: fc.constant('bytes' as const), at: fc.array(fc.tuple(fc.oneof(position, header), fc.nat(255)), { minLength: 1, maxLength: 8 }) }),
      fc.record({ kind: fc.constant('cut' as const), from: position, to: position }),
      fc.record({ kind: fc.constant('insert' as const), from: header, bytes: fc.uint8Array({ maxLength: 20 }) }),
      fc.record({ kind: fc.constant('any' as const), bytes: fc.uint8Array({ maxLength: 200 }) }),
    );
    fc.assert(
      fc.property(damage, (drawn) => {
        let bytes = whole.slice();
        if (drawn.kind === 'bytes') for (const [at, value] of drawn.at) bytes[at] = value;
        else if (drawn.kind === 'cut') bytes = Uint8Array.from([...whole.subarray(0, drawn.from), ...whole.subarray(drawn.to)]);
        else if (drawn.kind === 'insert') bytes = Uint8Array.from([...whole.subarray(0, drawn.from), ...drawn.bytes, ...whole.subarray(drawn.from)]);
        else bytes = Uint8Array.from(drawn.bytes);
        try {
          readModel(bytes, 'f');
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
          assert.equal(error.details.file, 'f');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('with any JSON in the metadata, give a model or an InputError', () => {
    const names = [...readTensors(writeModel(checkpoint())).metadata.keys()];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.oneof(fc.json(), fc.string()), (name, text) => {
        try {
          readModel(altered(({ metadata }) => metadata.set(name, text)));
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
