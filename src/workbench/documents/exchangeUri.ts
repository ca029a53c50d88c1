import * as vscode from 'vscode';
import { titleOf, type CaptureEntry } from '../../captures';
import type { ReplayResult } from '../../replay';
import { DOCUMENT_SCHEME } from '../ids';
import { captureName, type CaptureFile } from '../services/captureFiles';
import type { ReplayRun } from '../services/replays';

/**
 * Readable documents live under `bot-channels:/exchange/…` (a recorded delivery) and
 * `bot-channels:/replay/…` (an answer of this window). The path is for the tab's title, the query
 * says what is meant.
 */
export function exchangeUri(file: CaptureFile, entry: CaptureEntry): vscode.Uri {
  return documentUri('exchange', file.name, `${entry._seq} ${titleOf(entry)}`, {
    capture: file.uri.toString(),
    entry: entry._id,
  });
}

export function resultUri(run: ReplayRun, result: ReplayResult): vscode.Uri {
  return documentUri('replay', run.captureName, `${result.title} answered`, {
    run: run.id,
    entry: result.entryId,
    capture: run.capture.toString(),
  });
}

function documentUri(
  kind: 'exchange' | 'replay',
  folder: string,
  title: string,
  query: Record<string, string>,
): vscode.Uri {
  const name = title.replaceAll(/[/\\?#:*"<>|]+/g, '-');
  return vscode.Uri.from({
    scheme: DOCUMENT_SCHEME,
    path: `/${kind}/${folder}/${name}.exchange`,
    query: new URLSearchParams(query).toString(),
  });
}

export type ParsedDocument =
  | { kind: 'exchange'; file: CaptureFile; entryId: string }
  | { kind: 'replay'; file: CaptureFile; entryId: string; runId: string };

export function parseDocumentUri(uri: vscode.Uri): ParsedDocument | undefined {
  if (uri.scheme !== DOCUMENT_SCHEME) return undefined;
  const query = new URLSearchParams(uri.query);
  const capture = query.get('capture');
  const entryId = query.get('entry');
  if (capture === null || entryId === null) return undefined;
  const captureUri = vscode.Uri.parse(capture, true);
  const file = { uri: captureUri, name: captureName(captureUri) };
  const runId = query.get('run');
  return runId === null
    ? { kind: 'exchange', file, entryId }
    : { kind: 'replay', file, entryId, runId };
}

/** The exchange behind an open document, be it the recorded one or an answer to it. */
export function exchangeOf(uri: vscode.Uri): { file: CaptureFile; entryId: string } | undefined {
  return parseDocumentUri(uri);
}
