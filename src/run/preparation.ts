import * as l10n from '../common/l10n';
import type { DeviceName } from '../kernels/registry';

/** What a run does before it trains, or before it goes on with another device. */
export type Preparation =
  | { readonly doing: 'reading' }
  /** On `auto`. */
  | { readonly doing: 'measuring'; readonly devices: readonly DeviceName[] }
  /** The device is opened, and the data prepared for it. */
  | { readonly doing: 'preparing'; readonly device: DeviceName };

/**
 * What a run does that does not train yet, in the same words everywhere: "reading", "measuring devices:
 * webgpu". Undefined of a run that trains, is paused or has ended.
 */
export function preparationText(
  { phase, preparation }: { readonly phase: string; readonly preparation?: Preparation },
  t: typeof l10n.t = l10n.t,
): string | undefined {
  if (phase !== 'starting' && phase !== 'moving') return undefined;
  if (!preparation) return phase === 'moving' ? t('looking for another device') : t('reading');
  switch (preparation.doing) {
    case 'reading':
      return t('reading');
    case 'measuring':
      return t('measuring devices: {0}', preparation.devices.join(', '));
    case 'preparing':
      return t('preparing {0}', preparation.device);
  }
}
