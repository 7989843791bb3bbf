import type { RunNotice } from '../../run/runNotice';
import type { RunPhase, RunState } from '../../run/runState';
import type { ShownRun } from '../protocol';
import { ActionButton } from './controls';
import { element, icon, setText } from './dom';
import { noticeText } from './noticeText';

type Severity = 'error' | 'warning' | 'information';

const severities: Readonly<Record<RunPhase, Severity>> = {
  starting: 'information',
  moving: 'information',
  running: 'information',
  paused: 'information',
  stopping: 'information',
  done: 'information',
  stopped: 'information',
  interrupted: 'warning',
  diverged: 'error',
  failed: 'error',
};

/** What is said where the run has no message of its own. */
const defaultMessages: Partial<Readonly<Record<RunPhase, string>>> = {
  interrupted: 'This run was cut off. Resume goes on from its last checkpoint.',
  diverged:
    'Training diverged: the loss is no longer a number, or grows without end. A smaller learning rate may help.',
  failed: 'Training failed. The log says why.',
};

const ofAnotherWindow =
  'This run goes on in another window of VS Code. There it can be paused and stopped; here its newest model can be chosen.';

/** The run's message; undefined where there is nothing to say. */
export function messageOf({ message, phase }: RunState): string | undefined {
  return message ?? defaultMessages[phase];
}

/** What a person should know of how a run is trained: one paragraph each. */
export class Notices {
  readonly root = element('ul', 'notices');
  private shown: readonly RunNotice[] = [];

  update({ notices }: RunState): void {
    this.root.hidden = notices.length === 0;
    if (notices === this.shown) return;
    this.shown = notices;
    this.root.replaceChildren(
      ...notices.map((notice) =>
        element('li', 'notice information', icon('information'), element('p', '', noticeText(notice))),
      ),
    );
  }
}

/** What happened and what can be done, above the figures. */
export class Notice {
  readonly root = element('div', 'notice');
  private readonly text = element('p');
  private readonly log = new ActionButton(true).show('showLog', 'Show Log');
  private severity: Severity | undefined;
  private picture: Element = element('span');

  constructor() {
    this.root.append(this.picture, this.text, this.log.root);
  }

  update({ state, elsewhere }: ShownRun): void {
    const message = elsewhere ? ofAnotherWindow : messageOf(state);
    this.root.hidden = message === undefined;
    if (message === undefined) return;
    const severity = severities[state.phase];
    if (severity !== this.severity) {
      this.severity = severity;
      this.root.className = `notice ${severity}`;
      const picture = icon(severity);
      this.picture.replaceWith(picture);
      this.picture = picture;
    }
    setText(this.text, message);
    this.log.root.hidden = severity === 'information';
  }
}
