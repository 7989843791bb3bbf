import { formatCount } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import type { UnrolledText } from '../../../engine/unrollProtocol';
import { element, setText } from '../dom';

interface Difference {
  readonly name: string;
  /** What it changes in the formulas. */
  readonly meaning: string;
}

/** In a line what the network has that the derivation's has not, which opens to say what that changes. */
export class Differences {
  private readonly line = element('summary');
  private readonly list = element('ul');
  readonly root = element('details', 'differences', this.line, this.list);

  /** Hidden where nothing differs. */
  draw(text: UnrolledText): void {
    const differences = differencesOf(text);
    this.root.hidden = differences.length === 0;
    setText(
      this.line,
      l10n.t('Unlike the derivation’s Elman network: {0}', differences.map(({ name }) => name).join(' · ')),
    );
    this.list.replaceChildren(
      ...differences.map(({ name, meaning }) => element('li', '', l10n.t('{0}: {1}', name, meaning))),
    );
  }
}

/** The derivation has one-hot words, one layer from left to right, tanh, and softmax at each step by itself. */
function differencesOf({ sizes, activation, transitions }: UnrolledText): Difference[] {
  const crf = {
    name: 'CRF',
    meaning: l10n.t(
      'A scores each transition from a label to the next. ŷₜ is how probable a label is over all ways to label the sentence, not softmax(zₜ).',
    ),
  };
  return [
    ...inputDifference(sizes),
    ...layerDifferences(sizes),
    ...activationDifference[activation](),
    ...(transitions ? [crf] : []),
  ];
}

function inputDifference({ E, K }: UnrolledText['sizes']): Difference[] {
  if (E === 0) return [];
  return [
    {
      name: l10n.t('sum of feature rows'),
      meaning: l10n.t(
        'xₜ is no one-hot word but the sum of the rows that the word’s features have in the input table, which is learned, too: {0} rows of {1} numbers.',
        formatCount(K),
        formatCount(E),
      ),
    },
  ];
}

function layerDifferences({ layers, directions }: UnrolledText['sizes']): Difference[] {
  return [
    ...(layers > 1
      ? [
          {
            name: l10n.t('{0} layers', formatCount(layers)),
            meaning: l10n.t(
              'each has a U, W and b of its own. Above the first xₜ is hₜ of the layer below, and zₜ comes from the last.',
            ),
          },
        ]
      : []),
    ...(directions === 2
      ? [
          {
            name: l10n.t('both directions'),
            meaning: l10n.t(
              'a second U, W and b read from right to left, where hₜ comes from hₜ₊₁. zₜ adds up both, each with a V of its own.',
            ),
          },
        ]
      : []),
  ];
}

const activationDifference: Readonly<Record<UnrolledText['activation'], () => Difference[]>> = {
  tanh: () => [],
  sigmoid: () => [
    {
      name: 'sigmoid',
      meaning: l10n.t('f is sigmoid, not tanh: hₜ lies between 0 and 1, and f′ is 0.25 at most, not 1.'),
    },
  ],
  relu: () => [
    {
      name: 'ReLU',
      meaning: l10n.t(
        'f is ReLU, not tanh: hₜ has no upper limit, and f′ is 1 where a unit is active and 0 where it is off.',
      ),
    },
  ],
};
