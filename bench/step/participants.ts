/** Who takes part in the measuring of a shape, ours and theirs alike: asked in turn, round by round. */
import { multiplyAddLimit } from '../limit/limit';
import { torchStep } from '../peers/pytorch';
import type { TorchSetting } from '../peers/pytorch';
import { tfjsStep } from '../peers/tensorflowJs';
import { contenderId } from './contender';
import type { Contender } from './contender';
import { ContenderPort } from './contenderPort';
import type { StepInput, StepShape } from './stepData';

export interface Participant {
  readonly name: string;
  readonly threads: number;
  readonly input: StepInput;
  readonly peer: boolean;
  /** One round. */
  measure(): Promise<{ ms: number; peakBytes?: number }>;
  close(): void;
}

/** Starts a contender's process. Rejects with the reason where it cannot take part. */
export async function ourParticipant(
  contender: Contender,
  shape: StepShape,
  roundMs: number,
): Promise<Participant> {
  const port = new ContenderPort();
  try {
    await port.ask({ type: 'prepare', id: contenderId(contender), shape });
    // The first round compiles, and does not count.
    await port.ask({ type: 'round', ms: roundMs });
  } catch (error) {
    port.close();
    throw error;
  }
  const { name, threads, input } = contender;
  return {
    name,
    threads,
    input,
    peer: false,
    measure: () => port.ask({ type: 'round', ms: roundMs }),
    close: () => port.close(),
  };
}

export function torchParticipant(setting: TorchSetting, shape: StepShape): Participant {
  return {
    name: setting.name,
    threads: setting.threads,
    input: 'table',
    peer: true,
    measure: () => torchStep(shape, setting),
    close: () => undefined,
  };
}

/** One thread: the wasm backend takes more only in a page. */
export function tfjsParticipant(shape: StepShape): Participant {
  return {
    name: 'TensorFlow.js wasm',
    threads: 1,
    input: 'table',
    peer: true,
    measure: () => tfjsStep(shape),
    close: () => undefined,
  };
}

/** What was measured of one of them. Times in ms a step, one a round. */
export interface Times {
  readonly name: string;
  readonly threads: number;
  readonly input: StepInput;
  readonly peer: boolean;
  readonly times: readonly number[];
  readonly peakBytes?: number;
}

export interface Measured {
  readonly all: readonly Times[];
  /** GFLOP/s of one core, once a round. */
  readonly limits: readonly number[];
}

/** So many rounds over all of them in turn. */
export async function measureInTurn(
  participants: readonly Participant[],
  rounds: number,
  tell: (round: number) => void,
): Promise<Measured> {
  const times = participants.map((): number[] => []);
  const peaks = participants.map((): number | undefined => undefined);
  const limits: number[] = [];
  for (let round = 0; round < rounds; round++) {
    tell(round + 1);
    limits.push(multiplyAddLimit());
    for (const [i, participant] of participants.entries()) {
      const { ms, peakBytes } = await participant.measure();
      times[i].push(ms);
      if (peakBytes !== undefined) peaks[i] = Math.max(peaks[i] ?? 0, peakBytes);
    }
  }
  return {
    all: participants.map(({ name, threads, input, peer }, i) => ({
      name,
      threads,
      input,
      peer,
      times: times[i],
      peakBytes: peaks[i],
    })),
    limits,
  };
}
