/**
 * The corpora that scores are measured on, trained on the training split alone: beside the project, not a
 * part of it.
 */
import { existsSync } from 'node:fs';
import type { LabelReading } from '../../src/corpus/labels/segmentation';
import { inProject } from '../../tools/paths.mjs';
import type { BarName } from '../bars';
import { upos } from '../peers/crfsuite';
import type { CrfColumns, CrfFeatures } from '../peers/crfsuite';

export interface AccuracySet {
  readonly name: string;
  /** What is scored, in percent. */
  readonly metric: string;
  /** Files. */
  readonly train: string;
  readonly dev: string;
  /** The label column, by name or by number from 1. */
  readonly column: string;
  /** How labels are read, by the scorer that CRFsuite's go through too. */
  readonly reading: Omit<LabelReading, 'labels'>;
  readonly crfColumns: CrfColumns;
  readonly crfFeatures: CrfFeatures;
  /** With as many, its scores are those that are quoted of it. */
  readonly crfIterations: number;
  /** What must be reached, and what is aimed at. */
  readonly bar: BarName & keyof typeof aims;
  /** A score that is to be reached in less time than CRFsuite takes to train. */
  readonly goal?: number;
}

/** In percent. */
export const aims = { ewt: 96, wnut17: 36, unerChinese: 70, cws: 95.2 } as const;

const data = (...parts: string[]): string => inProject('..', 'shared', 'data', ...parts);
const lastColumn: CrfColumns = { word: 0, label: -1 };

export const accuracySets: readonly AccuracySet[] = [
  {
    name: 'UD English-EWT',
    metric: 'UPOS accuracy',
    train: data('UD_English-EWT', 'en_ewt-ud-train.conllu'),
    dev: data('UD_English-EWT', 'en_ewt-ud-dev.conllu'),
    column: 'UPOS',
    reading: { scheme: 'none', characters: false },
    crfColumns: upos,
    crfFeatures: 'words',
    crfIterations: 60,
    bar: 'ewt',
    goal: 94.75,
  },
  {
    name: 'WNUT17',
    metric: 'span F1',
    train: data('WNUT17', 'wnut17train.conll'),
    dev: data('WNUT17', 'emerging.dev.conll'),
    column: '2',
    reading: { scheme: 'IOB2', characters: false },
    crfColumns: lastColumn,
    crfFeatures: 'words',
    crfIterations: 100,
    bar: 'wnut17',
  },
  {
    name: 'UNER Chinese-GSD',
    metric: 'span F1',
    train: data('UNER_Chinese-GSD', 'zh_gsd-ud-train.iob2'),
    dev: data('UNER_Chinese-GSD', 'zh_gsd-ud-dev.iob2'),
    column: '3',
    reading: { scheme: 'IOB2', characters: false },
    crfColumns: { word: 1, label: 2 },
    crfFeatures: 'words',
    crfIterations: 100,
    bar: 'unerChinese',
  },
  {
    name: 'CWS GSD',
    metric: 'word F1',
    train: data('CWS_GSD', 'train.bmes'),
    dev: data('CWS_GSD', 'dev.bmes'),
    column: '2',
    reading: { scheme: 'IOBES', characters: true },
    crfColumns: lastColumn,
    crfFeatures: 'characters',
    crfIterations: 100,
    bar: 'cws',
  },
];

/** Why a set cannot be measured here; undefined where it can. */
export function setMissing({ train, dev }: Pick<AccuracySet, 'train' | 'dev'>): string | undefined {
  const missing = [train, dev].find((file) => !existsSync(file));
  return missing === undefined ? undefined : `there is no ${missing}`;
}
