import type { LabelScheme } from '../corpus';
import { lettersOf } from './notation';
import type { LabelParts } from './notation';

/**
 * Whether, under a scheme, a token with `label` may follow one with `before` (undefined: the sentence starts
 * or ends there). IOB1 and IOE1 allow I anywhere; they only limit B and E to the border of two spans of one
 * type.
 */
export function mayFollow(
  before: LabelParts | undefined,
  label: LabelParts | undefined,
  scheme: LabelScheme,
): boolean {
  const sameType = before !== undefined && label !== undefined && before.type === label.type;
  switch (lettersOf(scheme)) {
    case 'none':
    case 'IO':
      return true;
    case 'IOB2':
      return label?.prefix !== 'I' || (sameType && before.prefix !== 'O');
    case 'IOB1':
      return label?.prefix !== 'B' || (sameType && before.prefix !== 'O');
    case 'IOE2':
      return before?.prefix !== 'I' || (sameType && label.prefix !== 'O');
    case 'IOE1':
      return before?.prefix !== 'E' || (sameType && label.prefix !== 'O');
    case 'IOBES': {
      const open = before?.prefix === 'B' || before?.prefix === 'I';
      const continues = label?.prefix === 'I' || label?.prefix === 'E';
      return open === continues && (!open || sameType);
    }
  }
}
