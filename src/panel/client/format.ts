/** Figures that only the panel writes; those that others write too are in `common/figures.ts`. */
import { formatCount, nothing } from '../../common/figures';

/** A factor, two digits of it. */
export function formatFactor(factor: number | null | undefined): string {
  if (factor === null || factor === undefined || !Number.isFinite(factor)) return nothing;
  return factor !== 0 && (factor < 1e-3 || factor >= 1e4)
    ? factor.toExponential(1)
    : String(Number(factor.toPrecision(2)));
}

export function formatDuration(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds) || seconds < 0) return nothing;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(rounded % 60)} s`;
  return `${formatCount(Math.floor(minutes / 60))} h ${twoDigits(minutes % 60)} min`;
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
