import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import type { TextConventions } from '../../../src/corpus/text/conventions';
import { readModel, writeModel } from '../../../src/model/modelFile';
import { copyParameters, plainArrays } from '../../../src/model/parameters';
import { readTensors, writeTensors } from '../../../src/model/safetensors';
import type { TensorFile } from '../../../src/model/safetensors';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import type { TaggerModel } from '../../../src/model/taggerModel';
import { randomCheckpoint, randomModel } from './models';
import { named, sizesIn } from './named';

const forms: readonly Partial<TrainingSettings>[] = [
  {},
  { bidirectional: true, loss: 'crf', optimizer: 'momentum' },
  { input: 'features', bidirectional: false, optimizer: 'sgd', averaging: false, loss: 'softmax' },
  { input: 'features', layers: 3, loss: 'crf', optimizer: 'adam', averaging: true },
  { layers: 2, optimizer: 'adam' },
];
/** Of it all: features, both directions, two layers, a CRF, averaged weights, Adam's moments. */
const whole = { input: 'features', layers: 2, loss: 'crf', averaging: true, optimizer: 'adam' } as const;

/** Writes a checkpoint, changes the file by its parts, and gives its bytes. */
function altered(
  change: (file: {
    tensors: Map<
      string,
      { shape: readonly number[]; values: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> }
    >;
    metadata: Map<string, string>;
  }) => void,
  given: Partial<TrainingSettings> = {},
): Uint8Array {
  const file = readTensors(writeModel(randomCheckpoint(given))) as TensorFile;
  const parts = { tensors: new Map(file.tensors), metadata: new Map(file.metadata) };
  change(parts);
  return writeTensors(parts);
}

