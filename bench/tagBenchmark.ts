import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeTwoColumns } from '../src/corpus/formats/rows/twoColumns';
import { tokenizeText } from '../src/corpus/text/tokenize';
import { openDevice } from '../src/engine/devices';
import { readModel } from '../src/model/modelFile';
import { createPredictor } from '../src/model/predictor';
import type { Predictor } from '../src/model/predictor';
import type { TaggerModel } from '../src/model/taggerModel';
import { temporaryFolder } from '../tools/vscode/profile.mjs';
import type { Reached } from './bars';
import { placeArguments, runCommandLine } from './commandLine';
import type { Place } from './commandLine';
import {
  benchCorpus,
  onlyExcerpt,
  taggingModel,
  taggingNetworks,
  taggingText,
  temporaryFile,
} from './corpora';
import type { BenchCorpus, TaggingNetwork, TaggingText } from './corpora';
import { runInTurn } from './inTurn';
import type { Task } from './inTurn';
import { crfFeatures, crfModel, crfsuiteAvailability, crfTag, readCrfLabels, upos } from './peers/crfsuite';
import { places } from './places';
import type { BenchmarkContext, BenchmarkResult } from './result';
import { median } from './statistics';
import { figure, megabytes, threadCount } from './table';

/** A way from text to labels. */
interface Way extends Task<Speed> {
  readonly who: string;
  readonly threads: number;
  /** None: not the product's. */
  readonly network?: TaggingNetwork;
  readonly how: string;
}

interface Speed {
  readonly tokensPerSecond: number;
  readonly peakBytes?: number;
}

/** What the bars are for. */
const textToLabels = 'text to labels';

/** From text to labels: in this process, through the command line as a filter, and CRFsuite's. */
export async function tagBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const corpus = benchCorpus(quick);
  const text = taggingText(corpus);
  const rounds = quick ? 1 : 5;
  const absent: string[] = [];
  const ways: Way[] = [];
  for (const network of ['defaults', 'oneHot'] as const) {
    tell(`tag: a model to tag with, ${taggingNetworks[network].name}`);
    // float64 is too slow for the defaults.
    ways.push(
      ...ourWays(places(!quick && network === 'oneHot'), network, await taggingModel(corpus, network), text),
    );
  }
  ways.push(...(await crfWays(corpus, text, quick ? 5 : 60, absent)));
  const outcomes = await runInTurn(ways, rounds, enoughSeconds, tell);
  const rows: (Speed & Pick<Way, 'who' | 'threads' | 'network' | 'how'>)[] = [];
  for (const [i, outcome] of outcomes.entries()) {
    const { who, threads, network, how, name } = ways[i];
    if ('failed' in outcome) absent.push(`${name}: ${outcome.failed}`);
    else
      rows.push({
        who,
        threads,
        network,
        how,
        tokensPerSecond: median(outcome.results.map((speed) => speed.tokensPerSecond)),
        peakBytes: outcome.results.at(-1)?.peakBytes,
      });
  }
  const reached = (wanted: TaggingNetwork): Reached => {
    if (!corpus.full) return onlyExcerpt;
    const simd = rows.filter(
      ({ who, network, how }) => who === 'simd' && network === wanted && how === textToLabels,
    );
    return simd.length > 0
      ? Math.max(...simd.map(({ tokensPerSecond }) => tokensPerSecond))
      : { missing: 'no simd' };
  };
  show({
    title: `Tagging ${corpus.name}, ${figure(text.tokens)} tokens`,
    columns: ['', 'threads', 'network', 'what', 'tokens/s', 'peak memory'],
    rows: rows.map(({ who, threads, network, how, tokensPerSecond, peakBytes }) => [
      who,
      String(threads),
      network ? taggingNetworks[network].name : '',
      how,
      figure(tokensPerSecond),
      megabytes(peakBytes),
    ]),
    notes: [`Median of up to ${rounds} rounds in turn.`, ...absent.map((what) => `Not measured: ${what}`)],
  });
  return {
    figures: { corpus: corpus.name, tokens: text.tokens, rows, absent },
    reached: { taggingDefaults: reached('defaults'), tagging: reached('oneHot') },
  };
}

/** What took longer is not run again. */
const enoughSeconds = 40;

function ourWays(
  all: readonly Place[],
  network: TaggingNetwork,
  modelFile: string,
  text: TaggingText,
): Way[] {
  const model = readModel(new Uint8Array(readFileSync(modelFile)), modelFile);
  const input = temporaryFile('tokens.txt', text.rows);
  return all.flatMap((place): Way[] => {
    const way = (how: string, run: () => Promise<Speed>): Way => ({
      name: `tag: ${place.device}, ${threadCount(place.threads)}, ${taggingNetworks[network].name}, ${how}`,
      who: place.device,
      threads: place.threads,
      network,
      how,
      run,
    });
    return [
      way(textToLabels, () => tagInside(place, model, text)),
      way('tokens to labels, command line with its start', () =>
        tagAsFilter(place, modelFile, model, input, text.tokens),
      ),
    ];
  });
}

