/**
 * What people read, in their language: English, or what is said instead. VS Code's `l10n`, for where there is no
 * VS Code: pure layers, workers and pages.
 */

/** What is said instead of each English message. */
export type Messages = Readonly<Record<string, string>>;

let used: Messages | undefined;

/**
 * From now on `t` says it in this language; undefined: in English. Each worker and page has messages of its own:
 * this is called by the first module that its entry imports, so that constants are in the language, too.
 */
export function useMessages(messages: Messages | undefined): void {
  used = messages;
}

/** The messages in use, to be handed to a worker; undefined in English. */
export function messagesInUse(): Messages | undefined {
  return used;
}

/** The message in the language in use, with the values in the places of `{0}`, `{1}`, … */
export function t(message: string, ...values: readonly (string | number)[]): string {
  const said = used && Object.hasOwn(used, message) ? used[message] : message;
  // Values are data: a `{0}` in one of them stays.
  return said.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}

/** Marks a message that also tells things apart: it stays English, and is {@link translated} where it is shown. */
export function marked<const English extends string>(english: English): English {
  return english;
}

/** A {@link marked} message as people read it. */
export function translated(english: string): string {
  return t(english);
}
