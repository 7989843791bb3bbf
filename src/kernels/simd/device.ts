/**
 * Hand-written WebAssembly SIMD as a device: it computes at once, on memory shared with the host, with
 * several threads.
 */
import { DeviceLostError } from '../../common/errors';
import * as l10n from '../../common/l10n';
import type { Device } from '../device';
import type { MatrixData } from '../kernels';
import type { Plan, Program } from '../program';
import { devices } from '../registry';
import type { Session, SessionRecipe } from '../session';
import { SimdMemory } from './memory';
import { instantiate, moduleOf, runsHere } from './module';
import type { SimdBuild, SimdExports } from './module';
import { Scratch, SimdPlan } from './plan';
import { SimdSession } from './session';
import { Threads } from './threads';
import type { StartThread } from './threads';

export type { StartThread } from './threads';

export interface SimdOptions {
  /** The build; without, the fastest that runs here. */
  readonly build?: SimdBuild;
  /** Threads for steps, the calling one included. */
  readonly threads?: number;
  /** How to start one; without, there is one thread. */
  readonly startThread?: StartThread;
}

/** The device, which tells what it still holds for others. */
export interface SimdDevice extends Device {
  /** Plans and sessions that were not disposed of, and the bytes of memory that are allocated. */
  readonly held: { readonly parts: number; readonly bytes: number };
}

class SharedMemoryDevice implements SimdDevice {
  readonly name = 'simd';
  readonly description: string;
  readonly precision = 'float32';
  private readonly memory: SimdMemory;
  private readonly exports: SimdExports;
  private readonly threads: Threads;
  private readonly scratch: Scratch;
  private readonly parts = new Set<{ dispose(): void }>();
  private gone: DeviceLostError | undefined;

  constructor(build: SimdBuild, threads: number, startThread: StartThread | undefined) {
    this.memory = new SimdMemory(build !== 'plain');
    const module = moduleOf(build);
    this.exports = instantiate(module, this.memory);
    const scratches = Array.from({ length: threads }, () => new Scratch(this.memory));
    this.scratch = scratches[0];
    this.threads = new Threads(this.memory, module, this.exports, scratches, startThread);
    const facts = [
      ...(threads > 1 ? [l10n.t('{0} threads', threads)] : []),
      ...(build === 'relaxed' ? [l10n.t('fused multiply-add')] : []),
      ...(build === 'plain' ? [l10n.t('memory not shared: one thread')] : []),
    ];
    this.description = `${devices.simd.title}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`;
  }

  get held(): SimdDevice['held'] {
    return { parts: this.parts.size, bytes: this.memory.allocatedBytes };
  }

  allocate(length: number): MatrixData {
    return this.memory.floats(this.memory.allocate(length * 4), length).fill(0);
  }

  release(data: MatrixData): void {
    const address = this.memory.addressOf(data);
    if (address !== undefined) this.memory.free(address);
  }

  async compile<In, Out>(program: Program<In, Out>, shapes: In): Promise<Plan<In, Out>> {
    this.check();
    const plan = new SimdPlan(
      this.memory,
      this.exports,
      this.scratch,
      (bytes) => this.threads.reserve(bytes),
      program,
      shapes,
      (ended) => this.parts.delete(ended),
      () => this.check(),
    );
    this.parts.add(plan);
    return plan;
  }

  createSession<P, I, O>(recipe: SessionRecipe<P, I, O>): Session<P, I, O> {
    this.check();
    const session = new SimdSession(
      this.memory,
      this.threads,
      recipe,
      () => this.check(),
      (reason) => this.lose(reason),
      (ended) => this.parts.delete(ended),
    );
    this.parts.add(session);
    return session;
  }

  dispose(): void {
    this.lose('it was disposed of');
    for (const part of [...this.parts]) part.dispose();
    this.threads.dispose();
  }

  private check(): void {
    if (this.gone) throw this.gone;
  }

  private lose(reason: string): DeviceLostError {
    this.gone ??= new DeviceLostError(`${devices.simd.title} is gone: ${reason}`);
    return this.gone;
  }
}

const builds: readonly SimdBuild[] = ['relaxed', 'shared', 'plain'];

/** Whether memory can be shared with threads here. */
function sharesMemory(): boolean {
  return typeof SharedArrayBuffer === 'function';
}

/** @throws {Error} where WebAssembly here has no SIMD. */
export function createSimdDevice({ build, threads = 1, startThread }: SimdOptions = {}): SimdDevice {
  const chosen =
    build ?? builds.find((candidate) => (candidate === 'plain' || sharesMemory()) && runsHere(candidate));
  if (chosen === undefined || !runsHere(chosen)) throw new Error('WebAssembly has no SIMD here.');
  const several = chosen !== 'plain' && startThread !== undefined;
  return new SharedMemoryDevice(chosen, several ? Math.max(1, threads) : 1, startThread);
}
