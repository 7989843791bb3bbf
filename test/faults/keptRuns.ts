/** What the storage folder holds, read without the code that is tested, and what it should hold. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readModel, writeModel } from '../../src/model/modelFile';
import { until } from '../until';
import { TestWindow } from './testWindow';
import type { WindowOptions } from './testWindow';
import type { Form } from './toyRuns';

/** A folder that is gone once `use` is done. */
export async function withFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rnn-tagger-faults-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

function runFolders(folder: string): string[] {
  const runs = path.join(folder, 'runs');
  return existsSync(runs) ? readdirSync(runs).map((id) => path.join(runs, id)) : [];
}

interface Kept {
  /** What its record says; undefined where there is none. */
  readonly state: string | undefined;
  /** The step of the newest checkpoint: of the file, whatever the record says. */
  readonly step: number | undefined;
}

/** The one run of a folder, as it is on the disk. All of its files are whole, or it throws. */
export function keptRun(folder: string): Kept {
  const [run, ...others] = runFolders(folder).filter((at) => existsSync(path.join(at, 'run.json')));
  assert.deepEqual(others, [], 'there is more than one run');
  if (run === undefined) return { state: undefined, step: undefined };
  const text = (name: string): string => readFileSync(path.join(run, name), 'utf8');
  const record = JSON.parse(text('run.json')) as { state: string; checkpoint?: object; best?: object };
  for (const name of ['history.json', 'details.json'])
    if (existsSync(path.join(run, name))) JSON.parse(text(name));
  const model = (name: string) => {
    const file = path.join(run, name);
    return existsSync(file) ? readModel(new Uint8Array(readFileSync(file))) : undefined;
  };
  const [latest, best] = [model('model.safetensors'), model('best.safetensors')];
  assert.ok(latest || !record.checkpoint, 'the record tells of a checkpoint that is not there');
  assert.ok(best || !record.best, 'the record tells of a best model that is not there');
  return { state: record.state, step: latest?.state?.step };
}

/** Files and folders that no run has. */
function strays(folder: string): string[] {
  const known = new Set([
    'run.json',
    'history.json',
    'details.json',
    'model.safetensors',
    'best.safetensors',
  ]);
  return runFolders(folder).flatMap((run) => {
    const names = readdirSync(run);
    if (!names.includes('run.json')) return [run];
    return names.filter((name) => !known.has(name)).map((name) => path.join(run, name));
  });
}

/**
 * Starts a window on a folder that another one has left, looks that nothing but whole runs is there soon
 * after, and closes it.
 */
export async function lookAround(options: WindowOptions): Promise<void> {
  const window = new TestWindow(options);
  await window.open();
  await window.store.flush();
  await until('stray files to be gone', () => strays(options.folder).length === 0, 10_000).catch(
    (error: unknown) => {
      throw new Error(`There is still ${strays(options.folder).join(', ')}: ${window.log.join(' ')}`, {
        cause: error,
      });
    },
  );
  assert.ok(
    window.store.runs.every(({ state }) => state !== 'running'),
    'a run seems to go on',
  );
  await window.close();
}

/** What a run has come to, to the bit, without times. */
export interface Outcome {
  readonly model: Uint8Array;
  readonly development: unknown;
  readonly test: unknown;
  readonly epochs: readonly unknown[];
  readonly losses: ReadonlyMap<number, number>;
}

/** What the one run of a folder, which is done, has come to. */
function outcomeOf(folder: string): Outcome {
  const [run] = runFolders(folder);
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(run, name)));
  const json = (name: string) => JSON.parse(new TextDecoder().decode(read(name)));
  const record = json('run.json');
  assert.equal(record.state, 'done', JSON.stringify(record));
  const { epochs, steps, losses } = json('history.json') as {
    epochs: Record<string, unknown>[];
    steps: number[];
    losses: number[];
  };
  return {
    model: writeModel({ ...readModel(read('best.safetensors')), created: '2025-01-01T00:00:00.000Z' }),
    development: record.development,
    test: record.test,
    epochs: epochs.map(({ seconds: _, tokensPerSecond: __, ...record }) => record),
    losses: new Map(steps.map((step, i) => [step, losses[i]])),
  };
}

const undisturbed = new Map<Form, Promise<Outcome>>();

/** What a run of a form comes to that nothing happens to. */
function undisturbedOutcome(form: Form): Promise<Outcome> {
  const known =
    undisturbed.get(form) ??
    withFolder(async (folder) => {
      const window = new TestWindow({ folder, form });
      await window.open();
      await (
        await window.train()
      )?.finished;
      await window.close();
      return outcomeOf(folder);
    });
  undisturbed.set(form, known);
  return known;
}

/**
 * @param curves false: those of before may be lost, since they could not be written.
 * @throws where a run that is done has come to something else than one that nothing happened to.
 */
export async function assertSameBits(
  folder: string,
  form: Form,
  { curves = true }: { readonly curves?: boolean } = {},
): Promise<void> {
  const [expected, found] = [await undisturbedOutcome(form), outcomeOf(folder)];
  assert.ok(Buffer.from(found.model).equals(expected.model), 'the models differ');
  assert.deepEqual([found.development, found.test], [expected.development, expected.test]);
  if (curves) assert.deepEqual(found.epochs, expected.epochs, 'epochs differ, or lack in the curves');
  // The losses of the last tenth of a second before a kill are not told yet.
  for (const [step, loss] of found.losses) assert.equal(loss, expected.losses.get(step), `loss of ${step}`);
}

/**
 * A window that goes on with what another one has left, to the end: from the newest checkpoint that is on the
 * disk, to the same bits, without stray files.
 */
export async function finishInNextWindow(
  options: WindowOptions,
  kept: { readonly curves?: boolean } = {},
): Promise<void> {
  const { step = 0 } = keptRun(options.folder);
  const window = new TestWindow(options);
  await window.open();
  let began: number | undefined;
  const session = await window.train((event) => {
    if (event.type === 'started') began ??= event.step;
  });
  if (session) {
    const error = await session.finished;
    assert.equal(error, undefined, JSON.stringify(error));
    assert.equal(began, step, 'it did not go on from the newest checkpoint');
  }
  await window.close();
  assert.deepEqual(window.unsaved, []);
  await lookAround(options);
  await assertSameBits(options.folder, options.form, kept);
}
