import { formatBase, formatCount, formatFactor } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { shownName } from '../../../common/shownText';
import type { UnrolledText, UnrolledTextSweep, UnrolledToken } from '../../../engine/unrollProtocol';
import { activations } from '../../../kernels/activation';
import type { SweepFlow } from '../../../model/network/gradientFlow';
import { sweepTitle } from '../../../run/flowCurves';
import type { ShownSentence } from '../../network/protocol';
import { element, setText } from '../dom';
import { FlowChart } from '../flowChart';
import { flowWords, remedyFor } from '../flowWords';
import type { Remedy } from '../flowWords';
import { Choice } from './choice';
import { formula } from './formula';
import { FormulaTable } from './formulaTable';
import type { FormulaRow } from './formulaTable';
import { HeatMap } from './heatMap';
import { send } from './pageApi';
import { StepTable } from './stepTable';
import { describe, heatKey, unitAt, unitsByWord } from './stepView';
import { column, derivatives, normOf, recurrentGradientNorm, stepsBack } from './sweepText';

/** How the error at one step goes back through time, in this sentence. */
export class FlowTab {
  readonly root = element('div');
  private readonly title = element('h2');
  private readonly label: Choice;
  private readonly words = element('ul', 'flow-summary');
  private readonly power = element('span');
  private readonly why = element('p');
  private readonly train = element('button', 'secondary');
  private readonly help = element('div', 'flow-help', this.why, this.train);
  private readonly formulas = new FormulaTable(l10n.t('Backpropagation through time'));
  private readonly chart = new FlowChart();
  private readonly delta: HeatMap;
  private readonly table = new StepTable();
  private readonly path = element(
    'p',
    'flow-words',
    l10n.t(
      'In a network of several layers δ goes straight down at t, and from there back through time in each layer by itself: so γ bounds it in each. ‖∂Eₜ/∂sₖ‖ in the table has every way besides, also those that change layers between k and t.',
    ),
  );
  private readonly saturated = element('p', 'flow-words');
  private remedy: Remedy | undefined;
  private sentence: ShownSentence | undefined;

  /** @param relabelled is told the index of another label y_t. */
  constructor(chosen: (step: number) => void, relabelled: (label: number) => void) {
    this.label = new Choice(l10n.t('Error if the label were'), relabelled);
    this.delta = new HeatMap(element('h3', '', formula('δ_k'), ` ${l10n.t('by step and unit')}`), chosen);
    this.train.type = 'button';
    this.train.addEventListener('click', (event) => {
      const run = this.sentence?.run;
      if (event.detail <= 1 && run && this.remedy)
        send({ type: 'trainWith', run: run.id, changes: this.remedy.changes });
    });
    const section = element('section', 'flow', this.chart.root);
    this.root.append(
      this.title,
      this.label.root,
      this.words,
      this.help,
      // What a person sees comes before how it is computed.
      element('p', 'flow-words heat-key', heatKey()),
      this.delta.root,
      element(
        'h3',
        '',
        l10n.t('How much of the error is left, by steps from it; dotted the bound'),
        ' ',
        this.power,
      ),
      section,
      this.saturated,
      this.formulas.root,
      this.path,
      // As long as the sentence.
      this.table.root,
    );
  }

  draw(sentence: ShownSentence, sweep: UnrolledTextSweep): void {
    this.sentence = sentence;
    const { unrolled: text } = sentence;
    const { at, tokens, sizes, labels, error } = text;
    setText(this.title, l10n.t('The error at t = {0}: “{1}”', at + 1, shownName(tokens[at].form)));
    this.label.draw(
      labels.map((name) => labelName(name, tokens[at])),
      labels.indexOf(error.label),
    );
    this.power.replaceChildren(formula(`γ^{${stepsBack(sweep.direction)}}`));
    const flows = text.sweeps.map((other) => flowOf(other, text));
    this.drawWords(flows, sentence, sweep);
    this.chart.draw(flows, sweep.direction);
    this.chart.description = [
      l10n.t('The norm of δ by steps from the error, relative to that at the error.'),
      l10n.t('The table below has the figures.'),
    ].join(' ');
    this.formulas.draw(rowsOf(text, sweep));
    this.path.hidden = sizes.layers === 1;
    setText(
      this.saturated,
      text.activation === 'relu'
        ? l10n.t(
            'At t {0} of {1} units are off (h = 0, so f′ = 0): nothing goes back through them.',
            sweep.saturated[at],
            sizes.H,
          )
        : l10n.t(
            'At t {0} of {1} units are saturated: f′ is under 5 % of its largest there, and next to nothing goes back through them.',
            sweep.saturated[at],
            sizes.H,
          ),
    );
    this.delta.draw(
      {
        rows: sizes.H,
        columns: tokens.length,
        at: (unit, t) => sweep.delta[t * sizes.H + unit],
        nameOf: (unit, t) => unitAt(unit, t, tokens),
        axes: unitsByWord(),
      },
      at,
      describe(sizes.H, tokens.length, normOf(sweep.delta, sizes.H, at)),
    );
    this.table.draw(text, sweep);
  }

  restyle(): void {
    this.chart.restyle();
    this.delta.restyle();
  }

