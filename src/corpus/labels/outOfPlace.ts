/** Labels that are of a scheme, and cannot stand where they do; and what would mend them. */
import * as l10n from '../../common/l10n';
import { shownName } from '../../common/shownText';
import type { Column, LabelScheme } from '../corpus';
import { lettersOf, partsUnder } from './notation';
import type { LabelParts } from './notation';
import { mayFollow } from './validity';

/** A label that is out of place. */
export interface OutOfPlace {
  /** Index of its token in the sentence. */
  readonly token: number;
  /**
   * - `span-without-begin`: it goes on with a span where there is none.
   * - `type-changes-in-span`: it goes on with a span of another type.
   * - `span-not-ended`: it leaves a span open that does not go on.
   * - `label-out-of-place`: it parts spans where there is nothing to part.
   */
  readonly code: 'span-without-begin' | 'type-changes-in-span' | 'span-not-ended' | 'label-out-of-place';
  readonly message: string;
  /** Labels that could stand there. */
  readonly to: readonly string[];
}

/** Where a sentence starts or ends, in place of a label's number. */
const border = -1;

/** With more labels, pairs are not kept: there would be too many. */
const mostKept = 2000;

/** Which labels may follow each other, by their numbers: each pair is looked at once. */
class FittingPairs {
  private readonly known: Uint8Array;

  /** @param parts of the labels, by number. */
  constructor(
    private readonly parts: readonly (LabelParts | undefined)[],
    private readonly scheme: LabelScheme,
  ) {
    this.known = new Uint8Array(parts.length > mostKept ? 0 : (parts.length + 1) ** 2);
  }

  /** Whether a label may follow another; either may be a {@link border}. */
  has(before: number, label: number): boolean {
    const { known, parts, scheme } = this;
    if (known.length === 0) return mayFollow(parts[before], parts[label], scheme);
    const pair = (before + 1) * (parts.length + 1) + label + 1;
    if (known[pair] === 0) known[pair] = mayFollow(parts[before], parts[label], scheme) ? 1 : 2;
    return known[pair] === 1;
  }
}

/** Finds labels of a column that are out of place, under a scheme. */
export class PlaceChecker {
  private readonly parts: readonly (LabelParts | undefined)[];
  private readonly letters: ReadonlyMap<LabelParts['prefix'], string>;
  private readonly fitting: FittingPairs;

  constructor(
    private readonly values: Column['values'],
    private readonly scheme: LabelScheme,
  ) {
    this.parts = values.map((value) => partsUnder(value, scheme));
    this.letters = lettersIn(values, scheme);
    this.fitting = new FittingPairs(this.parts, scheme);
  }

  /** Those of one sentence, given the numbers of its labels. Labels outside of the scheme are left alone. */
  *inSentence(ids: ArrayLike<number>): Generator<OutOfPlace> {
    const { parts, fitting } = this;
    for (let t = 0; t <= ids.length; t++) {
      const before = t > 0 ? ids[t - 1] : border;
      const label = t < ids.length ? ids[t] : border;
      if (label !== border && !parts[label]) continue;
      if (!fitting.has(before, label)) yield this.between(ids, t, parts[before], parts[label]);
    }
  }

  /** What is wrong with two neighbours; undefined stands for the sentence's start or end. */
  private between(
    ids: ArrayLike<number>,
    t: number,
    before: LabelParts | undefined,
    label: LabelParts | undefined,
  ): OutOfPlace {
    const letters = lettersOf(this.scheme);
    const goesOn = label?.prefix === 'I' || label?.prefix === 'E';
    if (letters === 'IOB1')
      return this.needless(t, this.values[ids[t]], this.withLetter(this.values[ids[t]], 'I'));
    if (letters === 'IOE1') {
      const value = this.values[ids[t - 1]];
      return this.needless(t - 1, value, this.withLetter(value, 'I'));
    }
    const isOpen =
      letters === 'IOB2' ? before !== undefined && before.prefix !== 'O' : leavesOpen(before?.prefix);
    if (goesOn && isOpen && before && label && before.type !== label.type) return this.typeChanges(ids, t);
    if (letters === 'IOE2' || (letters === 'IOBES' && leavesOpen(before?.prefix)))
      return this.notEnded(ids, t - 1);
    return label ? this.atStart(ids, t, label) : this.notEnded(ids, t - 1);
  }

