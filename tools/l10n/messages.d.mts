/** Each message with the places that say it, and the calls of `l10n.t` whose message is no literal. */
export function messagesOf(root: string): {
  readonly messages: ReadonlyMap<string, readonly string[]>;
  readonly faults: readonly string[];
};

export function placeholdersOf(message: string): string[];
