/** Programs that are measured from outside: their time, their output, their peak memory. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { endTree, start } from '../tools/children.mjs';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** A file for stdin, and one for stdout; without it stdout is in the result. */
  readonly input?: string;
  readonly output?: string;
  readonly timeoutMs?: number;
}

export interface ProgramResult {
  readonly stdout: string;
  readonly stderr: string;
  /** From start to end, start-up included. */
  readonly seconds: number;
  /** Largest resident memory that was seen; Linux only. */
  readonly peakBytes?: number;
}

/** A program that failed, with what it said. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';

  constructor(
    message: string,
    readonly output = '',
  ) {
    super(message);
  }
}

const halfAnHour = 30 * 60_000;
/** The kernel keeps the peak: it is enough to look now and then, and once close to the end. */
const lookEveryMs = 100;

/** Runs a program to its end. @throws {ProgramError} when it cannot be started, fails, or takes too long. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  const { cwd, env, input, output, timeoutMs = halfAnHour } = options;
  const files = [
    input === undefined ? undefined : openSync(input, 'r'),
    output === undefined ? undefined : openSync(output, 'w'),
  ];
  const name = [path.basename(program), ...args].join(' ');
  try {
    const beganMs = performance.now();
    const child = start(program, args, {
      cwd,
      env,
      stdio: [files[0] ?? 'ignore', files[1] ?? 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let peakBytes: number | undefined;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const look = setInterval(() => (peakBytes = peakOf(child.pid) ?? peakBytes), lookEveryMs);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      endTree(child);
    }, timeoutMs);
    const code = await new Promise<number | string>((resolve, reject) => {
      child.once('error', (error) => reject(new ProgramError(`${name}: ${error.message}`)));
      child.once('close', (exit, signal) => resolve(exit ?? signal ?? 'no exit code'));
    }).finally(() => {
      clearInterval(look);
      clearTimeout(timer);
    });
    const seconds = (performance.now() - beganMs) / 1000;
    if (late) throw new ProgramError(`${name} was ended after ${timeoutMs / 1000} s.`);
    const output = (stderr || stdout).trim();
    if (code !== 0) throw new ProgramError(`${name} ended with ${code}: ${output.slice(-2000)}`, output);
    return { stdout, stderr, seconds, peakBytes };
  } finally {
    for (const file of files) if (file !== undefined) closeSync(file);
  }
}

/** The peak resident memory of a process so far, as Linux keeps it. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

/** The objects among the lines of a program's output: those that begin with a brace. */
export function jsonLines(text: string): Record<string, unknown>[] {
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
