import * as l10n from '../../../common/l10n';
import type { NetworkTab } from '../../network/protocol';
import { element } from '../dom';

interface Tab {
  readonly id: NetworkTab;
  readonly title: string;
  readonly content: HTMLElement;
}

/** Tabs of which one is open; the arrow keys go from one to the next. */
export class Tabs {
  readonly root = element('div');
  private readonly heads: readonly HTMLElement[];

  constructor(
    private readonly tabs: readonly Tab[],
    public chosen: NetworkTab,
    private readonly changed: () => void,
  ) {
    this.heads = tabs.map(({ id, title, content }) => {
      const head = element('button', 'tab', title);
      head.type = 'button';
      head.id = `tab-${id}`;
      head.setAttribute('role', 'tab');
      head.setAttribute('aria-controls', `panel-${id}`);
      head.addEventListener('click', () => this.open(id));
      content.id = `panel-${id}`;
      content.setAttribute('role', 'tabpanel');
      content.setAttribute('aria-labelledby', head.id);
      return head;
    });
    const list = element('div', 'tabs', ...this.heads);
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', l10n.t('Views'));
    list.addEventListener('keydown', (event) => this.pressed(event));
    this.root.append(list, ...tabs.map(({ content }) => content));
    this.choose(chosen);
  }

  /** Opens a tab, and tells nobody. */
  choose(id: NetworkTab): void {
    this.chosen = id;
    this.tabs.forEach((tab, n) => {
      const isOpen = tab.id === id;
      this.heads[n].setAttribute('aria-selected', String(isOpen));
      this.heads[n].tabIndex = isOpen ? 0 : -1;
      tab.content.hidden = !isOpen;
    });
  }

  private open(id: NetworkTab): void {
    this.choose(id);
    this.changed();
  }

  private pressed(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const { length } = this.tabs;
    const next = (this.tabs.findIndex(({ id }) => id === this.chosen) + by + length) % length;
    this.open(this.tabs[next].id);
    this.heads[next].focus();
  }
}
