import * as l10n from '../../common/l10n';
import { canResume } from '../../run/runState';
import type { RunPhase } from '../../run/runState';
import type { PanelAction, RunOver, ShownRun } from '../protocol';
import { element, icon, setText } from './dom';
import type { IconName } from './dom';
import { send } from './vscodeApi';

/** A button with words, for one thing. */
export class PressButton {
  readonly root = element('button');

  constructor(pressed: () => void) {
    this.root.type = 'button';
    this.root.addEventListener('click', (event) => {
      // A double click is one.
      if (event.detail <= 1) pressed();
    });
  }

  label(text: string): void {
    setText(this.root, text);
  }
}

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
  /** What the first button does. */
  readonly first: 'pause' | 'resume';
  readonly firstEnabled: boolean;
  readonly stop: boolean;
  readonly train: boolean;
  /** The run trains: it can end with its epoch. */
  readonly trains?: boolean;
  /** The run is neither paused nor resumed any more. */
  readonly over?: boolean;
}

const ended: Offer = { first: 'pause', firstEnabled: false, stop: false, train: true, over: true };

/** Nothing but a stop makes sense. */
const onlyStop: Offer = { first: 'pause', firstEnabled: false, stop: true, train: false };

const offers: Readonly<Record<RunPhase, Offer>> = {
  starting: onlyStop,
  moving: onlyStop,
  // It saves what was learned, for a time that is bounded.
  stopping: { first: 'pause', firstEnabled: false, stop: false, train: false },
  running: { first: 'pause', firstEnabled: true, stop: true, train: false, trains: true },
  paused: { first: 'resume', firstEnabled: true, stop: true, train: false, trains: true },
  interrupted: { first: 'resume', firstEnabled: true, stop: false, train: true },
  done: ended,
  stopped: ended,
  diverged: ended,
  failed: ended,
};

/** Pause or Resume, Stop, Stop After This Epoch, and Train for a run that has ended. */
export class Controls {
  readonly root = element('div', 'controls');
  private readonly first = new ActionButton();
  private readonly stop = new ActionButton(true).show('stop', l10n.t('Stop'), 'stop');
  private readonly stopAfterEpoch = new ActionButton(true);
  private readonly train = new ActionButton(true).show('train', l10n.t('Train…'), 'train');
  private readonly save = new PressButton(() => this.ask());
  private run: string | undefined;

  /** @param over the runs that are drawn over the one that is shown. */
  constructor(private readonly over: () => readonly RunOver[]) {
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', l10n.t('Training'));
    this.root.tabIndex = -1;
    this.save.root.className = 'secondary';
    this.save.label(l10n.t('Save Run…'));
    this.root.append(
      this.first.root,
      this.stop.root,
      this.stopAfterEpoch.root,
      this.train.root,
      this.save.root,
    );
  }

  /** A run that goes on in another window is paused and stopped there. */
  update({ id, state, elsewhere = false }: ShownRun): void {
    this.run = id;
    const hadFocus = this.root.contains(document.activeElement);
    const offer = canResume(state) ? offers.interrupted : offers[state.phase];
    this.first.root.hidden = elsewhere || offer.over === true;
    this.stop.root.hidden = elsewhere || offer.train;
    this.stopAfterEpoch.root.hidden = elsewhere || !offer.trains;
    this.stopAfterEpoch.show(
      'stopAfterEpoch',
      state.stopsAfterEpoch ? l10n.t('Go On After This Epoch') : l10n.t('Stop After This Epoch'),
    );
    this.first.show(offer.first, offer.first === 'pause' ? l10n.t('Pause') : l10n.t('Resume'), offer.first);
    this.first.enabled = offer.firstEnabled;
    this.stop.enabled = offer.stop;
    this.train.root.hidden = !offer.train && !elsewhere;
    // Before its first step there is nothing to take away.
    this.save.root.hidden = state.step === 0;
    // The button with the keyboard's focus is gone. No other one has it, which a further key would press.
    if (hadFocus && !this.root.contains(document.activeElement)) this.root.focus();
  }

  private ask(): void {
    if (this.run !== undefined) send({ type: 'saveRun', run: this.run, over: this.over() });
  }
}
