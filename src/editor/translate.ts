import { withoutLinks } from '../common/shownText';

/** `vscode.l10n.t`, given to what builds texts without VS Code. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** Keeps `$(name)` in a user's text from being drawn as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

/** An error as a notification may show it: VS Code shows the message of what a command throws. */
export function withoutLinksIn(error: unknown): unknown {
  if (error instanceof Error) error.message = withoutLinks(error.message);
  return error;
}
