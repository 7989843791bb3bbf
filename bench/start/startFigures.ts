/** What the program in VS Code is asked for. */
export interface StartRequest {
  /** Of the workspace. */
  readonly file: string;
  /** Where the figures are written. */
  readonly result: string;
}

/** Milliseconds from the command to train. */
export interface StartFigures {
  /** The host has heard of the first steps. */
  readonly firstStep: number;
  /** Painted by the page. */
  readonly firstLabel: number;
  readonly end: number;
  /** Training time of the run. */
  readonly training: number;
  readonly device: string;
}
