import { element } from '../dom';

/** A list to choose from, with its name before it. */
export class Choice {
  private readonly select = element('select');
  readonly root: HTMLElement;
  private shown = '';

  constructor(name: string, chosen: (index: number) => void) {
    this.root = element('label', 'choice', name, this.select);
    this.select.addEventListener('change', () => chosen(this.select.selectedIndex));
  }

  draw(names: readonly string[], index: number): void {
    const now = names.join('\n');
    if (now !== this.shown) {
      this.shown = now;
      this.select.replaceChildren(...names.map((name) => element('option', '', name)));
    }
    this.select.selectedIndex = index;
  }
}
