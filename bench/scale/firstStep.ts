import { readFileSync } from 'node:fs';
import path from 'node:path';
import { endTree, start } from '../../tools/children.mjs';
import { inProject } from '../../tools/paths.mjs';
import { temporaryFolder } from '../../tools/vscode/profile.mjs';

export interface FirstStep {
  /** From the command to the report that training has begun. */
  readonly seconds: number;
  /** From the interrupt to the end of the process. */
  readonly stopSeconds: number;
  readonly peakBytes: number;
}

const timeoutMs = 10 * 60_000;

/** What the command line prints once it trains. */
const trains = / training, .* test tokens; /;

/** Has the command line train until it has begun to, and interrupts it. @throws {Error} with what it said. */
export async function trainToFirstStep(args: readonly string[]): Promise<FirstStep> {
  const peak = path.join(temporaryFolder('bench'), 'peak');
  const program = ['--require', inProject('out', 'bench', 'peakMemory.js'), inProject('dist', 'cli.js')];
  const began = performance.now();
  const child = start(process.execPath, [...program, 'train', ...args], {
    env: { ...process.env, RNN_TAGGER_PEAK_MEMORY: peak },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const timer = setTimeout(() => endTree(child), timeoutMs);
  let said = '';
  let seconds: number | undefined;
  let stopped = began;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (seconds !== undefined || !trains.test(said)) return;
    stopped = performance.now();
    seconds = (stopped - began) / 1000;
    child.kill('SIGINT');
  });
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  if (seconds === undefined) throw new Error(said.trim().slice(-500) || 'It ended without a word.');
  const stopSeconds = (performance.now() - stopped) / 1000;
  return { seconds, stopSeconds, peakBytes: Number(readFileSync(peak, 'utf8')) };
}
