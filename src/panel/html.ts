import type { Messages } from '../common/l10n';

/** What the panel's page is made of. The page builds its own content; this is the shell that loads it. */
export interface PanelPage {
  /** `webview.cspSource`: where the style sheet may come from. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** Fresh for each page: only the script that carries it runs. */
  readonly nonce: string;
  /** The language of VS Code, such as `zh-cn`, and its messages; none in English. */
  readonly language: string;
  readonly messages: Messages | undefined;
}

/**
 * The page's HTML. Nothing inline: the policy allows one script, by nonce, style sheets of the extension's
 * own, and workers that this script starts from a blob. The page can fetch nothing, and its workers, which
 * are under the same policy, neither.
 */
export function panelHtml(page: PanelPage): string {
  const policy = `default-src 'none'; style-src ${page.cspSource}; script-src 'nonce-${page.nonce}'; worker-src blob:`;
  const messages = page.messages ? ` data-messages="${escapeAttribute(JSON.stringify(page.messages))}"` : '';
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>RNN Tagger</title>
<link rel="stylesheet" href="${escapeAttribute(page.style)}">
</head>
<body${messages}>
<script nonce="${escapeAttribute(page.nonce)}" src="${escapeAttribute(page.script)}"></script>
</body>
</html>
`;
}

/** 128 random bits, in hexadecimal. */
export function createNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
