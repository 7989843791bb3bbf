import { tfjsAvailability, tfjsHas } from '../peers/tensorflowJs';
import { torchAvailability, torchSettings, usesOpenBlas } from '../peers/pytorch';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { reasonOf, threadCount } from '../table';
import { contenders } from './contenders';
import { measureInTurn, ourParticipant, tfjsParticipant, torchParticipant } from './participants';
import type { Measured, Participant } from './participants';
import type { StepInput, StepShape } from './stepData';
import { stepFigures, stepReaches, stepTable } from './stepReport';

const base = { T: 25, E: 64, L: 17, K: 10_000 };
/** H=256 and 512 are shown without a bar: OpenBLAS wins on large products. */
const hiddenUnits = { quick: [128], full: [128, 256, 512] };
const batchSizes = [1, 32];

/** The training step, ours and the peers' in turn. */
export async function stepBenchmark(context: BenchmarkContext): Promise<BenchmarkResult> {
  const roundsOf = (H: number): number => (context.quick ? 2 : H > 128 ? 5 : 9);
  const absent: string[] = [];
  const torch = await torchAvailability();
  if (!torch.available) absent.push(`PyTorch: ${torch.why}`);
  if (torch.available && usesOpenBlas() === false) absent.push('PyTorch at its best: its BLAS is not OpenBLAS (apt-get install libopenblas0-pthread)');
  const tfjs = tfjsAvailability();
  if (!tfjs.available) absent.push(`TensorFlow.js: ${tfjs.why}`);

  const peers = (shape: StepShape): Participant[] => [
    ...(torch.available ? torchSettings.map((setting) => torchParticipant(setting, shape)) : []),
    ...(tfjs.available && tfjsHas(shape) ? [tfjsParticipant(shape)] : []),
  ];

  const results: { readonly shape: StepShape; readonly measured: Measured; readonly absent: readonly string[] }[] = [];
  for (const H of context.quick ? hiddenUnits.quick : hiddenUnits.full) {
    for (const B of batchSizes) {
      const shape = { ...base, B, H };
      context.tell(`step: B=${B}, H=${H}`);
      results.push({ shape, ...(await measureShape(shape, roundsOf(H), peers, absent, context)) });
    }
  }
  const at = (B: number): Measured | undefined => results.find(({ shape }) => shape.B === B && shape.H === 128)?.measured;
  const inputs: readonly StepInput[] = ['table', 'one-hot'];
  return {
    tables: results.flatMap(({ shape, measured, absent: missing }) =>
      inputs
        .filter((input) => measured.all.some((times) => times.input === input))
        .map((input) => stepTable(shape, input, measured, missing.filter((what) => input === 'table' || what.startsWith('one-hot')))),
    ),
    figures: { shapes: results.map(({ shape, measured }) => stepFigures(shape, measured)), absent },
    reached: stepReaches(at(1), at(32)),
  };
}

async function measureShape(
  shape: StepShape,
  rounds: number,
  peers: (shape: StepShape) => Participant[],
  absentPeers: readonly string[],
  { quick }: BenchmarkContext,
): Promise<{ measured: Measured; absent: string[] }> {
  const roundMs = quick ? 100 : 300;
  const participants: Participant[] = [];
  const absent = [...absentPeers];
  try {
    for (const contender of contenders) {
      if (contender.largestHidden !== undefined && shape.H > contender.largestHidden) continue;
      try {
        participants.push(await ourParticipant(contender, shape, roundMs));
      } catch (error) {
        absent.push(`${contender.input === 'one-hot' ? 'one-hot ' : ''}${contender.name}, ${threadCount(contender.threads)}: ${reasonOf(error)}`);
      }
    }
    participants.push(...peers(shape));
    return { measured: await measureInTurn(participants, rounds), absent };
  } finally {
    for (const participant of participants) participant.close();
  }
}
