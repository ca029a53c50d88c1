import * as l10n from '@vscode/l10n';
import type * as z from 'zod';
import { HumanError } from '../base/humanError';
import type { HttpClient, HttpRequest, HttpResponse } from '../http';
import { assumptions, type ClientAssumptions } from './assumptions';
import { ACCEPT_MANY, manyRecords } from './multiStatus';
import { chatRecord, extensionRecord, listRecord, personRecord, postRecord } from './records';
import { webSocketTokenRecord, type Chat, type Extension, type Person, type Post } from './records';
import { RequestWindow } from './requestWindow';
import { readError } from './ringCentralError';

export interface RingCentralClientOptions {
  readonly http: Pick<HttpClient, 'send'>;
  /** Origin, like https://platform.ringcentral.com */
  readonly server: string;
  readonly accessToken: () => Promise<string>;
  /** Called once when RingCentral answers 401; gives the token for the one further try. */
  readonly refreshed?: () => Promise<string>;
  readonly assumptions?: Partial<ClientAssumptions>;
}

export interface PostPage {
  readonly records: Post[];
  readonly prevPageToken?: string;
  readonly nextPageToken?: string;
}

export interface WebSocketToken {
  readonly uri: string;
  readonly token: string;
  readonly expiresInSeconds: number;
}

type Query = Record<string, string | number | readonly string[] | undefined>;

interface Call {
  readonly method?: string;
  readonly query?: Query;
  readonly json?: unknown;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
  /** Follows "while" in an error. */
  readonly doing: string;
}

/**
 * RingCentral's REST API as far as the workbench speaks it. Rejects with `RingCentralError` when
 * RingCentral refuses (429 carries `retryAfterMs`; callers decide whether to wait) and with
 * `NetworkError` when nobody answers.
 */
export class RingCentralClient {
  readonly server: string;
  /** Shared by every gateway connection of this client: the limit counts per person and app. */
  readonly webSocketTokens: RequestWindow;
  readonly #http: Pick<HttpClient, 'send'>;
  readonly #accessToken: () => Promise<string>;
  readonly #refreshed: (() => Promise<string>) | undefined;
  readonly #assumed: ClientAssumptions;
  #refreshing: Promise<string> | undefined;

  constructor(o: RingCentralClientOptions) {
    this.server = o.server.replace(/\/+$/, '');
    this.#http = o.http;
    this.#accessToken = o.accessToken;
    this.#refreshed = o.refreshed;
    this.#assumed = { ...assumptions, ...o.assumptions };
    this.webSocketTokens = new RequestWindow(this.#assumed.webSocketTokensPerMinute);
  }

  /** The extension that is signed in. */
  async extension(): Promise<Extension> {
    const doing = l10n.t('reading who is signed in');
    return this.#record(extensionRecord, '/restapi/v1.0/account/~/extension/~', { doing });
  }

  /** All chats that are visible, oldest first, public teams that could be joined included. */
  async chats(o: { types?: readonly string[]; signal?: AbortSignal } = {}): Promise<Chat[]> {
    const found = new Map<string, Chat>();
    let pageToken: string | undefined;
    for (let page = 0; page < this.#assumed.mostPages; page++) {
      const list = await this.#record(listRecord, `${this.#assumed.teamMessagingPath}/chats`, {
        query: { type: o.types, recordCount: this.#assumed.largestPage, pageToken },
        signal: o.signal,
        doing: l10n.t('reading the list of chats'),
      });
      for (const chat of valid(chatRecord, list.records)) found.set(chat.id, chat);
      const next = list.navigation?.nextPageToken;
      if (next === undefined || next === pageToken || list.records.length === 0) break;
      pageToken = next;
    }
    return [...found.values()];
  }

  async chat(id: string): Promise<Chat> {
    return this.#record(chatRecord, this.#chatPath(id), { doing: l10n.t('reading the chat') });
  }

