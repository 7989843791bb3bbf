import { placeArguments, runCommandLine } from './commandLine';
import type { CommandResult, Place } from './commandLine';
import { benchCorpus } from './corpora';
import type { BenchCorpus } from './corpora';
import { runInTurn } from './inTurn';
import type { Task } from './inTurn';
import { crfModel, crfsuiteAvailability } from './peers/crfsuite';
import { places } from './places';
import type { BenchmarkContext, BenchmarkResult } from './result';
import { median } from './statistics';
import { figure, megabytes, threadCount } from './table';

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

/** Training one network at one place. */
interface Training extends Task<CommandResult> {
  readonly place: Place;
  readonly network: Network;
}

/** What took longer is not run again. */
const enoughSeconds = 20;

function training({ folder }: BenchCorpus, place: Place, network: Network): Training {
  const { hidden, batch } = network;
  const args = ['train', folder, '--column', 'UPOS', '--epochs', '1', '--hidden', String(hidden), '--batch', String(batch), '--json', ...placeArguments(place)];
  return { name: `epoch: ${place.device}, ${threadCount(place.threads)}, H=${hidden}, B=${batch}`, place, network, run: () => runCommandLine(args) };
}

function rowOf({ place, network }: Training, results: readonly CommandResult[]): Row {
  return {
    name: place.device,
    threads: place.threads,
    network,
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
  for (const network of quick ? networks.slice(0, 1) : networks) {
    const trainings = places(!quick && network === networks[0]).map((place) => training(corpus, place, network));
    for (const [i, outcome] of (await runInTurn(trainings, quick ? 1 : 3, enoughSeconds, tell)).entries()) {
      if ('failed' in outcome) absent.push(`${trainings[i].name}: ${outcome.failed}`);
      else rows.push(rowOf(trainings[i], outcome.results));
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
  show({
    title: `Training on ${corpus.name}, UPOS: one epoch`,
    columns: ['', 'threads', 'H', 'B', 'tokens/s', 'training, s', 'whole program, s', 'peak memory'],
    rows: rows.map(({ name, threads, network, tokensPerSecond, seconds, wholeSeconds, peakBytes }) => [
      name, String(threads), String(network?.hidden ?? ''), String(network?.batch ?? ''), figure(tokensPerSecond), figure(seconds), figure(wholeSeconds), megabytes(peakBytes),
    ]),
    notes: ['The whole program also starts, reads the corpus and scores the development set; CRFsuite’s writes its features.', ...absent.map((what) => `Not measured: ${what}`)],
  });
  return {
    figures: { corpus: corpus.name, rows, absent },
    reached: {},
  };
}
