import * as vscode from 'vscode';

type Checked = { ok: true; value: string } | { ok: false; problem: string };

export function checkPort(text: string): Checked {
  const port = Number(text.trim());
  if (Number.isInteger(port) && port >= 1 && port <= 65535) {
    return { ok: true, value: String(port) };
  }
  return { ok: false, problem: vscode.l10n.t('Enter a port from 1 to 65535.') };
}

/** A bot's URL: http or https, an origin or a path under it. */
export function checkTarget(text: string): Checked {
  const value = text.trim();
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return { ok: true, value };
  return { ok: false, problem: vscode.l10n.t('Enter a URL such as http://127.0.0.1:4760.') };
}
