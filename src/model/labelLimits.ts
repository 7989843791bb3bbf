/** How many labels a model can have. */

/** Labels are numbered in 16 bits. */
export const mostLabels = 65_535;

/**
 * Of a CRF, which has a score for each pair of labels: L² numbers, in memory several times, and as many steps
 * for each token. With so many a score takes some 35 MB each time.
 */
export const mostCrfLabels = 2048;

/**
 * Of a CRF that nobody asked for. With more labels it trains and labels too slowly to be of use: 5,000 of them
 * go at 77 tokens a second on two cores, and that falls with their square.
 */
export const mostAutomaticCrfLabels = 500;
