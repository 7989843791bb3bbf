import * as l10n from '../../../common/l10n';
import type { Numbers, UnrolledText, UnrolledTextSweep } from '../../../engine/unrollProtocol';
import { element, folded } from '../dom';
import { formula } from './formula';
import { HeatMap } from './heatMap';
import { inputSize } from './sweepText';

/** U, W and V as pictures, in a section that opens. */
export class WeightsView {
  private readonly fold = folded('weights', l10n.t('U, W and V'));
  readonly root = this.fold.root;
  private readonly U = weightMap('U', l10n.t('from the hidden units of the step before'));
  private readonly W = weightMap('W', l10n.t('from the input'));
  private readonly V = weightMap('V', l10n.t('to the labels'));
  private readonly large = element(
    'p',
    'flow-words',
    l10n.t('W is a table with a column for each word, or a matrix here is too large for a picture.'),
  );

  constructor() {
    this.fold.content.append(this.U.root, this.W.root, this.V.root, this.large);
    this.root.addEventListener('toggle', () => this.restyle());
  }

  draw(text: UnrolledText, sweep: UnrolledTextSweep): void {
    const { H, L } = text.sizes;
    const V = text.V?.[sweep.direction === 'rightToLeft' ? 1 : 0];
    const isTop = sweep.layer === text.sizes.layers;
    drawMatrix(this.U, sweep.U, H, H);
    drawMatrix(this.W, sweep.W, H, inputSize(sweep, text));
    drawMatrix(this.V, isTop ? V : undefined, L, H);
    this.large.hidden = sweep.U !== undefined && sweep.W !== undefined && (V !== undefined || !isTop);
  }

  restyle(): void {
    for (const map of [this.U, this.W, this.V]) map.restyle();
  }
}

const weightMap = (symbol: string, text: string): HeatMap =>
  new HeatMap(element('h3', '', formula(symbol), ` ${text}`));

function drawMatrix(map: HeatMap, values: Numbers | undefined, rows: number, columns: number): void {
  map.root.hidden = values === undefined;
  if (!values) return;
  map.draw(
    {
      rows,
      columns,
      at: (row, column) => values[row * columns + column],
      nameOf: (row, column) => l10n.t('row {0}, column {1}', row + 1, column + 1),
    },
    undefined,
    l10n.t('{0} rows, {1} columns.', rows, columns),
  );
}
