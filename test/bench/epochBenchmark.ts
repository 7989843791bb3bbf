import { placeArguments, runCommandLine } from './commandLine';
import { benchCorpus } from './corpora';
import { crfModel, crfsuiteAvailability } from './peers/crfsuite';
import { places } from './places';
import type { BenchmarkContext, BenchmarkResult } from './result';
import { figure, megabytes, reasonOf, threadCount } from './table';

interface Network {
  readonly hidden: number;
  readonly batch: number;
}

/** The defaults, the derivation's SGD, and a minibatch. */
const networks: readonly Network[] = [
  { hidden: 64, batch: 4 },
  { hidden: 128, batch: 1 },
  { hidden: 128, batch: 32 },
];

interface Row {
  readonly name: string;
  readonly threads: number;
  readonly network?: Network;
  readonly tokensPerSecond: number;
  /** Training alone, and the whole program. */
  readonly seconds: number;
  readonly wholeSeconds: number;
  readonly peakBytes?: number;
}

/** One epoch through the command line; CRFsuite's training beside it. */
export async function epochBenchmark({ quick, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const corpus = benchCorpus(quick);
  const rows: Row[] = [];
  const absent: string[] = [];
  for (const { hidden, batch } of quick ? networks.slice(0, 1) : networks) {
    for (const place of places(quick)) {
      const name = `${place.device}, ${threadCount(place.threads)}, H=${hidden}, B=${batch}`;
      tell(`epoch: ${name}`);
      try {
        const args = ['train', corpus.folder, '--column', 'UPOS', '--epochs', '1', '--hidden', String(hidden), '--batch', String(batch), '--json', ...placeArguments(place)];
        const { result, seconds, peakBytes } = await runCommandLine(args);
        rows.push({
          name: place.device, threads: place.threads, network: { hidden, batch },
          tokensPerSecond: Number(result.tokensPerSecond), seconds: Number(result.seconds), wholeSeconds: seconds, peakBytes,
        });
      } catch (error) {
        absent.push(`${name}: ${reasonOf(error)}`);
      }
    }
  }
  const crf = crfsuiteAvailability();
  const iterations = quick ? 5 : 60;
  if (crf.available) {
    tell(`epoch: CRFsuite, ${iterations} iterations`);
    const { trainingSeconds, seconds, tokens, peakBytes } = await crfModel(corpus, iterations);
    rows.push({ name: `CRFsuite, ${iterations} iterations`, threads: 1, tokensPerSecond: (tokens * iterations) / trainingSeconds, seconds: trainingSeconds, wholeSeconds: seconds, peakBytes });
  } else {
    absent.push(`CRFsuite: ${crf.why}`);
  }
  return {
    tables: [
      {
        title: `Training on ${corpus.name}, UPOS: one epoch`,
        columns: ['', 'threads', 'H', 'B', 'tokens/s', 'training, s', 'whole program, s', 'peak memory'],
        rows: rows.map(({ name, threads, network, tokensPerSecond, seconds, wholeSeconds, peakBytes }) => [
          name, String(threads), String(network?.hidden ?? ''), String(network?.batch ?? ''), figure(tokensPerSecond), figure(seconds), figure(wholeSeconds), megabytes(peakBytes),
        ]),
        notes: ['The whole program also starts, reads the corpus and scores the development set; CRFsuite’s writes its features.', ...absent.map((what) => `Not measured: ${what}`)],
      },
    ],
    figures: { corpus: corpus.name, rows, absent },
    reached: {},
  };
}
