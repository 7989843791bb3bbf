import * as l10n from '../common/l10n';
import type { SplitName } from './corpus';

/** A split as messages name its data. */
export function splitName(split: SplitName): string {
  switch (split) {
    case 'training':
      return l10n.t('training');
    case 'development':
      return l10n.t('development');
    case 'test':
      return l10n.t('test');
  }
}
