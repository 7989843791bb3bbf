import { InputError } from '../common/errors';
import { formatCount } from '../common/figures';
import * as l10n from '../common/l10n';
import { windowLength } from '../corpus/windowLength';
import { deviceFacts, devices } from '../kernels/registry';
import type { DeviceName } from '../kernels/registry';
import { momentsOf } from '../kernels/update';
import { sizeText, trainingMemory } from '../model/memory';
import type { MemoryEstimate } from '../model/memory';
import { networkOf, sizesOf } from '../model/settings/networkOf';
import type { ResolvedSettings } from '../model/settings/settings';
import type { CorpusFacts } from '../run/facts';
import { chunkSentences } from '../training/epochData';

/** The share of the machine's memory that a run may take: the editor and other programs need some too. */
const share = 0.75;

/** The share that devices which are measured in turns may take together, for a moment. */
const measuringShare = 0.25;
/** Bytes that a thread takes before it computes anything: about 7 MB, measured with up to 1,024. */
const threadBytes = 7e6;

/**
 * The memory that a run needs, with numbers of the size that its device uses; on `auto`, which takes none
 * that computes in float64, in float32.
 */
export function estimateOf(
  {
    vocabulary,
    features,
    labels,
    longest,
  }: Pick<CorpusFacts, 'vocabulary' | 'features' | 'labels' | 'longest'>,
  settings: ResolvedSettings,
  device: DeviceName | 'auto',
): MemoryEstimate {
  const { input, batch } = settings;
  const B = batch > 0 ? batch : chunkSentences;
  const sizes = sizesOf(networkOf(settings, labels.length), input === 'one-hot' ? vocabulary : features);
  const moments = momentsOf[settings.optimizer] + (settings.averaging ? 1 : 0);
  return trainingMemory(sizes, moments, {
    B,
    T: Math.max(1, Math.min(longest, windowLength)),
    numberBytes: device !== 'auto' && devices[device].precision === 'float64' ? 8 : 4,
  });
}

/**
 * Checks, before anything is allocated, that the machine has the memory for a run on so many threads.
 * @throws {InputError} with the size, and with what to change.
 */
export function checkMemory(
  facts: CorpusFacts,
  settings: ResolvedSettings,
  device: DeviceName | 'auto',
  memoryBytes: number,
  threads = 1,
): void {
  const total = estimateOf(facts, settings, device).total + (threads - 1) * threadBytes;
  const most = share * memoryBytes;
  if (total <= most) return;
  const inputs =
    settings.input === 'one-hot'
      ? l10n.t('{0} words', formatCount(facts.vocabulary))
      : l10n.t('{0} features', formatCount(facts.features));
  const what = l10n.t(
    'A network of {0} hidden units over {1} needs {2} to be trained',
    formatCount(settings.hidden),
    inputs,
    sizeText(total),
  );
  const has = l10n.t(
    'this machine has {0}, of which a run may take {1}.',
    sizeText(memoryBytes),
    sizeText(most),
  );
  const halvedBy = (change: Partial<ResolvedSettings>): boolean =>
    estimateOf(facts, { ...settings, ...change }, device).total < total / 2;
  const hint = halvedBy({ batch: 1 })
    ? l10n.t('Choose a smaller minibatch, or fewer hidden units.')
    : halvedBy({ embedding: 1 })
      ? l10n.t('Choose a smaller embedding.')
      : l10n.t('Choose fewer hidden units.');
  throw new InputError(l10n.t('{0}; {1}', what, has), { hint });
}

/** Whether so many devices can hold the network at a time, while they are measured. */
export function haveRoomTogether(
  devices: number,
  facts: CorpusFacts,
  settings: ResolvedSettings,
  memoryBytes: number,
): boolean {
  return devices * estimateOf(facts, settings, 'auto').total <= measuringShare * memoryBytes;
}

/** Why a device cannot hold a run; undefined where nothing is known that speaks against it. */
export function deviceLimit(
  device: DeviceName,
  facts: CorpusFacts,
  settings: ResolvedSettings,
): string | undefined {
  const { title, addressableBytes = Infinity } = deviceFacts(device);
  const { parameters, gradients, batch } = estimateOf(facts, settings, device);
  const bytes = parameters + gradients + batch;
  return bytes <= addressableBytes
    ? undefined
    : l10n.t(
        'The network needs {0}, and {1} has room for {2}.',
        sizeText(bytes),
        title,
        sizeText(addressableBytes),
      );
}
