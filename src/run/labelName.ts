import * as l10n from '../common/l10n';
import { shownName } from '../common/shownText';

/** A label as it is shown; spans without types have an empty one. */
export function labelName(label: string): string {
  return label === '' ? l10n.t('(no type)') : shownName(label);
}
