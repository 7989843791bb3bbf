/** stdin and stdout, of whatever kind they are: failures to read and write them are told, not lost. */
import { createReadStream, fstatSync, writeSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { isatty } from 'node:tty';
import { InputError } from '../common/errors';
import { fileError } from './fileError';

const stdinName = '(stdin)';
const stdoutName = '(stdout)';

/** What the command line reads. */
export interface Input {
  /** Its name in messages. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Opens a file, or stdin where none is named.
 * @throws {InputError} where it cannot be read. So does reading on.
 */
export async function openInput(file: string | undefined): Promise<Input> {
  const name = file ?? stdinName;
  try {
    if (file === undefined) return { name, bytes: readOn(standardInput(), name) };
    const handle = await open(file);
    if ((await handle.stat()).isDirectory()) {
      await handle.close();
      throw new InputError('This is a folder, not a file.', { file });
    }
    return { name, bytes: readOn(handle.createReadStream(), name) };
  } catch (error) {
    throw fileError(error, name);
  }
}

function standardInput(): AsyncIterable<Uint8Array> {
  const info = fstatSync(0);
  if (info.isDirectory()) throw new InputError('This is a folder, not a file.', { file: stdinName });
  // For kinds that it does not know, such as disks, Node's own stdin is empty.
  return isPlain(0, info) ? createReadStream('', { fd: 0, autoClose: false }) : process.stdin;
}

async function* readOn(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw fileError(error, name);
  }
}

/**
 * Writes to stdout, and resolves once all of it is written. Where nobody reads any more (`| head`), the
 * process ends, without a word.
 * @throws {InputError} where it cannot be written.
 */
export async function writeOutput(text: string): Promise<void> {
  try {
    if (!isPlain(1, fstatSync(1))) {
      await new Promise<void>((resolve, reject) => {
        process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
      });
      return;
    }
    // Node's own stdout takes no notice of a disk that takes a part only.
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) written += writeSync(1, bytes, written);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0);
    const { message } = fileError(error, stdoutName);
    throw new InputError(`The output could not be written. ${message}`, { file: stdoutName });
  }
}

/**
 * Refuses a stdout that is a file which the same command reads: what is written would be read again, or
 * appended to it. @param inputs files; undefined stands for stdin.
 * @throws {InputError} that names the input.
 */
export async function checkOutput(inputs: readonly (string | undefined)[]): Promise<void> {
  const output = fstatSync(1, { bigint: true });
  if (!output.isFile() || output.ino === 0n) return;
  for (const input of inputs) {
    // What cannot be found is told by who reads it.
    const info =
      input === undefined
        ? fstatSync(0, { bigint: true })
        : await stat(input, { bigint: true }).catch(() => undefined);
    if (info?.ino === output.ino && info.dev === output.dev)
      throw new InputError('The output would go to this file, which the same command reads.', {
        file: input ?? stdinName,
        hint: 'Write it to another file.',
      });
  }
}

/** A file, or a device without a stream of its own: read and written directly. */
function isPlain(fd: number, info: ReturnType<typeof fstatSync>): boolean {
  return info.isFile() || info.isBlockDevice() || (info.isCharacterDevice() && !isatty(fd));
}
