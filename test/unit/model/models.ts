import { Vocabulary, unknownWord } from '../../../src/corpus/vocabulary';
import type { Activation } from '../../../src/kernels/kernels';
import type { TaggerModel } from '../../../src/model/modelFile';
import { defaultSettings } from '../../../src/training/settings';
import { randomParameters } from './tiny';

const words = [unknownWord, 'the', 'cat', 'sat', '<unknown>', '猫', '😀', '\ufeff', '__proto__', 'a "quoted" word'];

/** A model of random parameters that knows ten words and three labels. */
export function randomModel(seed = 1, activation: Activation = 'tanh'): TaggerModel {
  const hidden = 4;
  return {
    parameters: randomParameters({ K: words.length, H: hidden, L: 3 }, seed),
    settings: { ...defaultSettings, hidden, activation, seed },
    vocabulary: new Vocabulary(words),
    labels: ['O', 'B-x', 'I-x'],
    scheme: 'IOB2',
    format: { kind: 'columns', columns: ['FORM', 'NER'], form: 0, separator: '\t' },
    characters: false,
    corpus: 'ws/corpus#columns',
    corpusName: 'corpus',
    column: 'NER',
    created: '2026-01-02T03:04:05.678Z',
    development: { tokens: 10, sentences: 2, loss: 0.1 + 0.2, accuracy: 0.5, spans: { precision: 1, recall: 1 / 3, f1: 0.5, gold: 3, predicted: 1, correct: 1 } },
    developmentLabels: [{ label: 'x', precision: 1, recall: 1 / 3, f1: 0.5, gold: 3, predicted: 1, correct: 1 }],
  };
}
