import { skipBecause } from '../skip';

/** What `host/bridge.mjs` does for a test, in this order. Selectors are Playwright's. */
export interface PageRequest {
  readonly waitFor?: string;
  readonly click?: string;
  readonly type?: string;
  readonly press?: string | readonly string[];
  readonly text?: string;
  readonly screenshot?: string;
  readonly timeout?: number;
}

/** Real clicks and key presses in VS Code's window; desktop VS Code has no such bridge. */
export function hasPage(): boolean {
  return process.env.BOT_CHANNELS_PAGE !== undefined;
}

export function needsPage(context: Mocha.Context): void {
  if (!hasPage()) skipBecause(context, 'desktop VS Code gives tests no keyboard');
}

/** Resolves to the texts that `text` asked for. */
export async function page(request: PageRequest): Promise<readonly string[]> {
  const bridge = process.env.BOT_CHANNELS_PAGE;
  if (bridge === undefined) throw new Error('This VS Code has no bridge to its page.');
  const answer = await fetch(bridge, { method: 'POST', body: JSON.stringify(request) });
  const { ok, out, error } = (await answer.json()) as {
    ok: boolean;
    out?: string[];
    error?: string;
  };
  if (!ok) throw new Error(error);
  return out ?? [];
}
