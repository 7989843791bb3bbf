import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors';
import { columnsOf } from '../../../src/corpus/features/lists';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { createSimdDevice } from '../../../src/kernels/simd/device';
import { readModel, writeModel } from '../../../src/model/modelFile';
import { createPredictor } from '../../../src/model/predictor';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import { factsOf } from '../../../src/training/corpusFacts';
import { encoderOf, featuresOf } from '../../../src/training/features';
import { sampleOf } from '../../../src/training/measure';
import { train } from '../../../src/training/trainer';
import type { TrainingOptions } from '../../../src/training/trainer';
import { columnLanguage, corpusOf } from './corpora';
import { hooksOf } from './hooks';
import { resolved } from './resolved';

const names = { corpus: 'ws/small#columns', corpusName: 'small', column: 'LABEL' };
const parts = {
  training: columnLanguage(80, 1),
  development: columnLanguage(30, 2),
  test: columnLanguage(30, 3),
};
const corpus = corpusOf({ ...parts, column: 'POS' });
const settings: Partial<TrainingSettings> = {
  hidden: 8,
  embedding: 6,
  epochs: 16,
  batch: 4,
  learningRate: 0.02,
  columns: ['POS'],
};

async function run(given: Partial<TrainingSettings> = {}, more: Partial<TrainingOptions> = {}) {
  const checkpoints: { bytes: Uint8Array<ArrayBuffer>; step: number }[] = [];
  const result = await train({
    corpus,
    facts: factsOf(corpus),
    names,
    settings: resolved({ ...settings, ...given }),
    device: createReferenceDevice(),
    hooks: hooksOf({ checkpoint: ({ bytes, step }) => checkpoints.push({ bytes, step }) }),
    ...more,
  });
  return { ...result, checkpoints };
}

describe('features of further columns', () => {
  it('are the value at the token and at its neighbours, after all others', () => {
    const { templates, attributes } = featuresOf(corpus, { input: 'features' });
    assert.deepEqual(
      templates.slice(-3),
      [-1, 0, 1].map((offset) => ({ attribute: 'column:POS', offset })),
    );
    assert.deepEqual([...attributes.at(-1)!.values].sort(), ['p', 'q', 'r']);
    assert.deepEqual(templates.slice(0, -3), featuresOf(corpusOf(parts), { input: 'features' }).templates);
  });

  it('have the numbers that the corpus gives to values', () => {
    const lists = featuresOf(corpus, { input: 'features' });
    assert.deepEqual(columnsOf(lists), ['POS']);
    const encoder = encoderOf(corpus, lists);
    corpus.columns[0].values.forEach((value, number) => assert.equal(encoder.columnTypeOf(0, value), number));
  });

  it('are kept where sentences are drawn to measure devices with', () => {
    const { training } = corpus.splits;
    const sample = sampleOf(training, 7);
    assert.equal(sample.columns[0]?.length, sample.tokens);
    const rows = ({ words, columns, labels }: typeof sample, from: number, to: number) =>
      [words, columns[0]!, labels].map((numbers) => [...numbers.subarray(from, to)]);
    const last = Math.floor((6 * training.sentences) / 7);
    assert.deepEqual(
      rows(sample, sample.start[6], sample.start[7]),
      rows(training, training.start[last], training.start[last + 1]),
    );
  });
});

describe('training on further columns', () => {
  it('learns labels that follow from the columns and not from the words', async () => {
    const { development, test } = await run();
    assert.deepEqual([development?.accuracy, test?.accuracy], [1, 1]);
    const without = await run({ columns: [] }, { corpus: corpusOf(parts) });
    assert.ok(without.test!.accuracy < 0.7, String(without.test?.accuracy));
  });

  it('learns them on devices that compute in shards, too', async () => {
    const { development } = await run({}, { device: createSimdDevice() });
    assert.equal(development?.accuracy, 1);
  });

  it('gives a model that knows its columns from its file, and labels by them', async () => {
    const { model } = await run();
    const read = readModel(writeModel(model));
    assert.deepEqual(read.settings.columns, ['POS']);
    const predictor = createPredictor(createReferenceDevice(), read);
    assert.deepEqual(predictor.columns, ['POS']);
    const [sentence] = parts.test;
    const [words, gold, values] = [0, 1, 2].map((part) => sentence.map((token) => token[part]!));
    const labelsOf = async (...columns: [string, string[]][]) =>
      (await predictor.labels([[], words], new Map(columns.map(([name, row]) => [name, [[], row]]))))[1];
    assert.deepEqual(
      Array.from(await labelsOf(['POS', values]), (label) => model.labels[label]),
      gold,
    );
    const turned = values.map((value) => ({ p: 'q', q: 'r', r: 'p' })[value]!);
    assert.notDeepEqual(await labelsOf(['POS', turned]), await labelsOf(['POS', values]));
    const [, alone] = await predictor.labels([[], words]);
    assert.deepEqual(await labelsOf(), alone);
    assert.deepEqual(await labelsOf(['CHUNK', values]), alone);
    await assert.rejects(predictor.labels([words], new Map([['POS', [values.slice(1)]]])), RangeError);
  });

  it('resumes from a checkpoint to the same parameters as an uninterrupted run', async () => {
    const whole = await run();
    const middle = whole.checkpoints.find(({ step }) => step > 40)!;
    const again = await run({}, { checkpoint: readModel(middle.bytes) });
    assert.ok(again.checkpoints[0].step > middle.step);
    assert.deepEqual(again.model.parameters, whole.model.parameters);
    await assert.rejects(
      run({ columns: [] }, { checkpoint: readModel(middle.bytes) }),
      (error) =>
        error instanceof InputError &&
        /began with columns \["POS"\] and cannot go on with \[\]/.test(error.message),
    );
    const other = corpusOf({
      ...parts,
      training: parts.training.map((tokens) => tokens.map(([word, label]) => [word, label, 'p'] as const)),
      column: 'POS',
    });
    await assert.rejects(
      run({}, { corpus: other, checkpoint: readModel(middle.bytes) }),
      /training data has changed/,
    );
  });
});
