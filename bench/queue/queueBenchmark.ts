/**
 * How much of a corpus a person has to look at, asked by the queue, until a model is as good as one that has learned
 * all of it; and in random order, beside it.
 */
import { existsSync } from 'node:fs';
import { permutation } from '../../src/common/random';
import type { LabelFinding } from '../../src/corpus/labels/labelFindings';
import { inProject } from '../../tools/paths.mjs';
import type { BarName, Reached } from '../bars';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { reasonOf } from '../table';
import { Annotator } from './annotator';
import { Judge } from './judge';
import { meanCurve, shareFor } from './learningCurve';
import type { CurvePoint } from './learningCurve';
import { readSentences } from './simulatedCorpus';
import type { LabelledSentence } from './simulatedCorpus';

interface QueueSet {
  readonly name: string;
  /** A file, or a folder of files. */
  readonly train: string;
  readonly development: string;
  readonly column: string;
  readonly bar: BarName;
}

const data = (...parts: string[]): string => inProject('..', 'shared', 'data', ...parts);

const sets: readonly QueueSet[] = [
  {
    name: 'UNER Chinese-GSD',
    train: data('UNER_Chinese-GSD', 'zh_gsd-ud-train.iob2'),
    development: data('UNER_Chinese-GSD', 'zh_gsd-ud-dev.iob2'),
    column: '3',
    bar: 'queueUnerChinese',
  },
  {
    name: 'NerKor news',
    train: data('NerKor_news', 'train'),
    development: data('NerKor_news', 'devel'),
    column: 'CONLL:NER',
    bar: 'queueNerKor',
  },
];

const orders = ['queue', 'random'] as const;
type Order = (typeof orders)[number];

/** A new model is trained each time that so much of the training words was looked at. The first is in random order. */
const shares = {
  quick: [0.02, 0.04],
  full: [0.02, 0.04, 0.07, 0.1, 0.13, 0.16, 0.2, 0.25, 0.3, 0.36, 0.45],
};
const seeds = { quick: [1], full: [1, 2, 3, 4, 5] };
/** Of the score with all labels. */
const goal = 0.99;

interface SetResult {
  readonly name: string;
  readonly words: number;
  /** Mean score with all labels, in percent. */
  readonly full: number;
  readonly curves: Readonly<Record<Order, readonly CurvePoint[]>>;
}

export async function queueBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const extent = quick ? 'quick' : 'full';
  const results: SetResult[] = [];
  const absent: string[] = [];
  const reached: Partial<Record<BarName, Reached>> = {};
  for (const set of quick ? sets.slice(0, 1) : sets) {
    try {
      const result = await measureSet(set, extent, (text) => tell(`queue: ${set.name}, ${text}`));
      results.push(result);
      const share = shareFor(result.curves.queue, goal * result.full);
      reached[set.bar] = quick
        ? { missing: 'only over five seeds, which a quick run has not' }
        : share === undefined
          ? { missing: `not reached with ${percentText(shares.full.at(-1)!)} of the words` }
          : 100 * share;
    } catch (error) {
      absent.push(`${set.name}: ${reasonOf(error)}`);
      reached[set.bar] = { missing: reasonOf(error) };
    }
  }
  show({
    title: `Queue: span F1 by the share of training words that a simulated annotator has looked at, mean of ${seeds[extent].length} seeds`,
    columns: [
      'corpus',
      'words',
      'order',
      ...shares[extent].map(percentText),
      'all',
      `${100 * goal} % of that at`,
    ],
    rows: results.flatMap(({ name, words, full, curves }) =>
      orders.map((order) => {
        const share = shareFor(curves[order], goal * full);
        return [
          name,
          words.toLocaleString('en'),
          order,
          ...curves[order].map(({ score }) => score.toFixed(1)),
          full.toFixed(1),
          share === undefined ? `> ${percentText(shares[extent].at(-1)!)}` : percentText(share),
        ];
      }),
    ),
    notes: [
      'An answer is given to the same words elsewhere, too, which count as not looked at. Words of a sentence that he has said nothing of have the last model’s labels.',
      ...absent.map((what) => `Not measured: ${what}`),
    ],
  });
  return { figures: { results, absent }, reached };
}