describe('model files', () => {
  for (const form of forms) {
    it(`give back a model: ${JSON.stringify(form)}`, () => {
      const model = randomModel(form);
      assert.deepEqual(readModel(writeModel(model)), model);
    });

    it(`give back how text is cut: ${JSON.stringify(form)}`, () => {
      const conventions: TextConventions = {
        version: 1,
        cut: ["c-l' a", 'e-猫 の'],
        keep: ['a+a -', 'j-\ud800 "'],
        end: ['a. a'],
        goOn: [],
        forms: [['"', '``']],
      };
      const model = { ...randomModel(form), conventions };
      assert.deepEqual(readModel(writeModel(model)), model);
      const file = readTensors(writeModel(model)) as TensorFile;
      const metadata = new Map(file.metadata).set('conventions', '{"version":2,"more":[[]]}');
      assert.deepEqual(
        readModel(writeTensors({ ...file, metadata })),
        randomModel(form),
        'of a newer version',
      );
    });

    it(`give back a checkpoint with its state: ${JSON.stringify(form)}`, () => {
      const checkpoint = randomCheckpoint(form);
      assert.deepEqual(readModel(writeModel(checkpoint)), checkpoint);
    });
  }

  it('keep float32 parameters as they are', () => {
    for (const form of forms) {
      const model = {
        ...randomModel(form),
        parameters: copyParameters(randomModel(form).parameters, plainArrays('float32')),
      };
      assert.deepEqual(readModel(writeModel(model)), model);
    }
  });

  it('hold the parameters by their symbols, one-hot W as H×K', () => {
    const model = randomModel({ bidirectional: true });
    const { tensors, metadata } = readTensors(writeModel(model));
    const { K, H, L } = sizesIn(model.parameters);
    const shapes = Object.fromEntries([...tensors].map(([name, tensor]) => [name, tensor.shape]));
    assert.deepEqual(shapes, {
      'W1>': [H, K],
      'W1<': [H, K],
      'U1>': [H, H],
      'U1<': [H, H],
      'b1>': [H],
      'b1<': [H],
      'V>': [L, H],
      'V<': [L, H],
      c: [L],
    });
    for (let k = 0; k < K; k++)
      for (let i = 0; i < H; i++)
        assert.equal(
          tensors.get('W1<')!.values[i * K + k],
          model.parameters.layers[0].rightToLeft!.W[0][k * H + i],
        );
    assert.equal(metadata.get('format_version'), '2');
  });

  it('hold the table of features as it is, and what is learned beside the parameters', () => {
    const checkpoint = randomCheckpoint(whole);
    const { tensors } = readTensors(writeModel(checkpoint));
    const { K, E, H, L } = sizesIn(checkpoint.parameters);
    assert.deepEqual(tensors.get('table'), { shape: [K, E], values: checkpoint.parameters.table });
    assert.deepEqual(tensors.get('W1>')!.shape, [H, E]);
    assert.deepEqual(tensors.get('W2><')!.shape, [H, H]);
    assert.deepEqual(tensors.get('A')!.shape, [L + 2, L]);
    for (const [prefix, parameters] of [
      ['best.', checkpoint.state!.best!.parameters!],
      ['weights.', checkpoint.state!.weights!],
      ['moment2.', checkpoint.state!.moments![1]],
    ] as const) {
      for (const name of ['table', 'U2<', 'A'])
        assert.deepEqual(tensors.get(prefix + name)!.values, named(parameters)[name], prefix + name);
    }
  });

  it('have no scores where the model has none', () => {
    const {
      development: _development,
      developmentLabels: _labels,
      calibration: _calibration,
      ...model
    } = randomModel();
    assert.deepEqual(readModel(writeModel(model)), model);
  });

  it('hold the best epoch’s parameters once where they are the model’s own', () => {
    const { state, ...model } = randomCheckpoint(whole);
    const checkpoint: TaggerModel = {
      ...model,
      state: { ...state!, best: { epoch: 2, scores: model.development! } },
    };
    assert.ok(
      [...readTensors(writeModel(checkpoint)).tensors.keys()].every((name) => !name.startsWith('best.')),
    );
    assert.deepEqual(readModel(writeModel(checkpoint)), checkpoint);
  });

  it('are refused where they are a CRF over too many labels, by name and with the way out', () => {
    const labels = Array.from({ length: 2049 }, (_, n) => `B-${n}`);
    const model = randomModel({ loss: 'crf', hidden: 1 }, labels);
    const fewer = { ...randomModel({ loss: 'crf', hidden: 1 }, labels.slice(1)), scheme: 'none' } as const;
    assert.equal(readModel(writeModel(fewer)).labels.length, 2048);
    assert.throws(
      () => readModel(writeModel(model), 'big.safetensors'),
      (error) =>
        error instanceof InputError &&
        error.details.file === 'big.safetensors' &&
        /CRF over 2,049 labels.* at most 2,048/.test(error.message) &&
        /softmax/.test(error.details.hint ?? ''),
    );
  });

  it('are read into memory of their own', () => {
    const bytes = writeModel(randomModel());
    assert.equal(bytes.byteOffset, 0);
    assert.equal(bytes.buffer.byteLength, bytes.length);
  });

  const bad: readonly [string, Parameters<typeof altered>[0], RegExp, Partial<TrainingSettings>?][] = [
    ['foreign', ({ metadata }) => metadata.delete('application'), /no model of RNN Tagger/],
    ['of no version', ({ metadata }) => metadata.set('format_version', 'x'), /no model of RNN Tagger/],
    ['newer', ({ metadata }) => metadata.set('format_version', '3'), /format version 3.*reads up to 2/],
    ['without labels', ({ metadata }) => metadata.delete('labels'), /labels is missing/],
    ['with labels that are no JSON', ({ metadata }) => metadata.set('labels', '['), /labels is not JSON/],
    ['with a label twice', ({ metadata }) => metadata.set('labels', '["O","O","x"]'), /distinct/],
    [
      'with another number of labels',
      ({ metadata }) => metadata.set('labels', '["O","x"]'),
      /V> is 3×4, and 2×4/,
    ],
    ['with an unknown scheme', ({ metadata }) => metadata.set('scheme', 'XYZ'), /scheme/],
    [
      'with a bad format',
      ({ metadata }) =>
        metadata.set('format', '{"kind":"columns","columns":["FORM"],"form":1,"separator":"\\t"}'),
      /corpus format/,
    ],
    ['with bad settings', ({ metadata }) => metadata.set('settings', '{}'), /epochs must be/],
    [
      'with settings of another network',
      ({ metadata }) =>
        metadata.set('settings', metadata.get('settings')!.replace('"layers":1', '"layers":2')),
      /U2> is missing/,
    ],
    ['without features', ({ metadata }) => metadata.delete('features'), /features is missing/],
    [
      'with features of an unknown kind',
      ({ metadata }) =>
        metadata.set('features', metadata.get('features')!.replaceAll('"suffixes:2"', '"colour"')),
      /no feature colour/,
      whole,
    ],
    [
      'with fewer features than its table has',
      ({ metadata }) => metadata.set('features', metadata.get('features')!.replaceAll('"at",', '')),
      /table is \d+×3, and \d+×3 is needed/,
      whole,
    ],
    [
      'with bad scores',
      ({ metadata }) => metadata.set('development', '{"tokens":1}'),
      /sentences is no number/,
    ],
    ['without a bias', ({ metadata }) => metadata.delete('outside_bias'), /outside_bias is missing/],
    [
      'with a bias that is no number',
      ({ metadata }) => metadata.set('outside_bias', 'NaN'),
      /outside_bias is no number/,
    ],
    [
      'with conventions that are none',
      ({ metadata }) => metadata.set('conventions', '{"version":1,"cut":["a"],"keep":["a"]}'),
      /conventions are none that can be followed/,
    ],
    ['with conventions that are no object', ({ metadata }) => metadata.set('conventions', '[]'), /no object/],
    [
      'with a bad calibration',
      ({ metadata }) => metadata.set('calibration', '{"temperature":0,"ece":0,"eceUncalibrated":0}'),
      /temperature/,
    ],
    [
      'with features that nest without end',
      ({ metadata }) => metadata.set('features', '['.repeat(90e6)),
      /features is not JSON, or nests too deep/,
    ],
    [
      'with a temperature near 0',
      ({ metadata }) => metadata.set('calibration', '{"temperature":1e-300,"ece":0,"eceUncalibrated":0}'),
      /temperature is 1e-300, and must be from 0.01 to 100/,
    ],
    [
      'with a temperature beyond all that is fitted',
      ({ metadata }) => metadata.set('calibration', '{"temperature":1e308,"ece":0,"eceUncalibrated":0}'),
      /temperature is 1e\+308, and must be from 0.01 to 100/,
    ],
    [
      'with a bias beyond all that is fitted',
      ({ metadata }) => metadata.set('outside_bias', '-1e308'),
      /outside_bias is not from/,
    ],
    [
      'with a weight near the end of float32',
      ({ tensors }) => tensors.set('b1>', { shape: [4], values: Float32Array.of(0, 1e38, 0, 0) }),
      /a parameter is beyond/,
    ],
    [
      'with a best weight near the end of float64',
      ({ tensors }) => tensors.set('best.b1>', { shape: [4], values: Float64Array.of(0, -1e307, 0, 0) }),
      /a parameter is beyond/,
    ],
    [
      'with label scores that are no list',
      ({ metadata }) => metadata.set('development_labels', '{}'),
      /development_labels is no list/,
    ],
    [
      'with label scores that are no objects',
      ({ metadata }) => metadata.set('development_labels', '[1]'),
      /score of development_labels is no object/,
    ],
    [
      'with a label score that lacks its label',
      ({ metadata }) => metadata.set('development_labels', '[{"precision":1}]'),
      /has no label/,
    ],
    [
      'with a label score that lacks a figure',
      ({ metadata }) => metadata.set('development_labels', '[{"label":"x","precision":-1}]'),
      /precision is no number/,
    ],
    ['with a bad date', ({ metadata }) => metadata.set('created', 'soon'), /date/],
    ['with a bad state', ({ metadata }) => metadata.set('state', '[]'), /state is no object/],
    ['without U', ({ tensors }) => tensors.delete('U1>'), /U1> is missing/],
    ['without its transitions', ({ tensors }) => tensors.delete('A'), /A is missing/, whole],
    ['without its table', ({ tensors }) => tensors.delete('table'), /table is missing/, whole],
    ['without a layer’s other direction', ({ tensors }) => tensors.delete('W2<>'), /W2<> is missing/, whole],
    [
      'with a parameter that is not finite',
      ({ tensors }) => tensors.set('b1>', { shape: [4], values: Float32Array.of(0, NaN, 0, 0) }),
      /finite/,
    ],
    [
      'with a carried state of another size',
      ({ tensors }) => tensors.set('h', { shape: [3], values: new Float64Array(3) }),
      /whole sentences/,
    ],
    ['with half of the best parameters', ({ tensors }) => tensors.delete('best.W1>'), /best\.W1> is missing/],
    [
      'with no other part of the best parameters',
      ({ tensors }) => tensors.delete('best.c'),
      /best\.c is missing/,
    ],
    [
      'without the weights behind its average',
      ({ tensors }) => tensors.delete('weights.U1>'),
      /weights\.U1> is missing/,
      whole,
    ],
    [
      'without a moment',
      ({ tensors }) => tensors.delete('moment2.table'),
      /moment2\.table is missing/,
      whole,
    ],
  ];
  for (const [name, change, message, given] of bad) {
    it(`say what is wrong with one ${name}`, () => {
      assert.throws(
        () => readModel(altered(change, given), 'm.safetensors'),
        (error) =>
          error instanceof InputError &&
          message.test(error.message) &&
          error.details.file === 'm.safetensors' &&
          Boolean(error.details.hint),
      );
    });
  }
});
