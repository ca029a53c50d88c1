import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
import { MutableDisposable } from '../../base/lifetime';
import type { Log } from '../../base/log';
import { VIEWS } from '../ids';
import { pageHtml } from './pageHtml';
import { PostDocuments } from './postDocuments';
import type { MessagesSource } from './source';
import { ViewSession, type PageActions } from './viewSession';
import { viewStrings } from './viewStrings';

export interface MessagesViewOptions {
  readonly extensionUri: vscode.Uri;
  readonly source: MessagesSource;
  readonly log: Log;
}

/** The Messages view in the panel: a page of its own, told what the source says. */
export class MessagesViewProvider implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #o: MessagesViewOptions;
  readonly #posts: PostDocuments;
  /** Of the view as it was last resolved; moving it to another place resolves it again. */
  readonly #session = new MutableDisposable<vscode.Disposable>();
  #view: vscode.WebviewView | undefined;

  constructor(o: MessagesViewOptions) {
    this.#o = o;
    this.#posts = new PostDocuments(o.source);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extensionUri, source, log } = this.#o;
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');
    view.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const session = new ViewSession({
      webview: view.webview,
      source,
      actions: this.#actions(),
      strings: viewStrings(),
      language: vscode.env.language,
      clock: systemClock,
      log,
    });
    const resolved = vscode.Disposable.from(
      session,
      view.onDidChangeVisibility(() => {
        if (!view.visible) session.hidden();
      }),
    );
    this.#view = view;
    this.#session.value = resolved;
    view.onDidDispose(() => {
      if (this.#session.value === resolved) this.#session.value = undefined;
      if (this.#view === view) this.#view = undefined;
    });
    view.webview.html = this.#html(view.webview, dist);
  }

  /** Brings the view to the front; the keyboard goes there unless its focus is to be kept. */
  async reveal(o: { readonly preserveFocus?: boolean } = {}): Promise<void> {
    if (this.#view) this.#view.show(o.preserveFocus ?? false);
    else await vscode.commands.executeCommand(`${VIEWS.messages}.focus`, o);
  }

  dispose(): void {
    this.#session.dispose();
    this.#posts.dispose();
    this.#view = undefined;
  }

  #actions(): PageActions {
    return {
      open: (row) => this.#posts.open(row),
      copy: (text) => vscode.env.clipboard.writeText(text),
      // As a string: a Uri would change the escapes in queries.
      openLink: (url) => vscode.env.openExternal(url as unknown as vscode.Uri),
      run: (command) => vscode.commands.executeCommand(command),
    };
  }

  #html(webview: vscode.Webview, dist: vscode.Uri): string {
    const address = (...path: string[]): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(dist, ...path)).toString();
    return pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      script: address('messagesView.js'),
      codicons: address('codicons', 'codicon.css'),
      language: vscode.env.language,
      title: vscode.l10n.t('Messages'),
    });
  }
}
