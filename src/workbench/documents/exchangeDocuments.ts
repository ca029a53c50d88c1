import * as vscode from 'vscode';
import { lineOf } from '../../base/humanError';
import { documentOf } from '../../captures';
import { DOCUMENT_SCHEME, EXCHANGE_LANGUAGE } from '../ids';
import type { Services } from '../services/services';
import { parseDocumentUri } from './exchangeUri';
import { ExchangeOutline } from './exchangeOutline';
import { resultDocument } from './resultDocument';

/** Serves exchanges and answers as read-only documents with folding and an outline. */
export function registerExchangeDocuments(services: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const refresh = services.captures.onDidChange((file) => {
    for (const { uri } of vscode.workspace.textDocuments) {
      const parsed = parseDocumentUri(uri);
      if (parsed?.kind !== 'exchange') continue;
      if (!file || file.toString() === parsed.file.uri.toString()) changed.fire(uri);
    }
  });
  const outline = new ExchangeOutline();
  const selector = { language: EXCHANGE_LANGUAGE };
  return vscode.Disposable.from(
    changed,
    refresh,
    vscode.workspace.registerTextDocumentContentProvider(DOCUMENT_SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => textOf(services, uri),
    }),
    vscode.languages.registerFoldingRangeProvider(selector, outline),
    vscode.languages.registerDocumentSymbolProvider(selector, outline),
  );
}

async function textOf(services: Services, uri: vscode.Uri): Promise<string> {
  const parsed = parseDocumentUri(uri);
  if (!parsed) return vscode.l10n.t('This address names no exchange.');
  try {
    if (parsed.kind === 'replay') {
      const result = services.replays.result(parsed.runId, parsed.entryId);
      return result
        ? services.redactor.redact(resultDocument(result))
        : vscode.l10n.t('This answer was kept in memory only and is gone. Replay it again.');
    }
    const entry = await services.captures.entry(parsed.file.uri, parsed.entryId);
    return entry
      ? documentOf(entry)
      : vscode.l10n.t('The exchange is no longer in the capture “{0}”.', parsed.file.name);
  } catch (error) {
    return lineOf(error);
  }
}
