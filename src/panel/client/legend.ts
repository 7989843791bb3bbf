import { curveSample, element, setText } from './dom';

/** A curve's name, its line as it is drawn, and its value: the latest, or where the pointer is. */
export class LegendEntry {
  readonly root: HTMLLIElement;
  private readonly title = element('span');
  private readonly figure = element('span', 'figure');

  constructor(name: string, className: string, marker: boolean) {
    this.name = name;
    this.root = element('li', '', curveSample(className, marker), this.title, this.figure);
  }

  set name(text: string) {
    setText(this.title, text);
  }

  set value(text: string) {
    setText(this.figure, text);
  }
}

/** The legend of a chart, with the place of the pointer in front. */
export class Legend {
  readonly root = element('ul', 'legend');
  private readonly place = element('li', 'place');

  constructor(entries: readonly LegendEntry[]) {
    this.root.append(this.place, ...entries.map((entry) => entry.root));
  }

  /** Where the values are read: "Step 1,240"; empty for the latest. */
  set at(text: string) {
    setText(this.place, text);
  }
}
