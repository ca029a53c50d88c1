import * as vscode from 'vscode';
import type { ReplayResult } from '../../replay';
import { statusLine } from '../statusLine';

/** The bot's answer to a replayed exchange, in the same shape as a recorded one. */
export function resultDocument(result: ReplayResult): string {
  const target = new URL(result.url);
  const request = [
    `${result.method} ${target.pathname}${target.search} HTTP/1.1`,
    `Host: ${target.host}`,
    '',
  ];
  if (result.status === undefined) {
    const line = result.problem?.toLine() ?? vscode.l10n.t('no answer');
    return [...request, `### ${vscode.l10n.t('No answer')}`, line, ''].join('\n');
  }
  return [
    ...request,
    `### ${vscode.l10n.t('Answer {0}', statusLine(result))}`,
    ...result.headers.map(({ name, value }) => `${name}: ${value}`),
    '',
    bodyText(result),
    '',
  ].join('\n');
}

function bodyText(result: ReplayResult): string {
  if (result.body.byteLength === 0) return vscode.l10n.t('(empty body)');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(result.body);
  } catch {
    return vscode.l10n.t('({0} bytes that are not text)', result.body.byteLength);
  }
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
