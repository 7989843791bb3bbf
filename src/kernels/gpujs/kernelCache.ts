import type { GPU, IGPUKernelSettings, IKernelRunShortcut, Kernel } from 'gpu.js';

/** gpu.js does not export its name for this. */
type ArgumentTypes = IGPUKernelSettings['argumentTypes'];

interface Entry {
  readonly kernel: IKernelRunShortcut;
  users: number;
}

/**
 * Frees a kernel. In cpu mode gpu.js keeps a destroyed kernel in its list (which its types do not know) all
 * the same.
 */
function free(gpu: GPU, { kernel }: IKernelRunShortcut): void {
  kernel.destroy();
  const { kernels } = gpu as GPU & { readonly kernels?: Kernel[] };
  const index = kernels?.indexOf(kernel) ?? -1;
  if (index >= 0) kernels?.splice(index, 1);
}

/**
 * gpu.js kernels by source and output size, shared by the plans of a device and freed with the last that uses
 * them.
 */
export class KernelCache {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly gpu: GPU,
    private readonly settings: IGPUKernelSettings,
  ) {}

  /**
   * @param output columns (the threads' x) and rows (y).
   * @param argumentTypes gpu.js's names; as the arguments are where there are none.
   * @param uses the keys that a plan holds: a kernel taken for the first time is added to them.
   */
  take(
    source: string,
    output: readonly [number, number],
    uses: Set<string>,
    argumentTypes?: readonly string[],
  ): IKernelRunShortcut {
    const key = `${output.join('×')} ${source}`;
    let entry = this.entries.get(key);
    if (entry === undefined) {
      // A list, which gpu.js takes and its types do not know.
      const types = argumentTypes && { argumentTypes: [...argumentTypes] as unknown as ArgumentTypes };
      const settings = { ...this.settings, ...types, output: [...output] };
      entry = { kernel: this.gpu.createKernel(source, settings), users: 0 };
      this.entries.set(key, entry);
    }
    if (!uses.has(key)) {
      uses.add(key);
      entry.users++;
    }
    return entry.kernel;
  }

  /** The reasons why gpu.js moved kernels of this plan to the CPU, if it did. */
  fallbacks(uses: ReadonlySet<string>): string[] {
    return [...uses].flatMap((key) => this.entries.get(key)?.kernel.kernel.fallbackReason ?? []);
  }

  release(uses: Set<string>): void {
    for (const key of uses) {
      const entry = this.entries.get(key);
      if (entry === undefined || --entry.users > 0) continue;
      this.entries.delete(key);
      free(this.gpu, entry.kernel);
    }
    uses.clear();
  }
}
