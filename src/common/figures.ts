/** Figures as a person reads them: the same in the panel, the status bar, hovers, picks, the log and the command line. */
import * as l10n from './l10n';

/** Stands for a figure that there is none of. */
export const nothing = '–';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** "204,577". */
export function formatCount(count: number): string {
  return whole.format(count);
}

/**
 * A share from 0 to 1, in percent: "95.4 %". What is not quite nothing or all does not look so: "< 0.1 %",
 * "> 99.9 %".
 */
export function formatPercent(share: number | null | undefined, decimals = 1): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return nothing;
  const least = 10 ** -decimals;
  if (share > 0 && 100 * share < least) return `< ${least.toFixed(decimals)} %`;
  if (share < 1 && 100 * share > 100 - least) return `> ${(100 - least).toFixed(decimals)} %`;
  return `${(100 * share).toFixed(decimals)} %`;
}

/** A loss in nats: three decimals, fewer digits where it is large. */
export function formatLoss(loss: number | null | undefined): string {
  if (loss === null || loss === undefined) return nothing;
  if (!Number.isFinite(loss)) return l10n.t('not a number');
  if (Math.abs(loss) >= 1e5) return loss.toExponential(2);
  return Math.abs(loss) < 10 ? loss.toFixed(3) : loss.toPrecision(4);
}

/** Tokens per second: three significant digits, since it is measured, and more would only flicker. */
export function formatRate(perSecond: number | undefined): string {
  return perSecond === undefined || !Number.isFinite(perSecond) ? nothing : threeDigits.format(perSecond);
}

/** A factor, two digits of it. */
export const formatFactor = (factor: number | null | undefined): string => withDigits(factor, 2);

/** What is raised to a power, such as γ: three digits, so that the power can be checked. */
export const formatBase = (base: number | null | undefined): string => withDigits(base, 3);

export function formatDuration(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds) || seconds < 0) return nothing;
  const rounded = Math.round(seconds);
  if (rounded < 60) return l10n.t('{0} s', rounded);
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return l10n.t('{0} min {1} s', minutes, twoDigits(rounded % 60));
  return l10n.t('{0} h {1} min', formatCount(Math.floor(minutes / 60)), twoDigits(minutes % 60));
}

/** Minutes and seconds as a clock shows them, where room is short: 1:56, 1:02:05. */
export function formatClock(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return nothing;
  const rounded = Math.round(seconds);
  const minutes = Math.floor(rounded / 60);
  const clock = `${twoDigits(minutes % 60)}:${twoDigits(rounded % 60)}`;
  return minutes < 60 ? clock.replace(/^0/, '') : `${formatCount(Math.floor(minutes / 60))}:${clock}`;
}

/** Decimals that write multiples of `distance` exactly; at most eight. */
export function decimalsFor(distance: number): number {
  let decimals = 0;
  let scaled = distance;
  while (decimals < 8 && Math.abs(scaled - Math.round(scaled)) > 1e-6 * scaled)
    scaled = distance * 10 ** ++decimals;
  return decimals;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}

function withDigits(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return nothing;
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e4)
    ? value.toExponential(digits - 1)
    : String(Number(value.toPrecision(digits)));
}
