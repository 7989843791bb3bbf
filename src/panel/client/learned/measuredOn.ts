import { formatCount } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { bestEpoch } from '../../../run/curves';
import type { RunState } from '../../../run/runState';
import type { ShownDetails } from '../../learnedProtocol';

/** Which model, and which data. */
export function measuredOn(state: RunState, { development }: ShownDetails): string {
  if (!development) return l10n.t('On the test data.');
  const best = bestEpoch(state);
  return best
    ? l10n.t('On the development data, by the model of epoch {0}.', formatCount(best.epoch))
    : l10n.t('On the development data.');
}
