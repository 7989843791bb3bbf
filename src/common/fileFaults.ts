import { messageOf } from './errors';
import * as l10n from './l10n';

const sentences: Readonly<Record<string, string>> = {
  ENOENT: l10n.t('There is no such file or folder.'),
  EACCES: l10n.t('No permission.'),
  EPERM: l10n.t('No permission.'),
  EISDIR: l10n.t('This is a folder, not a file.'),
  ENOTDIR: l10n.t('A part of this path is not a folder.'),
  ENOSPC: l10n.t('The disk is full.'),
  EDQUOT: l10n.t('The disk quota is used up.'),
  EFBIG: l10n.t('The file would be larger than is allowed here.'),
  EROFS: l10n.t('The disk is read-only.'),
  EIO: l10n.t('The device failed to read or write.'),
  ELOOP: l10n.t('The links on this path lead round in a circle.'),
  ENAMETOOLONG: l10n.t('The name is too long for this file system.'),
  EMFILE: l10n.t('Too many files are open.'),
  EBUSY: l10n.t('Another program holds the file.'),
};

/** What a file system says is wrong, in a sentence; the message of any other error. */
export function fileFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return sentences[code] ?? messageOf(error);
}
