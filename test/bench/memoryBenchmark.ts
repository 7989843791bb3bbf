import { placeArguments, runCommandLine } from './commandLine';
import type { Place } from './commandLine';
import { benchCorpus, onlyExcerpt } from './corpora';
import { places } from './places';
import type { BenchmarkContext, BenchmarkResult } from './result';
import { figure, megabytes, reasonOf, threadCount } from './table';

/** Peak resident memory of the command line while it trains for one epoch, worker threads and all. */
export async function memoryBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const corpus = benchCorpus(quick);
  const all: Place[] = [{ device: 'auto', threads: 0 }, ...places(!quick)];
  const rows: { readonly device: string; readonly threads: number; readonly peakBytes: number; readonly tokens: number }[] = [];
  const absent: string[] = [];
  for (const place of all) {
    tell(`memory: ${place.device}, ${threadCount(place.threads)}`);
    try {
      const { result, peakBytes } = await runCommandLine(['train', corpus.folder, '--column', 'UPOS', '--epochs', '1', '--json', ...placeArguments(place)]);
      rows.push({ ...place, peakBytes, tokens: Number(result.tokens) });
    } catch (error) {
      absent.push(`${place.device}: ${reasonOf(error)}`);
    }
  }
  const asUsual = rows.find(({ device }) => device === 'auto');
  show({
    title: `Peak resident memory of the command line, training on ${corpus.name} with the default settings`,
    columns: ['device', 'threads', 'tokens', 'peak memory'],
    rows: rows.map(({ device, threads, tokens, peakBytes }) => [device, threads === 0 ? 'its own' : String(threads), figure(tokens), megabytes(peakBytes)]),
    notes: absent.map((what) => `Not measured: ${what}`),
  });
  return {
    figures: { corpus: corpus.name, rows, absent },
    reached: { memory: !corpus.full ? onlyExcerpt : asUsual ? asUsual.peakBytes / 2 ** 20 : { missing: absent[0] } },
  };
}
