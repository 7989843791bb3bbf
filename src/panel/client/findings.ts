import type { EpochRecord } from '../../run/epochRecord';
import { findingsOf, findingText } from '../../run/findings';
import type { RunState } from '../../run/runState';
import { element, icon } from './dom';

/** What should be noticed in the curves, below them. A screen reader tells of it when it comes. */
export class Findings {
  readonly root = element('div', 'findings');
  private readonly list = element('ul');
  private shown: readonly EpochRecord[] | undefined;
  private text = '';

  constructor() {
    this.root.setAttribute('aria-live', 'polite');
    this.root.append(this.list);
  }

  /** They change with the epochs alone. */
  update(state: RunState): void {
    const { epochs } = state.history;
    if (epochs === this.shown) return;
    this.shown = epochs;
    const texts = findingsOf(state).map((finding) => findingText(finding, state));
    // What has been told is not told again.
    if (texts.join('\n') === this.text) return;
    this.text = texts.join('\n');
    this.list.replaceChildren(
      ...texts.map((text) => element('li', 'notice warning', icon('warning'), element('p', '', text))),
    );
  }
}
