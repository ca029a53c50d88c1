import assert from 'node:assert/strict';
import type { HttpRequest, HttpResponse } from '../../../src/http';
import type {
  DialledSocket,
  DialSocket,
  SocketEnd,
  SocketListener,
} from '../../../src/ringcentral';

export const SERVER = 'https://platform.example';

export function answer(
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): HttpResponse {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  return {
    status,
    headers,
    body: Buffer.from(text),
    text: () => text,
    json: () => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return undefined;
      }
    },
  };
}

type Route = (request: HttpRequest, match: RegExpExecArray) => unknown;

/** An HTTP client that answers from a script; a route may answer, throw, or give a promise. */
export class FakeHttp {
  readonly requests: HttpRequest[] = [];
  readonly #routes: { method: string; path: RegExp; route: Route }[] = [];

  /** Routes added later come first. `path` is matched against path and query. */
  on(method: string, path: RegExp, route: Route): this {
    this.#routes.unshift({ method, path, route });
    return this;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    const target = request.url.replace(SERVER, '');
    for (const { method, path, route } of this.#routes) {
      const match = path.exec(target);
      if (method !== request.method || !match) continue;
      const result = await route(request, match);
      request.signal?.throwIfAborted();
      return isAnswer(result) ? result : answer(200, result);
    }
    return assert.fail(`unexpected ${request.method} ${target}`);
  }

  count(method: string, path: RegExp): number {
    return this.requests.filter((r) => r.method === method && path.test(r.url)).length;
  }
}

function isAnswer(value: unknown): value is HttpResponse {
  return typeof value === 'object' && value !== null && 'status' in value && 'text' in value;
}

type Sent = [Record<string, unknown>, Record<string, unknown>?];

/** One connection as the server sees it. */
export class FakeConnection implements DialledSocket {
  readonly sent: Sent[] = [];
  isClosed = false;

  constructor(
    readonly url: URL,
    readonly listener: SocketListener,
  ) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Sent);
  }

  close(): void {
    this.isClosed = true;
  }

  say(...frame: unknown[]): void {
    this.listener.message(JSON.stringify(frame));
  }

  greet(
    details: Record<string, unknown> = {},
    wsc: unknown = { token: 'wsc-1', sequence: 1 },
  ): void {
    const meta = { type: 'ConnectionDetails', messageId: 'hello', status: 200, wsc };
    this.say(meta, { recoveryTimeout: 180, recoveryBufferSize: 100, ...details });
  }

  /** The subscription request; fails when none was sent. */
  get subscription(): Sent {
    const found = this.sent.find(([meta]) => meta.type === 'ClientRequest');
    assert.ok(found, 'no subscription was asked for');
    return found;
  }

  accept(body: Record<string, unknown> = {}): void {
    const [{ messageId }] = this.subscription;
    this.say({ type: 'ClientRequest', messageId, status: 200 }, { id: 'sub-1', ...body });
  }

  refuse(status: number, body: unknown): void {
    const [{ messageId }] = this.subscription;
    this.say({ type: 'ClientRequest', messageId, status }, body);
  }

  greetAndAccept(): void {
    this.greet();
    this.accept();
  }

  notify(event: string, body: unknown, meta: Record<string, unknown> = {}): void {
    const envelope = {
      uuid: 'u',
      event,
      timestamp: '2026-01-01T00:00:00.000Z',
      ownerId: '1',
      body,
    };
    this.say({ type: 'ServerNotification', messageId: 'n', status: 200, ...meta }, envelope);
  }

  cut(end: SocketEnd = { code: 1006 }): void {
    this.listener.ended(end);
  }
}

/** The gateway's end of the wire. */
export class FakeGateway {
  readonly connections: FakeConnection[] = [];

  readonly dial: DialSocket = (url, listener) => {
    const connection = new FakeConnection(new URL(url), listener);
    this.connections.push(connection);
    return connection;
  };

  get latest(): FakeConnection {
    return this.connections.at(-1) ?? assert.fail('nothing was dialled');
  }
}
