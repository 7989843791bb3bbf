import type { EpochRecord } from '../../run/epochRecord';
import type { History } from '../../run/history';
import type { PanelRun } from '../protocol';
import { Announcer } from './announcer';
import { ActionButton } from './controls';
import { Curves } from './curves';
import { DeviceTable } from './deviceTable';
import { element, icon } from './dom';
import { EpochTable } from './epochTable';
import { FlowView } from './flowView';
import { LossChart } from './lossChart';
import { Notice, Notices } from './notice';
import { Redraw } from './redraw';
import { ScoreChart } from './scoreChart';
import { smoothingSpan } from './smoothing';
import { Header, ProgressBar, Statistics } from './summary';
import { readViewState, writeViewState } from './vscodeApi';

/** The whole page: a run with its figures, curves and table, or how to begin where there is none. */
export class PanelView {
  readonly root = element('main');
  private readonly header = new Header();
  private readonly progress = new ProgressBar();
  private readonly notice = new Notice();
  private readonly notices = new Notices();
  private readonly statistics = new Statistics();
  private readonly smoothing = element('input');
  private readonly lossChart: LossChart;
  private readonly scoreChart = new ScoreChart();
  private readonly flow = new FlowView();
  private readonly table = new EpochTable();
  private readonly devices = new DeviceTable();
  private readonly announcer = new Announcer();
  private readonly empty = emptyState();
  private readonly shown = element('div', 'run');
  private readonly redraw = new Redraw(() => this.draw());
  private readonly curves = new Curves();
  private run: PanelRun | undefined;
  /** An epoch ended, or another run is shown, since the charts were put in words. */
  private undescribed = false;

  constructor() {
    this.lossChart = new LossChart(this.smoothingControl());
    this.shown.append(
      this.header.root,
      this.progress.root,
      this.notice.root,
      this.notices.root,
      this.statistics.root,
      this.lossChart.root,
      this.scoreChart.root,
      this.flow.root,
      this.table.root,
      this.devices.root,
    );
    this.shown.hidden = true;
    this.empty.hidden = true;
    this.root.append(this.announcer.root, this.empty, this.shown);
  }

  hydrate(run: PanelRun | undefined, history: History): void {
    this.announcer.state(run, run?.id !== this.run?.id);
    this.run = run;
    this.curves.hydrate(history, this.spanSteps());
    this.undescribed = true;
    this.redraw.request();
  }

  update(run: PanelRun): void {
    this.announcer.state(run, run.id !== this.run?.id);
    this.run = run;
    this.curves.smooth(this.spanSteps());
    this.redraw.request();
  }

  addLosses(steps: readonly number[], losses: readonly number[]): void {
    this.curves.addLosses(steps, losses);
    this.redraw.request();
  }

  addEpoch(record: EpochRecord): void {
    this.curves.addEpoch(record);
    this.announcer.epoch(record);
    this.undescribed = true;
    this.redraw.request();
  }

  restyle(): void {
    this.lossChart.restyle();
    this.scoreChart.restyle();
    this.flow.restyle();
  }

  private draw(): void {
    const run = this.run;
    this.empty.hidden = run !== undefined;
    this.shown.hidden = run === undefined;
    if (!run) return;
    this.header.update(run);
    this.progress.update(run);
    this.notice.update(run);
    this.notices.update(run);
    this.statistics.update(run, this.curves);
    this.lossChart.draw(this.curves, run);
    this.scoreChart.draw(this.curves, run);
    this.flow.draw(this.curves);
    this.table.draw(this.curves, run);
    this.devices.update(run);
    if (this.undescribed) {
      this.undescribed = false;
      this.lossChart.describe(this.curves);
      this.scoreChart.describe(this.curves, run);
    }
  }

  private spanSteps(): number {
    return smoothingSpan(this.smoothing.valueAsNumber, this.run?.stepsPerEpoch ?? 0);
  }

  private smoothingControl(): HTMLElement {
    this.smoothing.type = 'range';
    this.smoothing.min = '0';
    this.smoothing.max = '100';
    this.smoothing.step = '5';
    this.smoothing.value = String(readViewState().smoothing);
    this.smoothing.addEventListener('input', () => {
      writeViewState({ smoothing: this.smoothing.valueAsNumber });
      this.curves.smooth(this.spanSteps());
      this.redraw.request();
    });
    return element('label', 'smoothing', 'Smoothing', this.smoothing);
  }
}

function emptyState(): HTMLElement {
  const train = new ActionButton().show('train', 'Train on Workspace…', 'resume');
  const text =
    'Train a tagger on the annotated files of this workspace, and see here how its loss goes down.';
  return element(
    'div',
    'empty',
    icon('chart'),
    element('h1', '', 'No run yet'),
    element('p', '', text),
    train.root,
  );
}
