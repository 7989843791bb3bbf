/** So often a count begins again where the corpus changes meanwhile. */
export const mostAttempts = 5;

/**
 * Counts, and once more where the corpus has changed meanwhile: an answer that is being saved changes a file once
 * more than the person did.
 *
 * @param count told which attempt it is, from 1.
 * @param whenRead resolves once what has changed is read.
 * @returns `changed` where the corpus changed in each attempt.
 */
export async function countAgain<Count>(
  count: (attempt: number) => Promise<Count | 'changed'>,
  whenRead: () => Promise<void>,
): Promise<Count | 'changed'> {
  for (let attempt = 1; ; attempt++) {
    const found = await count(attempt);
    if (found !== 'changed' || attempt === mostAttempts) return found;
    await whenRead();
  }
}
