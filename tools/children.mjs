// Child processes: each in a process group of its own, and none of them left behind, however this process
// ends.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** What is running, and the signal that ends it with this process. */
const running = new Map();
let guarded = false;

/** Ends a child and its whole process group. */
export function endTree(child, signal = 'SIGKILL') {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function guard() {
  if (guarded) return;
  guarded = true;
  process.on('exit', () => running.forEach((signal, child) => endTree(child, signal)));
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ])
    process.once(signal, () => process.exit(128 + number));
}

/**
 * Starts a program in a process group of its own, which is ended with this process.
 * @param options spawn's, and `endSignal`: `SIGTERM` for a program that ends children of its own first.
 */
export function start(program, args, { endSignal = 'SIGKILL', ...options } = {}) {
  guard();
  const child = spawn(program, args, {
    windowsHide: true,
    ...options,
    detached: process.platform !== 'win32',
  });
  running.set(child, endSignal);
  child.once('exit', () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end.
 * @param options spawn's, and `echo` (default true: output goes to this process's own), `timeoutMs`.
 * @returns the exit code (124 where the time ran out) and what it printed, where that was not echoed.
 */
export function run(program, args, { echo = true, timeoutMs, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(program, args, {
      ...options,
      stdio: ['ignore', echo ? 'inherit' : 'pipe', echo ? 'inherit' : 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    let timedOut = false;
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => ((timedOut = true), endTree(child)), timeoutMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      if (timedOut) output += `\n${program} was ended after ${timeoutMs / 1000} s.\n`;
      resolve({ code: timedOut ? 124 : (code ?? 1), output });
    });
  });
}

/** Runs a program quietly. @throws with its output when it fails. */
export async function runQuietly(program, args, options = {}) {
  const { code, output } = await run(program, args, { ...options, echo: false });
  if (code !== 0)
    throw new Error(
      `${path.basename(program)} ${args.join(' ')} failed with code ${code}:\n${output.slice(-8000)}`,
    );
  return output;
}

/** npm's program and first arguments: the npm that started this script, else the one on the PATH. */
export function npm() {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.js$/.test(cli) && existsSync(cli)) return [process.execPath, cli];
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (process.platform === 'win32' && existsSync(beside)) return [process.execPath, beside];
  return ['npm'];
}

/** The absolute path of a program on the PATH, or undefined. */
export function onPath(name) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}
