import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { createEngage, type EngageAssumptions } from '../../src/simulator/engage';
import type { SimClock } from '../../src/simulator/seam';

/** Practice time that passes only when a test says so. */
export class ManualClock implements SimClock {
  readonly #timers = new Set<{ due: number; action: () => void }>();
  #now = Date.parse('2026-03-01T10:00:00.000Z');

  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): { dispose(): void } {
    const timer = { due: this.#now + ms, action };
    this.#timers.add(timer);
    return { dispose: () => this.#timers.delete(timer) };
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const timer of [...this.#timers].sort((a, b) => a.due - b.due)) {
      if (timer.due > this.#now) continue;
      this.#timers.delete(timer);
      timer.action();
    }
  }
}

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A bot of nobody: a bare HTTP server that keeps what it gets and answers what a test says. */
export class Receiver {
  readonly received: Received[] = [];
  readonly #waiting = new Set<() => void>();
  #server: Server | undefined;
  /** Undefined lets the request hang. */
  answer: (request: Received) => Answer | undefined = goodBot();

  async listen(port = 0): Promise<this> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://bot');
        const received = {
          method: request.method ?? '',
          path: url.pathname,
          query: url.searchParams,
          headers: request.headers,
          rawHeaders: request.rawHeaders,
          body: Buffer.concat(chunks),
        };
        this.received.push(received);
        for (const wake of this.#waiting) wake();
        const answer = this.answer(received);
        if (answer) response.writeHead(answer.status ?? 200, answer.headers).end(answer.body ?? '');
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    this.#server = server;
    return this;
  }

  get port(): number {
    return (this.#server?.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/bot`;
  }

  /** Webhook events as they came, in order. */
  get events(): EngageEvent[] {
    return this.received.flatMap((request) => eventsOf(request));
  }

  /** Source SDK requests as they came, in order. */
  get actions(): { action: string; params?: Record<string, unknown>; request: Received }[] {
    return this.received.flatMap((request) => {
      const body = jsonOf(request) as
        { action?: string; params?: Record<string, unknown> } | undefined;
      return typeof body?.action === 'string' ? [{ ...body, action: body.action, request }] : [];
    });
  }

  /** Resolves when what was received makes `is` true. */
  async until(is: () => boolean): Promise<void> {
    if (is()) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        if (!is()) return;
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
    });
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export interface EngageEvent {
  type: string;
  id: string;
  issued_at: string;
  user_id?: string;
  resource: { type: string; id: string; metadata: Record<string, unknown> };
}

export function jsonOf(request: Received): unknown {
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    return undefined;
  }
}

export const eventsOf = (request: Received): EngageEvent[] =>
  (jsonOf(request) as { events?: EngageEvent[] } | undefined)?.events ?? [];

export const hmac = (key: string, body: string | Buffer): string =>
  createHmac('sha512', key).update(body).digest('hex');

export const REALTIME_TOKEN = 'a-realtime-token-of-this-test';
export const WEBHOOK_SECRET = 'a-webhook-secret-of-this-test';
export const VERIFY_TOKEN = 'a-verify-token-of-this-test';
export const ACCESS_TOKEN = 'an-access-token-of-this-test';

/** A bot as the documents want it: handshake, signed answers, 200 for events. */
export function goodBot(
  info: object = { objects: { messages: ['create', 'reply', 'list', 'show'] }, options: [] },
): (request: Received) => Answer {
  let count = 0;
  return (request) => {
    if (request.method === 'GET') return { body: request.query.get('hub.challenge') ?? '' };
    const { action } = (jsonOf(request) ?? {}) as { action?: string };
    if (action === undefined) return {};
    const body = JSON.stringify(
      action === 'implementation.info' ? info : { id: `reply-${++count}` },
    );
    return { body, headers: { 'x-smccsdk-signature': hmac(REALTIME_TOKEN, body) } };
  };
}

export interface Stage {
  readonly origin: string;
  readonly clock: ManualClock;
  readonly log: string[];
  readonly details: ReturnType<ReturnType<typeof createEngage>['details']>;
  /** Asks the REST API, with the right token unless headers are given. */
  rest(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<RestAnswer>;
  /** Runs a control command. */
  control<T = Record<string, unknown>>(
    command: string,
    params?: Record<string, unknown>,
  ): Promise<T>;
  /** Pushes to the Send API; signed over the exact text unless a signature is given. */
  push(
    body: string | object,
    options?: { signature?: string | null; query?: string; sourceId?: string },
  ): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
}

/** The fields of JSON answers that tests look at; each answer has a few of them. */
export interface Wire {
  id: string;
  name: string;
  count: number;
  offset: number;
  limit: number;
  records: Wire[];
  error: string;
  message: string;
  status: string | number;
  created_at: string;
  foreign_id: string;
  author_id: string;
  user_id: string | null;
  title: string;
  body: string;
  body_formatted: { text: string; html: string };
  screenname: string;
  active: boolean;
  webhook_status: string;
  error_message: string;
  synchronization_status: string;
  default_category_ids: string[];
  thread_category_ids: string[];
  contents_count: number;
  user_replies_count: number;
  closed: boolean;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Wire;
}

/** The Engage room alone on a bare server. */
export async function engageStage(
  assumptions: Partial<EngageAssumptions> = {},
  env: NodeJS.ProcessEnv = {
    BOT_CHANNELS_REALTIME_TOKEN: REALTIME_TOKEN,
    BOT_CHANNELS_WEBHOOK_SECRET: WEBHOOK_SECRET,
    BOT_CHANNELS_VERIFY_TOKEN: VERIFY_TOKEN,
    BOT_CHANNELS_ENGAGE_ACCESS_TOKEN: ACCESS_TOKEN,
  },
): Promise<Stage> {
  const clock = new ManualClock();
  const log: string[] = [];
  const room = createEngage({ clock, env, log: (line) => log.push(line), assumptions });
  const server = Fastify({ forceCloseConnections: true });
  await server.register(room.plugin);
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  const details = room.details(origin);
  return {
    origin,
    clock,
    log,
    details,
    rest: async (method, path, body, headers) => {
      const answer = await fetch(details.apiUrl + path, {
        method,
        headers: headers ?? {
          authorization: `Bearer ${details.accessToken}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return {
        status: answer.status,
        headers: answer.headers,
        json: JSON.parse(await answer.text()) as Wire,
      };
    },
    control: async <T>(command: string, params: Record<string, unknown> = {}) =>
      (await room.control[command]!.run(params)) as T,
    push: async (body, { signature, query = '', sourceId } = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const url = sourceId
        ? details.realtimeUrl.replace(details.sourceId, sourceId)
        : details.realtimeUrl;
      const answer = await fetch(url + query, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(signature !== null && {
            'x-smccsdk-signature': signature ?? hmac(details.realtimeToken, text),
          }),
        },
        body: text,
      });
      return { status: answer.status, text: await answer.text() };
    },
    close: async () => {
      await room.close();
      await server.close();
    },
  };
}

/** A customer's message as a bot pushes it. */
export const customerMessage = (
  overrides: Record<string, unknown> = {},
): { action: string; params: Record<string, unknown> } => ({
  action: 'messages.create',
  params: {
    id: 'm1',
    thread_id: 't1',
    body: 'I need help',
    format: 'text',
    author: { id: 'u1', screenname: 'Uma', created_at: '2026-01-01T00:00:00Z' },
    ...overrides,
  },
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets real requests run until something is so. */
export async function eventually(is: () => boolean): Promise<void> {
  while (!is()) await turn();
}

/** Waits for work whose practice waits pass as soon as they begin. */
export async function passingTime<T>(clock: ManualClock, ms: number, work: Promise<T>): Promise<T> {
  const state = { done: false };
  const settled = work.finally(() => (state.done = true));
  settled.catch(() => undefined);
  await eventually(() => {
    clock.advance(ms);
    return state.done;
  });
  return settled;
}
