import { availableParallelism } from 'node:os';
import { endTree, start } from '../../tools/children.mjs';
import { inProject } from '../../tools/paths.mjs';
import type { Place } from '../commandLine';
import { benchCorpus } from '../corpora';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { figure, reasonOf, threadCount } from '../table';
import type { Delays } from './eventLoop';
import { measureInVsCode, vsCodeMissing } from './realHost.mjs';

export interface HostRequest {
  readonly place: Place;
  readonly files: readonly string[];
  readonly seconds: number;
}

export type HostAnswer =
  | {
      readonly type: 'measured';
      readonly idle: Delays;
      readonly training: Delays;
      /** Steps that were trained and tokens that were labelled meanwhile. */
      readonly steps: number;
      readonly labelled: number;
      readonly device: string;
    }
  | { readonly type: 'failed'; readonly message: string };

/** What was measured at one place. */
interface Row {
  readonly where: string;
  readonly place: Place;
  readonly idle: Delays;
  readonly training: Delays;
  readonly steps: number;
}

/** The settings that a user has who changed none. */
const asUsual: Place = { device: 'auto', threads: 0 };
const places: readonly Place[] = [
  asUsual,
  { device: 'simd', threads: Math.max(1, availableParallelism() - 1) },
  { device: 'simd', threads: availableParallelism() },
  { device: 'webasm', threads: 1 },
];

/** How late the extension host's event loop is while a run goes on: what the editor feels of it. */
export async function hostBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const corpus = benchCorpus(quick);
  const files = [corpus.dev, corpus.train];
  const seconds = quick ? 10 : 20;
  const rows: Row[] = [];
  const absent: string[] = [];
  for (const place of places) {
    const name = `${place.device}, ${threadCount(place.threads)}`;
    tell(`host: ${name}`);
    const answer = await ask({ place, files, seconds });
    if (answer.type === 'failed') absent.push(`${name}: ${answer.message}`);
    else if (answer.steps === 0 || answer.labelled === 0)
      absent.push(
        `${name}: ${answer.steps} steps were trained and ${answer.labelled} tokens labelled in ${seconds} s`,
      );
    else
      rows.push({ where: 'Node', place, idle: answer.idle, training: answer.training, steps: answer.steps });
  }
  tell('host: in VS Code');
  try {
    const missing = await vsCodeMissing();
    if (missing !== undefined) throw new Error(missing);
    rows.push({ where: 'VS Code', place: asUsual, ...(await measureInVsCode(files, seconds)) });
  } catch (error) {
    absent.push(`VS Code: ${reasonOf(error)}`);
  }
  const usual = rows.filter(({ place }) => place === asUsual).map(({ training }) => training.p99);
  const cells = ({ median, p99, most }: Delays): string[] => [figure(median), figure(p99), figure(most)];
  show({
    title: `Event-loop delay of the extension host while training on ${corpus.name}, defaults with H=128, ms`,
    columns: [
      'host',
      'device',
      'threads',
      'median',
      '99th percentile',
      'most',
      'before: 99th',
      'most',
      'steps',
    ],
    rows: rows.map(({ where, place, idle, training, steps }) => [
      where,
      place.device,
      place.threads === 0 ? 'its own' : String(place.threads),
      ...cells(training),
      ...cells(idle).slice(1),
      figure(steps),
    ]),
    notes: [
      `Over ${seconds} s from the command to train; before: of the same process, idle. Node: a process with the extension’s run store, worker threads and tagger.`,
      ...absent.map((what) => `Not measured: ${what}`),
    ],
  });
  return {
    figures: { corpus: corpus.name, seconds, rows, absent },
    reached: { hostDelay: usual.length > 0 ? Math.max(...usual) : { missing: absent[0] } },
  };
}

function ask(request: HostRequest): Promise<HostAnswer> {
  const child = start(process.execPath, [inProject('out', 'bench', 'host', 'hostProcess.js')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise<HostAnswer>((resolve) => {
    child.once('message', (answer: HostAnswer) => resolve(answer));
    child.once('exit', (code, signal) =>
      resolve({ type: 'failed', message: `its process ended with ${code ?? signal}` }),
    );
    child.send(request);
  }).finally(() => endTree(child));
}
