import { formatLoss, formatPercent } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import type { RunLook } from '../../../run/runLook';
import { PressButton } from '../controls';
import { element, setText } from '../dom';
import { figureColumn, SortableTable } from '../sortableTable';
import { send } from '../vscodeApi';
import { sameLook, sampleOf } from './look';

/** What a run has where the charts are read. */
export interface RunValues {
  readonly key: string;
  readonly name: string;
  readonly look: RunLook | 'shown';
  readonly training: number | undefined;
  readonly development: number | undefined;
  readonly score: number | undefined;
}

/** What a person does with the values. */
export interface ValuesActions {
  /** A run is to stand out. */
  pick(key: string): void;
  /** The crosshair is kept no more. */
  letGo(): void;
}

/** The values of every run that is drawn, where the crosshair is: also the legend of their curves. */
export class ValuesTable {
  readonly root = element('div', 'run-values');
  private readonly place = element('span', 'unit');
  private readonly letGo = new PressButton(() => this.actions.letGo());
  private readonly copy = new PressButton(() => send({ type: 'runs.copy', text: this.text() }));
  private readonly table: SortableTable<ValuesRow>;
  private readonly rows = new Map<string, ValuesRow>();

  constructor(private readonly actions: ValuesActions) {
    this.table = new SortableTable<ValuesRow>(
      l10n.t('Values of the runs'),
      [
        { title: l10n.t('Run'), cell: ({ button }) => button, value: ({ values }) => values.name },
        figureColumn(l10n.t('Training loss'), ({ values }) => values.training, formatLoss, true),
        figureColumn(l10n.t('Development loss'), ({ values }) => values.development, formatLoss, true),
        figureColumn(l10n.t('Score'), ({ values }) => values.score, formatPercent),
      ],
      { by: 3 },
    );
    this.letGo.label(l10n.t('Let the Crosshair Go'));
    this.copy.label(l10n.t('Copy'));
    this.copy.root.title = l10n.t('Copy these values as text, parted by tabs');
    for (const { root } of [this.letGo, this.copy]) root.classList.add('secondary');
    const head = element('div', 'values-head', this.place, this.letGo.root, this.copy.root);
    this.root.append(head, this.table.root);
    this.root.hidden = true;
  }

  /**
   * @param at where they are read, in words.
   * @param picked the run that stands out.
   * @param isKept the crosshair is kept there.
   */
  draw(all: readonly RunValues[], at: string, picked: string | undefined, isKept: boolean): void {
    setText(this.place, at);
    this.letGo.root.hidden = !isKept;
    for (const key of this.rows.keys()) if (!all.some((one) => one.key === key)) this.rows.delete(key);
    const rows = all.map((values) => {
      const row = this.rows.get(values.key) ?? new ValuesRow(values, (key) => this.actions.pick(key));
      this.rows.set(values.key, row);
      row.update(values, values.key === picked);
      return row;
    });
    this.table.refresh(rows);
    for (const row of rows) {
      const line = this.table.elementOf(row);
      line?.classList.toggle('picked', row.values.key === picked);
    }
  }

  /** The rows as they are sorted, in text that is parted by tabs. */
  private text(): string {
    const head = [
      this.place.textContent,
      l10n.t('Training loss'),
      l10n.t('Development loss'),
      l10n.t('Score'),
    ];
    const rows = this.table.inOrder.map(({ values }) => [
      values.name,
      ...[values.training, values.development, values.score].map((value) => value?.toPrecision(6) ?? ''),
    ]);
    return [head, ...rows].map(([name, ...figures]) => [cellOf(name), ...figures].join('\t')).join('\n');
  }
}

/** Text that a spreadsheet would take for a formula begins with an apostrophe; tabs and line ends part cells. */
function cellOf(name: string): string {
  const line = name.replace(/[\t\r\n]+/g, ' ');
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}

class ValuesRow {
  readonly button = element('button', 'run-name');
  private readonly sample = element('span', 'place');
  private readonly name = element('span', 'name');
  private look: RunValues['look'] | undefined;

  constructor(
    public values: RunValues,
    pick: (key: string) => void,
  ) {
    this.button.type = 'button';
    this.button.addEventListener('click', () => pick(this.values.key));
    this.button.append(this.sample, this.name);
  }

  update(values: RunValues, isPicked: boolean): void {
    this.values = values;
    setText(this.name, values.name);
    this.button.setAttribute('aria-pressed', String(isPicked));
    if (sameLook(values.look, this.look)) return;
    this.look = values.look;
    this.sample.replaceChildren(sampleOf(values.look));
  }
}
