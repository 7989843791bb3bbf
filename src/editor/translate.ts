/** `vscode.l10n.t`, given to what builds texts without VS Code. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** Keeps `$(name)` in a user's text from being drawn as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
