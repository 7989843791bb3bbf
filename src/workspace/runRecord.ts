/** What is kept of a run, and the rules about it. */
import type { DeviceChoice } from '../engine/deviceChoice';
import { readTrainingSettings } from '../model/settings/keptSettings';
import type { TrainingSettings } from '../model/settings/settings';
import { emptyHistory } from '../run/history';
import type { History } from '../run/history';
import type { Scores } from '../training/scores';
import { parseChoice } from './deviceChoices';
import { isGradientFlow } from './flowRecord';

/** `interrupted`: it was going on when the window closed or the computer went down. */
export type StoredRunState = 'running' | 'done' | 'stopped' | 'diverged' | 'failed' | 'interrupted';

const states: readonly string[] = [
  'running',
  'done',
  'stopped',
  'diverged',
  'failed',
  'interrupted',
] satisfies StoredRunState[];

/** A moment of a run, counted from its beginning. */
export interface Moment {
  readonly epoch: number;
  readonly step: number;
}

/** `run.json`. */
export interface RunRecord {
  readonly version: 1;
  /** Also its folder's name. */
  readonly id: string;
  readonly corpus: string;
  readonly corpusName: string;
  readonly column: string;
  readonly settings: TrainingSettings;
  /** ISO 8601. */
  readonly created: string;
  readonly state: StoredRunState;
  /** In words: why it failed, diverged or ended early. */
  readonly message?: string;
  /** In words: what a person should know of how it was trained. */
  readonly notices?: readonly string[];
  /** The device that trained, as a person reads it; of several the last. */
  readonly device?: string;
  /** On `auto`, the device that was taken first, and what was measured before. */
  readonly choice?: DeviceChoice;
  /** The labels mark spans, so that epochs are compared by span F1. */
  readonly spans: boolean;
  readonly epoch: number;
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly seconds: number;
  readonly tokensPerSecond?: number;
  readonly development?: Scores;
  readonly test?: Scores;
  /** Where `model.safetensors`, the newest checkpoint, stands. None yet: there is no such file. */
  readonly checkpoint?: Moment;
  /** Where `best.safetensors`, the best checkpoint on development data, stands. */
  readonly best?: Moment;
}

/**
 * Which of a run's two model files labels text: while it goes on and where there is no other, the newest;
 * then the best.
 */
export type ModelVersion = 'latest' | 'best';

export function modelVersion(run: RunRecord): ModelVersion | undefined {
  if (run.state !== 'running' && run.best) return 'best';
  return run.checkpoint ? 'latest' : undefined;
}

/**
 * Whether a run can go on. One that was cut off before its first checkpoint begins again; one that diverged
 * would diverge again with the same settings.
 */
export function canResume(run: RunRecord): boolean {
  if (run.state === 'interrupted') return true;
  return (run.state === 'stopped' || run.state === 'failed') && run.checkpoint !== undefined;
}

/** What a run had shown when the given checkpoint was made: the steps after it are done again. */
export function historyUntil(history: History, moment: Moment | undefined): History {
  if (!moment) return emptyHistory();
  const kept = history.steps.filter((step) => step <= moment.step).length;
  return {
    steps: history.steps.slice(0, kept),
    losses: history.losses.slice(0, kept),
    epochs: history.epochs.filter((epoch) => epoch.step <= moment.step),
  };
}

/** A folder's name that sorts by time. */
export function newRunId(now: Date, random: number): string {
  const suffix = Math.floor(random * 36 ** 4)
    .toString(36)
    .padStart(4, '0');
  return `${now.toISOString().replace(/[:.]/g, '-')}-${suffix}`;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads `run.json`.
 * @throws Error that says which field is wrong; a run folder may have been damaged or be of a later version.
 */
export function parseRun(text: string, id: string): RunRecord {
  const fields = objectOf(JSON.parse(text), 'the record');
  if (fields.version !== 1)
    throw new Error(`its version is ${String(fields.version)}, and this version of RNN Tagger knows 1`);
  if (fields.id !== id) throw new Error('its id is not its folder');
  const state = stringOf(fields, 'state');
  if (!states.includes(state)) throw new Error(`its state ${JSON.stringify(state)} is not known`);
  if (Number.isNaN(Date.parse(stringOf(fields, 'created')))) throw new Error('"created" is no date');
  for (const name of ['corpus', 'corpusName', 'column']) stringOf(fields, name);
  for (const name of ['epoch', 'step', 'stepsPerEpoch', 'seconds']) countOf(fields, name);
  if (typeof fields.spans !== 'boolean') throw new Error('"spans" is neither true nor false');
  for (const name of ['message', 'device']) if (fields[name] !== undefined) stringOf(fields, name);
  if (fields.tokensPerSecond !== undefined) countOf(fields, 'tokensPerSecond');
  for (const name of ['checkpoint', 'best']) {
    if (fields[name] === undefined) continue;
    const moment = objectOf(fields[name], name);
    countOf(moment, 'epoch');
    countOf(moment, 'step');
  }
  const settings = readTrainingSettings(objectOf(fields.settings, 'settings'), (problem) => {
    throw new Error(`of its settings, ${problem}`);
  });
  // Scores are only shown; a damaged one is left out rather than the run.
  return {
    ...(fields as unknown as RunRecord),
    settings,
    development: scoresOf(fields.development),
    test: scoresOf(fields.test),
    notices: noticesOf(fields.notices),
    choice: parseChoice(fields.choice),
  };
}

/**
 * Reads `history.json`; rows that are no numbers (a loss that was not finite is `null` in JSON) are left out.
 */
export function parseHistory(text: string): History {
  const fields = objectOf(JSON.parse(text), 'the history');
  const history = emptyHistory();
  const { steps, losses, epochs } = fields;
  if (!Array.isArray(steps) || !Array.isArray(losses) || !Array.isArray(epochs))
    throw new Error('it lacks steps, losses or epochs');
  for (let i = 0; i < Math.min(steps.length, losses.length); i++) {
    if (!Number.isFinite(steps[i]) || !Number.isFinite(losses[i])) continue;
    history.steps.push(steps[i]);
    history.losses.push(losses[i]);
  }
  for (const epoch of epochs) {
    const names = ['epoch', 'step', 'loss', 'tokensPerSecond', 'seconds'];
    if (typeof epoch !== 'object' || epoch === null || !names.every((name) => Number.isFinite(epoch[name])))
      continue;
    const { flow, ...record } = epoch;
    history.epochs.push({
      ...record,
      development: scoresOf(epoch.development),
      ...(isGradientFlow(flow) && { flow }),
    });
  }
  return history;
}

function objectOf(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${name} is no object`);
  return value as Fields;
}

function stringOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new Error(`"${name}" is no text`);
  return value;
}

function countOf(fields: Fields, name: string): void {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw new Error(`"${name}" is no number`);
}

function noticesOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((text) => typeof text === 'string') ? value : undefined;
}

function scoresOf(value: unknown): Scores | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const scores = value as Scores;
  const whole = [scores.tokens, scores.sentences, scores.accuracy].every(Number.isFinite);
  return whole && (scores.spans === undefined || Number.isFinite(scores.spans.f1)) ? scores : undefined;
}
