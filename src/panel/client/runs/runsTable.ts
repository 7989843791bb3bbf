import { formatClock, formatLoss, formatPercent, nothing } from '../../../common/figures';
import * as l10n from '../../../common/l10n';
import { differingSettings, settingsText } from '../../../model/settings/sweep';
import type { RunLook } from '../../../run/runLook';
import { mostCompared } from '../../runsProtocol';
import type { ListedRun } from '../../runsProtocol';
import { PressButton } from '../controls';
import { element, setText } from '../dom';
import { figureColumn, SortableTable } from '../sortableTable';
import type { Sorting } from '../sorting';
import { send } from '../vscodeApi';
import type { ChosenRun, ChosenRuns } from './chosenRuns';
import { colorNames, places, sameLook, sampleOf } from './look';

/** What a person does with a run of the table. */
export interface RunActions {
  choose(run: string, chosen: boolean): void;
  toggle(run: string, what: 'pinned' | 'hidden'): void;
  paint(run: string, color: number): void;
}

/** The runs of the workspace: which are drawn, what they came to, and in what their settings differ. */
export class RunsTable {
  readonly root = element('div', 'runs-table');
  private readonly rows = new Map<string, RunRow>();
  private readonly table: SortableTable<RunRow>;

  constructor(
    sorting: Sorting | undefined,
    sorted: (sorting: Sorting) => void,
    private readonly actions: RunActions,
  ) {
    this.table = new SortableTable<RunRow>(
      l10n.t('Runs'),
      [
        { title: l10n.t('Run'), cell: ({ name }) => name, value: ({ run }) => run.title },
        figureColumn(l10n.t('Best'), ({ run }) => run.best, formatPercent),
        figureColumn(l10n.t('Last'), ({ run }) => run.last, formatPercent),
        figureColumn(l10n.t('Smoothed loss'), ({ run }) => run.smoothedLoss, formatLoss, true),
        figureColumn(l10n.t('Time'), ({ run }) => run.seconds, formatClock, true),
        { title: l10n.t('Device'), cell: ({ run }) => run.device ?? nothing, value: ({ run }) => run.device },
        { title: l10n.t('Differs in'), cell: ({ differs }) => differs, value: ({ differs }) => differs },
        { title: '', cell: ({ buttons }) => buttons },
      ],
      sorting ?? { by: 1 },
      sorted,
    );
    this.root.append(this.table.root);
  }

  /** @param shown the run that the panel shows. */
  draw(list: readonly ListedRun[], chosen: ChosenRuns, shown: string | undefined): void {
    for (const id of this.rows.keys()) if (!list.some((run) => run.id === id)) this.rows.delete(id);
    const drawn = list.filter(({ id }) => id === shown || chosen.get(id));
    // Of one run alone nothing differs.
    const names = differingSettings((drawn.length > 1 ? drawn : list).map(({ settings }) => settings));
    const rows = list.map((run) => {
      const row = this.rows.get(run.id) ?? new RunRow(run, this.actions);
      this.rows.set(run.id, row);
      row.update(run, settingsText(run.settings, names), chosen.get(run.id), {
        isShown: run.id === shown,
        isFull: chosen.isFull,
      });
      return row;
    });
    this.table.refresh(rows);
    for (const row of rows) {
      const place = chosen.get(row.run.id);
      this.table.elementOf(row)?.classList.toggle('hidden-run', place?.hidden === true);
    }
  }

  /** Marks the row of a run that was picked, and brings it into sight. */
  pick(run: string | undefined): void {
    for (const [id, row] of this.rows) {
      const line = this.table.elementOf(row);
      line?.classList.toggle('picked', id === run);
      if (id === run) line?.setAttribute('aria-current', 'true');
      else line?.removeAttribute('aria-current');
    }
  }
}

class RunRow {
  differs = '';
  readonly name: HTMLElement;
  readonly buttons: HTMLElement;
  private readonly box = element('input');
  private readonly sample = element('span', 'place');
  private readonly title = element('span', 'name');
  private readonly isShown = element('span', 'unit', l10n.t('shown'));
  private readonly pin = new PressButton(() => this.actions.toggle(this.run.id, 'pinned'));
  private readonly hide = new PressButton(() => this.actions.toggle(this.run.id, 'hidden'));
  private readonly show = new PressButton(() => send({ type: 'runs.show', run: this.run.id }));
  private readonly rename = new PressButton(() => send({ type: 'runs.rename', run: this.run.id }));
  private readonly remove = new PressButton(() => send({ type: 'runs.delete', run: this.run.id }));
  private readonly colors = places.map((color) => {
    const option = element('option', `run-${color + 1}`);
    option.value = String(color);
    return option;
  });
  private readonly color = element('select', 'run-color', ...this.colors);
  private look: RunLook | 'shown' | undefined;

  constructor(
    public run: ListedRun,
    private readonly actions: RunActions,
  ) {
    this.box.type = 'checkbox';
    this.box.addEventListener('change', () => this.actions.choose(this.run.id, this.box.checked));
    const names = element('span', 'names', this.title, this.isShown);
    this.name = element('label', 'run-name', this.box, this.sample, names);
    const buttons = [this.pin, this.hide, this.show, this.rename, this.remove];
    for (const { root } of buttons) root.classList.add('secondary');
    this.pin.label(l10n.t('Pin'));
    this.pin.root.title = l10n.t('Keep this run in the charts when another run is shown');
    this.hide.label(l10n.t('Hide'));
    this.show.label(l10n.t('Show'));
    this.show.root.title = l10n.t('Show this run with its epochs and all else in the panel');
    this.rename.label(l10n.t('Rename…'));
    this.remove.label(l10n.t('Delete…'));
    this.color.title = l10n.t('The colour of this run in the charts');
    this.color.addEventListener('change', () => this.actions.paint(this.run.id, Number(this.color.value)));
    this.buttons = element('span', 'run-buttons', this.color, ...buttons.map(({ root }) => root));
  }

  update(
    run: ListedRun,
    differs: string,
    chosen: ChosenRun | undefined,
    { isShown, isFull }: { readonly isShown: boolean; readonly isFull: boolean },
  ): void {
    this.run = run;
    this.differs = differs === '' ? nothing : differs;
    setText(this.title, run.title);
    const isOver = chosen !== undefined && !isShown;
    this.isShown.hidden = !isShown;
    this.box.checked = isShown || isOver;
    this.box.disabled = isShown || (isFull && !isOver);
    this.name.title =
      isFull && !isShown && !isOver
        ? l10n.t('At most {0} runs are drawn over the one that is shown.', mostCompared)
        : '';
    const look = isShown ? 'shown' : chosen;
    if (!sameLook(look, this.look)) {
      this.look = look;
      this.sample.replaceChildren(...(look === undefined ? [] : [sampleOf(look)]));
    }
    this.color.hidden = !isOver;
    this.color.setAttribute('aria-label', l10n.t('Colour of {0}', run.title));
    colorNames().forEach((name, color) => setText(this.colors[color], name));
    this.color.value = String(chosen?.color ?? 0);
    this.pin.root.hidden = !isOver;
    this.hide.root.hidden = !isOver;
    this.pin.root.setAttribute('aria-pressed', String(chosen?.pinned === true));
    this.hide.root.setAttribute('aria-pressed', String(chosen?.hidden === true));
    this.show.root.hidden = isShown;
    this.remove.root.hidden = run.state === 'running';
  }
}
