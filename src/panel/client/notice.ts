import * as l10n from '../../common/l10n';
import { noticeText, tooFewText } from '../../run/noticeText';
import { phaseMessage } from '../../run/phaseText';
import type { RunNotice } from '../../run/runNotice';
import type { RunPhase, RunState } from '../../run/runState';
import type { ShownRun } from '../protocol';
import { ActionButton } from './controls';
import { element, icon, setText } from './dom';

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

const ofAnotherWindow = l10n.t(
  'This run goes on in another window of VS Code. There it can be paused and stopped; here its newest model can be chosen.',
);

/** What a person should know of how a run is trained: one paragraph each. */
export class Notices {
  readonly root = element('ul', 'notices');
  private shown: readonly RunNotice[] = [];
  private few: string | undefined;

  update({ notices, history }: RunState): void {
    const scores = history.epochs.at(-1)?.development;
    const few = scores && tooFewText(scores);
    this.root.hidden = notices.length === 0 && few === undefined;
    if (notices === this.shown && few === this.few) return;
    this.shown = notices;
    this.few = few;
    const texts = [...notices.map(noticeText), ...(few === undefined ? [] : [few])];
    this.root.replaceChildren(
      ...texts.map((text) =>
        element('li', 'notice information', icon('information'), element('p', '', text)),
      ),
    );
  }
}

/** What happened and what can be done, above the figures. */
export class Notice {
  readonly root = element('div', 'notice');
  private readonly text = element('p');
  private readonly log = new ActionButton(true).show('showLog', l10n.t('Show Log'));
  private severity: Severity | undefined;
  private picture: Element = element('span');

  constructor() {
    this.root.append(this.picture, this.text, this.log.root);
  }

  update({ state, elsewhere }: ShownRun): void {
    const message = elsewhere ? ofAnotherWindow : phaseMessage(state);
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