/** CRFsuite's tagger alone, and with the writing of its features. */
async function crfWays(
  corpus: BenchCorpus,
  { tokens }: TaggingText,
  iterations: number,
  absent: string[],
): Promise<Way[]> {
  const crf = crfsuiteAvailability();
  if (!crf.available) {
    absent.push(`CRFsuite: ${crf.why}`);
    return [];
  }
  const model = await crfModel({ train: corpus.train, columns: upos, iterations });
  const files = [corpus.dev, corpus.train];
  const features = await crfFeatures(files, upos);
  const check = (output: string): void => {
    const labelled = readCrfLabels(readFileSync(output, 'utf8')).reduce(
      (sum, { predicted }) => sum + predicted.length,
      0,
    );
    if (labelled !== tokens) throw new Error(`CRFsuite gave ${labelled} labels for ${tokens} tokens.`);
  };
  const way = (how: string, run: () => Promise<Speed>): Way => ({
    name: `tag: CRFsuite, ${how}`,
    who: 'CRFsuite',
    threads: 1,
    how,
    run,
  });
  return [
    way('features to labels', async () => {
      const { output, alone, peakBytes } = await crfTag(model, features);
      check(output);
      return { tokensPerSecond: alone, peakBytes };
    }),
    way(textToLabels, async () => {
      const beganMs = performance.now();
      const { output } = await crfTag(model, await crfFeatures(files, upos));
      const seconds = (performance.now() - beganMs) / 1000;
      check(output);
      return { tokensPerSecond: tokens / seconds };
    }),
  ];
}

/** In this process, without the loading of the model: from plain text to rows of word and label. */
async function tagInside(
  { device, threads }: Place,
  model: TaggerModel,
  { plain, sentences }: TaggingText,
): Promise<Speed> {
  const opened = await openDevice(device, threads);
  const predictor = createPredictor(opened, model);
  try {
    // Plans are compiled, and code optimised, on a part.
    await label(plain.slice(0, plain.indexOf('\n\n', plain.length / 10)), model, predictor);
    const beganMs = performance.now();
    const labelled = await label(plain, model, predictor);
    const seconds = (performance.now() - beganMs) / 1000;
    const rows = labelled.split('\n');
    const tokens = checkLabels(rows, model);
    if (rows.length - tokens - 1 < sentences)
      throw new Error(`${sentences} sentences went in, but only ${rows.length - tokens - 1} came out.`);
    return { tokensPerSecond: tokens / seconds };
  } finally {
    predictor.dispose();
    opened.dispose();
  }
}

/** What the tagger does with a plain text: cut it into sentences of tokens, predict, write two columns. */
async function label(
  text: string,
  { labels, conventions }: TaggerModel,
  predictor: Predictor,
): Promise<string> {
  const sentences = tokenizeText(text, {
    firstLine: 0,
    firstColumn: 0,
    markdown: false,
    characters: false,
    conventions,
  });
  const predicted = await predictor.labels(sentences.map((sentence) => sentence.map(({ form }) => form)));
  return writeTwoColumns(
    sentences.map((sentence, s) => sentence.map(({ form }, t) => ({ form, label: labels[predicted[s][t]] }))),
  );
}

/** The command line as a filter: tokens in, tokens with labels out, start-up and all. */
async function tagAsFilter(
  place: Place,
  modelFile: string,
  model: TaggerModel,
  input: string,
  tokens: number,
): Promise<Speed> {
  const output = path.join(temporaryFolder('bench'), 'labelled.txt');
  const { seconds, peakBytes } = await runCommandLine(
    ['tag', '--model', modelFile, ...placeArguments(place)],
    { input, output },
  );
  const labelled = checkLabels(readFileSync(output, 'utf8').split('\n'), model);
  if (labelled !== tokens) throw new Error(`${tokens} tokens went in, but ${labelled} came out with labels.`);
  return { tokensPerSecond: tokens / seconds, peakBytes };
}

/** How many tokens there are in rows. @throws where one has no label of the model's. */
function checkLabels(rows: readonly string[], { labels }: TaggerModel): number {
  const known = new Set(labels);
  const tokens = rows.filter((row) => row !== '');
  const wrong = tokens.find((row) => !known.has(row.slice(row.lastIndexOf('\t') + 1)));
  if (wrong !== undefined) throw new Error(`This row has no label of the model's: ${wrong}`);
  return tokens.length;
}
