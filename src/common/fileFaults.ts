import { messageOf } from './errors';

const sentences: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder.',
  EACCES: 'No permission.',
  EPERM: 'No permission.',
  EISDIR: 'This is a folder, not a file.',
  ENOTDIR: 'A part of this path is not a folder.',
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk quota is used up.',
  EFBIG: 'The file would be larger than is allowed here.',
  EROFS: 'The disk is read-only.',
  EIO: 'The device failed to read or write.',
  ELOOP: 'The links on this path lead round in a circle.',
  ENAMETOOLONG: 'The name is too long for this file system.',
  EMFILE: 'Too many files are open.',
  EBUSY: 'Another program holds the file.',
};

/** What a file system says is wrong, in a sentence; the message of any other error. */
export function fileFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return sentences[code] ?? messageOf(error);
}
