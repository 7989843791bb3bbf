import { placeArguments, runCommandLine } from './commandLine';
import type { CommandResult, Place } from './commandLine';
import { benchCorpus } from './corpora';
import type { BenchCorpus } from './corpora';
import { runInTurn } from './inTurn';
import type { Task } from './inTurn';
import { crfModel, crfsuiteAvailability, upos } from './peers/crfsuite';
import { places } from './places';
import type { BenchmarkContext, BenchmarkResult } from './result';
import { median } from './statistics';
import { figure, megabytes, threadCount } from './table';

interface Network {
  readonly name: string;
  /** Options of the command line. */
  readonly options: readonly string[];
  /** Whether float64 takes part. */
  readonly slow: boolean;
}

function oneHot(hidden: number, batch: number, slow = false): Network {
  return {
    name: `one-hot, H=${hidden}, B=${batch}`,
    options: ['--input', 'one-hot', '--hidden', String(hidden), '--batch', String(batch)],
    slow,
  };
}

/**
 * The defaults; and with one-hot words the small minibatches that are its default, the derivation's SGD, and
 * large minibatches.
 */
const networks: readonly Network[] = [
  { name: 'defaults', options: [], slow: false },
  oneHot(64, 4, true),
  oneHot(128, 1),
  oneHot(128, 32),
];

interface Row {
  readonly name: string;
  readonly threads: number;
  readonly network?: string;
  readonly tokensPerSecond: number;
  /** Training alone, and the whole program. */
  readonly seconds: number;
  readonly wholeSeconds: number;
  readonly peakBytes?: number;
}

/** Training one network at one place. */
interface Training extends Task<CommandResult> {
  readonly place: Place;
  readonly network: Network;
}

/** What took longer is not run again. */
const enoughSeconds = 20;

function training({ folder }: BenchCorpus, place: Place, network: Network): Training {
  const args = [
    'train',
    folder,
    '--column',
    'UPOS',
    '--epochs',
    '1',
    ...network.options,
    '--json',
    ...placeArguments(place),
  ];
  return {
    name: `epoch: ${place.device}, ${threadCount(place.threads)}, ${network.name}`,
    place,
    network,
    run: () => runCommandLine(args),
  };
}

function rowOf({ place, network }: Training, results: readonly CommandResult[]): Row {
  return {
    name: place.device,
    threads: place.threads,
    network: network.name,
    tokensPerSecond: median(results.map(({ result }) => Number(result.tokensPerSecond))),
    seconds: median(results.map(({ result }) => Number(result.seconds))),
    wholeSeconds: median(results.map(({ seconds }) => seconds)),
    peakBytes: Math.max(...results.map(({ peakBytes }) => peakBytes)),
  };
}

/** One epoch through the command line, up to three times in turn; CRFsuite's training beside it. */
export async function epochBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const corpus = benchCorpus(quick);
  const rows: Row[] = [];
  const absent: string[] = [];
  for (const network of quick ? networks.slice(0, 2) : networks) {
    const trainings = places(!quick && network.slow).map((place) => training(corpus, place, network));
    for (const [i, outcome] of (await runInTurn(trainings, quick ? 1 : 3, enoughSeconds, tell)).entries()) {
      if ('failed' in outcome) absent.push(`${trainings[i].name}: ${outcome.failed}`);
      else rows.push(rowOf(trainings[i], outcome.results));
    }
  }
  const crf = crfsuiteAvailability();
  const iterations = quick ? 5 : 60;
  if (crf.available) {
    tell(`epoch: CRFsuite, ${iterations} iterations`);
    const { trainingSeconds, seconds, tokens, peakBytes } = await crfModel({
      train: corpus.train,
      columns: upos,
      iterations,
    });
    rows.push({
      name: `CRFsuite, ${iterations} iterations`,
      threads: 1,
      tokensPerSecond: (tokens * iterations) / trainingSeconds,
      seconds: trainingSeconds,
      wholeSeconds: seconds,
      peakBytes,
    });
  } else {
    absent.push(`CRFsuite: ${crf.why}`);
  }
  show({
    title: `Training on ${corpus.name}, UPOS: one epoch`,
    columns: ['', 'threads', 'network', 'tokens/s', 'training, s', 'whole program, s', 'peak memory'],
    rows: rows.map(({ name, threads, network, tokensPerSecond, seconds, wholeSeconds, peakBytes }) => [
      name,
      String(threads),
      network ?? '',
      figure(tokensPerSecond),
      figure(seconds),
      figure(wholeSeconds),
      megabytes(peakBytes),
    ]),
    notes: [
      'The whole program also starts, reads the corpus and scores the development set; CRFsuite’s writes its features.',
      ...absent.map((what) => `Not measured: ${what}`),
    ],
  });
  return {
    figures: { corpus: corpus.name, rows, absent },
    reached: {},
  };
}
