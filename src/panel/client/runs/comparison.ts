import * as l10n from '../../../common/l10n';
import { scoreOf } from '../../../run/curves';
import { valueAt } from '../../../run/meanCurve';
import { rates } from '../../../run/rates';
import { runCurves } from '../../../run/runCurves';
import type { RunCurves } from '../../../run/runCurves';
import type { RunOver, ShownRun } from '../../protocol';
import type { ListedRun, ToRuns } from '../../runsProtocol';
import type { CurvePicking } from '../chartInput';
import { element, folded, setText } from '../dom';
import type { RunAxis } from '../runAxis';
import type { Sorting } from '../sorting';
import { send } from '../vscodeApi';
import type { Course } from '../xAxis';
import { ChosenRuns } from './chosenRuns';
import type { KeptRuns } from './chosenRuns';
import { notOnAxis, withoutLosses, withoutRate, withoutScore } from './leftOut';
import { courseOf, groupsOf, overlaidRuns } from './overlaidCurves';
import type { DrawnRun, Overlaid } from './overlaidCurves';
import { distanceTo, nearPx, Overlay } from './overlay';
import { RunsTable } from './runsTable';
import { ValuesTable } from './valuesTable';
import type { RunValues } from './valuesTable';
import './runs.css';

/** Runs of the workspace that are drawn over the one that is shown. */
export class Comparison {
  /** The table of all runs, in a section that opens and closes. */
  readonly fold: HTMLDetailsElement;
  private readonly values = new ValuesTable({
    pick: (key) => this.pick(key),
    letGo: () => this.keepAt(undefined),
  });
  private readonly news = element('p', 'flow-words runs-news');
  /** The values of the runs, with what has become of them. */
  readonly root = element('div', '', this.values.root, this.news);
  readonly loss = new Overlay();
  readonly score = new Overlay();
  /** Of each of the {@link rates}. */
  readonly rates = rates.map(() => new Overlay());
  private readonly chosen: ChosenRuns;
  private readonly table: RunsTable;
  private readonly seeds = element('input');
  private readonly seedsLabel = element(
    'label',
    'runs-seeds',
    this.seeds,
    l10n.t('Seeds as mean ± deviation'),
  );
  private readonly curves = new Map<string, RunCurves>();
  private list: readonly ListedRun[] | undefined;
  private sorting: Sorting | undefined;
  private run: ShownRun | undefined;
  private overlaid: readonly Overlaid[] = [];
  private picked: string | undefined;
  private asked = '';
  /** Where the crosshair is on the x axis. */
  private hovered: number | undefined;
  /** The step at which it is kept. */
  private crosshair: number | undefined;
  private over: string | undefined;
  private inWords = '';
  /** Before the last click. */
  private before: { readonly picked: string | undefined; readonly crosshair: number | undefined } | undefined;

  /** @param changed is told when something else is to be drawn, or kept. */
  constructor(
    private readonly axis: RunAxis,
    kept: KeptRuns,
    private readonly changed: () => void,
  ) {
    this.chosen = new ChosenRuns(kept);
    this.sorting = kept.sorting;
    this.crosshair = kept.crosshair;
    this.over = kept.over;
    this.table = new RunsTable(
      kept.sorting,
      (sorting) => {
        this.sorting = sorting;
        this.changed();
      },
      {
        choose: (run, isChosen) => {
          setText(this.news, '');
          if (isChosen) this.chosen.choose(run);
          else this.chosen.leave(run);
          this.changed();
        },
        toggle: (run, what) => {
          this.chosen.toggle(run, what);
          this.changed();
        },
        paint: (run, color) => {
          this.chosen.paint(run, color);
          this.changed();
        },
      },
    );
    this.seeds.type = 'checkbox';
    this.seeds.checked = kept.seeds;
    this.seeds.addEventListener('change', () => this.changed());
    this.news.setAttribute('aria-live', 'polite');
    const { root, content } = folded('runs', l10n.t('Runs over each other'));
    content.append(this.seedsLabel, this.table.root);
    this.fold = root;
  }

  get kept(): KeptRuns {
    return {
      chosen: this.chosen.all,
      colors: this.chosen.colors,
      seeds: this.seeds.checked,
      sorting: this.sorting,
      shown: this.chosen.shown,
      crosshair: this.crosshair,
      over: this.over,
    };
  }

  /** Other runs, for the axis that all share. */
  get courses(): readonly Course[] {
    return this.drawn().map(({ curves }) => courseOf(curves));
  }

  /** The runs that are drawn over the one that is shown, as they are drawn. */
  get runsOver(): RunOver[] {
    return this.drawn().map(({ listed, look }) => ({ run: listed.id, ...look }));
  }

