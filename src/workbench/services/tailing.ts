import type * as vscode from 'vscode';
import type { AppProfile } from '../../apps';
import type { Authorizer } from '../../authorize';
import type { Clock } from '../../base/clock';
import { Emitter } from '../../base/emitter';
import type { Disposable } from '../../base/lifetime';
import type { Log } from '../../base/log';
import type { HttpClient } from '../../http';
import { Tail } from '../../messages';
import { RingCentralClient } from '../../ringcentral';
import { setContext } from '../config';
import type { MessagesSnapshot, MessagesSource, MessagesUpdate } from '../messagesView/source';

/** The one chat that a window tails, as the Messages view sees it. */
export class Tailing implements MessagesSource, vscode.Disposable {
  readonly #changed = new Emitter<MessagesUpdate>();
  readonly onDidChange = this.#changed.event;
  readonly #signedIn: Disposable;
  readonly #clients = new Map<string, RingCentralClient>();
  #current: { tail: Tail; app: AppProfile; chatName: string } | undefined;

  constructor(
    private readonly authorizer: Authorizer,
    private readonly http: Pick<HttpClient, 'send'>,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.#signedIn = authorizer.onDidChange((appId) => this.resume(appId));
  }

  /** A tail that stopped for want of a session goes on when there is one again. */
  private resume(appId: string): void {
    const current = this.#current;
    if (current?.app.id !== appId || current.tail.health.kind !== 'stopped') return;
    if (this.authorizer.state(appId).kind !== 'signedIn') return;
    const chat = { id: current.tail.chatId, name: current.chatName };
    void this.start(current.app, chat);
  }

  /** A client that speaks for the app's signed-in person. */
  clientOf(app: AppProfile): RingCentralClient {
    // One per app and server: the limit on WebSocket tokens is counted by the client.
    const key = `${app.id} ${app.server}`;
    const known = this.#clients.get(key);
    if (known) return known;
    const client = new RingCentralClient({
      http: this.http,
      server: app.server,
      accessToken: () => this.authorizer.accessToken(app.id),
      refreshed: () => this.authorizer.forceRefresh(app.id),
    });
    this.#clients.set(key, client);
    return client;
  }

  get appId(): string | undefined {
    return this.#current?.app.id;
  }

  snapshot(): MessagesSnapshot {
    const current = this.#current;
    if (!current) return { rows: [] };
    return {
      tail: { appName: current.app.name, chatName: current.chatName, health: current.tail.health },
      rows: current.tail.rows,
    };
  }

  /** Starts tailing; the tail before it ends. Resolves when the tail is under way, live or not. */
  async start(app: AppProfile, chat: { id: string; name: string }): Promise<void> {
    this.stop();
    const tail = new Tail({
      client: this.clientOf(app),
      chatId: chat.id,
      clock: this.clock,
      log: this.log,
    });
    this.#current = { tail, app, chatName: chat.name };
    tail.onRows((rows) => this.#changed.fire({ rows }));
    tail.onHealth((health) => this.#changed.fire({ health }));
    setContext('botChannels.tailing', true);
    this.#changed.fire({
      cleared: true,
      tail: { appName: app.name, chatName: chat.name, health: tail.health },
    });
    await tail.start();
  }

  stop(): void {
    const current = this.#current;
    if (!current) return;
    this.#current = undefined;
    current.tail.dispose();
    setContext('botChannels.tailing', false);
    this.#changed.fire({ cleared: true });
  }

  dispose(): void {
    void this.#signedIn.dispose();
    this.stop();
    this.#changed.dispose();
  }
}
