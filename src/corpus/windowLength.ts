/**
 * The most tokens of a sentence that go through the network in one sweep: longer ones are trained in windows.
 */
export const windowLength = 512;
