import { formatCount, formatLoss, formatPercent, formatFactor } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { UnrolledText, UnrolledTextSweep } from '../../../engine/unrollProtocol';
import { activations } from '../../../kernels/activation';
import { element, setText } from '../dom';
import { Differences } from './differences';
import { formula } from './formula';
import { FormulaTable } from './formulaTable';
import type { FormulaRow } from './formulaTable';
import { HeatMap } from './heatMap';
import type { HeatData } from './heatMap';
import { OutputBars } from './outputBars';
import { column, inputSize, normOf, stepBefore } from './sweepText';
import { WeightsView } from './weightsView';

/** The network at one step: the formulas with their sizes and numbers, x, s and h as heat strips, and ŷ as bars. */
export class StepView {
  readonly root = element('div');
  private readonly title = element('h2');
  private readonly formulas = new FormulaTable(l10n.t('The network’s formulas'));
  private readonly sizes = element('p', 'legend-of-sizes');
  private readonly differences = new Differences();
  private readonly bars = new OutputBars();
  private readonly x: HeatMap;
  private readonly s: HeatMap;
  private readonly h: HeatMap;
  readonly weights = new WeightsView();

  constructor(chosen: (step: number) => void) {
    const map = (symbol: string, text: string): HeatMap =>
      new HeatMap(element('h3', '', formula(symbol), ` ${text}`), chosen);
    this.x = map('x_t', l10n.t('input, by step'));
    this.s = map('s_t', l10n.t('hidden units before f, by step'));
    this.h = map('h_t', l10n.t('hidden units, by step'));
    this.root.append(
      this.title,
      this.sizes,
      this.differences.root,
      this.formulas.root,
      this.bars.root,
      element('p', 'flow-words heat-key', heatKey()),
      this.h.root,
      this.s.root,
      this.x.root,
      this.weights.root,
    );
  }

  draw(text: UnrolledText, sweep: UnrolledTextSweep, step: number): void {
    const { tokens, sizes } = text;
    const token = tokens[step];
    setText(this.title, l10n.t('At t = {0}: “{1}”', step + 1, shownName(token.form)));
    setText(
      this.sizes,
      l10n.t(
        'T = {0} words, H = {1} hidden units, L = {2} labels (the derivation’s K), {3} rows of the input table.',
        formatCount(tokens.length),
        formatCount(sizes.H),
        formatCount(sizes.L),
        formatCount(sizes.K),
      ),
    );
    this.differences.draw(text);
    this.formulas.draw(rowsOf(text, sweep, step));
    this.bars.draw(token, text);
    const over = (matrix: Float32Array, rows: number): HeatData => ({
      rows,
      columns: tokens.length,
      at: (unit, t) => matrix[t * rows + unit],
      nameOf: (unit, t) => unitAt(unit, t, tokens),
      axes: unitsByWord(),
    });
    this.h.draw(
      over(sweep.h, sizes.H),
      step,
      describe(sizes.H, tokens.length, normOf(sweep.h, sizes.H, step)),
    );
    this.s.draw(
      over(sweep.s, sizes.H),
      step,
      describe(sizes.H, tokens.length, normOf(sweep.s, sizes.H, step)),
    );
    this.drawInput(text, sweep, step, over);
    this.weights.draw(text, sweep);
  }

  restyle(): void {
    for (const map of [this.x, this.s, this.h]) map.restyle();
    this.weights.restyle();
  }

  /** x_t of the first layer; above it is h_t of the layer below, which that layer shows. */
  private drawInput(
    { x, sizes, tokens }: UnrolledText,
    { layer }: UnrolledTextSweep,
    step: number,
    over: (matrix: Float32Array, rows: number) => HeatData,
  ): void {
    const isShown = layer === 1 && sizes.E > 0;
    this.x.root.hidden = !isShown;
    if (!isShown) return;
    const nameOf = (input: number, t: number): string =>
      l10n.t('input {0}, t = {1} “{2}”', input + 1, t + 1, shownName(tokens[t].form, 20));
    this.x.draw(
      { ...over(x, sizes.E), nameOf, axes: l10n.t('a column a word, a row an input') },
      step,
      describe(sizes.E, tokens.length, normOf(x, sizes.E, step)),
    );
  }
}

/** What the colours mean. */
export function heatKey(): HTMLElement {
  return element(
    'span',
    '',
    element('span', 'swatch below'),
    ` ${l10n.t('below 0')} `,
    element('span', 'swatch zero'),
    ' 0 ',
    element('span', 'swatch above'),
    ` ${l10n.t('above 0')} `,
    `— ${l10n.t('the outlined column is this step; ↑ and ↓ in a picture read its units.')}`,
  );
}

/** How the picture of a state lies. */
export const unitsByWord = (): string => l10n.t('a column a word, a row a unit');

