import { readFileSync } from 'node:fs';
import path from 'node:path';
import { appendColumn, formsBySentence } from '../../src/corpus/formats/write';
import { detectFormat, readCorpusFile } from '../../src/corpus/formats/read';
import { openDevice } from '../../src/engine/devices';
import { readModel } from '../../src/model/modelFile';
import type { TaggerModel } from '../../src/model/modelFile';
import { createPredictor } from '../../src/model/predictor';
import { temporaryFolder } from '../host/profile.mjs';
import { placeArguments, runCommandLine } from './commandLine';
import type { Place } from './commandLine';
import { benchCorpus, onlyExcerpt, plainTokens, taggingHidden, taggingModel, temporaryFile } from './corpora';
import { crfModel, crfsuiteAvailability, crfTag } from './peers/crfsuite';
import { places } from './places';
import type { BenchmarkContext, BenchmarkResult } from './result';
import { median } from './statistics';
import { figure, megabytes, reasonOf, threadCount } from './table';

interface Row {
  readonly name: string;
  readonly threads: number;
  readonly how: string;
  readonly tokensPerSecond: number;
  readonly peakBytes?: number;
}

/** From text to labels: in this process, through the command line as a filter, and CRFsuite's. */
export async function tagBenchmark({ quick, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const corpus = benchCorpus(quick);
  const rounds = quick ? 1 : 5;
  const { text, tokens } = plainTokens(corpus);
  const input = temporaryFile('tokens.conll', text);
  tell('tag: a model to tag with');
  const modelFile = await taggingModel(corpus);
  const model = readModel(new Uint8Array(readFileSync(modelFile)), modelFile);
  const rows: Row[] = [];
  const absent: string[] = [];
  const times = new Map<Place, { inside: number[]; filter: number[]; peakBytes: number }>();
  const all = places(quick);
  for (let round = 0; round < rounds; round++) {
    for (const place of all) {
      tell(`tag: ${place.device}, ${threadCount(place.threads)}`);
      try {
        const measured = times.get(place) ?? { inside: [], filter: [], peakBytes: 0 };
        measured.inside.push(await tagInside(place, model, text, tokens));
        const filter = await tagAsFilter(place, modelFile, input, tokens);
        measured.filter.push(filter.seconds);
        measured.peakBytes = Math.max(measured.peakBytes, filter.peakBytes);
        times.set(place, measured);
      } catch (error) {
        if (round === 0) absent.push(`${place.device}, ${threadCount(place.threads)}: ${reasonOf(error)}`);
      }
    }
  }
  for (const [{ device, threads }, { inside, filter, peakBytes }] of times) {
    rows.push({ name: device, threads, how: 'text to labels', tokensPerSecond: tokens / median(inside) });
    rows.push({ name: device, threads, how: 'command line, start-up included', tokensPerSecond: tokens / median(filter), peakBytes });
  }
  const crf = crfsuiteAvailability();
  if (crf.available) {
    tell('tag: CRFsuite');
    const crfResult = await crfTag(await crfModel(corpus, quick ? 5 : 60), corpus.train, tokens - developmentTokens(corpus.dev));
    rows.push({ name: 'CRFsuite', threads: 1, how: 'features to labels', tokensPerSecond: crfResult.alone, peakBytes: crfResult.peakBytes });
    rows.push({ name: 'CRFsuite', threads: 1, how: 'text to labels', tokensPerSecond: crfResult.withFeatures });
  } else {
    absent.push(`CRFsuite: ${crf.why}`);
  }
  const simd = rows.filter(({ name, how }) => name === 'simd' && how === 'text to labels').map(({ tokensPerSecond }) => tokensPerSecond);
  return {
    tables: [
      {
        title: `Tagging ${corpus.name}, ${figure(tokens)} tokens, H=${taggingHidden}, one direction`,
        columns: ['', 'threads', 'what', 'tokens/s', 'peak memory'],
        rows: rows.map(({ name, threads, how, tokensPerSecond, peakBytes }) => [name, String(threads), how, figure(tokensPerSecond), megabytes(peakBytes)]),
        notes: [`Median of ${rounds} rounds.`, ...absent.map((what) => `Not measured: ${what}`)],
      },
    ],
    figures: { corpus: corpus.name, tokens, rows, absent },
    reached: { tagging: !corpus.full ? onlyExcerpt : simd.length > 0 ? Math.max(...simd) : { missing: 'no simd' } },
  };
}

const developmentTokens = (file: string): number => readFileSync(file, 'utf8').split('\n').filter((line) => /^\d+\t/.test(line)).length;

/** Seconds from the text to the text with labels, in this process. Loading the model does not count. */
async function tagInside({ device, threads }: Place, model: TaggerModel, text: string, tokens: number): Promise<number> {
  const opened = await openDevice(device, threads);
  const predictor = createPredictor(opened, model);
  try {
    // Plans are compiled, and code optimised, on a part.
    await label(model, text.slice(0, text.indexOf('\n\n', text.length / 20)), (sentences) => predictor.predict(sentences));
    const beganMs = performance.now();
    const labelled = await label(model, text, (sentences) => predictor.predict(sentences));
    const seconds = (performance.now() - beganMs) / 1000;
    checkLabelled(labelled, model, tokens);
    return seconds;
  } finally {
    predictor.dispose();
    opened.dispose();
  }
}

async function label(model: TaggerModel, text: string, predict: ReturnType<typeof createPredictor>['predict']): Promise<string> {
  const format = detectFormat('tokens.conll', text);
  if (!format) throw new Error('The tokens were not read as a corpus.');
  const parsed = readCorpusFile('tokens.conll', 'tokens.conll', text, format);
  const predictions = await predict(formsBySentence(parsed));
  return appendColumn(text, parsed, predictions.flatMap(({ labels }) => Array.from(labels, (id) => model.labels[id])));
}

/** The command line as a filter, start-up and all. */
async function tagAsFilter(place: Place, modelFile: string, input: string, tokens: number): Promise<{ seconds: number; peakBytes: number }> {
  const output = path.join(temporaryFolder('bench'), 'labelled.txt');
  const { seconds, peakBytes } = await runCommandLine(['tag', '--model', modelFile, ...placeArguments(place)], { input, output });
  const model = readModel(new Uint8Array(readFileSync(modelFile)), modelFile);
  checkLabelled(readFileSync(output, 'utf8'), model, tokens);
  return { seconds, peakBytes };
}

/** @throws where not every token got a label of the model's. */
function checkLabelled(text: string, { labels }: TaggerModel, tokens: number): void {
  const known = new Set(labels);
  const rows = text.split('\n').filter((line) => line !== '');
  if (rows.length !== tokens || !rows.every((row) => known.has(row.slice(row.lastIndexOf('\t') + 1)))) throw new Error(`${tokens} tokens went in, but not as many came out with labels.`);
}
