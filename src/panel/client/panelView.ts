import * as l10n from '../../common/l10n';
import type { ShownRunEvent } from '../../run/runEvent';
import { reduce } from '../../run/runState';
import type { ToLearned } from '../learnedProtocol';
import type { RunOutcome, ShownRun } from '../protocol';
import type { ToRuns } from '../runsProtocol';
import { Announcer } from './announcer';
import { ChartToolbar } from './chartToolbar';
import { ChartView, choicesOf } from './chartView';
import { ActionButton } from './controls';
import { DeviceTable } from './deviceTable';
import { element, folded, icon } from './dom';
import { EpochTable } from './epochTable';
import { Findings } from './findings';
import { FlowView } from './flowView';
import { Glossary } from './glossary';
import { KeptEpochs } from './keptEpochs';
import { LabelEpochs } from './learned/labelEpochs';
import { LearnedView } from './learned/learnedView';
import { LossChart } from './lossChart';
import { Notice, Notices } from './notice';
import { Outcome } from './outcome';
import { RateCharts } from './rateCharts';
import { Redraw } from './redraw';
import { RunAxis } from './runAxis';
import { Comparison } from './runs/comparison';
import { ScoreChart } from './scoreChart';
import { Details, Header, ProgressBar, Statistics } from './summary';
import { readViewState, writeViewState } from './vscodeApi';

/** The whole page: a run with its figures, curves and table, or how to begin where there is none. */
export class PanelView {
  readonly root = element('main');
  private readonly header = new Header(() => this.comparison.runsOver);
  private readonly progress = new ProgressBar();
  private readonly notice = new Notice();
  private readonly notices = new Notices();
  private readonly outcome = new Outcome();
  private readonly statistics = new Statistics();
  private readonly details = new Details();
  private readonly kept = readViewState();
  private readonly view = new ChartView(choicesOf({ ...this.kept }), this.kept.zoom, () => this.viewed());
  private readonly axis = new RunAxis(this.view);
  private readonly toolbar = new ChartToolbar(this.axis);
  private readonly comparison = new Comparison(this.axis, this.kept.runs, () => this.viewed());
  private readonly lossChart = new LossChart(this.axis, this.toolbar.root, this.comparison);
  private readonly scoreChart = new ScoreChart(this.axis, this.comparison);
  private readonly findings = new Findings();
  private readonly rates = new RateCharts(this.axis, this.comparison);
  private readonly more = folded('rates', l10n.t('Gradient, learning rate and speed'));
  private readonly flow = new FlowView(this.kept.flow?.epoch, () => this.viewed());
  private readonly labels = new LabelEpochs(this.kept.labels?.epoch, () => this.viewed());
  private readonly learned = new LearnedView(this.labels);
  private readonly keptEpochs = new KeptEpochs();
  private readonly table = new EpochTable();
  private readonly devices = new DeviceTable();
  private readonly glossary = new Glossary();
  private readonly announcer = new Announcer();
  private readonly empty = emptyState();
  private readonly shown = element('div', 'run');
  private readonly redraw = new Redraw(() => this.draw());
  private run: ShownRun | undefined;
  /** An epoch ended, or another run is shown, since the charts were put in words. */
  private undescribed = false;
  /** How the charts are drawn, which uPlot takes when it makes them. */
  private drawnAs = '';

  constructor() {
    this.more.content.append(this.rates.root);
    for (const root of this.folds) {
      root.open = this.kept.open.includes(root.id);
      root.addEventListener('toggle', () => this.keep());
    }
    this.shown.append(
      this.header.root,
      this.progress.root,
      this.outcome.root,
      this.notice.root,
      this.notices.root,
      this.statistics.root,
      this.lossChart.root,
      this.scoreChart.root,
      this.findings.root,
      this.comparison.fold,
      this.details.section.root,
      this.more.root,
      ...this.learned.folds,
      this.flow.root,
      this.table.root,
      this.devices.root,
      this.glossary.section.root,
    );
    this.table.root.append(this.keptEpochs.root);
    this.shown.hidden = true;
    this.empty.hidden = true;
    this.root.append(this.announcer.root, this.empty, this.shown);
  }

  /** Shows another run, or none, or the same one anew. */
  show(run: ShownRun | undefined): void {
    this.update(run);
    this.undescribed = true;
  }

  /** Brings the run that is shown up to date. */
  append(event: ShownRunEvent): void {
    if (!this.run) return;
    this.update({ ...this.run, state: reduce(this.run.state, event) });
    if (event.type === 'epoch') this.announcer.epoch(event, this.run.state);
    if (event.type === 'epoch' || event.type === 'moving') this.undescribed = true;
  }