export function unitAt(unit: number, t: number, tokens: UnrolledText['tokens']): string {
  return l10n.t('unit {0}, t = {1} “{2}”', unit + 1, t + 1, shownName(tokens[t].form, 20));
}

export function describe(units: number, steps: number, norm: number): string {
  return l10n.t(
    '{0} units over {1} steps. At this step the norm is {2}.',
    formatCount(units),
    formatCount(steps),
    formatFactor(norm),
  );
}

function rowsOf(text: UnrolledText, sweep: UnrolledTextSweep, step: number): FormulaRow[] {
  const { sizes, activation, tokens, transitions, error } = text;
  const { H, L, directions } = sizes;
  const C = inputSize(sweep, text);
  const before = stepBefore(sweep);
  const [h, s] = [normOf(sweep.h, H, step), normOf(sweep.s, H, step)];
  const figure = formatFactor;
  const { label, probability, given, loss } = tokens[step];
  const y = given !== undefined && loss !== undefined ? { label: given, loss } : undefined;
  // Where no label is given, that of the error which goes back.
  const asked = y ?? { label: error.label, loss: -Math.log(error.yHat) };
  const arrows = directions === 2 ? ['→', '←'] : [''];
  return [
    inputRow(text, sweep, step, C),
    {
      formula: `s_t = U h_{${before}} + W x_t + b`,
      sizes: `${column(H)} = ${H}×${H} · ${column(H)} + ${H}×${C} · ${column(C)} + ${column(H)}`,
      numbers: `‖U h_{${before}}‖ = ${figure(sweep.recurrentNorms[step])}; ‖W x_t‖ = ${figure(sweep.inputNorms[step])}; ‖b‖ = ${figure(sweep.biasNorm)}; ‖s_t‖ = ${figure(s)}`,
    },
    {
      formula: `h_t = f(s_t) = ${activations[activation].title}(s_t)`,
      sizes: `${column(H)} = f(${column(H)})`,
      numbers: `‖h_t‖ = ${figure(h)}`,
    },
    {
      formula: `z_t = ${arrows.map((arrow) => (arrow === '' ? 'V h_t' : `V^{${arrow}} h_t^{${arrow}}`)).join(' + ')} + c`,
      sizes: `${column(L)} = ${arrows.map(() => `${L}×${H} · ${column(H)}`).join(' + ')} + ${column(L)}`,
      numbers: '',
    },
    {
      formula: transitions ? 'ŷ_t = p(y_t | z, A)' : 'ŷ_t = softmax(z_t)',
      sizes: transitions ? `${column(L)}, A ${L + 2}×${L}` : column(L),
      numbers: [
        probabilityOf(label, probability),
        ...(asked.label === label ? [] : [probabilityOf(asked.label, Math.exp(-asked.loss))]),
      ].join('; '),
    },
    {
      formula: 'E_t = −y_t^{T} log ŷ_t',
      sizes: '1×1',
      numbers: `−log ŷ_t(${plain(asked.label)}) = ${formatLoss(asked.loss)}`,
      ...(!y && {
        words: l10n.t(
          'No label is given: so E_t would be if it were {0}. Choose another one under Gradient Flow.',
          plain(asked.label),
        ),
      }),
    },
  ];
}

/** Of a share so near to 0 or 1 that it is told by a bound, no more is known: "> 99.9 %". */
function probabilityOf(label: string, probability: number): string {
  const share = formatPercent(probability);
  return `ŷ_t(${plain(label)}) ${/^[<>]/.test(share) ? share : `= ${share}`}`;
}

/** A label within a formula, where `_`, `^` and `; ` mean something. */
const plain = (label: string): string =>
  shownName(label, 24).replace(/_/g, '＿').replace(/\^/g, '＾').replace(/; /g, ';');

function inputRow(
  { sizes, tokens, x }: UnrolledText,
  { layer }: UnrolledTextSweep,
  step: number,
  C: number,
): FormulaRow {
  if (layer > 1)
    return {
      formula: sizes.directions === 2 ? `x_t = [h_t^{→}, h_t^{←}]` : 'x_t = h_t',
      sizes: column(C),
      numbers: l10n.t('the states of layer {0}', layer - 1),
    };
  if (sizes.E === 0)
    return { formula: 'x_t', sizes: column(C), numbers: l10n.t('one-hot: W x_t is the word’s column of W') };
  const { features } = tokens[step];
  return {
    formula: 'x_t = Σ e_i',
    sizes: column(C),
    numbers: `${
      features === 1
        ? l10n.t('the row of 1 known feature')
        : l10n.t('the sum of the rows of {0} known features', features)
    }; ‖x_t‖ = ${formatFactor(normOf(x, sizes.E, step))}`,
  };
}
