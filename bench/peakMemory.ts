/**
 * Loaded before a Node program (`--require`): writes the program's peak resident memory in bytes to a file
 * when it ends.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.RNN_TAGGER_PEAK_MEMORY;
// Worker threads load it too; the memory is the whole process's.
if (isMainThread && file !== undefined) {
  process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS * 1024)));
}
