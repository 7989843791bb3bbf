import type { Translate } from '../../../src/editor/translate';

/** As `vscode.l10n.t` does it without a translation. */
export const english: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (_, i) => String(values[Number(i)]));
