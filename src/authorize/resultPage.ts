import * as l10n from '@vscode/l10n';

export interface ResultPage {
  readonly status: 200 | 400 | 404 | 405;
  readonly title: string;
  readonly text: string;
  /** What to do now; by default, that the tab can be closed. */
  readonly advice?: string;
}

/** Nothing is loaded or run, and the address, which holds the code, is told to nobody. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

const STYLE = `
:root { color-scheme: light dark; --ground: #f3f4f6; --card: #fff; --edge: #d8dbe0; --ink: #1b1f24;
  --soft: #57606a; --good: #1a7f37; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ground: #16181c; --card: #1f2228; --edge: #363b44;
  --ink: #e6e8eb; --soft: #a3abb5; --good: #4ac26b; --bad: #ff8078; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px;
  background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Ubuntu, sans-serif; }
main { width: 100%; max-width: 480px; padding: 32px 36px; background: var(--card);
  border: 1px solid var(--edge); border-radius: 12px; overflow-wrap: anywhere; }
svg { display: block; width: 44px; height: 44px; margin-bottom: 18px; fill: none;
  stroke: currentColor; stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round; }
.good svg { color: var(--good); } .bad svg { color: var(--bad); }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.3; font-weight: 600; }
p { margin: 0 0 6px; text-wrap: pretty; } .advice { color: var(--soft); }
@media (max-width: 420px) { body { padding: 12px; } main { padding: 24px 20px; } }
footer { margin-top: 22px; padding-top: 14px; border-top: 1px solid var(--edge);
  color: var(--soft); font-size: 13px; }`;

const TICK = '<circle cx="12" cy="12" r="10"/><path d="m7.5 12.4 3 3 6-6.6"/>';
const WARNING = '<circle cx="12" cy="12" r="10"/><path d="M12 7v6"/><path d="M12 16.6v.01"/>';

/** What the browser shows at the end of a sign-in. All texts are escaped here. */
export function renderPage(page: ResultPage): string {
  const isGood = page.status === 200;
  const advice = page.advice ?? l10n.t('You can close this tab.');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main class="${isGood ? 'good' : 'bad'}">
<svg viewBox="0 0 24 24" aria-hidden="true">${isGood ? TICK : WARNING}</svg>
<h1>${escapeHtml(page.title)}</h1>
<p>${escapeHtml(page.text)}</p>
<p class="advice">${escapeHtml(advice)}</p>
<footer>Bot Channel Workbench</footer>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
