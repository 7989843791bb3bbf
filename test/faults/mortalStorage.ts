import { readModel } from '../../src/model/modelFile';
import type { FileOperations } from '../../src/workspace/storage';
import type { WindowMessage, WindowPlan } from './windowPlan';

/** Storage that tells of what is done, and in which the process dies at the operation of the plan. */
export function mortalStorage(
  files: FileOperations,
  { dies }: Pick<WindowPlan, 'dies'>,
  tell: (message: WindowMessage) => void,
): FileOperations {
  let operations = 0;
  /** The steps of the checkpoints that are being written, by path. */
  const steps = new Map<string, number>();
  const die = (): void => void process.kill(process.pid, 'SIGKILL');

  async function perform<Result>(
    operation: string,
    path: string,
    work: () => Promise<Result>,
    half: () => Promise<unknown> = work,
  ): Promise<Result> {
    const when = operations++ === dies?.operation ? dies.when : 'never';
    tell({ type: 'operation', operation, path });
    if (when === 'before') die();
    if (when === 'halfway') {
      await half();
      die();
    }
    const result = await work();
    if (when === 'after') die();
    return result;
  }

  return {
    read: (path) => perform('read', path, () => files.read(path)),
    write: (path, content) =>
      perform(
        'write',
        path,
        async () => {
          await files.write(path, content);
          if (path.includes('/model.safetensors')) steps.set(path, readModel(content).state?.step ?? -1);
        },
        () => files.write(path, content.subarray(0, content.length >> 1)),
      ),
    rename: (from, to) =>
      perform('rename', to, async () => {
        await files.rename(from, to);
        const step = steps.get(from);
        if (step !== undefined) tell({ type: 'kept', step });
      }),
    createFolder: (path) => perform('createFolder', path, () => files.createFolder(path)),
    folders: (path) => perform('folders', path, () => files.folders(path)),
    files: (path) => perform('files', path, () => files.files(path)),
    remove: (path) => perform('remove', path, () => files.remove(path)),
  };
}
