/** What a person changes of a run while it trains. */
export interface RunAdjustments {
  /** λ before its schedule, above 0. Undefined: as before. */
  readonly learningRate?: number;
  /** The run is to stop once the epoch that is under way has ended. */
  readonly stopAfterEpoch?: boolean;
}
