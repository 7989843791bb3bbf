import { InputError } from '../common/errors';
import { windowLength } from '../corpus/windowLength';
import type { DeviceName } from '../kernels/kernels';
import { momentsOf } from '../kernels/update';
import { sizeText, trainingMemory } from '../model/memory';
import type { MemoryEstimate } from '../model/memory';
import { networkOf, sizesOf } from '../model/settings';
import type { CorpusFacts } from '../run/facts';
import { chunkSentences } from '../training/epochData';
import type { TrainingSettings } from '../training/settings';

/** The share of the machine's memory that a run may take: the editor, and all else, live there too. */
const share = 0.75;

/** WebAssembly counts bytes in 32 bits: no more than that for parameters, gradients and batch together. */
const webAssemblyBytes = 2 ** 32;

/** What a run needs, on a device of its numbers' size. */
export function estimateOf(
  {
    vocabulary,
    features,
    labels,
    longest,
  }: Pick<CorpusFacts, 'vocabulary' | 'features' | 'labels' | 'longest'>,
  settings: TrainingSettings,
): MemoryEstimate {
  const { input, batch, device } = settings;
  const B = batch > 0 ? batch : chunkSentences;
  const sizes = sizesOf(networkOf(settings, labels.length), input === 'one-hot' ? vocabulary : features);
  const moments = momentsOf[settings.optimizer] + (settings.averaging ? 1 : 0);
  return trainingMemory(sizes, moments, {
    B,
    T: Math.max(1, Math.min(longest, windowLength)),
    numberBytes: device === 'reference' ? 8 : 4,
  });
}

/**
 * Looks before anything is allocated whether the machine can hold the run.
 * @throws {InputError} with the size in words.
 */
export function checkMemory(facts: CorpusFacts, settings: TrainingSettings, memoryBytes: number): void {
  const { total } = estimateOf(facts, settings);
  const most = share * memoryBytes;
  if (total <= most) return;
  const count = (n: number): string => n.toLocaleString('en');
  const over =
    settings.input === 'one-hot' ? `${count(facts.vocabulary)} words` : `${count(facts.features)} features`;
  const what = `A network of ${count(settings.hidden)} hidden units over ${over} needs ${sizeText(total)} to be trained`;
  const has = `this machine has ${sizeText(memoryBytes)}, of which a run may take ${sizeText(most)}.`;
  const halvedBy = (change: Partial<TrainingSettings>): boolean =>
    estimateOf(facts, { ...settings, ...change }).total < total / 2;
  const hint = halvedBy({ batch: 1 })
    ? 'Choose a smaller minibatch, or fewer hidden units.'
    : halvedBy({ embedding: 1 })
      ? 'Choose a smaller embedding.'
      : 'Choose fewer hidden units.';
  throw new InputError(`${what}; ${has}`, { hint });
}

/** Why a run does not fit on a device; undefined where it does, as far as is known. */
export function deviceLimit(
  device: DeviceName,
  facts: CorpusFacts,
  settings: TrainingSettings,
): string | undefined {
  if (device !== 'simd') return undefined;
  const { parameters, gradients, batch } = estimateOf(facts, settings);
  const bytes = parameters + gradients + batch;
  return bytes <= webAssemblyBytes
    ? undefined
    : `The network needs ${sizeText(bytes)}, and WebAssembly has room for ${sizeText(webAssemblyBytes)}.`;
}
