/** Takes a token's place in the line, in UTF-16 units. */
export type TokenSink = (start: number, end: number) => void;
