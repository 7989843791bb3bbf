import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inProject } from '../../tools/paths.mjs';
import { temporaryFolder } from '../../tools/vscode/profile.mjs';
import type { BarName, Reached } from '../bars';
import { runCommandLine } from '../commandLine';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { figure, megabytes, reasonOf } from '../table';
import { flipLabels, placeOf } from './flippedCorpus';

interface ErrorSet {
  readonly name: string;
  /** Files, or folders with them. */
  readonly paths: readonly string[];
  readonly column: string;
  readonly bar: BarName;
}

const data = (...parts: string[]): string => inProject('..', 'shared', 'data', ...parts);

const sets: readonly ErrorSet[] = [
  {
    name: 'UD English-EWT, UPOS',
    paths: [data('UD_English-EWT', 'en_ewt-ud-train.conllu')],
    column: 'UPOS',
    bar: 'errorsEwt',
  },
  {
    name: 'WNUT17',
    paths: [data('WNUT17', 'wnut17train.conll')],
    column: 'LABEL',
    bar: 'errorsWnut17',
  },
  {
    name: 'NerKor news',
    paths: [data('NerKor_news', 'train')],
    column: 'CONLL:NER',
    bar: 'errorsNerKor',
  },
];

/** Of the labels that are made wrong. */
const share = 0.03;

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly suggested: string;
}

interface Row {
  readonly set: string;
  readonly tokens: number;
  readonly flips: number;
  /** Over as many reports as there are flips. */
  readonly precision: number;
  /** Flips among these reports whose label was suggested, as a share of all reports. */
  readonly mended: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

/** Labels are flipped at random, and looked for by the command line. */
export async function labelErrorsBenchmark({
  quick,
  show,
  tell,
}: BenchmarkContext): Promise<BenchmarkResult> {
  const rows: Row[] = [];
  const absent: string[] = [];
  const reached: Partial<Record<BarName, Reached>> = {};
  for (const set of sets.filter(({ name }) => !quick || name === 'WNUT17')) {
    tell(`errors: ${set.name}`);
    try {
      const row = await search(set);
      rows.push(row);
      reached[set.bar] = row.precision;
      if (set.bar === 'errorsEwt') reached.errorsTime = row.seconds;
    } catch (error) {
      absent.push(`${set.name}: ${reasonOf(error)}`);
      reached[set.bar] = { missing: reasonOf(error) };
    }
  }
  show({
    title: `Label errors: ${100 * share} % of the labels flipped at random, four folds`,
    columns: ['corpus', 'tokens', 'flips', 'precision', 'right suggestion', 'seconds', 'peak memory'],
    rows: rows.map(({ set, tokens, flips, precision, mended, seconds, peakBytes }) => [
      set,
      figure(tokens),
      figure(flips),
      precision.toFixed(3),
      mended.toFixed(3),
      figure(seconds),
      megabytes(peakBytes),
    ]),
    notes: [
      'Precision: of as many reports as there are flips, how many are at one.',
      ...absent.map((what) => `Not measured: ${what}`),
    ],
  });
  return { figures: { rows, absent }, reached };
}

async function search({ name, paths, column }: ErrorSet): Promise<Row> {
  const missing = paths.find((place) => !existsSync(place));
  if (missing !== undefined) throw new Error(`there is no ${missing}`);
  const files = paths.flatMap((place) =>
    path.extname(place) === '' ? readdirSync(place).map((file) => path.join(place, file)) : [place],
  );
  const folder = path.join(temporaryFolder('errors'), 'train');
  const { tokens, flips } = flipLabels(files.sort(), column, share, 1, folder);
  const args = ['check', folder, '--label-errors', '--column', column, '--json'];
  const { result, seconds, peakBytes } = await runCommandLine(args);
  const { errors } = result.labelErrors as { readonly errors: readonly Finding[] };
  const first = errors.slice(0, flips.size);
  const found = first.filter(({ file, line }) => flips.has(placeOf(file, line)));
  const mended = found.filter(({ file, line, suggested }) => flips.get(placeOf(file, line)) === suggested);
  return {
    set: name,
    tokens,
    flips: flips.size,
    precision: found.length / flips.size,
    mended: mended.length / flips.size,
    seconds,
    peakBytes,
  };
}
