import { layOut, oneHotTemplates } from '../../../src/corpus/features/lists';
import type { FeatureLists } from '../../../src/corpus/features/lists';
import { unknownWord } from '../../../src/corpus/vocabulary';
import { createOptimiserState } from '../../../src/model/optimiser';
import { plainArrays } from '../../../src/model/parameters';
import { networkOf } from '../../../src/model/settings/networkOf';
import type { ResolvedSettings, TrainingSettings } from '../../../src/model/settings/settings';
import type { TaggerModel } from '../../../src/model/taggerModel';
import { resolved } from '../training/resolved';
import { sizesIn } from './named';
import { randomNumbers, randomParameters } from './tiny';

const words = ['the', 'cat', 'sat', '<unknown>', '猫', '😀', '\ufeff', '__proto__', 'a "quoted" word'];
const threeLabels = ['O', 'B-x', 'I-x'];

const oneHot: FeatureLists = {
  templates: oneHotTemplates,
  attributes: [{ name: 'word', values: [unknownWord, ...words] }],
  oneHot: true,
};
const features: FeatureLists = {
  templates: [
    { attribute: 'word', offset: 0 },
    { attribute: 'suffixes:2', offset: 0 },
    { attribute: 'word', offset: -1 },
    { attribute: 'pair', offset: 0 },
  ],
  attributes: [
    { name: 'word', values: words },
    { name: 'suffixes:2', values: ['t', 'at', 'e', '猫'] },
    { name: 'pair', values: ['the\ncat'] },
  ],
  oneHot: false,
};

/** The derivation's settings of a tiny network, but for what is given. */
function tinySettings(given: Partial<TrainingSettings>): ResolvedSettings {
  return resolved({ input: 'one-hot', hidden: 4, embedding: 3, ...given });
}

/** A model of random parameters that knows nine words and, unless others are given, three labels. */
export function randomModel(
  given: Partial<TrainingSettings> = {},
  labels: readonly string[] = threeLabels,
): TaggerModel {
  const settings = tinySettings(given);
  const lists = settings.input === 'one-hot' ? oneHot : features;
  return {
    parameters: randomParameters(networkOf(settings, labels.length), layOut(lists).rows, settings.seed),
    settings,
    features: lists,
    labels,
    scheme: 'IOB2',
    layout: { kind: 'columns', columns: ['FORM', 'NER'], form: 0, separator: '\t' },
    characters: false,
    outsideBias: 0.5,
    corpus: 'ws/corpus#columns',
    corpusName: 'corpus',
    column: 'NER',
    created: '2026-01-02T03:04:05.678Z',
    development: {
      tokens: 10,
      sentences: 2,
      loss: 0.1 + 0.2,
      accuracy: 0.5,
      spans: { precision: 1, recall: 1 / 3, f1: 0.5, gold: 3, predicted: 1, correct: 1 },
    },
    calibration: { temperature: 1.25, ece: 0.01, eceUncalibrated: 0.03 },
    developmentLabels: [
      { label: 'x', precision: 1, recall: 1 / 3, f1: 0.5, gold: 3, predicted: 1, correct: 1 },
    ],
  };
}

/** A model in the middle of training: in a long sentence, with a best epoch behind it. */
export function randomCheckpoint(given: Partial<TrainingSettings> = {}): TaggerModel {
  const model = randomModel(given);
  const { parameters, settings } = model;
  const sizes = sizesIn(parameters);
  const { moments } = createOptimiserState(parameters, settings.optimizer, plainArrays('float64'));
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
      updates: 105,
      averaged: settings.averaging ? 6 : 0,
      ...(settings.averaging && { weights: randomNumbers(sizes, 8) }),
      ...(moments.length > 0 && { moments: moments.map((_, index) => randomNumbers(sizes, 20 + index)) }),
      carried: Float64Array.from({ length: 2 * settings.layers * settings.hidden }, (_, i) => i + 1),
      best: { epoch: 2, scores: model.development!, parameters: randomNumbers(sizes, 9) },
    },
  };
}
