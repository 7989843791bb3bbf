/**
 * Takes a token's place in the line, in UTF-16 units; `form`: what the training data writes for it, where that is
 * otherwise.
 */
export type TokenSink = (start: number, end: number, form?: string) => void;
