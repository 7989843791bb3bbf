import { cpSync } from 'node:fs';
import path from 'node:path';
import { inProject } from '../../tools/paths.mjs';
import { temporaryFolder } from '../../tools/vscode/profile.mjs';
import { runInVsCode, vsCodeMissing } from '../host/realHost.mjs';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { median } from '../statistics';
import { figure, reasonOf } from '../table';
import type { StartFigures, StartRequest } from './startFigures';

const file = 'UD_English-EWT/en_ewt-excerpt-dev.conllu';

/** How soon a new user sees a label: the sample, a window that has never trained, the device left to the extension. */
export async function startBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const all: StartFigures[] = [];
  try {
    const missing = await vsCodeMissing();
    if (missing !== undefined) throw new Error(missing);
    for (let n = 1; n <= (quick ? 1 : 5); n++) {
      const figures = await measureInVsCode();
      all.push(figures);
      tell(`start: ${figure(figures.firstLabel)} ms to the first label, on ${figures.device}`);
    }
  } catch (error) {
    const missing = { missing: reasonOf(error) };
    tell(`start: not measured: ${missing.missing}`);
    return { figures: missing, reached: { startLabel: missing } };
  }
  const rowOf = (what: string, of: (figures: StartFigures) => number): string[] => {
    const values = all.map(of);
    return [what, ...[median(values), Math.min(...values), Math.max(...values)].map(figure)];
  };
  show({
    title: 'The first run on the sample workspace, ms from the command',
    columns: ['', 'median', 'least', 'most'],
    rows: [
      rowOf('first steps', ({ firstStep }) => firstStep),
      rowOf('first label on screen', ({ firstLabel }) => firstLabel),
      rowOf('the end of the run', ({ end }) => end),
      rowOf('training time alone', ({ training }) => training),
    ],
    notes: [
      `Each in a window of its own that has never trained, with a file of the corpus open; device: ${all[0].device}.`,
    ],
  });
  return {
    figures: { all },
    reached: { startLabel: median(all.map(({ firstLabel }) => firstLabel)) / 1_000 },
  };
}

async function measureInVsCode(): Promise<StartFigures> {
  const folder = path.join(temporaryFolder('start'), 'sample');
  cpSync(inProject('sample'), folder, { recursive: true });
  return runInVsCode<StartFigures>({
    folder,
    program: inProject('out', 'bench', 'start', 'inVsCode.js'),
    variable: 'RNN_TAGGER_BENCH_START',
    request: (result) => ({ file, result }) satisfies StartRequest,
  });
}
