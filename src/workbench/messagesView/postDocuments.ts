import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/lifetime';
import type { MessageRow } from '../../messages';
import type { MessagesSource } from './source';

/** Posts have a scheme of their own: they are no exchanges and cannot be replayed. */
const SCHEME = 'bot-channels-post';

/** Posts as read-only JSON documents, as received; an open one follows its post's edits. */
export class PostDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #source: MessagesSource;
  readonly #lifetime = new DisposableStore();
  readonly #changed = this.#lifetime.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;

  constructor(source: MessagesSource) {
    this.#source = source;
    this.#lifetime.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
    this.#lifetime.add(source.onDidChange(({ rows }) => this.#onRows(rows ?? [])));
  }

  async open(row: MessageRow): Promise<void> {
    const document = await vscode.workspace.openTextDocument(postUri(row));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const row = this.#source.snapshot().rows.find((each) => each.id === uri.query);
    if (row) return `${JSON.stringify(row.post, undefined, 2)}\n`;
    // A tab may outlive its tail; what it shows stays.
    const open = vscode.workspace.textDocuments.find(
      (each) => each.uri.toString() === uri.toString(),
    );
    return open?.getText() ?? vscode.l10n.t('The message is no longer in the Messages view.');
  }

  dispose(): void {
    void this.#lifetime.dispose();
  }

  #onRows(rows: readonly MessageRow[]): void {
    const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === SCHEME);
    if (open.length === 0) return;
    const ids = new Set(rows.map((row) => row.id));
    for (const { uri } of open) if (ids.has(uri.query)) this.#changed.fire(uri);
  }
}

/** The path is the tab's title, the query is the post's id. */
function postUri({ id, authorName, createdAt }: MessageRow): vscode.Uri {
  const title = `${authorName} ${createdAt.slice(0, 19).replace('T', ' ')}`;
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${title.replaceAll(/[/\\?#:*"<>|\s]+/g, '-')}.json`,
    query: id,
  });
}
