/** One size: those that can take part get ready one after the other, and then take turns. */
import { runInTurn } from '../inTurn';
import type { Outcome } from '../inTurn';
import type { StepShape } from '../step/stepData';
import { reasonOf } from '../table';
import type { ContenderName } from './gpuReport';
import { readyContender } from './readyContender';
import type { GpuContender, ReadyContender } from './readyContender';
import { whyNotTried } from './sizes';
import type { TookTooLong } from './sizes';
import { TooLateError } from './withinSeconds';

export interface Measuring {
  /** What the GPUs are held against. */
  readonly simd: GpuContender;
  readonly gpus: readonly GpuContender[];
  /** What all of them must compute. */
  readonly losses: (shape: StepShape) => Promise<readonly number[]>;
  readonly rounds: number;
  readonly roundMs: number;
  /** Of rounds of one contender. */
  readonly enoughSeconds: number;
  readonly tell: (text: string) => void;
}

export type Outcomes = Partial<Record<ContenderName, Outcome<number>>>;

/** @param tookTooLong at smaller sizes; who takes too long at this one is added. */
export async function measureShape(
  measuring: Measuring,
  shape: StepShape,
  tookTooLong: TookTooLong[],
): Promise<Outcomes> {
  const { simd, gpus, losses, rounds, roundMs, enoughSeconds, tell } = measuring;
  const sizes = `gpu: H=${shape.H}, B=${shape.B}`;
  const outcomes: Outcomes = {};
  const tried = gpus.filter(({ name }) => {
    const why = whyNotTried(name, shape, tookTooLong);
    if (why !== undefined) outcomes[name] = { failed: why };
    return why === undefined;
  });
  if (tried.length === 0) return outcomes;
  tell(`${sizes}: losses of reference`);
  const expected = await losses(shape);
  const ready: ReadyContender[] = [];
  try {
    for (const contender of [simd, ...tried]) {
      tell(`${sizes}: ${contender.name} gets ready`);
      try {
        const alike = ready.find(({ name }) => name === 'simd')?.losses;
        ready.push(await readyContender(contender, shape, expected, alike, roundMs));
      } catch (error) {
        outcomes[contender.name] = { failed: reasonOf(error) };
        if (error instanceof TooLateError)
          tookTooLong.push({ contender: contender.name, shape, seconds: error.seconds });
      }
    }
    // Alone, simd says nothing of GPUs.
    if (ready.every(({ name }) => name === 'simd')) return outcomes;
    const results = await runInTurn(
      ready.map(({ name, round }) => ({ name: `${sizes}: ${name}`, run: round })),
      rounds,
      enoughSeconds,
      tell,
    );
    for (const [i, { name }] of ready.entries()) outcomes[name] = results[i];
    return outcomes;
  } finally {
    for (const contender of ready) await contender.close();
  }
}
