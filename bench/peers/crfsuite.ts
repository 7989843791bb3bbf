import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../tools/vscode/profile.mjs';
import { runProgram } from '../programs';
import { characterFeatures } from './characterFeatures';
import { available, howToInstall, installed, script, scriptMissing, unavailable } from './peers';
import type { Availability } from './peers';

const python = '/usr/bin/python3';
const program = installed('crf', 'crf');

export function crfsuiteAvailability(): Availability {
  const missing = scriptMissing(script('crfsuite', 'features.py'));
  if (missing) return missing;
  if (!existsSync(python)) return unavailable(`its features are written by ${python}, which is not here`);
  return existsSync(program) ? available : unavailable(`not built: ${howToInstall.npm}`);
}

export interface CrfModel {
  readonly file: string;
  readonly iterations: number;
  /** Training alone, and with the writing and reading of features. */
  readonly trainingSeconds: number;
  readonly seconds: number;
  readonly tokens: number;
  readonly peakBytes?: number;
}

/** Which columns of a file its features and labels are taken from, from 0; -1: the last. */
export interface CrfColumns {
  readonly word: number;
  readonly label: number;
}

/** Of CoNLL-U, whose rows of ranges and of empty nodes are left out. */
export const upos: CrfColumns = { word: 1, label: 3 };

/**
 * Those of the peers' script, for words; or of characters, which it has none for: see {@link
 * characterFeatures}.
 */
export type CrfFeatures = 'words' | 'characters';

/** Writes the features of files into one file. */
export async function crfFeatures(
  files: readonly string[],
  { word, label }: CrfColumns,
  features: CrfFeatures = 'words',
): Promise<string> {
  const all = path.join(temporaryFolder('bench'), 'features.tsv');
  for (const file of files) {
    if (features === 'characters') {
      appendFileSync(all, characterFeatures(readFileSync(file, 'utf8'), word, label));
      continue;
    }
    const output = path.join(temporaryFolder('bench'), 'features.tsv');
    await runProgram(
      python,
      [script('crfsuite', 'features.py'), file, '--word', String(word), '--label', String(label)],
      { output },
    );
    appendFileSync(all, readFileSync(output));
  }
  return all;
}

const models = new Map<string, CrfModel>();

/** What CRFsuite is trained on. */
export interface CrfTraining {
  /** A file. */
  readonly train: string;
  readonly columns: CrfColumns;
  readonly features?: CrfFeatures;
  /** Of L-BFGS at most, each a pass over the training set. */
  readonly iterations: number;
}

/** Trains once for a file and number of iterations. */
export async function crfModel({
  train,
  columns,
  features: kind,
  iterations,
}: CrfTraining): Promise<CrfModel> {
  const key = `${train}:${iterations}`;
  const known = models.get(key);
  if (known) return known;
  const beganMs = performance.now();
  const features = await crfFeatures([train], columns, kind);
  const file = path.join(temporaryFolder('bench'), 'crf.model');
  const { stderr, peakBytes } = await runProgram(program, [
    'train',
    features,
    file,
    '0.1',
    String(iterations),
  ]);
  const [, tokens, trainingSeconds] = /tokens (\d+) seconds ([\d.e+-]+)/.exec(stderr) ?? [];
  if (trainingSeconds === undefined) throw new Error(`CRFsuite told no time: ${stderr.slice(-500)}`);
  const model = {
    file,
    iterations,
    trainingSeconds: Number(trainingSeconds),
    seconds: (performance.now() - beganMs) / 1000,
    tokens: Number(tokens),
    peakBytes,
  };
  models.set(key, model);
  return model;
}

export interface CrfTagged {
  /** A file: see {@link readCrfLabels}. */
  readonly output: string;
  /** Tokens a second of its tagger alone, as it tells itself. */
  readonly alone: number;
  readonly peakBytes?: number;
}

/** Labels a file of features. */
export async function crfTag(model: CrfModel, features: string): Promise<CrfTagged> {
  const output = path.join(temporaryFolder('bench'), 'labels.tsv');
  const { stderr, peakBytes } = await runProgram(program, ['tag', features, model.file], { output });
  const told = /tok\/s ([\d.e+]+)/.exec(stderr)?.[1];
  if (told === undefined) throw new Error(`CRFsuite told no time: ${stderr.slice(-500)}`);
  return { output, alone: Number(told), peakBytes };
}

/** A sentence's gold labels and those that CRFsuite gave. */
export interface CrfSentence {
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
}

/** What CRFsuite writes: rows of gold and predicted label, an empty line after each sentence. */
export function readCrfLabels(text: string): CrfSentence[] {
  return text
    .split('\n\n')
    .map((block) =>
      block
        .split('\n')
        .filter((row) => row !== '')
        .map((row) => row.split('\t')),
    )
    .filter((rows) => rows.length > 0)
    .map((rows) => ({ gold: rows.map(([gold]) => gold), predicted: rows.map(([, predicted]) => predicted) }));
}
