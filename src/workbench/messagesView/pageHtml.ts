export interface PageParts {
  /** Where the webview may load from (`webview.cspSource`). */
  readonly cspSource: string;
  /** New for every page. */
  readonly nonce: string;
  readonly script: string;
  readonly codicons: string;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
}

/**
 * The page around the bundle. Scripts and styles come from the extension's folder or carry the nonce;
 * nothing else is loaded. Lit reads `litNonce` for browsers without constructable style sheets; the
 * icons find their style sheet by its id.
 */
export function pageHtml({
  cspSource,
  nonce,
  script,
  codicons,
  language,
  title,
}: PageParts): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link id="vscode-codicon-stylesheet" rel="stylesheet" nonce="${nonce}" href="${escape(codicons)}">
<style nonce="${nonce}">html, body { height: 100%; } body { margin: 0; padding: 0; overflow: hidden; }</style>
</head>
<body>
<bot-messages data-view="messages"></bot-messages>
<script nonce="${nonce}">window.litNonce = '${nonce}';</script>
<script nonce="${nonce}" src="${escape(script)}"></script>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
