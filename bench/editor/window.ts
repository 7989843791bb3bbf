/** The VS Code window that the program runs in: what is on its screen, and its keys. */
import { setTimeout as sleep } from 'node:timers/promises';
import { askWorkbench } from '../../tools/vscode/endpointClient.mjs';
import { renderedLabels } from '../../tools/vscode/renderedLabels.mjs';
import type { RenderedLine } from '../../tools/vscode/renderedLabels.mjs';
import { pageWatch } from './pageWatch.mjs';
import type { Opening, Stroke } from './pageWatch.mjs';

const longestWaitMs = 30_000;

const evaluate = (call: (...args: never[]) => unknown, args: readonly unknown[]): Promise<unknown> =>
  askWorkbench('evaluate', { source: call.toString(), args });

const press = (key: string): Promise<unknown> => askWorkbench('press', { key });

/** The lines of a file that are on screen. */
export async function linesOf(file: string): Promise<RenderedLine[]> {
  const lines = (await evaluate(renderedLabels, [])) as RenderedLine[];
  return lines.filter((line) => line.file.endsWith(`/${file}`) && line.line > 0);
}

export async function watchOpening(file: string, open: () => Thenable<unknown>): Promise<Opening> {
  await evaluate(pageWatch, ['open', file]);
  await open();
  return (await evaluate(pageWatch, ['opened', longestWaitMs])) as Opening;
}

/** Presses keys in the line of the cursor, one every so often, and waits till all is painted. */
export async function watchKeys(
  keys: readonly string[],
  everyMs: number,
  until: 'painted' | 'labelled',
): Promise<Stroke[]> {
  await evaluate(pageWatch, ['keys', longestWaitMs]);
  for (const key of keys) {
    await press(key);
    await sleep(everyMs);
  }
  return (await evaluate(pageWatch, ['strokes', keys.length, until, longestWaitMs])) as Stroke[];
}
