/** Elements are made here, text only ever as text: nothing that the host sends is read as HTML. */
import { spark, sparkPoints } from '../../run/sparkline';

type Child = Node | string;

/** An element with a class and content; strings become text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** Sets text where it differs, so that what does not change is neither laid out nor read out again. */
export function setText(target: Node, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** A section with its heading. */
export function section(
  id: string,
  title: string,
): { readonly root: HTMLElement; readonly header: HTMLElement } {
  const heading = element('h2', '', title);
  heading.id = `${id}-title`;
  const header = element('div', 'section-header', heading);
  const root = element('section', id, header);
  root.setAttribute('aria-labelledby', heading.id);
  return { root, header };
}

/** A section that opens and closes by its title. */
export function folded(
  id: string,
  title: string,
): { readonly root: HTMLDetailsElement; readonly content: HTMLElement } {
  const heading = element('h2', '', title);
  const content = element('div', 'folded-content');
  const root = element('details', `folded ${id}`, element('summary', '', heading), content);
  root.id = id;
  return { root, content };
}

/** Text for screen readers only. */
export function hiddenText(text: string): HTMLSpanElement {
  return element('span', 'visually-hidden', text);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

function drawing(className: string, viewBox: string, ...children: SVGElement[]): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(...children);
  return svg;
}

function shape(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Paths on a 16 by 16 grid; all are stroked, the solid ones filled too. */
const icons = {
  pause: { path: 'M5 3.5v9M11 3.5v9', solid: false },
  resume: { path: 'M4.5 3v10l8-5z', solid: true },
  stop: { path: 'M4 4h8v8H4z', solid: true },
  train: { path: 'M4.5 3v10l8-5z', solid: false },
  running: { path: 'M8 5.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z', solid: true },
  done: { path: 'M3 8.5l3.2 3.2L13 5', solid: false },
  error: {
    path: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
    solid: false,
  },
  warning: { path: 'M8 2L1.6 13.5h12.8zM8 6.2v3.6M8 11.4v.4', solid: false },
  information: { path: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM8 7.2v4M8 4.6v.4', solid: false },
  chart: { path: 'M2 2v12h12M4.5 4c1 4.5 3 6.5 9 7', solid: false },
} as const;

export type IconName = keyof typeof icons;

export function icon(name: IconName): SVGSVGElement {
  const { path, solid } = icons[name];
  return drawing(solid ? 'icon solid' : 'icon', '0 0 16 16', shape('path', { d: path }));
}

/**
 * A curve's sample for a legend: its line, and the marker where it has one. Its class gives colour and dash.
 */
export function curveSample(className: string, marker: boolean): SVGSVGElement {
  const line = shape('path', { d: 'M0 5h22' });
  return drawing(
    `sample ${className}`,
    '0 0 22 10',
    line,
    ...(marker ? [shape('circle', { cx: 11, cy: 5, r: 3 })] : []),
  );
}

/** A small curve of shares from 0 to 1, from left to right; where one is missing, the curve goes straight on. */
export function sparkline(shares: readonly (number | undefined)[]): SVGSVGElement {
  const { width, bottom } = spark;
  const points = sparkPoints(shares);
  const [x, y] = points.at(-1) ?? [width, bottom];
  return drawing(
    'sparkline',
    '-2 -1 84 20',
    shape('path', { d: `M0 ${bottom}h${width}`, class: 'base' }),
    shape('polyline', {
      points: points.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' '),
    }),
    shape('circle', { cx: x, cy: y, r: 2 }),
  );
}
