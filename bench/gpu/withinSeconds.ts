/** Something that did not happen in time. */
export class TooLateError extends Error {
  override readonly name = 'TooLateError';

  constructor(readonly seconds: number) {
    super(`took longer than ${seconds} s`);
  }
}

/** @throws {TooLateError} where it takes longer. What goes on then is the caller's to end. */
export async function withinSeconds<Result>(seconds: number, result: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLateError(seconds)), 1000 * seconds);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}
