import * as vscode from 'vscode';
import type { ReplayResult } from '../replay';

/** `200 OK · 12 ms`, or why there is no answer. */
export function statusLine(result: ReplayResult): string {
  if (result.status === undefined) {
    return result.problem?.message ?? vscode.l10n.t('no answer');
  }
  const status = [result.status, result.statusText].filter(Boolean).join(' ');
  return vscode.l10n.t('{0} · {1} ms', status, Math.round(result.durationMs));
}
