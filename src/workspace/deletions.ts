/**
 * Whether a file is one of those that were deleted, or in a folder that was, at any depth. All are URIs
 * without a slash at their end.
 */
export function isDeleted(file: string, deleted: ReadonlySet<string>): boolean {
  for (let end = file.length; end > 0; end = file.lastIndexOf('/', end - 1))
    if (deleted.has(file.slice(0, end))) return true;
  return false;
}
