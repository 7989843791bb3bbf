/**
 * A step of gradient descent by several threads on one memory. A step is three phases of pieces that do not
 * depend on each other: the program on each shard of the minibatch; sums of gradients over the shards, in
 * their order; the update. A thread takes the next piece that nobody has taken, so that the result does not
 * depend on who takes what, nor on how many they are, and a thread that is late or missing holds nobody up.
 * The one that began the step returns when the last piece is done.
 */
import { Control, Job, Method, Parameter, Phase, Table } from './offsets';
import { run } from './program';
import { sumArrays, sumRows } from './sums';
import { descend, descendWithAdam, descendWithMomentum } from './updates';

/** The thread that calls is the number `index`; 0 begins the steps. */
let index: usize = 0;

/** Rows of the table that make a piece. */
const rowsOfPiece: i32 = 16;

/**
 * How often a thread looks before it sleeps, about 0.1 ms, and how long the first one sleeps between looks.
 */
const looks: i32 = 40_000;
const napNs: i64 = 200_000;
/** After so many naps, 1 to 2 s, a piece that somebody has taken counts as lost. */
const naps: i32 = 5_000;

/** The next piece of a phase that nobody has taken; −1 where there is none, or another step has begun. */
function take(control: usize, phase: usize, step: i32, pieces: i32): i32 {
  const at = control + Control.taken + (phase << 3);
  while (true) {
    const taken = atomic.load<u64>(at);
    if (<i32>(taken >> 32) != step) return -1;
    const piece = <i32>taken;
    if (piece >= pieces) return -1;
    if (atomic.cmpxchg<u64>(at, taken, taken + 1) == taken) return piece;
  }
}

/**
 * Waits until a phase's pieces are done. @returns whether they are: not where a thread has been lost with
 * one.
 */
function settled(control: usize, phase: usize, step: i32, pieces: i32): bool {
  const at = control + Control.done + (phase << 2);
  for (let i = 0; i < looks; i++) if (atomic.load<i32>(at) >= pieces || atomic.load<i32>(control + Control.step) != step) return true;
  for (let i = 0; i < naps; i++) {
    const done = atomic.load<i32>(at);
    if (done >= pieces || atomic.load<i32>(control + Control.step) != step) return true;
    atomic.wait<i32>(at, done, napNs);
  }
  return false;
}

/** The program on one shard. */
function runShard(job: usize, shard: i32, scratch: usize): void {
  const tables = load<usize>(job + Job.tables) + <usize>shard * load<usize>(job + Job.tableBytes);
  run(load<usize>(job + Job.program), scratch, tables, tables + load<usize>(job + Job.outputTable));
}

/** Pieces of a table: its touched rows by sixteens. */
@inline
function piecesOfTable(job: usize): i32 {
  return (load<i32>(job + Job.touched) + rowsOfPiece - 1) / rowsOfPiece;
}

/** The sum of a part of the gradients. Leaves its squared norm. */
function sumPiece(job: usize, piece: i32): void {
  const slices = load<i32>(job + Job.slices);
  const norms = load<usize>(job + Job.norms);
  const outputTables = load<usize>(job + Job.tables) + load<usize>(job + Job.outputTable);
  const entry = load<usize>(job + Job.tableBytes);
  let square: f64 = 0;
  if (piece < slices) {
    const slice = load<usize>(job + Job.sliceList) + <usize>piece * Parameter.bytes;
    const length = load<i32>(slice + Parameter.length);
    square = sumArrays(load<usize>(slice + Parameter.sum), outputTables + load<usize>(slice + Parameter.output), entry, load<i32>(job + Job.shards), load<usize>(slice + Parameter.first), length);
  } else {
    const pieces = piecesOfTable(job);
    const table = load<usize>(job + Job.tableList) + <usize>((piece - slices) / pieces) * Table.bytes;
    const width = load<i32>(table + Table.width);
    const outputs = outputTables + load<usize>(table + Table.output);
    const occurrences = load<usize>(job + Job.occurrences);
    const first = ((piece - slices) % pieces) * rowsOfPiece;
    const end = min(first + rowsOfPiece, load<i32>(job + Job.touched));
    for (let i = first; i < end; i++) {
      const to = load<usize>(table + Table.sums) + <usize>i * (<usize>width << 2);
      const starts = load<usize>(job + Job.occurrenceStarts) + (<usize>i << 2);
      square += sumRows(to, occurrences + (load<usize>(starts) << 2), occurrences + (load<usize>(starts + 4) << 2), outputs, entry, width);
    }
  }
  store<f64>(norms + (<usize>piece << 3), square);
}

/**
 * Updates `length` numbers of a parameter, and what is remembered of them. `scale`: what makes of a summed
 * gradient one to learn from.
 */
function updateNumbers(job: usize, parameter: usize, gradient: usize, moment1: usize, moment2: usize, length: i32, rate: f64, scale: f64): void {
  const method = load<i32>(job + Job.method);
  if (method == Method.sgd) {
    descend(parameter, gradient, length, <f32>(rate * scale));
    return;
  }
  const beta1 = <f32>load<f64>(job + Job.beta1);
  if (method == Method.momentum) {
    descendWithMomentum(parameter, gradient, moment1, length, <f32>rate, <f32>scale, beta1);
    return;
  }
  const beta2 = <f32>load<f64>(job + Job.beta2);
  const stepRate = <f32>(rate * load<f64>(job + Job.correct1));
  descendWithAdam(parameter, gradient, moment1, moment2, length, stepRate, <f32>scale, beta1, beta2, <f32>load<f64>(job + Job.epsilon), <f32>load<f64>(job + Job.correct2));
}

