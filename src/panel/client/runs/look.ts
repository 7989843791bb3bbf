/** What tells the runs apart that are drawn over each other: colour, dash and marker, of eight each. */
import * as l10n from '../../../common/l10n';
import { mostCompared } from '../../runsProtocol';
import { curveSample } from '../dom';

/** Of dashes and markers, and of the colours as well: at first each place has its own. */
export const places: readonly number[] = Array.from({ length: mostCompared }, (_, place) => place);

/** How a run is drawn. */
export interface RunLook {
  /** Of its dash and marker: 0 to 7. */
  readonly place: number;
  /** Of the charts' palette: 0 to 7. A person may choose it. */
  readonly color: number;
}

/** The palette's colours by name, as the theme has them. */
export function colorNames(): readonly string[] {
  const { classList } = document.body;
  const isDark = classList.contains('vscode-dark') && !classList.contains('vscode-high-contrast');
  return [
    l10n.t('Green'),
    l10n.t('Purple'),
    l10n.t('Turquoise'),
    l10n.t('Grey'),
    l10n.t('Sky blue'),
    l10n.t('Indigo'),
    isDark ? l10n.t('Yellow') : l10n.t('Olive'),
    l10n.t('Blue'),
  ];
}

const dashes: readonly (readonly number[])[] = [
  [],
  [8, 3],
  [2, 3],
  [9, 3, 2, 3],
  [14, 4],
  [4, 4],
  [9, 3, 2, 3, 2, 3],
  [1, 5],
];

/** Paths around 0, of a radius of 1. */
const markers: readonly string[] = [
  'M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z',
  'M-0.9 -0.9H0.9V0.9H-0.9Z',
  'M0 -1.1L1.1 0.9H-1.1Z',
  'M0 -1.3L1.3 0L0 1.3L-1.3 0Z',
  'M0 1.1L1.1 -0.9H-1.1Z',
  'M-0.4 -1.2H0.4V-0.4H1.2V0.4H0.4V1.2H-0.4V0.4H-1.2V-0.4H-0.4Z',
  'M-1.2 -0.7L-0.7 -1.2L0 -0.5L0.7 -1.2L1.2 -0.7L0.5 0L1.2 0.7L0.7 1.2L0 0.5L-0.7 1.2L-1.2 0.7L-0.5 0Z',
  'M0 -1.3L0.35 -0.4L1.3 -0.4L0.55 0.2L0.85 1.1L0 0.55L-0.85 1.1L-0.55 0.2L-1.3 -0.4L-0.35 -0.4Z',
];

export function dashOf(place: number): readonly number[] {
  return dashes[place % dashes.length];
}

/** @returns a path as SVG writes it, and what it is scaled by. */
export function markerOf(place: number): string {
  return markers[place % markers.length];
}

const svg = 'http://www.w3.org/2000/svg';

/** A run's line, as the charts draw it. */
export function sampleOf(look: RunLook | 'shown'): SVGSVGElement {
  return look === 'shown' ? curveSample('training', false) : runSample(look);
}

/** Whether two samples are the same. */
export function sameLook(one: RunLook | 'shown' | undefined, other: RunLook | 'shown' | undefined): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return one.place === other.place && one.color === other.color;
}

/** With its marker. */
function runSample({ place, color }: RunLook): SVGSVGElement {
  const sample = document.createElementNS(svg, 'svg');
  sample.setAttribute('class', `sample run-${color + 1}`);
  sample.setAttribute('viewBox', '0 0 22 10');
  sample.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(svg, 'path');
  line.setAttribute('d', 'M0 5h22');
  line.setAttribute('stroke-dasharray', dashOf(place).join(' '));
  const marker = document.createElementNS(svg, 'path');
  marker.setAttribute('d', markerOf(place));
  marker.setAttribute('class', 'marker');
  marker.setAttribute('transform', 'translate(11 5) scale(3.2)');
  sample.append(line, marker);
  return sample;
}
