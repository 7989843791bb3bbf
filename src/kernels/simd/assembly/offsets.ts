/** Where things stand in the memory that threads share: offsets in bytes. Both sides read this file. */

/** What threads agree by. */
export const enum Control {
  /** The number of the step; threads wait for it to change. */
  step = 0,
  ended = 4,
  /** Threads that wait asleep. */
  sleepers = 8,
  /** The address of the step's job. */
  job = 12,
  /** The address of a list: each thread's scratch space. */
  scratchList = 16,
  /** For each phase: the step's number, and how many pieces are taken (64 bits together). */
  taken = 64,
  /** For each phase, how many pieces are done. */
  done = 128,
  bytes = 192,
}

/** The phases of a step. */
export const enum Phase {
  program,
  sum,
  update,
}

/** What is to be done. */
export const enum Job {
  firstPhase = 0,
  /** The phase to stop before. */
  phases = 4,
  program = 8,
  shards = 12,
  /** Tables of addresses, for each shard: inputs, then outputs. */
  tables = 16,
  tableBytes = 20,
  /** Where in a shard's table the outputs begin. */
  outputTable = 24,
  /** Parts of the parameters that are matrices, each a piece. */
  slices = 28,
  sliceList = 32,
  /** Tables of which single rows are learned. */
  tableCount = 36,
  tableList = 40,
  /**
   * How many of their rows were touched, which, and of each where its occurrences begin in the list of all.
   */
  touched = 44,
  touchedList = 48,
  occurrenceStarts = 52,
  /** Where rows of tables occurred: shard and row of the table's input, in 16 bits each. */
  occurrences = 56,
  /** Room for the pieces' squared norms. */
  norms = 60,
  sentences = 64,
  method = 68,
  /** λ, that of the tables, the largest norm (0: any), and what the norm was: float64. */
  rate = 72,
  tableRate = 80,
  clip = 88,
  norm = 96,
  /** β₁, β₂, ε, 1/(1 − β₁ⁿ) and 1/√(1 − β₂ⁿ): float64. */
  beta1 = 104,
  beta2 = 112,
  epsilon = 120,
  correct1 = 128,
  correct2 = 136,
  bytes = 144,
}

/** A part of a parameter. */
export const enum Parameter {
  values = 0,
  sum = 4,
  /** Bytes of the output table before its gradient's entry. */
  output = 8,
  /** Bytes before the part. */
  first = 12,
  /** How many numbers. */
  length = 16,
  /** What the update remembers; 0 for nothing. */
  moment1 = 20,
  moment2 = 24,
  bytes = 28,
}

/** A table of which single rows are learned. */
export const enum Table {
  values = 0,
  /** Numbers to a row. */
  width = 4,
  /** Bytes of the output table before the entry of its sums' gradient. */
  output = 8,
  /** Room for the touched rows' sums. */
  sums = 12,
  moment1 = 16,
  moment2 = 20,
  bytes = 24,
}

/** How parameters are updated. */
export const enum Method {
  sgd,
  momentum,
  adam,
}
