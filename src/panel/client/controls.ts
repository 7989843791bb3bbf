import { canResume } from '../../run/runState';
import type { RunPhase, RunState } from '../../run/runState';
import type { PanelAction } from '../protocol';
import { element, icon, setText } from './dom';
import type { IconName } from './dom';
import { send } from './vscodeApi';

/**
 * A button with an icon. Where it does not apply it keeps its place and the keyboard's focus, and does
 * nothing.
 */
export class ActionButton {
  readonly root = element('button');
  private readonly label = element('span');
  private action: PanelAction | undefined;

  constructor(secondary = false) {
    this.root.type = 'button';
    if (secondary) this.root.className = 'secondary';
    this.root.addEventListener('click', (event) => {
      // The second click of a double click is on what the first one turned this button into.
      if (event.detail <= 1 && this.enabled && this.action) send({ type: this.action });
    });
  }

  show(action: PanelAction, label: string, iconName?: IconName): this {
    if (this.action !== action) this.root.replaceChildren(...(iconName ? [icon(iconName)] : []), this.label);
    this.action = action;
    setText(this.label, label);
    return this;
  }

  set enabled(enabled: boolean) {
    if (enabled) this.root.removeAttribute('aria-disabled');
    else this.root.setAttribute('aria-disabled', 'true');
  }

  get enabled(): boolean {
    return !this.root.hasAttribute('aria-disabled');
  }
}

interface Offer {
  /** What the first button does, if anything. */
  readonly first: 'pause' | 'resume';
  readonly firstEnabled: boolean;
  readonly stop: boolean;
  readonly train: boolean;
}

const ended: Offer = { first: 'pause', firstEnabled: false, stop: false, train: true };

/** Nothing but a stop makes sense. */
const onlyStop: Offer = { first: 'pause', firstEnabled: false, stop: true, train: false };

const offers: Readonly<Record<RunPhase, Offer>> = {
  starting: onlyStop,
  moving: onlyStop,
  // It saves what was learned, for a time that is bounded.
  stopping: { first: 'pause', firstEnabled: false, stop: false, train: false },
  running: { first: 'pause', firstEnabled: true, stop: true, train: false },
  paused: { first: 'resume', firstEnabled: true, stop: true, train: false },
  interrupted: { first: 'resume', firstEnabled: true, stop: false, train: true },
  done: ended,
  stopped: ended,
  diverged: ended,
  failed: ended,
};

/** Pause or Resume, Stop, and Train for a run that has ended. */
export class Controls {
  readonly root = element('div', 'controls');
  private readonly first = new ActionButton();
  private readonly stop = new ActionButton(true).show('stop', 'Stop', 'stop');
  private readonly train = new ActionButton(true).show('train', 'Train…', 'train');

  constructor() {
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', 'Training');
    this.root.append(this.first.root, this.stop.root, this.train.root);
  }

  /** @param elsewhere the run goes on in another window, where it is paused and stopped. */
  update(state: RunState, elsewhere: boolean): void {
    this.first.root.hidden = elsewhere;
    this.stop.root.hidden = elsewhere;
    const offer = canResume(state) ? offers.interrupted : offers[state.phase];
    this.first.show(offer.first, offer.first === 'pause' ? 'Pause' : 'Resume', offer.first);
    this.first.enabled = offer.firstEnabled;
    this.stop.enabled = offer.stop;
    this.train.root.hidden = !offer.train && !elsewhere;
  }
}
