import { formatCount, formatPercent, formatRate, nothing } from '../../common/figures';
import { preparationText } from '../../run/preparation';
import { shareDone } from '../../run/runState';
import type { RunPhase, RunState } from '../../run/runState';
import type { ShownRun } from '../protocol';
import { Controls } from './controls';
import { bestEpoch, scoreName } from './curves';
import { element, icon, setText } from './dom';
import type { IconName } from './dom';
import { formatDuration } from './format';

const phases: Readonly<Record<RunPhase, { readonly label: string; readonly icon: IconName }>> = {
  starting: { label: 'Starting', icon: 'running' },
  moving: { label: 'Starting', icon: 'running' },
  running: { label: 'Training', icon: 'running' },
  paused: { label: 'Paused', icon: 'pause' },
  stopping: { label: 'Stopping', icon: 'running' },
  done: { label: 'Done', icon: 'done' },
  stopped: { label: 'Stopped', icon: 'stop' },
  diverged: { label: 'Diverged', icon: 'error' },
  failed: { label: 'Failed', icon: 'error' },
  interrupted: { label: 'Interrupted', icon: 'warning' },
};

/** "Training"; before a run trains what it does: "Measuring devices: webgpu". */
export function phaseLabel(state: RunState, elsewhere = false): string {
  if (elsewhere) return 'Training in another window';
  const preparing = preparationText(state);
  return preparing === undefined
    ? phases[state.phase].label
    : `${preparing[0].toUpperCase()}${preparing.slice(1)}`;
}

/** The run's name, its phase, and what can be done with it. */
export class Header {
  readonly root = element('header');
  private readonly title = element('h1');
  private readonly phase = element('span', 'state');
  private readonly controls = new Controls();
  private shown: RunPhase | undefined;
  private readonly label = element('span');

  constructor() {
    this.root.append(element('div', 'title', this.title, this.phase), this.controls.root);
  }

  update({ title, state, elsewhere = false }: ShownRun): void {
    const { phase } = state;
    setText(this.title, title);
    if (phase !== this.shown) {
      this.shown = phase;
      this.phase.className = `state ${phase}`;
      this.phase.replaceChildren(icon(phases[phase].icon), this.label);
    }
    setText(this.label, phaseLabel(state, elsewhere));
    this.controls.update(state, elsewhere);
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

  update(state: RunState): void {
    const share = shareDone(state);
    const percent = 100 * (share ?? 0);
    this.root.classList.toggle('indeterminate', share === undefined && state.phase === 'starting');
    if (share !== undefined) this.root.setAttribute('aria-valuenow', String(Math.floor(percent)));
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

  update({ network, state }: ShownRun): void {
    const { epoch, epochs, step, stepsPerEpoch } = state;
    const best = bestEpoch(state);
    const steps = epochs * stepsPerEpoch;
    setText(this.epoch.value, epochs > 0 ? `${formatCount(epoch)} of ${formatCount(epochs)}` : nothing);
    setText(this.step.value, steps > 0 ? `${formatCount(step)} of ${formatCount(steps)}` : formatCount(step));
    setText(this.speed.value, formatRate(state.tokensPerSecond));
    setText(this.elapsed.value, formatDuration(state.seconds));
    setText(this.left.value, formatDuration(state.secondsLeft));
    setText(this.best.term, `Best ${scoreName(state)}`);
    setText(
      this.best.value,
      best ? `${formatPercent(best.score)} in epoch ${formatCount(best.epoch)}` : nothing,
    );
    setText(this.network.value, network);
    setText(this.device.value, state.device ?? nothing);
  }

  private add(name: string, className = ''): { readonly term: HTMLElement; readonly value: HTMLElement } {
    const term = element('dt', '', name);
    const value = element('dd', '', nothing);
    this.root.append(element('div', className, term, value));
    return { term, value };
  }
}
