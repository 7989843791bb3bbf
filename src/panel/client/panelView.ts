import type { ShownRunEvent } from '../../run/runEvent';
import { reduce } from '../../run/runState';
import type { ShownRun } from '../protocol';
import { Announcer } from './announcer';
import { ActionButton } from './controls';
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
  private run: ShownRun | undefined;
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

  restyle(): void {
    this.lossChart.restyle();
    this.scoreChart.restyle();
    this.flow.restyle();
  }

  private update(run: ShownRun | undefined): void {
    const before = this.run;
    this.run = run;
    // The phase of a run that was not shown before is no news.
    if (run && run.id === before?.id && run.state.phase !== before.state.phase)
      this.announcer.phase(run.state);
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
    this.notice.update(run);
    this.notices.update(state);
    this.statistics.update(run);
    this.lossChart.draw(state, this.spanSteps());
    this.scoreChart.draw(state);
    this.flow.draw(state.history);
    this.table.draw(state);
    this.devices.update(state);
    if (this.undescribed) {
      this.undescribed = false;
      this.lossChart.describe(state.history);
      this.scoreChart.describe(state);
    }
  }

  private spanSteps(): number {
    return smoothingSpan(this.smoothing.valueAsNumber, this.run?.state.stepsPerEpoch ?? 0);
  }

  private smoothingControl(): HTMLElement {
    this.smoothing.type = 'range';
    this.smoothing.min = '0';
    this.smoothing.max = '100';
    this.smoothing.step = '5';
    this.smoothing.value = String(readViewState().smoothing);
    this.smoothing.addEventListener('input', () => {
      writeViewState({ smoothing: this.smoothing.valueAsNumber });
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