  private typeChanges(ids: ArrayLike<number>, t: number): OutOfPlace {
    const value = this.values[ids[t]];
    const before = this.values[ids[t - 1]];
    const prefix = this.parts[ids[t]]?.prefix ?? 'I';
    const to = [this.withLetter(before, prefix)];
    // Where B alone begins a span, it may as well be a new one.
    if (lettersOf(this.scheme) === 'IOB2') to.unshift(this.withLetter(value, 'B'));
    const what = l10n.t(
      '“{0}” goes on with the span of “{1}”, which is of another type',
      shownName(value),
      shownName(before),
    );
    return { token: t, code: 'type-changes-in-span', message: this.messageOf(what), to };
  }

  private atStart(ids: ArrayLike<number>, t: number, label: LabelParts): OutOfPlace {
    const value = this.values[ids[t]];
    const what =
      t > 0
        ? l10n.t(
            '“{0}” goes on with a span, and behind “{1}” there is none to go on with',
            shownName(value),
            shownName(this.values[ids[t - 1]]),
          )
        : l10n.t(
            '“{0}” goes on with a span, and at the start of a sentence there is none to go on with',
            shownName(value),
          );
    const prefix = lettersOf(this.scheme) === 'IOBES' && !this.isContinued(ids, t, label) ? 'S' : 'B';
    // Behind the end of a span of its type, the end may be wrong instead.
    const other = t > 0 ? this.parts[ids[t - 1]] : undefined;
    const isUnclear = other !== undefined && other.prefix !== 'O' && other.type === label.type;
    const to = isUnclear ? [] : [this.withLetter(value, prefix)];
    return { token: t, code: 'span-without-begin', message: this.messageOf(what), to };
  }

  private notEnded(ids: ArrayLike<number>, t: number): OutOfPlace {
    const value = this.values[ids[t]];
    const what = l10n.t('“{0}” says that its span goes on, and here it ends', shownName(value));
    const prefix = this.parts[ids[t]]?.prefix === 'B' ? 'S' : 'E';
    return {
      token: t,
      code: 'span-not-ended',
      message: this.messageOf(what),
      to: [this.withLetter(value, prefix)],
    };
  }

  private needless(token: number, value: string, to: string): OutOfPlace {
    const what = l10n.t(
      '“{0}” parts two spans of one type, and here there are none to part',
      shownName(value),
    );
    return { token, code: 'label-out-of-place', message: this.messageOf(what), to: [to] };
  }

  private messageOf(what: string): string {
    return l10n.t('{0} ({1}). It is read as conlleval reads it: the span is repaired.', what, this.scheme);
  }

  private isContinued(ids: ArrayLike<number>, t: number, { type }: LabelParts): boolean {
    const next = t + 1 < ids.length ? this.parts[ids[t + 1]] : undefined;
    return next !== undefined && next.type === type && (next.prefix === 'I' || next.prefix === 'E');
  }

  /** The label with another letter, written as the column writes it. */
  private withLetter(label: string, prefix: LabelParts['prefix']): string {
    const atEnd = this.scheme.endsWith('suffix') && label.length > 1;
    const own = atEnd ? label[label.length - 1] : label[0];
    const letter = this.letters.get(prefix) ?? prefix;
    const written = own === own.toLowerCase() ? letter.toLowerCase() : letter.toUpperCase();
    return atEnd ? `${label.slice(0, -1)}${written}` : `${written}${label.slice(1)}`;
  }
}

const leavesOpen = (prefix: LabelParts['prefix'] | undefined): boolean => prefix === 'B' || prefix === 'I';

/** The letters that a column has: BILOU has L and U for E and S, BMES has M for I. */
export function lettersIn(values: Column['values'], scheme: LabelScheme): Map<LabelParts['prefix'], string> {
  const used = new Map<LabelParts['prefix'], string>();
  const atEnd = scheme.endsWith('suffix');
  for (const value of values) {
    const parts = partsUnder(value, scheme);
    const letter = atEnd && value.length > 1 ? value[value.length - 1] : value[0];
    if (parts && parts.prefix !== 'O' && !used.has(parts.prefix))
      used.set(parts.prefix, letter.toUpperCase());
  }
  if (!used.has('S') && used.get('E') === 'L') used.set('S', 'U');
  if (!used.has('E') && used.get('S') === 'U') used.set('E', 'L');
  return used;
}