  /** Another run is shown, or none. @returns whether something else is to be kept. */
  show(run: ShownRun | undefined): boolean {
    this.run = run;
    const isOther = this.chosen.shown !== undefined && run?.id !== this.chosen.shown;
    if (run && isOther) this.crosshair = undefined;
    if (!run) return false;
    const isKept = this.chosen.show(run.id);
    const { over } = run;
    if (!over || over.id === this.over) return isKept;
    this.over = over.id;
    this.chosen.replace(over.runs);
    this.fold.open = true;
    return true;
  }

  tell(message: ToRuns): void {
    for (const curves of message.curves) this.curves.set(curves.id, curves);
    if (message.list) this.takeList(message.list);
    this.changed();
  }

  /** Whether other runs are drawn, or epochs of theirs, since this was asked: the charts are put in words anew. */
  takeChange(): boolean {
    const before = this.inWords;
    this.inWords = JSON.stringify(
      this.overlaid.map(({ key, name, development, score, rates: all }) => [
        ...[key, name, development?.x.length, score?.x.length],
        ...all.map(([first]) => first?.x.length),
      ]),
    );
    return this.inWords !== before;
  }

  /** Asks for what is needed, and brings curves and tables up to date. */
  draw(run: ShownRun): void {
    this.run = run;
    this.ask();
    for (const id of this.curves.keys()) if (!this.chosen.get(id)) this.curves.delete(id);
    const { state } = run;
    const drawn = this.drawnAndShown();
    this.overlaid = overlaidRuns(drawn, this.axis.shown, {
      asMeans: this.seeds.checked,
      spans: state.spans,
    }).filter(({ key }) => key !== run.id);
    const isThere = this.overlaid.some(({ key }) => key === this.picked) || this.picked === run.id;
    if (!isThere) this.picked = undefined;
    this.fillOverlays(state.spans);
    this.loss.missing = [...notOnAxis(drawn, this.axis.shown), ...this.overlaid.flatMap(withoutLosses)];
    if (this.fold.open) this.drawTable(run);
    this.drawValues();
  }

  private fillOverlays(spans: boolean): void {
    const { loss, score, overlaid } = this;
    loss.curves = overlaid.flatMap(({ training, development }) =>
      [training, development].filter((curve) => curve !== undefined),
    );
    score.curves = overlaid.flatMap((run) => run.score ?? []);
    score.missing = overlaid.flatMap((run) => withoutScore(run, spans));
    this.rates.forEach((overlay, rate) => {
      overlay.curves = overlaid.flatMap((run) => run.rates[rate]);
      overlay.missing = overlaid.flatMap((run) => withoutRate(run, rate));
    });
    for (const overlay of [loss, score, ...this.rates]) {
      overlay.picked = this.picked;
      overlay.crosshair = this.crosshair === undefined ? undefined : this.at;
    }
  }

  /** The crosshair is somewhere else; undefined: nowhere. */
  readAt(x: number | undefined): void {
    this.hovered = x;
    this.drawValues();
  }

  private get at(): number | undefined {
    return this.crosshair === undefined ? this.hovered : this.axis.of(this.crosshair);
  }

  /** The crosshair is kept at a place of the x axis, or let go. */
  private keepAt(x: number | undefined): void {
    this.crosshair = x === undefined ? undefined : Math.max(0, this.axis.stepAt(x));
    this.changed();
  }

  /** A person has picked a run; undefined: none. */
  pick(key: string | undefined): void {
    this.picked = key === this.picked ? undefined : key;
    this.changed();
  }

  /**
   * How the curves of a chart are picked.
   * @param own which of the chart's series are the shown run's.
   */
  picking(overlay: Overlay, own: readonly number[]): CurvePicking {
    return {
      next: (way) => this.pickNext(way),
      takenBack: () => {
        if (!this.before) return;
        ({ picked: this.picked, crosshair: this.crosshair } = this.before);
        this.changed();
      },
      pinned: (x) =>
        this.keepAt(x !== undefined && x === this.at && this.crosshair !== undefined ? undefined : x),
      clicked: (plot, left, top) => {
        this.before = { picked: this.picked, crosshair: this.crosshair };
        const main = Math.min(...own.map((i) => distanceTo(plot, plot.data[0], plot.data[i], left, top)));
        const { key, distance } = overlay.nearest(plot, left, top) ?? { key: undefined, distance: Infinity };
        const isNear = Math.min(main, distance) <= nearPx && this.overlaid.length > 0;
        if (isNear) this.pick(main < distance ? this.run?.id : key);
        else if (typeof plot.cursor.idx === 'number') this.keepAt(plot.data[0][plot.cursor.idx]);
      },
    };
  }

  /** Picks the next run, as its curves lie one above the other where the crosshair is. */
  private pickNext(way: 'up' | 'down'): void {
    const rows = this.rows().filter(({ training }) => training !== undefined);
    if (rows.length === 0) return;
    rows.sort((a, b) => (a.training ?? 0) - (b.training ?? 0));
    const index = rows.findIndex(({ key }) => key === this.picked);
    const next = index < 0 ? (way === 'up' ? 0 : rows.length - 1) : index + (way === 'up' ? 1 : -1);
    const row = rows.at(Math.min(rows.length - 1, Math.max(0, next)));
    if (!row || row.key === this.picked) return;
    this.picked = row.key;
    setText(this.news, l10n.t('{0} is picked.', row.name));
    this.changed();
  }