/** The update of the part whose gradients a piece has summed. */
function updatePiece(job: usize, piece: i32, scale: f64): void {
  const slices = load<i32>(job + Job.slices);
  if (piece < slices) {
    const slice = load<usize>(job + Job.sliceList) + <usize>piece * Parameter.bytes;
    const first = load<usize>(slice + Parameter.first);
    updateNumbers(
      job, load<usize>(slice + Parameter.values) + first, load<usize>(slice + Parameter.sum) + first, load<usize>(slice + Parameter.moment1) + first,
      load<usize>(slice + Parameter.moment2) + first, load<i32>(slice + Parameter.length), load<f64>(job + Job.rate), scale,
    );
    return;
  }
  const pieces = piecesOfTable(job);
  const table = load<usize>(job + Job.tableList) + <usize>((piece - slices) / pieces) * Table.bytes;
  const width = load<i32>(table + Table.width);
  const rowBytes = <usize>width << 2;
  const rate = load<f64>(job + Job.tableRate);
  const first = ((piece - slices) % pieces) * rowsOfPiece;
  const end = min(first + rowsOfPiece, load<i32>(job + Job.touched));
  for (let i = first; i < end; i++) {
    const at = load<usize>(load<usize>(job + Job.touchedList) + (<usize>i << 2)) * rowBytes;
    const sum = load<usize>(table + Table.sums) + <usize>i * rowBytes;
    updateNumbers(
      job, load<usize>(table + Table.values) + at, sum, load<usize>(table + Table.moment1) + at, load<usize>(table + Table.moment2) + at, width, rate, scale,
    );
  }
}

/** ‖∂E‖ over all that is learned, divided by the number of sentences. */
function gradientNorm(job: usize, pieces: i32): f64 {
  const norms = load<usize>(job + Job.norms);
  let sum: f64 = 0;
  for (let i = 0; i < pieces; i++) sum += load<f64>(norms + (<usize>i << 3));
  return sqrt<f64>(sum) / <f64>load<i32>(job + Job.sentences);
}

/**
 * What makes of a summed gradient one to learn from: 1/B, smaller where the norm is over `clip`; 0 where it
 * is not a finite number.
 */
function scaleFor(job: usize, norm: f64): f64 {
  if (!isFinite(norm)) return 0;
  const clip = load<f64>(job + Job.clip);
  return (clip > 0 && norm > clip ? clip / norm : 1) / <f64>load<i32>(job + Job.sentences);
}

/** Takes part in a step. @returns whether all of it was done. */
function work(control: usize, step: i32): bool {
  const job = load<usize>(control + Control.job);
  const scratch = load<usize>(load<usize>(control + Control.scratchList) + (index << 2));
  const phases = load<i32>(job + Job.phases);
  const shards = load<i32>(job + Job.shards);
  const pieces = load<i32>(job + Job.slices) + load<i32>(job + Job.tableCount) * piecesOfTable(job);
  for (let phase: usize = load<usize>(job + Job.firstPhase); phase < <usize>phases; phase++) {
    const count = phase == Phase.program ? shards : pieces;
    let scale: f64 = 0;
    if (phase == Phase.update) {
      const norm = gradientNorm(job, pieces);
      scale = scaleFor(job, norm);
      if (index == 0) store<f64>(job + Job.norm, norm);
    }
    let piece = take(control, phase, step, count);
    while (piece >= 0) {
      if (phase == Phase.program) runShard(job, piece, scratch);
      else if (phase == Phase.sum) sumPiece(job, piece);
      else if (scale != 0) updatePiece(job, piece, scale);
      const done = control + Control.done + (phase << 2);
      if (atomic.add<i32>(done, 1) == count - 1) atomic.notify(done, -1);
      piece = take(control, phase, step, count);
    }
    if (!settled(control, phase, step, count)) return false;
    if (atomic.load<i32>(control + Control.step) != step) return false;
  }
  return true;
}

/** Does a step, with whoever takes part. @returns 1, or 0 where a thread was lost with a piece of it. */
export function step(control: usize): i32 {
  const number = load<i32>(control + Control.step) + 1;
  for (let phase: usize = 0; phase < 3; phase++) {
    atomic.store<u64>(control + Control.taken + (phase << 3), (<u64>(<u32>number)) << 32);
    atomic.store<i32>(control + Control.done + (phase << 2), 0);
  }
  atomic.store<i32>(control + Control.step, number);
  if (atomic.load<i32>(control + Control.sleepers) > 0) atomic.notify(control + Control.step, -1);
  const whole = work(control, number);
  // From here on the host may change the job: a thread that comes late finds nothing to take.
  for (let phase: usize = 0; phase < 3; phase++) atomic.store<u64>(control + Control.taken + (phase << 3), ~(<u64>0));
  return whole ? 1 : 0;
}

/** Takes part in all steps from now on, as thread number `thread`, until it is told to end. */
export function serve(control: usize, thread: usize): void {
  index = thread;
  let seen = 0;
  while (atomic.load<i32>(control + Control.ended) == 0) {
    let i = 0;
    while (atomic.load<i32>(control + Control.step) == seen && i < looks) i++;
    if (i == looks) {
      atomic.add<i32>(control + Control.sleepers, 1);
      atomic.wait<i32>(control + Control.step, seen, -1);
      atomic.sub<i32>(control + Control.sleepers, 1);
    }
    const now = atomic.load<i32>(control + Control.step);
    if (now == seen) continue;
    seen = now;
    work(control, now);
  }
}

/** Ends all threads that serve. */
export function end(control: usize): void {
  atomic.store<i32>(control + Control.ended, 1);
  atomic.add<i32>(control + Control.step, 1);
  atomic.notify(control + Control.step, -1);
}
