/** What tells the runs apart that are drawn over each other: colour, dash and marker, of eight each. */
import * as l10n from '../../../common/l10n';
import { dashOf, markerOf } from '../../../run/runLook';
import type { RunLook } from '../../../run/runLook';
import { mostCompared } from '../../runsProtocol';
import { curveSample } from '../dom';

/** Of dashes and markers, and of the colours as well: at first each place has its own. */
export const places: readonly number[] = Array.from({ length: mostCompared }, (_, place) => place);

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
