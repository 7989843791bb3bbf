import assert from 'node:assert/strict';
import { chmodSync, chownSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileFault } from '../../src/common/fileFaults';
import { nodeStorage } from '../../src/workspace/nodeStorage';
import { finishInNextWindow, keptRun, lookAround, withFolder } from './keptRuns';
import { atEachMoment } from './moments';
import type { Draw } from './moments';
import { mountedDisk, simulatedDisk } from './smallDisk';
import { TestWindow } from './testWindow';
import { formNames } from './toyRuns';
import type { Form } from './toyRuns';
import { WindowChild } from './windowChild';

/** The next window finds what was kept while nothing can be written, too. */
async function lookAtKept(options: ConstructorParameters<typeof TestWindow>[0]): Promise<void> {
  const { state, step } = keptRun(options.folder);
  const window = new TestWindow(options);
  await window.open();
  assert.equal(window.store.runs.length, state === undefined ? 0 : 1);
  if (state !== 'done') assert.equal(window.store.runs.at(0)?.checkpoint?.step, step);
  await window.close();
}

describe('A disk that is full at any moment', () => {
  it('is told of, keeps the last checkpoint whole, and its run is resumed to the same bits', () =>
    atEachMoment('small disks', (draw) =>
      withFolder(async (folder) => {
        const form = draw.oneOf(...formNames);
        const kib = 4 * (1 + draw.below(25));
        const simulated = draw.below(2) === 0;
        const disk =
          (simulated ? undefined : mountedDisk(folder, kib)) ?? simulatedDisk(nodeStorage(folder), kib);
        try {
          const options = { folder, form, files: disk.files, intervalMs: draw.oneOf(0, 10) };
          const window = new TestWindow(options);
          await window.open();
          const last = draw.below(40);
          let events = 0;
          const session = await window.train(() => {
            // The window is closed while its disk is full.
            if (events++ >= last && window.unsaved.length > 0) queueMicrotask(() => session?.dispose());
          });
          await session?.finished;
          await window.close();
          for (const error of window.unsaved) assert.equal(fileFault(error), 'The disk is full.');
          const { step } = keptRun(folder);
          if (draw.below(2) === 0) await lookAtKept(options);
          disk.enlarge();
          const told = window.unsaved.length > 0;
          await finishInNextWindow({ folder, form }, { curves: !told });
          return `${disk.kind}, ${told ? (step === undefined ? 'nothing kept' : 'told') : 'not full'}`;
        } finally {
          disk.dispose();
        }
      }),
    ));
});

/** Nobody: a user to whom permissions apply, which they do not to root. */
const nobody = process.getuid?.() === 0 ? 65534 : undefined;
/** Where permissions mean nothing. */
const isWindows = process.platform === 'win32';

/**
 * Trains in a window's process while a folder of its storage is made read-only: by its permissions, or as if.
 * Gives what a person was told.
 */
async function trainOnReadOnly(
  draw: Draw,
  folder: string,
  form: Form,
  simulated: boolean,
): Promise<readonly string[]> {
  const [last, which, events] = [draw.below(70), draw.below(3), draw.below(20)];
  if (nobody !== undefined) chownSync(folder, nobody, nobody);
  let unsaved: readonly string[] = [];
  const makeReadOnly = (): void => {
    const runs = path.join(folder, 'runs');
    const run = existsSync(runs) ? readdirSync(runs).map((id) => path.join(runs, id)) : [];
    const folders = [folder, ...(existsSync(runs) ? [runs] : []), ...run];
    chmodSync(folders[Math.min(which, folders.length - 1)], 0o555);
  };
  const means = simulated ? { readOnlyAfter: events } : { user: nobody };
  const child = new WindowChild({ folder, form, intervalMs: 0, ...means }, (message, number) => {
    if (!simulated && number === last) makeReadOnly();
    if (message.type === 'ended') {
      unsaved = message.unsaved;
      child.kill();
    }
  });
  await child.gone;
  assert.equal(child.failure, undefined);
  return unsaved;
}

function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) makeWritable(path.join(folder, entry.name));
}

describe('A folder that is made read-only at any moment', () => {
  it('is told of, keeps the last checkpoint whole, and its run is resumed to the same bits', () =>
    atEachMoment('read-only folders', (draw) =>
      withFolder(async (folder) => {
        const form = draw.oneOf(...formNames);
        const simulated = draw.below(4) === 0 || isWindows;
        const unsaved = await trainOnReadOnly(draw, folder, form, simulated);
        for (const error of unsaved) assert.match(error, /^(No permission|The disk is read-only)\.$/);
        const { state, step } = keptRun(folder);
        makeWritable(folder);
        await lookAround({ folder, form });
        await finishInNextWindow({ folder, form }, { curves: unsaved.length === 0 });
        const found = step === undefined ? 'no checkpoint' : 'a checkpoint';
        const told = unsaved.length > 0 ? 'told' : 'not noticed';
        return `${simulated ? 'simulated' : 'by permissions'}, ${told}, ${state ?? 'nothing'} with ${found}`;
      }),
    ));
});
