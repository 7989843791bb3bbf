import { formatCount } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { Numbers, UnrolledText, UnrolledTextSweep } from '../../../engine/unrollProtocol';
import { element, folded, setText } from '../dom';
import { formula } from './formula';
import { HeatMap } from './heatMap';
import type { HeatData } from './heatMap';
import { inputSize } from './sweepText';

/** U, W and V as pictures, in a section that opens. */
export class WeightsView {
  private readonly fold = folded('weights', l10n.t('U, W and V'));
  readonly root = this.fold.root;
  private readonly U = weightMap('U', l10n.t('from the hidden units of the step before'));
  private readonly W = weightMap('W', l10n.t('from the input'));
  private readonly V = weightMap('V', l10n.t('to the labels'));
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
    const { H, L } = text.sizes;
    const V = text.V?.[sweep.direction === 'rightToLeft' ? 1 : 0];
    const isTop = sweep.layer === text.sizes.layers;
    const C = inputSize(sweep, text);
    drawMatrix(this.U, sweep.U, H, H, {
      axes: l10n.t('a column the unit that it comes from, a row the unit that it goes to'),
      nameOf: (row, column) => l10n.t('to unit {0} from unit {1}', row + 1, column + 1),
    });
    drawMatrix(this.W, sweep.W, H, C, {
      axes: l10n.t('a column an input, a row a unit'),
      nameOf: (row, column) => l10n.t('to unit {0} from input {1}', row + 1, column + 1),
    });
    drawMatrix(this.V, isTop ? V : undefined, L, H, {
      axes: l10n.t('a column a unit, a row a label'),
      nameOf: (row, column) => l10n.t('to {0} from unit {1}', shownName(text.labels[row]), column + 1),
    });
    const isTable = sweep.layer === 1 && text.sizes.E === 0;
    const tooLarge = [
      ...(sweep.U ? [] : ['U']),
      ...(sweep.W || isTable ? [] : ['W']),
      ...(V || !isTop ? [] : ['V']),
    ];
    const told = [
      ...(isTable
        ? [l10n.t('W has {0} columns, one for each word: too many for a picture.', formatCount(C))]
        : []),
      ...(tooLarge.length > 0 ? [l10n.t('Too large for a picture: {0}.', tooLarge.join(', '))] : []),
    ];
    this.large.hidden = told.length === 0;
    setText(this.large, told.join(' '));
  }

  restyle(): void {
    for (const map of [this.U, this.W, this.V]) map.restyle();
  }
}

const weightMap = (symbol: string, text: string): HeatMap =>
  new HeatMap(element('h3', '', formula(symbol), ` ${text}`));

function drawMatrix(
  map: HeatMap,
  values: Numbers | undefined,
  rows: number,
  columns: number,
  names: Pick<HeatData, 'axes' | 'nameOf'>,
): void {
  map.root.hidden = values === undefined;
  if (!values) return;
  map.draw(
    {
      rows,
      columns,
      at: (row, column) => values[row * columns + column],
      ...names,
    },
    undefined,
    l10n.t('{0} rows, {1} columns.', rows, columns),
  );
}
