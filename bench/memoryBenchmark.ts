import { placeArguments, runCommandLine } from './commandLine';
import type { Place } from './commandLine';
import { benchCorpus, onlyExcerpt } from './corpora';
import { places } from './places';
import type { BenchmarkContext, BenchmarkResult } from './result';
import { figure, megabytes, reasonOf, threadCount } from './table';

interface Network {
  readonly name: string;
  /** Options of the command line. */
  readonly options: readonly string[];
}

/** What the bar is for. */
const defaults: Network = { name: 'defaults', options: [] };
/** The derivation's network, with its own default settings. */
const oneHot: Network = { name: 'one-hot', options: ['--input', 'one-hot'] };

interface Row extends Place {
  readonly network: string;
  readonly peakBytes: number;
  readonly tokens: number;
}

/** Peak resident memory of the command line while it trains for one epoch, worker threads and all. */
export async function memoryBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const corpus = benchCorpus(quick);
  const rows: Row[] = [];
  const absent: string[] = [];
  for (const { name: network, options } of [oneHot, defaults]) {
    // float64 is too slow for the defaults.
    const all: Place[] = [{ device: 'auto', threads: 0 }, ...places(!quick && network === oneHot.name)];
    for (const place of all) {
      const name = `${network}, ${place.device}, ${threadCount(place.threads)}`;
      tell(`memory: ${name}`);
      try {
        const { result, peakBytes } = await runCommandLine([
          'train',
          corpus.folder,
          '--column',
          'UPOS',
          '--epochs',
          '1',
          ...options,
          '--json',
          ...placeArguments(place),
        ]);
        rows.push({ network, ...place, peakBytes, tokens: Number(result.tokens) });
      } catch (error) {
        absent.push(`${name}: ${reasonOf(error)}`);
      }
    }
  }
  const held = rows.find(({ network, device }) => network === defaults.name && device === 'auto');
  show({
    title: `Peak resident memory of the command line, training on ${corpus.name}`,
    columns: ['network', 'device', 'threads', 'tokens', 'peak memory'],
    rows: rows.map(({ network, device, threads, tokens, peakBytes }) => [
      network,
      device,
      threads === 0 ? 'its own' : String(threads),
      figure(tokens),
      megabytes(peakBytes),
    ]),
    notes: absent.map((what) => `Not measured: ${what}`),
  });
  return {
    figures: { corpus: corpus.name, rows, absent },
    reached: {
      memory: !corpus.full ? onlyExcerpt : held ? held.peakBytes / 2 ** 20 : { missing: absent[0] },
    },
  };
}
