/** `vscode.l10n.t`, given to what builds texts without VS Code. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** Keeps `$(name)` in a user's text from being drawn as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

/**
 * Keeps `[text](command:…)` in a name, a label or a path from becoming a link: VS Code's notifications draw
 * links, and run their commands at a click.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}

/** An error as a notification may show it: VS Code shows the message of what a command throws. */
export function withoutLinksIn(error: unknown): unknown {
  if (error instanceof Error) error.message = withoutLinks(error.message);
  return error;
}
