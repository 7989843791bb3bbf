/** What the measured times of a shape say: a table, figures, and the ratios that must be reached. */
import type { Reached, Reaches } from '../bars';
import { fastest, median, speedRatio } from '../statistics';
import type { Ratio } from '../statistics';
import { figure, megabytes, threadCount } from '../table';
import type { Table } from '../table';
import type { Measured, Times } from './participants';
import { floatingPointOperations } from './stepData';
import type { StepInput, StepShape } from './stepData';

const titles: Readonly<Record<StepInput, string>> = {
  table: 'rows of a table times W',
  'one-hot': 'one-hot words, the product’s own step',
};

/** PyTorch's settings among what was measured. */
const torchOf = (all: readonly Times[]): Times[] =>
  all.filter(({ peer, name }) => peer && name.startsWith('PyTorch'));

function gigaflops(shape: StepShape, input: StepInput, ms: number): number {
  return floatingPointOperations(shape, input) / ms / 1e6;
}

export function stepTable(
  shape: StepShape,
  input: StepInput,
  { all, limits }: Measured,
  absent: readonly string[],
): Table {
  const { B, T, E, H, L } = shape;
  const limit = median(limits);
  const shown = all.filter((times) => times.input === input);
  // One-hot steps have no peer: theirs looks up a table.
  const best = fastest(torchOf(shown));
  const row = (entry: Times): string[] => {
    const ms = median(entry.times);
    const speed = gigaflops(shape, input, ms);
    const ratio = best && speedRatio(best.times, entry.times);
    return [
      entry.name,
      String(entry.threads),
      figure(ms),
      figure(Math.min(...entry.times)),
      figure((B * T * 1000) / ms),
      figure(speed),
      `${figure((100 * speed) / limit / entry.threads)} %`,
      ...(best
        ? [ratio ? `${figure(ratio.ratio)}×` : '', ratio ? `${figure(ratio.low)}–${figure(ratio.high)}` : '']
        : []),
      megabytes(entry.peakBytes),
    ];
  };
  return {
    title: `Step, ${titles[input]}: B=${B}, T=${T}, ${input === 'table' ? `E=${E}, ` : ''}H=${H}, L=${L}, one direction`,
    columns: [
      '',
      'threads',
      'ms',
      'best',
      'tokens/s',
      'GFLOP/s',
      'of limit',
      ...(best ? ['against PyTorch', 'by rounds'] : []),
      'peak memory',
    ],
    rows: shown.map(row),
    notes: [
      `Median of ${limits.length} rounds in turn, and the best of them; multiply-add limit of a core: ${figure(limit)} GFLOP/s.`,
      ...(best
        ? [
            `Against PyTorch: its fastest setting (${best.name}, ${threadCount(best.threads)}), ratio of medians and quartiles of the rounds.`,
          ]
        : []),
      ...absent.map((what) => `Not measured: ${what}`),
    ],
  };
}

/** The times as a program reads them. */
export function stepFigures(shape: StepShape, { all, limits }: Measured): Record<string, unknown> {
  const best = fastest(torchOf(all));
  return {
    shape,
    limitGflops: median(limits),
    contenders: all.map(({ name, threads, input, peer, times, peakBytes }) => {
      const ms = median(times);
      const ratio = input === 'table' && best ? { againstPyTorch: speedRatio(best.times, times) } : {};
      return {
        name,
        threads,
        input,
        peer,
        ms,
        rounds: times,
        tokensPerSecond: (shape.B * shape.T * 1000) / ms,
        gflops: gigaflops(shape, input, ms),
        ...ratio,
        peakBytes,
      };
    }),
  };
}

/**
 * The ratios at H=128, from what was measured at B=1 and at B=32. `simd` is the device that must reach them.
 */
export function stepReaches(sentence: Measured | undefined, minibatch: Measured | undefined): Reaches {
  const ours = (measured: Measured | undefined, most: boolean): Times | undefined => {
    const found = (measured?.all ?? [])
      .filter(({ name, input, peer }) => !peer && name === 'simd' && input === 'table')
      .sort((a, b) => a.threads - b.threads);
    return most ? (found.length > 1 ? found.at(-1) : undefined) : found.find(({ threads }) => threads === 1);
  };
  const tfjs = (measured: Measured | undefined): Times | undefined =>
    measured?.all.find(({ name }) => name.startsWith('TensorFlow.js'));
  const torch = (measured: Measured | undefined, threads?: number): Times | undefined =>
    fastest(
      torchOf(measured?.all ?? []).filter((setting) => threads === undefined || setting.threads === threads),
    );
  return {
    sentence: ratioOf(torch(sentence), ours(sentence, false)),
    minibatch: ratioOf(torch(minibatch, 1), ours(minibatch, false)),
    allCores: ratioOf(torch(minibatch), ours(minibatch, true)),
    tfjsSentence: ratioOf(tfjs(sentence), ours(sentence, false)),
    tfjsMinibatch: ratioOf(tfjs(minibatch), ours(minibatch, false)),
    threads: ratioOf(ours(minibatch, false), ours(minibatch, true)),
  };
}

function ratioOf(theirs: Times | undefined, ours: Times | undefined): Reached {
  if (!ours) return { missing: 'no simd at these threads' };
  if (!theirs) return { missing: 'the peer is not installed' };
  const rounds = Math.min(theirs.times.length, ours.times.length);
  const { ratio }: Ratio = speedRatio(theirs.times.slice(0, rounds), ours.times.slice(0, rounds));
  return ratio;
}