  /** One page of a chat's posts; without a token the newest. `recordCount` is 1 to 250. */
  async posts(
    chatId: string,
    o: { recordCount?: number; pageToken?: string; signal?: AbortSignal } = {},
  ): Promise<PostPage> {
    const recordCount = o.recordCount && Math.min(o.recordCount, this.#assumed.largestPage);
    const list = await this.#record(listRecord, `${this.#chatPath(chatId)}/posts`, {
      query: { recordCount, pageToken: o.pageToken },
      signal: o.signal,
      doing: l10n.t('reading the posts of the chat'),
    });
    const { prevPageToken, nextPageToken } = list.navigation ?? {};
    return {
      records: valid(postRecord, list.records),
      ...(prevPageToken !== undefined && { prevPageToken }),
      ...(nextPageToken !== undefined && { nextPageToken }),
    };
  }

  async post(chatId: string, postId: string): Promise<Post> {
    const path = `${this.#chatPath(chatId)}/posts/${encodeURIComponent(postId)}`;
    return this.#record(postRecord, path, { doing: l10n.t('reading a post') });
  }

  /** Posts as the person or bot that is signed in; at most 10000 characters. */
  async createPost(chatId: string, text: string): Promise<Post> {
    return this.#record(postRecord, `${this.#chatPath(chatId)}/posts`, {
      method: 'POST',
      json: { text },
      doing: l10n.t('posting to the chat'),
    });
  }

  /** Those of the people that exist and are visible, in no certain order; asked for in batches. */
  async persons(ids: readonly string[]): Promise<Person[]> {
    const wanted = [...new Set(ids)];
    const found: Person[] = [];
    for (let at = 0; at < wanted.length; at += this.#assumed.largestBatch) {
      const batch = wanted.slice(at, at + this.#assumed.largestBatch).map(encodeURIComponent);
      const response = await this.#call(
        `${this.#assumed.teamMessagingPath}/persons/${batch.join(',')}`,
        { accept: ACCEPT_MANY, doing: l10n.t('reading the names of people') },
      );
      found.push(...valid(personRecord, manyRecords(response)));
    }
    return found;
  }

  /** A short-lived token for one connection to the gateway. At most five a minute may be asked for. */
  async webSocketToken(signal?: AbortSignal): Promise<WebSocketToken> {
    const record = await this.#record(webSocketTokenRecord, '/restapi/oauth/wstoken', {
      method: 'POST',
      signal,
      doing: l10n.t('asking for a WebSocket token'),
    });
    return { uri: record.uri, token: record.ws_access_token, expiresInSeconds: record.expires_in };
  }

  #chatPath(id: string): string {
    // "~" stands for the own Personal chat and must stay as it is.
    return `${this.#assumed.teamMessagingPath}/chats/${id === '~' ? id : encodeURIComponent(id)}`;
  }

  async #record<T extends z.ZodType>(schema: T, path: string, call: Call): Promise<z.infer<T>> {
    const response = await this.#call(path, call);
    const read = schema.safeParse(response.json());
    if (read.success) return read.data;
    throw new HumanError(
      l10n.t(
        '{0} answered something that is not RingCentral’s while {1}.',
        this.server,
        call.doing,
      ),
      { remedy: l10n.t('Check the server of the app profile.'), cause: read.error },
    );
  }

  async #call(path: string, call: Call): Promise<HttpResponse> {
    const token = await this.#accessToken();
    let response = await this.#http.send(this.#request(path, call, token));
    if (response.status === 401 && this.#refreshed) {
      const fresh = await this.#freshToken(token);
      response = await this.#http.send(this.#request(path, call, fresh));
    }
    if (response.status < 200 || response.status > 299) throw readError(response, call.doing);
    return response;
  }

  /** One refresh for all requests that failed with the same token. */
  async #freshToken(refused: string): Promise<string> {
    if (!this.#refreshing) {
      const current = await this.#accessToken();
      if (current !== refused) return current;
    }
    this.#refreshing ??= (this.#refreshed ?? this.#accessToken)().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  #request(path: string, call: Call, token: string): HttpRequest {
    return {
      method: call.method ?? 'GET',
      url: `${this.server}${path}${queryOf(call.query)}`,
      headers: {
        authorization: `Bearer ${token}`,
        accept: call.accept ?? 'application/json',
        ...(call.json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(call.json !== undefined && { body: JSON.stringify(call.json) }),
      ...(call.signal && { signal: call.signal }),
    };
  }
}

/** RingCentral repeats a key for each value of an array. */
function queryOf(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** Records that lack even an id are of no use to anybody and are left out. */
function valid<T extends z.ZodType>(schema: T, records: readonly unknown[]): z.infer<T>[] {
  return records.flatMap((record) => {
    const read = schema.safeParse(record);
    return read.success ? [read.data] : [];
  });
}