  private drawWords(
    flows: readonly SweepFlow[],
    { run, unrolled: { tokens, at } }: ShownSentence,
    chosen: UnrolledTextSweep,
  ): void {
    const words = flows.flatMap((flow) => flowWords(flow, shownName(tokens[at].form, 30)) ?? []);
    if (chosen.norms.length < 2) words.unshift(endWords(chosen, flows.length));
    else if (chosen.norms[0] === 0)
      words.unshift(l10n.t('{0}: δₜ is 0, and nothing goes back.', sweepTitle(chosen)));
    this.words.replaceChildren(...words.map((line) => element('li', '', line)));
    this.remedy = run && remedyFor(flows, run.settings);
    this.help.hidden = !this.remedy;
    if (!this.remedy) return;
    setText(this.why, this.remedy.why);
    setText(this.train, this.remedy.title);
  }
}

/** A label as it is chosen, with what speaks for it. */
function labelName(name: string, { label, given, best }: UnrolledToken): string {
  const shown = shownName(name);
  if (given === undefined && name === best.find((other) => other.label !== label)?.label)
    return l10n.t('{0} (the next most probable)', shown);
  if (name === given)
    return name === label ? l10n.t('{0} (given, the model’s label)', shown) : l10n.t('{0} (given)', shown);
  return name === label ? l10n.t('{0} (the model’s label)', shown) : shown;
}

/** There is no word further on in a layer and direction. */
function endWords(sweep: UnrolledTextSweep, sweeps: number): string {
  return sweeps > 1
    ? l10n.t(
        '{0}: from here the error goes no further. Step to a word that has others on that side.',
        sweepTitle(sweep),
      )
    : l10n.t('From here the error goes no further: step to a word that has others on that side.');
}

/** The sweep as the flow of a single sentence, relative to ‖δ_t‖. */
function flowOf(
  { layer, direction, norms, bound, saturated }: UnrolledTextSweep,
  { sizes, tokens }: UnrolledText,
): SweepFlow {
  const count = saturated.reduce((sum, units) => sum + units, 0);
  return {
    layer,
    direction,
    // An error that is nothing has no course.
    norms: norms[0] > 0 ? norms.map((norm) => norm / norms[0]) : [],
    bound,
    saturated: count / (sizes.H * tokens.length),
  };
}

function rowsOf(text: UnrolledText, sweep: UnrolledTextSweep): FormulaRow[] {
  const { sizes, activation, error } = text;
  const { H, L, layers } = sizes;
  const { norms, bound, spectralNorm, layer, direction } = sweep;
  const forward = direction === 'leftToRight';
  const next = forward ? 'k+1' : 'k−1';
  const distance = stepsBack(direction);
  const { largestDerivative } = activations[activation];
  const figure = formatFactor;
  const far = norms.length - 1;
  const isTop = layer === layers;
  return [
    isTop
      ? {
          formula: 'δ_t = V^{T}(ŷ_t − y_t) ∘ f′(s_t)',
          sizes: `${column(H)} = ${H}×${L} · ${column(L)} ∘ ${column(H)}`,
          numbers: `‖ŷ_t − y_t‖ = ${figure(error.residualNorm)}; ‖δ_t‖ = ${figure(norms[0])}`,
        }
      : {
          formula: 'δ_t = Σ W^{T}δ_t ∘ f′(s_t)',
          sizes: column(H),
          numbers: `‖δ_t‖ = ${figure(norms[0])}`,
        },
    {
      formula: `δ_k = U^{T}δ_{${next}} ∘ f′(s_k)`,
      sizes: `${column(H)} = ${H}×${H} · ${column(H)} ∘ ${column(H)}`,
      numbers: far > 0 ? `‖δ_{${forward ? 't−1' : 't+1'}}‖ = ${figure(norms[1])}` : '',
    },
    { formula: derivatives[activation](), sizes: column(H), numbers: `max f′ = ${largestDerivative}` },
    {
      formula: 'γ = β_U ξ = ‖U‖_2 · max f′',
      sizes: '1×1',
      numbers: `γ = ${formatBase(spectralNorm)} · ${largestDerivative} = ${formatBase(bound)}`,
      words: boundWords(sweep),
    },
    {
      formula: `‖δ_k‖ ≤ γ^{${distance}} ‖δ_t‖`,
      sizes: '1×1',
      numbers:
        far > 0
          ? `${distance} = ${formatCount(far)}:  ${figure(norms[far])} ≤ ${formatBase(bound)}^{${far}} · ${formatBase(norms[0])} ≈ ${figure(bound ** far * norms[0])}`
          : '',
    },
    {
      formula: `∂E_t/∂U = Σ_k δ_k ⊗ h_{${forward ? 'k−1' : 'k+1'}}`,
      sizes: `${H}×${H} = Σ ${column(H)} · 1×${H}`,
      // Below the top layer the error also comes by other ways, whose δ_k are not these.
      numbers: isTop ? `‖∂E_t/∂U‖ = ${figure(recurrentGradientNorm(sweep, H))}` : '',
      ...(!isTop && { words: l10n.t('In this layer δₖ is then that of every way, as in ‖∂Eₜ/∂sₖ‖ below.') }),
    },
  ];
}

/** What γ says of the steps, beside what they came to. */
function boundWords({ bound, norms }: UnrolledTextSweep): string {
  const says =
    bound > 1
      ? l10n.t('γ > 1 allows growth, it does not force it.')
      : l10n.t('γ ≤ 1: what goes back cannot grow.');
  const steps = norms.length - 1;
  if (steps === 0 || norms[0] === 0) return says;
  const mean = (norms[steps] / norms[0]) ** (1 / steps);
  return l10n.t('{0} Here each step multiplies by {1} on average.', says, formatFactor(mean));
}
