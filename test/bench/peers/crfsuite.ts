import { existsSync, readFileSync } from 'node:fs';
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

/** Writes a CoNLL-U file's features. */
async function features(file: string): Promise<{ file: string; seconds: number }> {
  const output = path.join(temporaryFolder('bench'), 'features.tsv');
  const { seconds } = await runProgram(python, [script('crfsuite', 'features.py'), file, '--word', '1', '--label', '3'], { output });
  return { file: output, seconds };
}

const models = new Map<string, CrfModel>();

/** Trains once for a corpus and number of iterations: of L-BFGS, each a pass over the training set. */
export async function crfModel(corpus: BenchCorpus, iterations: number): Promise<CrfModel> {
  const key = `${corpus.folder}:${iterations}`;
  const known = models.get(key);
  if (known) return known;
  const training = await features(corpus.train);
  const file = path.join(temporaryFolder('bench'), 'crf.model');
  const { stderr, seconds, peakBytes } = await runProgram(program, ['train', training.file, file, '0.1', String(iterations)]);
  const [, tokens, trainingSeconds] = /tokens (\d+) seconds ([\d.e+-]+)/.exec(stderr) ?? [];
  if (trainingSeconds === undefined) throw new Error(`CRFsuite told no time: ${stderr.slice(-500)}`);
  const model = { file, iterations, trainingSeconds: Number(trainingSeconds), seconds: training.seconds + seconds, tokens: Number(tokens), peakBytes };
  models.set(key, model);
  return model;
}

/** Tokens a second: of its tagger alone, as it tells itself, and from the corpus files to labels. */
export async function crfTag(model: CrfModel, files: readonly string[], tokens: number): Promise<{ alone: number; withFeatures: number; peakBytes?: number }> {
  let tagging = 0;
  let seconds = 0;
  let peak: number | undefined;
  for (const file of files) {
    const input = await features(file);
    const output = path.join(temporaryFolder('bench'), 'labels.tsv');
    const run = await runProgram(program, ['tag', input.file, model.file], { output });
    const told = /tok\/s ([\d.e+]+)/.exec(run.stderr)?.[1];
    if (told === undefined) throw new Error(`CRFsuite told no time: ${run.stderr.slice(-500)}`);
    const labelled = readFileSync(output, 'utf8').split('\n').filter((row) => row !== '').length;
    tagging += labelled / Number(told);
    seconds += input.seconds + run.seconds;
    if (run.peakBytes !== undefined) peak = Math.max(peak ?? 0, run.peakBytes);
  }
  return { alone: tokens / tagging, withFeatures: tokens / seconds, peakBytes: peak };
}
