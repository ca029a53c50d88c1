import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import * as vscode from 'vscode';

interface Line {
  readonly _id: string;
  readonly _kind: string;
}

describe('an exchange as a document', () => {
  let capture: vscode.Uri;
  let lines: Line[];

  before(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    capture = vscode.Uri.joinPath(folder.uri, 'captures', 'handover.capture.ndjson');
    const text = await readFile(capture.fsPath, 'utf8');
    lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  });

  function uriOf(entry: string): vscode.Uri {
    const query = new URLSearchParams({ capture: capture.toString(), entry }).toString();
    return vscode.Uri.from({
      scheme: 'bot-channels',
      path: '/exchange/handover/x.exchange',
      query,
    });
  }

  async function open(kind: string): Promise<vscode.TextDocument> {
    const line = lines.findLast(({ _kind }) => _kind === kind);
    assert.ok(line);
    return vscode.workspace.openTextDocument(uriOf(line._id));
  }

  it('shows request, body and answer, in a language of its own', async () => {
    const document = await open('source-sdk');
    assert.equal(document.languageId, 'bot-channels-exchange');
    const text = document.getText();
    assert.match(text, /^POST \/handover\/rce HTTP\/1\.1$/m);
    assert.match(text, /"action": "messages\.create"/);
    assert.match(text, /^### Answer 200 OK/m);
  });

  it('shows a reference where a secret was', async () => {
    assert.match((await open('webhook')).getText(), /x-dimelo-secret: \{\{secret:\w+\}\}/i);
  });

  it('folds its parts and JSON blocks, and has an outline', async () => {
    const document = await open('source-sdk');
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    const text = document.getText().split('\n');
    const starts = ranges.map(({ start }) => text[start] ?? '');
    assert.ok(starts.some((line) => line.startsWith('POST ')));
    assert.ok(starts.some((line) => line.startsWith('### Answer')));
    assert.ok(starts.some((line) => line.endsWith('"params": {')));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.equal(symbols.length, 2);
  });

  it('follows the file: an exchange that was deleted says so', async () => {
    const line = lines.find(({ _kind }) => _kind === 'handshake');
    assert.ok(line);
    const document = await vscode.workspace.openTextDocument(uriOf(line._id));
    assert.match(document.getText(), /^GET /);
    const changed = new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document) return;
        listener.dispose();
        resolve();
      });
    });
    await appendFile(capture.fsPath, `${JSON.stringify({ _id: line._id, _deleted: true })}\n`);
    await vscode.commands.executeCommand('botChannels.captures.refresh');
    await changed;
    assert.match(document.getText(), /no longer in the capture “handover”/);
  });
});
