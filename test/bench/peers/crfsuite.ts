import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../host/profile.mjs';
import type { BenchCorpus } from '../corpora';
import { runProgram } from '../programs';
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

/** Writes the features of CoNLL-U files into one file. */
export async function crfFeatures(files: readonly string[]): Promise<string> {
  const all = path.join(temporaryFolder('bench'), 'features.tsv');
  for (const file of files) {
    const output = path.join(temporaryFolder('bench'), 'features.tsv');
    await runProgram(python, [script('crfsuite', 'features.py'), file, '--word', '1', '--label', '3'], { output });
    appendFileSync(all, readFileSync(output));
  }
  return all;
}

const models = new Map<string, CrfModel>();

/** Trains once for a corpus and number of iterations: of L-BFGS, each a pass over the training set. */
export async function crfModel(corpus: BenchCorpus, iterations: number): Promise<CrfModel> {
  const key = `${corpus.folder}:${iterations}`;
  const known = models.get(key);
  if (known) return known;
  const beganMs = performance.now();
  const features = await crfFeatures([corpus.train]);
  const file = path.join(temporaryFolder('bench'), 'crf.model');
  const { stderr, peakBytes } = await runProgram(program, ['train', features, file, '0.1', String(iterations)]);
  const [, tokens, trainingSeconds] = /tokens (\d+) seconds ([\d.e+-]+)/.exec(stderr) ?? [];
  if (trainingSeconds === undefined) throw new Error(`CRFsuite told no time: ${stderr.slice(-500)}`);
  const model = { file, iterations, trainingSeconds: Number(trainingSeconds), seconds: (performance.now() - beganMs) / 1000, tokens: Number(tokens), peakBytes };
  models.set(key, model);
  return model;
}

/** Tokens a second of its tagger alone, as it tells itself. @throws {Error} where not every token got a label. */
export async function crfTag(model: CrfModel, features: string, tokens: number): Promise<{ alone: number; peakBytes?: number }> {
  const output = path.join(temporaryFolder('bench'), 'labels.tsv');
  const { stderr, peakBytes } = await runProgram(program, ['tag', features, model.file], { output });
  const told = /tok\/s ([\d.e+]+)/.exec(stderr)?.[1];
  if (told === undefined) throw new Error(`CRFsuite told no time: ${stderr.slice(-500)}`);
  const labelled = readFileSync(output, 'utf8').split('\n').filter((row) => row !== '').length;
  if (labelled !== tokens) throw new Error(`CRFsuite gave ${labelled} labels for ${tokens} tokens.`);
  return { alone: Number(told), peakBytes };
}
