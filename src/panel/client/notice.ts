import type { PanelRun, RunState } from '../protocol';
import { ActionButton } from './controls';
import { element, icon, setText } from './dom';

type Severity = 'error' | 'warning' | 'information';

const severities: Readonly<Record<RunState, Severity>> = {
  starting: 'information',
  running: 'information',
  paused: 'information',
  done: 'information',
  stopped: 'information',
  interrupted: 'warning',
  diverged: 'error',
  failed: 'error',
};

/** What is said where the host gave no words of its own. */
const defaultMessages: Partial<Readonly<Record<RunState, string>>> = {
  interrupted: 'This run was cut off. Resume goes on from its last checkpoint.',
  diverged:
    'Training diverged: the loss is no longer a number, or grows without end. A smaller learning rate may help.',
  failed: 'Training failed. The log says why.',
};

/** The run's message; undefined where there is nothing to say. */
export function messageOf(run: PanelRun): string | undefined {
  return run.message ?? defaultMessages[run.state];
}

/** What a person should know of how a run is trained: one paragraph each. */
export class Notices {
  readonly root = element('ul', 'notices');
  private shown = '';

  update({ notices = [] }: PanelRun): void {
    this.root.hidden = notices.length === 0;
    const key = JSON.stringify(notices);
    if (key === this.shown) return;
    this.shown = key;
    this.root.replaceChildren(
      ...notices.map((text) =>
        element('li', 'notice information', icon('information'), element('p', '', text)),
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

  update(run: PanelRun): void {
    const message = messageOf(run);
    this.root.hidden = message === undefined;
    if (message === undefined) return;
    const severity = severities[run.state];
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
