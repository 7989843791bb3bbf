/** Runs of a fraction of a second, of several forms, and what each comes to. */
import type { TrainingData } from '../../src/engine/trainerProtocol';
import type { TrainingSettings } from '../../src/model/settings/settings';
import { completeSettings } from '../../src/training/defaults';
import { toyFile } from '../unit/engine/toyCorpus';

const small = { epochs: 5, hidden: 12, embedding: 8, batch: 4, learningRate: 0.01, seed: 3 } as const;

/** What differs from one form to the next: state that a run must find again. */
export const forms = {
  adam: completeSettings({ ...small, device: 'simd', averaging: true, dropout: 0.2 }),
  momentum: completeSettings({ ...small, device: 'simd', optimizer: 'momentum', loss: 'crf', threads: 2 }),
  reference: completeSettings({
    ...small,
    device: 'reference',
    hidden: 4,
    embedding: 4,
    truncation: 4,
    epochs: 4,
  }),
} as const satisfies Record<string, TrainingSettings>;

export type Form = keyof typeof forms;
export const formNames = Object.keys(forms) as [Form, ...Form[]];

export const toyData: TrainingData = {
  corpus: 'toy#2',
  corpusName: 'toy',
  column: 'LABEL',
  replaceInvalidBytes: false,
  files: [toyFile('train.conll', 100), toyFile('dev.conll', 20, 5000), toyFile('test.conll', 20, 6000)],
};