async function measureSet(
  { name, train, development, column }: QueueSet,
  extent: 'quick' | 'full',
  tell: (text: string) => void,
): Promise<SetResult> {
  const missing = [train, development].find((place) => !existsSync(place));
  if (missing !== undefined) throw new Error(`there is no ${missing}`);
  const sentences = readSentences(train, column);
  const held = readSentences(development, column);
  const full: number[] = [];
  const curves: Record<Order, CurvePoint[][]> = { queue: [], random: [] };
  for (const seed of seeds[extent]) {
    tell(`seed ${seed}: all labels`);
    full.push(await withJudge(held, seed, (judge) => judge.train(sentences)));
    // One thread each: both cores are at work.
    const both = await Promise.all(
      orders.map((order) =>
        withJudge(held, seed, (judge) =>
          annotate(sentences, judge, seed, order, shares[extent], (point) =>
            tell(
              `seed ${seed}, ${order}: ${percentText(point.share)} of the words, ${point.score.toFixed(1)}`,
            ),
          ),
        ),
      ),
    );
    orders.forEach((order, i) => curves[order].push(both[i]));
  }
  return {
    name,
    words: sentences.reduce((sum, { words }) => sum + words.length, 0),
    full: full.reduce((sum, score) => sum + score, 0) / full.length,
    curves: { queue: meanCurve(curves.queue), random: meanCurve(curves.random) },
  };
}

async function withJudge<T>(
  development: readonly LabelledSentence[],
  seed: number,
  use: (judge: Judge) => Promise<T>,
): Promise<T> {
  const judge = new Judge(development, seed, 1);
  try {
    return await use(judge);
  } finally {
    judge.dispose();
  }
}

/** An annotator who labels more and more of a corpus. */
async function annotate(
  sentences: readonly LabelledSentence[],
  judge: Judge,
  seed: number,
  order: Order,
  goals: readonly number[],
  tell: (point: CurvePoint) => void,
): Promise<CurvePoint[]> {
  const words = sentences.reduce((sum, sentence) => sum + sentence.words.length, 0);
  const annotator = new Annotator(sentences, 'IOB2');
  const drawn = permutation(sentences.length, seed).values();
  let predicted: readonly (readonly string[])[] = annotator.labels.map((labels) => [...labels]);
  const kept: LabelFinding[] = [];
  const curve: CurvePoint[] = [];
  for (const [round, share] of goals.entries()) {
    if (round > 0 && order === 'queue') {
      const judged = await judge.ask(sentences, annotator);
      ({ predicted } = judged);
      for (const { item, places } of judged.questions) {
        if (annotator.shown >= share * words) break;
        annotator.answer(item, places);
      }
      // What the queue offers where nothing is left to ask.
      if (annotator.shown < share * words) {
        const errors = await judge.labelErrors(
          sentences.map((sentence, s) => ({
            words: sentence.words,
            labels: annotator.labelsWith(s, predicted[s]),
          })),
          kept,
        );
        for (const { findings, places } of errors) {
          if (annotator.shown >= share * words) break;
          if (!annotator.answerError(places)) kept.push(...findings);
        }
      }
    }
    // To begin with, and where there are no more questions.
    while (annotator.shown < share * words) {
      const { value, done } = drawn.next();
      if (done) break;
      annotator.labelSentence(value);
    }
    const touched = sentences.flatMap((sentence, s) =>
      annotator.isTouched(s)
        ? [{ words: sentence.words, labels: annotator.labelsWith(s, predicted[s]) }]
        : [],
    );
    const point = {
      share: annotator.shown / words,
      score: await judge.train(touched),
      known: annotator.known / words,
      wrong: annotator.wrong / words,
    };
    tell(point);
    curve.push(point);
  }
  return curve;
}

const percentText = (share: number): string => `${(100 * share).toFixed(0)} %`;
