/** A window in a process of its own, which can be killed: trains to the end, and stays open. */
import { fileFault } from '../../src/common/fileFaults';
import { nodeStorage } from '../../src/workspace/nodeStorage';
import { mortalStorage } from './mortalStorage';
import { readOnlyFiles } from './smallDisk';
import { TestWindow } from './testWindow';
import type { WindowMessage, WindowPlan } from './windowPlan';

const plan = JSON.parse(process.argv[2]) as WindowPlan;
const tell = (message: WindowMessage): void => void process.send?.(message);

async function main(): Promise<void> {
  const { folder, form, intervalMs, user, readOnlyAfter = Infinity } = plan;
  if (user !== undefined) {
    process.setgid?.(user);
    process.setuid?.(user);
  }
  let events = 0;
  const disk = readOnlyFiles(nodeStorage(folder), () => events > readOnlyAfter);
  const files = mortalStorage(disk, plan, tell);
  const window = new TestWindow({ folder, form, intervalMs, files });
  await window.open();
  const session = await window.train(({ type: event }) => {
    events++;
    tell({ type: 'event', event });
  });
  const error = await session?.finished;
  await window.store.flush();
  tell({ type: 'ended', error: error?.message, unsaved: window.unsaved.map(fileFault) });
}

// The channel to the test keeps it alive.
process.on('message', () => undefined);
process.on('disconnect', () => process.exit());
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
