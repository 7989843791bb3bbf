/** Wrong arguments: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a person must say before the command can go on, with the choices: exit code 2, without the usage. */
export class ChoiceError extends UsageError {
  /** @param choices options to copy, each with lines that show what they lead to. */
  constructor(
    message: string,
    readonly choices: readonly { readonly option: string; readonly lines: readonly string[] }[],
  ) {
    super(message);
  }
}
