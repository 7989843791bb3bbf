import { availableParallelism } from 'node:os';
import { endTree, start } from '../host/children.mjs';
import { inProject } from '../host/paths.mjs';
import type { Place } from './commandLine';
import { benchCorpus } from './corpora';
import type { BenchmarkContext, BenchmarkResult } from './result';
import { figure, threadCount } from './table';

export interface HostRequest {
  readonly place: Place;
  readonly files: readonly string[];
  readonly seconds: number;
}

/** Delays of the event loop in ms. */
interface Delays {
  readonly median: number;
  readonly p99: number;
  readonly most: number;
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

/** How late the extension host's event loop is while a run goes on: what the editor feels of it. */
export async function hostBenchmark({ quick, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const corpus = benchCorpus(quick);
  const seconds = quick ? 4 : 20;
  const all: Place[] = [
    { device: 'auto', threads: 0 },
    { device: 'simd', threads: Math.max(1, availableParallelism() - 1) },
    { device: 'simd', threads: availableParallelism() },
    { device: 'webasm', threads: 1 },
  ];
  const rows: { readonly place: Place; readonly answer: HostAnswer & { type: 'measured' } }[] = [];
  const absent: string[] = [];
  for (const place of all) {
    tell(`host: ${place.device}, ${threadCount(place.threads)}`);
    const answer = await ask({ place, files: [corpus.train, corpus.dev], seconds });
    if (answer.type === 'failed') absent.push(`${place.device}, ${threadCount(place.threads)}: ${answer.message}`);
    else if (answer.steps === 0 || answer.labelled === 0) absent.push(`${place.device}, ${threadCount(place.threads)}: nothing was trained or labelled in ${seconds} s`);
    else rows.push({ place, answer });
  }
  const asUsual = rows.find(({ place }) => place.device === 'auto')?.answer.training.p99;
  const cells = ({ median, p99, most }: Delays): string[] => [figure(median), figure(p99), figure(most)];
  return {
    tables: [
      {
        title: `Event-loop delay of the extension host while training on ${corpus.name}, H=128, ms`,
        columns: ['device', 'threads', 'median', '99th percentile', 'most', 'steps', 'tokens labelled'],
        rows: [
          ...rows.slice(0, 1).map(({ answer }) => ['before training', '', ...cells(answer.idle)]),
          ...rows.map(({ place, answer }) => [
            place.device, place.threads === 0 ? 'its own' : String(place.threads), ...cells(answer.training), figure(answer.steps), figure(answer.labelled),
          ]),
        ],
        notes: [
          `In ${seconds} s, the start of the run included. A Node process with the extension’s run store, worker threads and tagger takes the place of the extension host.`,
          ...absent.map((what) => `Not measured: ${what}`),
        ],
      },
    ],
    figures: { corpus: corpus.name, seconds, rows: rows.map(({ place, answer }) => ({ ...place, ...answer })), absent },
    reached: { hostDelay: asUsual ?? { missing: absent[0] } },
  };
}

function ask(request: HostRequest): Promise<HostAnswer> {
  const child = start(process.execPath, [inProject('out', 'bench', 'hostProcess.js')], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise<HostAnswer>((resolve) => {
    child.once('message', (answer: HostAnswer) => resolve(answer));
    child.once('exit', (code, signal) => resolve({ type: 'failed', message: `its process ended with ${code ?? signal}` }));
    child.send(request);
  }).finally(() => endTree(child));
}
