import assert from 'node:assert/strict';
import { layOut } from '../../src/corpus/features/lists';
import { unknownWord } from '../../src/corpus/vocabulary';
import type { UnrollRequest } from '../../src/engine/taggerProtocol';
import { unrollText } from '../../src/engine/unrollText';
import { createReferenceDevice } from '../../src/kernels/reference/device';
import { createPredictor } from '../../src/model/predictor';
import { networkOf } from '../../src/model/settings/networkOf';
import type { TrainingSettings } from '../../src/model/settings/settings';
import type { TaggerModel } from '../../src/model/taggerModel';
import type { ShownSentence } from '../../src/panel/network/protocol';
import { randomModel } from '../unit/model/models';
import { randomParameters } from '../unit/model/tiny';

export const words = 'the cat sat <unknown> 猫 on The cat'.split(' ');
const given = ['O', 'B-x', 'O', 'B-x', 'I-x', 'O', 'O', 'B-x'];

/** A model of random weights. */
export function modelWith(settings: Partial<TrainingSettings> = {}, labels?: readonly string[]): TaggerModel {
  return randomModel(
    { input: 'features', hidden: 12, embedding: 6, bidirectional: true, ...settings },
    labels,
  );
}

/** One that knows these one-hot words. */
export function oneHotModelOf(known: readonly string[]): TaggerModel {
  const model = modelWith({ input: 'one-hot' });
  const { settings } = model;
  const features = {
    ...model.features,
    attributes: [{ name: 'word', values: [unknownWord, ...known] }],
  };
  return {
    ...model,
    features,
    parameters: randomParameters(networkOf(settings, model.labels.length), layOut(features).rows, 1),
  };
}

/** What the host sends of a sentence. */
export async function shownSentence(
  model: TaggerModel,
  asked: Partial<UnrollRequest> = {},
  more: Partial<ShownSentence> = {},
  tokens: readonly string[] = words,
): Promise<ShownSentence> {
  const text = tokens.map((word, t) => `${word}\t${given[t % given.length]}\n`).join('');
  const unrolled = await unrollText(
    {
      type: 'unroll',
      key: 'm',
      input: { kind: 'rows', text, firstLine: 0, layout: model.layout },
      place: { line: 2, column: 0 },
      ...asked,
    },
    model,
    createPredictor(createReferenceDevice(), model),
  );
  assert.ok(unrolled);
  return {
    place: { document: 'file:///a/train.conll', line: 2, column: 0 },
    file: 'train.conll',
    model: 'names · LABEL',
    unrolled,
    ...more,
  };
}
