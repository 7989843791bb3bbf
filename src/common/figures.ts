/** Figures as a person reads them: the same in the panel, the status bar, hovers, picks, the log and the command line. */

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
  if (!Number.isFinite(loss)) return 'not a number';
  if (Math.abs(loss) >= 1e5) return loss.toExponential(2);
  return Math.abs(loss) < 10 ? loss.toFixed(3) : loss.toPrecision(4);
}

/** Tokens per second: three significant digits, since it is measured, and more would only flicker. */
export function formatRate(perSecond: number | undefined): string {
  return perSecond === undefined || !Number.isFinite(perSecond) ? nothing : threeDigits.format(perSecond);
}