  /** What came of the run that is shown. */
  tellOutcome(outcome: RunOutcome): void {
    if (!this.run) return;
    this.update({ ...this.run, outcome });
    this.announcer.outcome(outcome);
  }

  /** What the model has learned. */
  tellLearned(answer: ToLearned): void {
    if (this.learned.tell(answer)) this.redraw.request();
  }

  /** Of other runs. */
  tellRuns(message: ToRuns): void {
    this.comparison.tell(message);
  }

  restyle(): void {
    this.learned.restyle();
    this.lossChart.restyle();
    this.scoreChart.restyle();
    this.rates.restyle();
    this.flow.restyle();
    // Colours have names, which a theme may change.
    this.redraw.request();
  }

  private update(run: ShownRun | undefined): void {
    const before = this.run;
    this.run = run;
    // What was zoomed into was another run's, or is kept of an earlier page.
    const zoomed = before?.id ?? this.kept.zoom?.run;
    if (run && this.view.zoom && run.id !== zoomed) this.view.showAll();
    if (run && run.id !== (before?.id ?? this.kept.flow?.run)) {
      this.flow.showLast();
      this.table.showNewest();
    }
    if (run && run.id !== (before?.id ?? this.kept.labels?.run)) this.labels.showLast();
    // The phase of a run that was not shown before is no news.
    if (run && run.id === before?.id && run.state.phase !== before.state.phase)
      this.announcer.phase(run.state);
    if (this.comparison.show(run)) this.keep();
    this.redraw.request();
  }

  private draw(): void {
    const run = this.run;
    this.empty.hidden = run !== undefined;
    this.shown.hidden = run === undefined;
    if (!run) return;
    const { state } = run;
    this.header.update(run);
    this.progress.update(state);
    this.outcome.update(run);
    this.notice.update(run);
    this.notices.update(state);
    this.statistics.update(run);
    this.details.update(run);
    this.axis.update(state, this.comparison.courses);
    this.comparison.draw(run);
    this.toolbar.update();
    this.remake();
    this.lossChart.draw(run);
    this.scoreChart.draw(state);
    this.findings.update(state);
    if (this.more.root.open) this.rates.draw(state);
    this.learned.draw(run);
    this.flow.draw(run);
    this.table.draw(state);
    this.keptEpochs.draw(run);
    this.devices.update(state);
    if (this.comparison.takeChange() || this.undescribed) {
      this.undescribed = false;
      this.lossChart.describe(state.history);
      this.scoreChart.describe(state);
      this.rates.describe(state);
    }
  }

  /** Another axis, or another way to draw it: uPlot takes that when a chart is made. */
  private remake(): void {
    const { shown, view } = this.axis;
    const drawnAs = `${shown} ${view.choices.logarithmic}`;
    if (drawnAs === this.drawnAs) return;
    this.drawnAs = drawnAs;
    this.lossChart.restyle();
    this.scoreChart.restyle();
    this.rates.restyle();
  }

  /** The sections that open and close. */
  private get folds(): readonly HTMLDetailsElement[] {
    return [
      this.details.section.root,
      this.comparison.fold,
      this.more.root,
      ...this.learned.folds,
      this.glossary.section.root,
    ];
  }

  private viewed(): void {
    this.keep();
    this.redraw.request();
  }

  private keep(): void {
    const { choices, zoom } = this.view;
    const run = this.run?.id;
    const epochOf = ({ epoch }: { readonly epoch: number | undefined }) =>
      epoch !== undefined && run !== undefined ? { epoch, run } : undefined;
    writeViewState({
      ...choices,
      ...(zoom && run !== undefined && { zoom: { ...zoom, run } }),
      flow: epochOf(this.flow),
      labels: epochOf(this.labels),
      runs: this.comparison.kept,
      open: this.folds.flatMap(({ open, id }) => (open ? [id] : [])),
    });
    this.redraw.request();
  }
}

function emptyState(): HTMLElement {
  const train = new ActionButton().show('train', l10n.t('Train on Workspace…'), 'resume');
  const text = l10n.t(
    'Train a tagger on the annotated files of this workspace, and see here how its loss goes down.',
  );
  return element(
    'div',
    'empty',
    icon('chart'),
    element('h1', '', l10n.t('No run yet')),
    element('p', '', text),
    train.root,
  );
}
