/**
 * Reads `history.json` in pieces, so that the extension host goes on meanwhile, however large the file is.
 * What is damaged there is left out, and what is too much is thinned as that of a run that goes on.
 */
import { arraysInJson } from '../common/jsonPieces';
import type { EpochRecord } from '../run/epochRecord';
import { maximumEpochs, maximumPoints, thinEpochs, thinPoints } from '../run/history';
import type { History, LossPoints } from '../run/history';
import { epochOf } from './epochFields';
import { fieldsOf, isAmount } from './keptFields';

/** Curves that were read, and whether something in them was damaged and left out. */
export interface ReadHistory {
  readonly history: History;
  readonly damaged: boolean;
}

/** A file that is larger was not written by any version. */
const mostBytes = 2 ** 29;

/** How long the extension host waits for a piece, in ms. */
const sliceMs = 10;

/**
 * The curves in a `history.json`. Points and epochs that cannot be drawn where they stand are left out; a loss
 * that was not finite is `null` in JSON.
 * @throws {Error} where nothing can be read, or the file is too large.
 */
export async function readHistory(bytes: Uint8Array): Promise<ReadHistory> {
  if (bytes.length > mostBytes)
    throw new Error(
      `it has ${Math.round(bytes.length / 2 ** 20)} MB; at most ${mostBytes / 2 ** 20} are read`,
    );
  const turns = new Turns();
  let steps: unknown[] | undefined;
  let losses: unknown[] | undefined;
  let least: unknown[] | undefined;
  let greatest: unknown[] | undefined;
  let epochs: Epochs | undefined;
  let damaged = false;
  try {
    for (const { name, values, first } of arraysInJson(bytes)) {
      if (first && name === 'steps') steps = [];
      if (first && name === 'losses') losses = [];
      if (first && name === 'least') least = [];
      if (first && name === 'greatest') greatest = [];
      if (first && name === 'epochs') epochs = new Epochs();
      for (const value of values) {
        if (name === 'steps') steps?.push(value);
        if (name === 'losses') losses?.push(value);
        if (name === 'least') least?.push(value);
        if (name === 'greatest') greatest?.push(value);
        if (name === 'epochs') epochs?.add(value);
      }
      await turns.next();
    }
  } catch (error) {
    if (!steps && !losses && !epochs) throw error;
    damaged = true;
  }
  const envelope = least && greatest && { least, greatest };
  const { damaged: isDamaged, ...points } = await pointsOf(steps ?? [], losses ?? [], envelope, turns);
  const records = epochs?.finish() ?? [];
  damaged ||= !steps || !losses || !epochs || isDamaged || epochs.damaged;
  return { history: { ...points, epochs: records }, damaged };
}

/** Lets others have their turn every few milliseconds. */
class Turns {
  private since = performance.now();

  async next(): Promise<void> {
    if (performance.now() - this.since < sliceMs) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.since = performance.now();
  }
}

/** Rows that are looked at before others have a turn. */
const rowsAtOnce = 10_000;

interface ReadEnvelope {
  readonly least: readonly unknown[];
  readonly greatest: readonly unknown[];
}

async function pointsOf(
  steps: readonly unknown[],
  losses: readonly unknown[],
  envelope: ReadEnvelope | undefined,
  turns: Turns,
): Promise<LossPoints & { readonly damaged: boolean }> {
  let sound: { steps: number[]; losses: number[]; least?: number[]; greatest?: number[] } = {
    ...{ steps: [], losses: [] },
    ...(envelope && { least: [], greatest: [] }),
  };
  let damaged = steps.length !== losses.length;
  for (let i = 0; i < Math.min(steps.length, losses.length); i++) {
    const [step, loss] = [steps[i], losses[i]];
    if (!isPlace(step, sound.steps.at(-1), steps[i + 1])) damaged = true;
    else if (typeof loss === 'number' && Number.isFinite(loss)) {
      sound.steps.push(step);
      sound.losses.push(loss);
      // What is not known of a point is its own loss.
      sound.least?.push(Math.min(loss, finiteOr(envelope?.least[i], loss)));
      sound.greatest?.push(Math.max(loss, finiteOr(envelope?.greatest[i], loss)));
    } else damaged ||= loss !== null;
    if (sound.steps.length > 4 * maximumPoints) sound = copied(thinPoints(sound));
    if (i % rowsAtOnce === 0) await turns.next();
  }
  return { ...thinPoints(sound), damaged };
}

function finiteOr(value: unknown, other: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : other;
}

function copied({ steps, losses, least, greatest }: LossPoints): {
  steps: number[];
  losses: number[];
  least?: number[];
  greatest?: number[];
} {
  return {
    steps: [...steps],
    losses: [...losses],
    ...(least && greatest && { least: [...least], greatest: [...greatest] }),
  };
}

/** Takes epochs as they come; each can be judged once the next is there. */
class Epochs {
  damaged = false;
  private records: EpochRecord[] = [];
  private waiting: readonly unknown[] = [];

  add(value: unknown): void {
    this.judge(value);
    this.waiting = [value];
  }

  finish(): readonly EpochRecord[] {
    this.judge(undefined);
    return thinEpochs(this.records);
  }

  private judge(following: unknown): void {
    if (this.waiting.length === 0) return;
    const fields = fieldsOf(this.waiting[0]);
    const next = fieldsOf(following);
    const last = this.records.at(-1);
    const inPlace =
      isPlace(fields.epoch, last?.epoch, next.epoch) && isPlace(fields.step, last?.step, next.step);
    if (inPlace) {
      const { record, damaged } = epochOf(fields);
      this.records.push(record);
      this.damaged ||= damaged;
      if (this.records.length > 2 * maximumEpochs) this.records = [...thinEpochs(this.records)];
    } else this.damaged = true;
  }
}

/** Whether a step or an epoch stands where it should: charts take them in their order. */
function isPlace(value: unknown, before: number | undefined, next: unknown): value is number {
  const after = (other: unknown): other is number =>
    isAmount(other) && Number.isInteger(other) && other > (before ?? -1);
  return after(value) && (!after(next) || value < next);
}
