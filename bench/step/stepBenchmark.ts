import { torchAvailability, torchSettings, usesOpenBlas } from '../peers/pytorch';
import { tfjsAvailability, tfjsHas } from '../peers/tensorflowJs';
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
const inputs: readonly StepInput[] = ['table', 'one-hot'];

/** The training step, ours and the peers' in turn. */
export async function stepBenchmark(context: BenchmarkContext): Promise<BenchmarkResult> {
  const roundsOf = (H: number): number => (context.quick ? 2 : H > 128 ? 5 : 9);
  const absent: string[] = [];
  const torch = await torchAvailability();
  if (!torch.available) absent.push(`PyTorch: ${torch.why}`);
  if (torch.available && usesOpenBlas() === false)
    absent.push('PyTorch at its best: its BLAS is not OpenBLAS (apt-get install libopenblas0-pthread)');
  const tfjs = tfjsAvailability();
  if (!tfjs.available) absent.push(`TensorFlow.js: ${tfjs.why}`);

  const peers = (shape: StepShape): Participant[] => [
    ...(torch.available ? torchSettings.map((setting) => torchParticipant(setting, shape)) : []),
    ...(tfjs.available && tfjsHas(shape) ? [tfjsParticipant(shape)] : []),
  ];

  const results: { readonly shape: StepShape; readonly measured: Measured }[] = [];
  for (const H of context.quick ? hiddenUnits.quick : hiddenUnits.full) {
    for (const B of batchSizes) {
      const shape = { ...base, B, H };
      const { measured, absent: missing } = await measureShape(shape, roundsOf(H), peers, context);
      results.push({ shape, measured });
      for (const input of inputs) {
        const absentHere = input === 'table' ? [...absent, ...missing[input]] : missing[input];
        if (measured.all.some((times) => times.input === input))
          context.show(stepTable(shape, input, measured, absentHere));
      }
    }
  }
  const at = (B: number): Measured | undefined =>
    results.find(({ shape }) => shape.B === B && shape.H === 128)?.measured;
  return {
    figures: { shapes: results.map(({ shape, measured }) => stepFigures(shape, measured)), absent },
    reached: stepReaches(at(1), at(32)),
  };
}

async function measureShape(
  shape: StepShape,
  rounds: number,
  peers: (shape: StepShape) => Participant[],
  { quick, tell }: BenchmarkContext,
): Promise<{ measured: Measured; absent: Record<StepInput, string[]> }> {
  const roundMs = quick ? 100 : 300;
  const participants: Participant[] = [];
  const absent: Record<StepInput, string[]> = { table: [], 'one-hot': [] };
  try {
    for (const contender of contenders) {
      if (contender.largestHidden !== undefined && shape.H > contender.largestHidden) continue;
      try {
        participants.push(await ourParticipant(contender, shape, roundMs));
      } catch (error) {
        absent[contender.input].push(
          `${contender.name}, ${threadCount(contender.threads)}: ${reasonOf(error)}`,
        );
      }
    }
    participants.push(...peers(shape));
    return {
      measured: await measureInTurn(participants, rounds, (round) =>
        tell(`step: B=${shape.B}, H=${shape.H}, round ${round} of ${rounds}`),
      ),
      absent,
    };
  } finally {
    for (const participant of participants) participant.close();
  }
}