  private ask(): void {
    const curves = this.chosen.all.filter(({ run, hidden }) => run !== this.run?.id && !hidden);
    const request = {
      list: this.fold.open,
      curves: curves.map(({ run }) => run),
      smoothing: this.axis.view.choices.smoothing,
    };
    const text = JSON.stringify(request);
    // Nobody has asked for anything yet.
    if (text === this.asked || (this.asked === '' && !request.list && curves.length === 0)) return;
    const first = this.asked === '';
    this.asked = text;
    send({ type: 'runs.follow', ...request, first });
  }

  private takeList(list: readonly ListedRun[]): void {
    const before = this.list;
    this.list = list;
    const gone = this.chosen.keepOnly((id) => list.some((run) => run.id === id));
    if (gone.length === 0) return;
    const names = gone.map(({ run }) => before?.find(({ id }) => id === run)?.title ?? run);
    setText(this.news, names.map((name) => l10n.t('{0} was deleted: its curves are gone.', name)).join(' '));
  }

  /** The runs that are drawn over the one that is shown. */
  private drawn(): DrawnRun[] {
    return this.chosen.all.flatMap(({ run, place, color, hidden }): DrawnRun[] => {
      const listed = this.list?.find(({ id }) => id === run);
      const curves = this.curves.get(run);
      return listed && curves && !hidden && run !== this.run?.id
        ? [{ listed, curves, look: { place, color } }]
        : [];
    });
  }

  /** With the run that is shown, where it belongs to a group of seeds. */
  private drawnAndShown(): DrawnRun[] {
    const drawn = this.drawn();
    const { run } = this;
    const listed = run && this.seeds.checked && this.list?.find(({ id }) => id === run.id);
    if (!run || !listed) return drawn;
    const group = groupsOf([...drawn.map((each) => ({ listed: each.listed })), { listed }]).find((one) =>
      one.some((each) => each.listed === listed),
    );
    const first = drawn.find((each) => group?.some((other) => other.listed === each.listed));
    if (!first) return drawn;
    const curves = runCurves(run.id, run.state, this.axis.view.choices.smoothing);
    return [...drawn, { listed, curves, look: first.look }];
  }

  private drawTable(run: ShownRun): void {
    const list = this.list ?? [];
    const drawn = list.filter(({ id }) => id === run.id || this.chosen.get(id));
    this.seedsLabel.hidden = groupsOf(drawn.map((listed) => ({ listed }))).every(({ length }) => length < 2);
    this.table.draw(list, this.chosen, run.id);
    this.table.pick(this.picked);
  }

  private drawValues(): void {
    const rows = this.rows();
    const isKept = this.crosshair !== undefined;
    const isShown = rows.length > (isKept ? 0 : 1);
    this.values.root.hidden = !isShown;
    if (!isShown) return;
    const place = this.at === undefined ? l10n.t('The last values') : this.axis.text(this.at);
    this.values.draw(rows, place, this.picked, isKept);
  }

  private rows(): RunValues[] {
    const { run, at } = this;
    if (!run) return [];
    const read = (curve: Overlaid['training'] | undefined): number | undefined => {
      if (!curve) return undefined;
      return at === undefined ? curve.y.findLast((value) => value !== undefined) : valueAt(curve, at);
    };
    const others = this.overlaid.map(({ key, name, look, training, development, score }): RunValues => ({
      ...{ key, name, look },
      training: read(training),
      development: read(development),
      score: read(score),
    }));
    const { epochs } = run.state.history;
    const x = epochs.map(({ step }) => this.axis.of(step));
    const ofEpochs = (y: (number | undefined)[]) =>
      read({ x, y, key: run.id, name: run.title, look: { place: 0, color: 0 }, marked: true });
    const main: RunValues = {
      ...{ key: run.id, name: run.title, look: 'shown', training: this.trainingAt(run) },
      development: ofEpochs(epochs.map(({ development }) => development?.loss)),
      score: ofEpochs(epochs.map((record) => scoreOf(record, run.state))),
    };
    return [main, ...others];
  }

  private trainingAt(run: ShownRun): number | undefined {
    const curve = this.mainCurve;
    if (!curve || curve.run !== run.id) return undefined;
    const { x, y } = curve;
    return this.at === undefined ? y.findLast((value) => value !== undefined) : valueAt({ x, y }, this.at);
  }

  private mainCurve:
    | { readonly run: string; readonly x: readonly number[]; readonly y: readonly (number | undefined)[] }
    | undefined;

  /** The smoothed training loss of the run that is shown, as it is drawn. */
  showsMain(run: string, x: readonly number[], y: readonly (number | undefined)[]): void {
    this.mainCurve = { run, x, y };
  }
}
