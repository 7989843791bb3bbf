/** A contender in a process of its own, as the benchmark sees it. */
import type { ChildProcess } from 'node:child_process';
import { endTree, start } from '../../tools/children.mjs';
import { inProject } from '../../tools/paths.mjs';
import type { StepShape } from './stepData';

export type ContenderRequest =
  /** What others are held against. */
  | { readonly type: 'losses'; readonly id: string; readonly shape: StepShape }
  | {
      readonly type: 'prepare';
      readonly id: string;
      readonly shape: StepShape;
      /** The losses of `reference`, where they are known: else it computes them. */
      readonly expected?: readonly number[];
    }
  /** So many steps at the sizes that are timed, for their losses. */
  | { readonly type: 'steps'; readonly count: number }
  /** Steps for so long, but at least a few. */
  | { readonly type: 'round'; readonly ms: number };

export type ContenderAnswer =
  | { readonly type: 'losses'; readonly losses: readonly number[] }
  | { readonly type: 'prepared' }
  | { readonly type: 'round'; readonly ms: number; readonly steps: number; readonly peakBytes: number }
  | { readonly type: 'failed'; readonly message: string };

interface AnswerTypes {
  readonly losses: 'losses';
  readonly prepare: 'prepared';
  readonly steps: 'losses';
  readonly round: 'round';
}
type AnswerTo<Type extends ContenderRequest['type']> = ContenderAnswer & { type: AnswerTypes[Type] };

export class ContenderPort {
  private readonly child: ChildProcess;

  constructor() {
    this.child = start(process.execPath, [inProject('out', 'bench', 'step', 'contenderProcess.js')], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /** @throws {Error} where the contender failed, or its process ended. */
  ask<Type extends ContenderRequest['type']>(
    request: ContenderRequest & { type: Type },
  ): Promise<AnswerTo<Type>> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const ended = (code: number | null, signal: string | null): void =>
        reject(new Error(`its process ended with ${code ?? signal}`));
      child.once('exit', ended);
      child.once('message', (answer: ContenderAnswer) => {
        child.off('exit', ended);
        if (answer.type === 'failed') reject(new Error(answer.message));
        else resolve(answer as AnswerTo<Type>);
      });
      child.send(request);
    });
  }

  close(): void {
    endTree(this.child);
  }
}
