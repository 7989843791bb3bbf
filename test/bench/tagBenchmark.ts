import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeTwoColumns } from '../../src/corpus/formats/write';
import { tokenizeText } from '../../src/corpus/tokenize';
import { readModel } from '../../src/model/modelFile';
import type { TaggerModel } from '../../src/model/modelFile';
import { createPredictor } from '../../src/model/predictor';
import type { Predictor } from '../../src/model/predictor';
import { temporaryFolder } from '../host/profile.mjs';
import { placeArguments, runCommandLine } from './commandLine';
import type { Place } from './commandLine';
import { benchCorpus, onlyExcerpt, taggingHidden, taggingModel, taggingText, temporaryFile } from './corpora';
import type { TaggingText } from './corpora';
import { open } from './open';
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
export async function tagBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const corpus = benchCorpus(quick);
  const rounds = quick ? 1 : 5;
  const text = taggingText(corpus);
  const { tokens } = text;
  const input = temporaryFile('tokens.txt', text.rows);
  tell('tag: a model to tag with');
  const modelFile = await taggingModel(corpus);
  const model = readModel(new Uint8Array(readFileSync(modelFile)), modelFile);
  const rows: Row[] = [];
  const absent: string[] = [];
  /** In tokens a second. */
  const speeds = new Map<Place, { readonly inside: number[]; readonly filter: number[]; peakBytes: number }>();
  const all = places(quick);
  for (let round = 0; round < rounds; round++) {
    for (const place of all) {
      tell(`tag: ${place.device}, ${threadCount(place.threads)}`);
      try {
        const measured = speeds.get(place) ?? { inside: [], filter: [], peakBytes: 0 };
        const inside = await tagInside(place, model, text);
        measured.inside.push(inside.tokens / inside.seconds);
        const filter = await tagAsFilter(place, modelFile, model, input, tokens);
        measured.filter.push(tokens / filter.seconds);
        measured.peakBytes = Math.max(measured.peakBytes, filter.peakBytes);
        speeds.set(place, measured);
      } catch (error) {
        if (round === 0) absent.push(`${place.device}, ${threadCount(place.threads)}: ${reasonOf(error)}`);
      }
    }
  }
  for (const [{ device, threads }, { inside, filter, peakBytes }] of speeds) {
    rows.push({ name: device, threads, how: 'text to labels', tokensPerSecond: median(inside) });
    rows.push({ name: device, threads, how: 'tokens to labels, command line with its start', tokensPerSecond: median(filter), peakBytes });
  }
  const crf = crfsuiteAvailability();
  if (crf.available) {
    tell('tag: CRFsuite');
    const crfResult = await crfTag(await crfModel(corpus, quick ? 5 : 60), [corpus.dev, corpus.train], tokens);
    rows.push({ name: 'CRFsuite', threads: 1, how: 'features to labels', tokensPerSecond: crfResult.alone, peakBytes: crfResult.peakBytes });
    rows.push({ name: 'CRFsuite', threads: 1, how: 'text to labels', tokensPerSecond: crfResult.withFeatures });
  } else {
    absent.push(`CRFsuite: ${crf.why}`);
  }
  const simd = rows.filter(({ name, how }) => name === 'simd' && how === 'text to labels').map(({ tokensPerSecond }) => tokensPerSecond);
  show({
    title: `Tagging ${corpus.name}, ${figure(tokens)} tokens, H=${taggingHidden}, one direction`,
    columns: ['', 'threads', 'what', 'tokens/s', 'peak memory'],
    rows: rows.map(({ name, threads, how, tokensPerSecond, peakBytes }) => [name, String(threads), how, figure(tokensPerSecond), megabytes(peakBytes)]),
    notes: [`Median of ${rounds} rounds.`, ...absent.map((what) => `Not measured: ${what}`)],
  });
  return {
    figures: { corpus: corpus.name, tokens, rows, absent },
    reached: { tagging: !corpus.full ? onlyExcerpt : simd.length > 0 ? Math.max(...simd) : { missing: 'no simd' } },
  };
}

/** In this process, without the loading of the model: seconds from plain text to rows of word and label. */
async function tagInside({ device, threads }: Place, model: TaggerModel, { plain, sentences }: TaggingText): Promise<{ seconds: number; tokens: number }> {
  const opened = await open(device, threads);
  const predictor = createPredictor(opened, model);
  try {
    // Plans are compiled, and code optimised, on a part.
    await label(plain.slice(0, plain.indexOf('\n\n', plain.length / 10)), model, predictor);
    const beganMs = performance.now();
    const labelled = await label(plain, model, predictor);
    const seconds = (performance.now() - beganMs) / 1000;
    const rows = labelled.split('\n');
    const tokens = checkLabels(rows, model);
    if (rows.length - tokens - 1 < sentences) throw new Error(`${sentences} sentences went in, but only ${rows.length - tokens - 1} came out.`);
    return { seconds, tokens };
  } finally {
    predictor.dispose();
    opened.dispose();
  }
}

/** What the tagger does with a plain text: cut it into sentences of tokens, predict, write two columns. */
async function label(text: string, { labels }: TaggerModel, predictor: Predictor): Promise<string> {
  const sentences = tokenizeText(text, { firstLine: 0, firstColumn: 0, markdown: false, characters: false });
  const predictions = await predictor.predict(sentences.map((sentence) => sentence.map(({ form }) => form)));
  return writeTwoColumns(sentences.map((sentence, s) => sentence.map(({ form }, t) => ({ form, label: labels[predictions[s].labels[t]] }))));
}

/** The command line as a filter: tokens in, tokens with labels out, start-up and all. */
async function tagAsFilter(place: Place, modelFile: string, model: TaggerModel, input: string, tokens: number): Promise<{ seconds: number; peakBytes: number }> {
  const output = path.join(temporaryFolder('bench'), 'labelled.txt');
  const { seconds, peakBytes } = await runCommandLine(['tag', '--model', modelFile, ...placeArguments(place)], { input, output });
  const labelled = checkLabels(readFileSync(output, 'utf8').split('\n'), model);
  if (labelled !== tokens) throw new Error(`${tokens} tokens went in, but ${labelled} came out with labels.`);
  return { seconds, peakBytes };
}

/** How many tokens there are in rows. @throws where one has no label of the model's. */
function checkLabels(rows: readonly string[], { labels }: TaggerModel): number {
  const known = new Set(labels);
  const tokens = rows.filter((row) => row !== '');
  const wrong = tokens.find((row) => !known.has(row.slice(row.lastIndexOf('\t') + 1)));
  if (wrong !== undefined) throw new Error(`This row has no label of the model's: ${wrong}`);
  return tokens.length;
}
