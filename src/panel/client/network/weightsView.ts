import { formatCount } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { Numbers, UnrolledText, UnrolledTextSweep, WordColumn } from '../../../engine/unrollProtocol';
import { sweepTitle } from '../../../run/flowCurves';
import { element, folded, setText } from '../dom';
import { formula } from './formula';
import { HeatMap } from './heatMap';
import type { HeatData } from './heatMap';
import { inputSize, stepBefore } from './sweepText';

/** U, W and V as pictures, in a section that opens. */
export class WeightsView {
  private readonly fold = folded('weights', l10n.t('U, W and V'));
  readonly root = this.fold.root;
  private readonly U = new WeightMap('U');
  private readonly W = new WeightMap('W');
  private readonly V = new WeightMap('V');
  private readonly large = element('p', 'flow-words');
  private readonly keys = element(
    'p',
    'flow-words',
    l10n.t('In these pictures all four arrow keys go from number to number.'),
  );

  constructor() {
    this.fold.content.append(this.keys, this.U.root, this.W.root, this.V.root, this.large);
    this.root.addEventListener('toggle', () => this.restyle());
  }

  draw(text: UnrolledText, sweep: UnrolledTextSweep): void {
    const { H, L, layers } = text.sizes;
    const V = text.V?.[sweep.direction === 'rightToLeft' ? 1 : 0];
    const isTop = sweep.layer === layers;
    const forward = sweep.direction === 'leftToRight';
    this.U.draw(sweep.U, H, H, {
      flow: `h_{${stepBefore(sweep)}} → h_t`,
      words: forward
        ? l10n.t('from the hidden units of the step before')
        : l10n.t('from the hidden units of the step after'),
      axes: forward
        ? l10n.t('columns: from a unit of hₜ₋₁; rows: to a unit of hₜ')
        : l10n.t('columns: from a unit of hₜ₊₁; rows: to a unit of hₜ'),
      nameOf: (row, column) => l10n.t('to unit {0} from unit {1}', row + 1, column + 1),
    });
    const columns = oneHotColumns(text, sweep);
    this.W.draw(sweep.W, H, columns?.length ?? inputSize(sweep, text), {
      flow: 'x_t → h_t',
      ...(columns ? wordTexts(text, columns) : inputTexts(text, sweep)),
    });
    this.V.draw(isTop ? V : undefined, L, H, {
      flow: 'h_t → z_t',
      words: l10n.t('from the hidden units to the labels'),
      axes: l10n.t('columns: from a unit of hₜ; rows: to a label of zₜ'),
      nameOf: (row, column) => l10n.t('to {0} from unit {1}', shownName(text.labels[row]), column + 1),
    });
    const tooLarge = [...(sweep.U ? [] : ['U']), ...(sweep.W ? [] : ['W']), ...(V || !isTop ? [] : ['V'])];
    this.large.hidden = tooLarge.length === 0;
    setText(this.large, l10n.t('Too large for a picture: {0}.', tooLarge.join(', ')));
  }

  restyle(): void {
    for (const map of [this.U, this.W, this.V]) map.restyle();
  }
}

/** What is said of a matrix. */
interface WeightTexts extends Pick<HeatData, 'axes' | 'nameOf' | 'titles'> {
  /** From what to what it leads, as a formula and in words. */
  readonly flow: string;
  readonly words: string;
}

/** A matrix with the symbols and words of what it leads from and to. */
class WeightMap {
  private readonly flow = element('span', 'weight-flow');
  private readonly words = element('span');
  private readonly map: HeatMap;
  readonly root: HTMLElement;

  constructor(symbol: string) {
    this.map = new HeatMap(element('h3', '', formula(symbol), ': ', this.flow, ' ', this.words));
    this.root = this.map.root;
  }

  draw(
    values: Numbers | undefined,
    rows: number,
    columns: number,
    { flow, words, ...texts }: WeightTexts,
  ): void {
    this.root.hidden = values === undefined;
    if (!values) return;
    this.flow.replaceChildren(formula(flow));
    setText(this.words, words);
    const at = (row: number, column: number): number => values[row * columns + column];
    this.map.draw(
      { rows, columns, at, ...texts },
      undefined,
      [l10n.t('{0} rows, {1} columns.', rows, columns), ...(texts.titles ?? [])].join(' '),
    );
  }

  restyle(): void {
    this.map.restyle();
  }
}

/** With one-hot input W has a column for each word: those of the sentence's words. */
function oneHotColumns({ wordColumns }: UnrolledText, { layer }: UnrolledTextSweep) {
  return layer === 1 ? wordColumns : undefined;
}

function wordTexts({ sizes }: UnrolledText, columns: readonly WordColumn[]): Omit<WeightTexts, 'flow'> {
  const titles = columns.map(titleOf);
  return {
    words: l10n.t('from the words of this sentence'),
    axes: l10n.t(
      'columns: from a word, those of this sentence among {0}; rows: to a unit of hₜ',
      formatCount(sizes.K),
    ),
    nameOf: (row, column) => l10n.t('to unit {0} from “{1}”', row + 1, titles[column]),
    titles,
  };
}

/** The words that share a column. */
function titleOf({ forms, isKnown }: WordColumn): string {
  const words = forms.map((form) => shownName(form, 20)).join(', ');
  return isKnown ? words : l10n.t('unknown: {0}', words);
}

/** What W leads from: the input, or the states of the layer below, those from left to right first. */
function inputTexts(
  { sizes: { H, directions } }: UnrolledText,
  { layer }: UnrolledTextSweep,
): Omit<WeightTexts, 'flow'> {
  if (layer === 1)
    return {
      words: l10n.t('from the input'),
      axes: l10n.t('columns: from an input of xₜ; rows: to a unit of hₜ'),
      nameOf: (row, column) => l10n.t('to unit {0} from input {1}', row + 1, column + 1),
    };
  const below = (column: number): string =>
    sweepTitle({ layer: layer - 1, direction: column < H ? 'leftToRight' : 'rightToLeft' });
  return {
    words: l10n.t('from the layer below'),
    axes:
      directions === 2
        ? l10n.t(
            'columns: from a unit of xₜ, which is hₜ of layer {0}, left to right first; rows: to a unit of hₜ',
            layer - 1,
          )
        : l10n.t('columns: from a unit of xₜ, which is hₜ of layer {0}; rows: to a unit of hₜ', layer - 1),
    nameOf: (row, column) =>
      l10n.t('to unit {0} from unit {1} ({2})', row + 1, (column % H) + 1, below(column)),
  };
}
