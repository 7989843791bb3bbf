/** The product's command line, measured from outside. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DeviceName } from '../src/kernels/registry';
import { inProject } from '../tools/paths.mjs';
import { temporaryFolder } from '../tools/vscode/profile.mjs';
import { jsonLines, ProgramError, runProgram } from './programs';
import type { ProgramOptions } from './programs';

/** A device and how many threads it may use; 0 leaves that to the device. */
export interface Place {
  readonly device: DeviceName | 'auto';
  readonly threads: number;
}

export const placeArguments = ({ device, threads }: Place): string[] => [
  '--device',
  device,
  ...(threads > 0 ? ['--threads', String(threads)] : []),
];

export interface CommandResult {
  /** The JSON object of the last line; empty where there is none. */
  readonly result: Record<string, unknown>;
  /** Start-up included. */
  readonly seconds: number;
  readonly peakBytes: number;
}

/** @throws {Error} with what the command line said. */
export async function runCommandLine(
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<CommandResult> {
  const file = path.join(temporaryFolder('bench'), 'peak');
  const program = ['--require', inProject('out', 'bench', 'peakMemory.js'), inProject('dist', 'cli.js')];
  const { stdout, seconds } = await runProgram(process.execPath, [...program, ...args], {
    ...options,
    env: { ...process.env, RNN_TAGGER_PEAK_MEMORY: file },
  }).catch((error: unknown) => {
    // Behind wrong arguments comes the list of those there are.
    const said = error instanceof ProgramError ? /^rnn-tagger: .*$/m.exec(error.output)?.[0] : undefined;
    throw said === undefined ? error : new Error(said);
  });
  if (!existsSync(file)) throw new Error('The command line left no figure of its memory.');
  return { result: jsonLines(stdout).at(-1) ?? {}, seconds, peakBytes: Number(readFileSync(file, 'utf8')) };
}
