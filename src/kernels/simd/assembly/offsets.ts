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
  /** The table of which single rows are learned, and numbers to a row. */
  table = 36,
  width = 40,
  /** How many of its rows were touched, which, and of each where its gradients begin in the list of all. */
  touched = 44,
  touchedList = 48,
  rowStarts = 52,
  /** Addresses of gradients, by row of the table. */
  rowList = 56,
  /** Room for the touched rows' sums. */
  rowSums = 60,
  /** Room for the pieces' squared norms. */
  norms = 64,
  sentences = 68,
  /** λ, the largest norm (0: any), and what the norm was: float64. */
  rate = 72,
  clip = 80,
  norm = 88,
  bytes = 96,
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
  bytes = 20,
}
