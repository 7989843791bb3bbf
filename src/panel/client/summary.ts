import { formatCount, formatPercent, formatRate, nothing, formatDuration } from '../../common/figures';
import * as l10n from '../../common/l10n';
import { bestEpoch, scoreName, scoreOf } from '../../run/curves';
import { phaseLabel } from '../../run/phaseText';
import { isUnderWay, shareDone } from '../../run/runState';
import type { RunPhase, RunState } from '../../run/runState';
import type { RunOver, ShownRun } from '../protocol';
import { ActionButton, Controls } from './controls';
import { element, folded, icon, setText } from './dom';
import type { IconName } from './dom';

const phaseIcons: Readonly<Record<RunPhase, IconName>> = {
  starting: 'running',
  moving: 'running',
  running: 'running',
  paused: 'pause',
  stopping: 'running',
  done: 'done',
  stopped: 'stop',
  diverged: 'error',
  failed: 'error',
  interrupted: 'warning',
};

/** The run's name, its phase, and what can be done with it. */
export class Header {
  readonly root = element('header');
  private readonly title = element('h1');
  private readonly phase = element('span', 'state');
  private readonly controls: Controls;
  private shown: RunPhase | undefined;
  private readonly label = element('span');

  /** @param over the runs that are drawn over the one that is shown. */
  constructor(over: () => readonly RunOver[]) {
    this.controls = new Controls(over);
    this.root.append(element('div', 'title', this.title, this.phase), this.controls.root);
  }

  update(run: ShownRun): void {
    const { title, state, elsewhere = false } = run;
    const { phase } = state;
    setText(this.title, title);
    if (phase !== this.shown) {
      this.shown = phase;
      this.phase.className = `state ${phase}`;
      this.phase.replaceChildren(icon(phaseIcons[phase]), this.label);
    }
    setText(this.label, phaseLabel(state, elsewhere));
    this.controls.update(run);
  }
}

/** How far the run is, in steps of all its epochs. */
export class ProgressBar {
  readonly root = element('div', 'progress');
  private readonly bar = element('div', 'progress-bar');

  constructor() {
    this.root.setAttribute('role', 'progressbar');
    this.root.setAttribute('aria-label', l10n.t('Training'));
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

/** The few figures that say where a run stands. */
export class Statistics {
  readonly root = element('dl', 'statistics');
  private readonly epoch = new Figure(this.root, l10n.t('Epoch'));
  private readonly time = new Figure(this.root, l10n.t('Time left'));
  private readonly score = new Figure(this.root, '');
  private readonly best = new Figure(this.root, '');

  update({ state }: ShownRun): void {
    const { epoch, epochs, history } = state;
    const score = history.epochs.findLast((record) => scoreOf(record, state) !== undefined);
    const best = bestEpoch(state);
    this.epoch.value = epochs > 0 ? l10n.t('{0} of {1}', formatCount(epoch), formatCount(epochs)) : nothing;
    const goesOn = isUnderWay(state.phase);
    this.time.term = goesOn ? l10n.t('Time left') : l10n.t('Training time');
    this.time.value = formatDuration(goesOn ? state.secondsLeft : state.seconds);
    this.score.term = l10n.t('Last {0}', scoreName(state));
    this.score.value = formatPercent(score && scoreOf(score, state));
    this.best.term = l10n.t('Best {0}', scoreName(state));
    this.best.value = best
      ? l10n.t('{0} in epoch {1}', formatPercent(best.score), formatCount(best.epoch))
      : nothing;
  }
}

/** All else that is known of a run, in a section that opens. */
export class Details {
  private readonly list = element('dl', 'statistics');
  readonly section = folded('details', l10n.t('Details'));
  private readonly step = new Figure(this.list, l10n.t('Step'));
  private readonly speed = new Figure(this.list, l10n.t('Tokens per second'));
  private readonly elapsed = new Figure(this.list, l10n.t('Elapsed'));
  private readonly network = new Figure(this.list, l10n.t('Network'), 'wide');
  private readonly steps = new Figure(this.list, l10n.t('Training'), 'wide');
  private readonly device = new Figure(this.list, l10n.t('Device'), 'wide');
  private readonly changeRate = new ActionButton(true).show(
    'changeLearningRate',
    l10n.t('Change Learning Rate…'),
  );

  constructor() {
    this.section.content.append(this.list, this.changeRate.root);
  }

  update({ network, steps, state, elsewhere }: ShownRun): void {
    const { epochs, step, stepsPerEpoch } = state;
    const all = epochs * stepsPerEpoch;
    this.step.value = all > 0 ? l10n.t('{0} of {1}', formatCount(step), formatCount(all)) : formatCount(step);
    this.speed.value = formatRate(state.tokensPerSecond);
    this.elapsed.value = formatDuration(state.seconds);
    this.network.value = network;
    this.changeRate.root.hidden =
      elsewhere === true || !isUnderWay(state.phase) || state.phase === 'stopping';
    this.steps.value = steps;
    this.device.value = state.device ?? nothing;
  }
}

/** A figure with its name. */
class Figure {
  private readonly name: HTMLElement;
  private readonly figure = element('dd', '', nothing);

  constructor(list: HTMLElement, name: string, className = '') {
    this.name = element('dt', '', name);
    list.append(element('div', className, this.name, this.figure));
  }

  set term(text: string) {
    setText(this.name, text);
  }

  set value(text: string) {
    setText(this.figure, text);
  }
}
