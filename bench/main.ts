/**
 * npm run bench: measures the product and its peers on this machine, and holds what it finds against what
 * must be reached.
 */
import { loadavg } from 'node:os';
import { stackOf } from '../src/common/errors';
import { accuracyBenchmark } from './accuracy/accuracyBenchmark';
import { barTable, judge } from './bars';
import type { Reaches } from './bars';
import { editorBenchmark } from './editor/editorBenchmark';
import { epochBenchmark } from './epochBenchmark';
import { gpuBenchmark } from './gpu/gpuBenchmark';
import { hostBenchmark } from './host/hostBenchmark';
import { labelErrorsBenchmark } from './labelErrors/labelErrorsBenchmark';
import { limitBenchmark } from './limit/limitBenchmark';
import { machine } from './machine';
import { memoryBenchmark } from './memoryBenchmark';
import { parseOptions, usage, UsageError } from './options';
import type { BenchmarkName, Options } from './options';
import { panelBenchmark } from './panel/panelBenchmark';
import { installPeers } from './peers/peers';
import { queueBenchmark } from './queue/queueBenchmark';
import type { BenchmarkContext, BenchmarkResult } from './result';
import { scaleBenchmark } from './scale/scaleBenchmark';
import { startBenchmark } from './start/startBenchmark';
import { stepBenchmark } from './step/stepBenchmark';
import { megabytes, renderTable } from './table';
import type { Table } from './table';
import { tagBenchmark } from './tagBenchmark';

const run: Readonly<Record<BenchmarkName, (context: BenchmarkContext) => Promise<BenchmarkResult>>> = {
  step: stepBenchmark,
  gpu: gpuBenchmark,
  limit: limitBenchmark,
  epoch: epochBenchmark,
  tag: tagBenchmark,
  host: hostBenchmark,
  memory: memoryBenchmark,
  scale: scaleBenchmark,
  accuracy: accuracyBenchmark,
  errors: labelErrorsBenchmark,
  queue: queueBenchmark,
  start: startBenchmark,
  editor: editorBenchmark,
  panel: panelBenchmark,
};

/**
 * What others do on this machine while nothing is measured yet: more than this, and times are too long and
 * ratios unsteady.
 */
const quietLoad = 0.5;

/**
 * The warning that a busy machine deserves. Building has just taken a core for a few seconds: one minute's
 * mean shows little of it.
 */
function loadWarning(load: number): string | undefined {
  return load > quietLoad
    ? `This machine is busy (load ${load.toFixed(1)}): times are too long, ratios unsteady, those of several threads most of all.`
    : undefined;
}

async function bench({ only, quick, json }: Options): Promise<void> {
  const print = (text: string): void => void process.stdout.write(`${text}\n\n`);
  const { cpu, cores, memoryBytes, node, platform } = machine();
  print(
    `${cpu}, ${cores} cores, ${megabytes(memoryBytes)}; Node ${node}, ${platform}; ${new Date().toISOString()}${quick ? '; a quick run' : ''}`,
  );
  const show = (table: Table): void => print(renderTable(table));
  const context: BenchmarkContext = { quick, show, tell: (text) => void process.stderr.write(`… ${text}\n`) };
  const [loadBefore] = loadavg();
  const warning = loadWarning(loadBefore);
  if (warning !== undefined) print(warning);
  const figures: Record<string, unknown> = {};
  let reached: Reaches = {};
  for (const name of only) {
    const result = await run[name](context);
    figures[name] = result.figures;
    reached = { ...reached, ...result.reached };
  }
  const judged = judge(reached);
  // Again, where it is read.
  if (warning !== undefined) print(warning);
  if (judged.length > 0) show(barTable(judged));
  if (json)
    process.stdout.write(
      `${JSON.stringify({ machine: machine(), quick, loadBefore, benchmarks: figures, bars: judged })}\n`,
    );
}

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options.help) process.stdout.write(usage);
  else if (options.installPeers) await installPeers((text) => void process.stdout.write(`${text}\n`));
  else await bench(options);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const bad = error instanceof UsageError;
  process.stderr.write(`bench: ${bad ? `${error.message}\n\n${usage}` : stackOf(error)}\n`);
  process.exitCode = bad ? 2 : 1;
});
