import { availableParallelism } from 'node:os';
import path from 'node:path';
import { InputError } from '../../common/problem';
import type { CorpusFile } from '../../corpus/corpus';
import { encodeDataset } from '../../corpus/dataset';
import { FeatureEncoder } from '../../corpus/features/encoder';
import { splitsOfPaths } from '../../corpus/splits';
import { ForwardPass } from '../../model/forwardPass';
import { readModel } from '../../model/modelFile';
import { copyParameters } from '../../model/parameters';
import { networkOf } from '../../model/settings';
import { evaluate } from '../../training/evaluate';
import { openDevice } from '../devices';
import { readSource } from '../source';
import { corpusFiles, readBytes, readSourceFile } from './files';
import { describeScores, printProblems, scoresJson } from './report';
import type { Command } from './usage';

/** Scores a model on a file, or on a folder's test set (else its development set, else all of it). Gives the exit code. */
export async function evaluateCommand(command: Command & { name: 'evaluate' }): Promise<number> {
  const model = readModel(await readBytes(command.model), command.model);
  const files: CorpusFile[] = [];
  for (const file of await evaluationFiles(command.path)) {
    const source = await readSourceFile(file, path.dirname(file));
    const read = readSource(source, command.replaceInvalidBytes);
    printProblems(read.problems);
    if (read.file) files.push(read.file);
  }
  if (files.length === 0) throw new InputError('Nothing here could be read as a corpus.', { file: command.path });
  const encoder = new FeatureEncoder(model.features);
  const { labels, format } = model;
  const dataset = encodeDataset(files, { labels, format, numberOf: (word) => encoder.typeOf(word) }, model.column);
  const unknown = dataset.gold.values.filter((label) => !model.labels.includes(label));
  if (unknown.length > 0) {
    const named = `${unknown.slice(0, 20).join(', ')}${unknown.length > 20 ? ', …' : ''}`;
    process.stderr.write(`The model does not know these labels, so that each token with one counts as an error: ${named}\n`);
  }
  const device = await openDevice(command.device, command.threads || availableParallelism());
  const forward = new ForwardPass(device, copyParameters(model.parameters, (length) => device.allocate(length)), networkOf(model.settings, labels.length), encoder);
  try {
    const before = performance.now();
    const scores = await evaluate(forward, dataset, model.labels, model.scheme);
    if (!scores) throw new Error('The evaluation ended early.');
    const seconds = (performance.now() - before) / 1000;
    process.stderr.write(`${command.path}: ${dataset.tokens.toLocaleString('en')} tokens, ${describeScores(scores)}\n`);
    if (command.json) {
      const result = { device: device.name, tokens: dataset.tokens, epochs: 0, seconds, tokensPerSecond: dataset.tokens / seconds, test: scoresJson(scores) };
      process.stdout.write(`${JSON.stringify(result)}\n`);
    }
    return 0;
  } finally {
    forward.dispose();
    device.dispose();
  }
}

async function evaluationFiles(target: string): Promise<string[]> {
  const files = await corpusFiles(target);
  const splits = splitsOfPaths(files.map((file) => path.relative(target, file).split(path.sep).join('/')));
  for (const split of ['test', 'development'] as const) {
    const found = files.filter((_, i) => splits[i] === split);
    if (found.length > 0) return found;
  }
  return files;
}
