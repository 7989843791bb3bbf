import type { PanelRun, RunState } from '../protocol';
import { Controls } from './controls';
import { bestEpoch } from './curves';
import type { Curves } from './curves';
import { element, icon, setText } from './dom';
import type { IconName } from './dom';
import { formatCount, formatDuration, formatRate, formatShare, nothing } from './format';

const states: Readonly<Record<RunState, { readonly label: string; readonly icon: IconName }>> = {
  starting: { label: 'Starting', icon: 'running' },
  running: { label: 'Training', icon: 'running' },
  paused: { label: 'Paused', icon: 'pause' },
  done: { label: 'Done', icon: 'done' },
  stopped: { label: 'Stopped', icon: 'stop' },
  diverged: { label: 'Diverged', icon: 'error' },
  failed: { label: 'Failed', icon: 'error' },
  interrupted: { label: 'Interrupted', icon: 'warning' },
};

/** States in which a run has time left. */
const underWay: readonly RunState[] = ['starting', 'running', 'paused'];

export function stateLabel(state: RunState): string {
  return states[state].label;
}

/** The run's name, its state, and what can be done with it. */
export class Header {
  readonly root = element('header');
  private readonly title = element('h1');
  private readonly state = element('span', 'state');
  private readonly controls = new Controls();
  private shown: RunState | undefined;

  constructor() {
    this.root.append(element('div', 'title', this.title, this.state), this.controls.root);
  }

  update(run: PanelRun): void {
    setText(this.title, run.title);
    if (run.state !== this.shown) {
      this.shown = run.state;
      this.state.className = `state ${run.state}`;
      this.state.replaceChildren(icon(states[run.state].icon), states[run.state].label);
    }
    this.controls.update(run);
  }
}

/** How far the run is, in steps of all its epochs. */
export class ProgressBar {
  readonly root = element('div', 'progress');
  private readonly bar = element('div', 'progress-bar');

  constructor() {
    this.root.setAttribute('role', 'progressbar');
    this.root.setAttribute('aria-label', 'Training');
    this.root.append(this.bar);
  }

  update(run: PanelRun): void {
    const steps = run.epochs * run.stepsPerEpoch;
    const known = steps > 0;
    const percent = known ? Math.min(100, (100 * run.step) / steps) : 0;
    this.root.classList.toggle('indeterminate', !known && run.state === 'starting');
    if (known) this.root.setAttribute('aria-valuenow', String(Math.floor(percent)));
    else this.root.removeAttribute('aria-valuenow');
    this.bar.style.width = `${percent.toFixed(2)}%`;
  }
}

/** The figures of a run. */
export class Statistics {
  readonly root = element('dl', 'statistics');
  private readonly epoch = this.add('Epoch');
  private readonly step = this.add('Step');
  private readonly speed = this.add('Tokens per second');
  private readonly elapsed = this.add('Elapsed');
  private readonly left = this.add('Time left');
  private readonly best = this.add('Best score');
  private readonly network = this.add('Network', 'wide');
  private readonly device = this.add('Device', 'wide');

  update(run: PanelRun, curves: Curves): void {
    const best = bestEpoch(curves.epochs, run.scoreName);
    const steps = run.epochs * run.stepsPerEpoch;
    setText(
      this.epoch.value,
      run.epochs > 0 ? `${formatCount(run.epoch)} of ${formatCount(run.epochs)}` : nothing,
    );
    setText(
      this.step.value,
      steps > 0 ? `${formatCount(run.step)} of ${formatCount(steps)}` : formatCount(run.step),
    );
    setText(this.speed.value, formatRate(run.tokensPerSecond));
    setText(this.elapsed.value, formatDuration(run.seconds));
    setText(this.left.value, underWay.includes(run.state) ? formatDuration(run.secondsLeft) : nothing);
    setText(this.best.term, `Best ${run.scoreName}`);
    setText(
      this.best.value,
      best ? `${formatShare(best.score)} in epoch ${formatCount(best.epoch)}` : nothing,
    );
    setText(this.network.value, run.network ?? nothing);
    setText(this.device.value, run.device ?? nothing);
  }

  private add(name: string, className = ''): { readonly term: HTMLElement; readonly value: HTMLElement } {
    const term = element('dt', '', name);
    const value = element('dd', '', nothing);
    this.root.append(element('div', className, term, value));
    return { term, value };
  }
}
