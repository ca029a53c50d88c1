import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';

/** A simulator on a port of its own; the tests of one file share none with those of another. */
export const practise = (options: SimulatorOptions = {}): Promise<Simulator> =>
  startSimulator({ port: 0, ...options });

export async function command(
  simulator: Simulator,
  name: string,
  params: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(simulator.details().control, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ command: name, ...params }),
  });
  return (await response.json()) as Record<string, unknown>;
}

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

/** The fields of answers that the tests look at; each answer has some of them. */
export interface Body {
  readonly id: string;
  readonly resourceId: string;
  readonly uri: string;
  readonly type: string;
  readonly status: string | number;
  readonly body: Body;
  readonly response: readonly Body[];
  readonly records: readonly Body[];
  readonly navigation: { readonly prevPageToken: string; readonly nextPageToken: string };

  readonly error: string;
  readonly error_description: string;
  readonly errorCode: string;
  readonly message: string;
  readonly parameterName: string;
  readonly errors: readonly { readonly errorCode: string }[];

  readonly access_token: string;
  readonly refresh_token: string;
  readonly refresh_token_expires_in: number;
  readonly expires_in: number;
  readonly token_type: string;
  readonly scope: string;
  readonly owner_id: string;
  readonly session_id: string;
  readonly endpoint_id: string;
  readonly ws_access_token: string;

  readonly apiVersions: readonly { readonly uriString: string }[];
  readonly account: Body;
  readonly companyId: string;
  readonly firstName: string;
  readonly permissions: { readonly admin: { readonly enabled: boolean } };
  readonly members: readonly Body[];

  readonly groupId: string;
  readonly creatorId: string;
  readonly creationTime: string;
  readonly text: string;
  readonly mentions: unknown;
  readonly parentPostId: string;
  readonly threadId: string;
  readonly isParent: boolean;

  readonly eventFilters: readonly string[];
  readonly expiresIn: number;
  readonly deliveryMode: object;
  readonly blacklistedData: { readonly reason: string };

  readonly uuid: string;
  readonly event: string;
  readonly eventType: string;
  readonly subscriptionId: string;
  readonly ownerId: string;

  readonly recoveryState: string;
  readonly recoveryErrorCode: string;
  readonly recoveryBufferSize: number;
  readonly recoveryTimeout: number;
  readonly idleTimeout: number;
  readonly maxActiveRequests: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

export const parsed = (text: string): Body => JSON.parse(text) as Body;

/** The code that clients are to read first. */
export const errorCode = (answer: { readonly body: Body }): string | undefined =>
  answer.body.errors[0]?.errorCode;

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = isJson ? parsed(text) : ({} as Body);
  return { status: response.status, headers: response.headers, body, text };
}

/** `POST /restapi/oauth/token` as the app with the secret, unless told otherwise. */
export async function token(
  simulator: Simulator,
  form: Record<string, string>,
  authorization: string | null = basic(
    simulator.details().clientId,
    simulator.details().clientSecret,
  ),
): Promise<Answer> {
  return read(
    await fetch(`${simulator.url}/restapi/oauth/token`, {
      method: 'POST',
      headers: authorization === null ? {} : { Authorization: authorization },
      body: new URLSearchParams(form),
    }),
  );
}

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** An access token of the administrator, by JWT. */
export async function adminToken(simulator: Simulator): Promise<string> {
  const { body } = await token(simulator, {
    grant_type: JWT_BEARER,
    assertion: simulator.details().jwt,
  });
  return body.access_token;
}

export async function call(
  simulator: Simulator,
  method: string,
  path: string,
  accessToken?: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return read(
    await fetch(`${simulator.url}${path}`, {
      method,
      headers: {
        ...(accessToken !== undefined && { Authorization: `Bearer ${accessToken}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
}

export interface Consent {
  readonly status: number;
  /** Where the browser is sent; undefined when a page is shown instead. */
  readonly redirect: URL | undefined;
  readonly page: string;
}

/** What a person does in the browser: opens the page, chooses who they are, presses a button. */
export async function consent(
  url: string,
  choice: { person?: string; decision?: 'allow' | 'deny' } = {},
): Promise<Consent> {
  const shown = await fetch(url, { headers: { Accept: 'text/html' }, redirect: 'manual' });
  const page = await shown.text();
  const ticket = /name="ticket"\s+value="([^"]+)"/.exec(page)?.[1];
  const location = shown.headers.get('location');
  if (ticket === undefined) {
    return { status: shown.status, redirect: location ? new URL(location) : undefined, page };
  }
  const first = /name="person"\s+value="([^"]+)"/.exec(page)?.[1] ?? '';
  return pressButton(new URL('/restapi/oauth/authorize', url), {
    ticket,
    person: choice.person ?? first,
    decision: choice.decision ?? 'allow',
  });
}

export async function pressButton(url: URL, form: Record<string, string>): Promise<Consent> {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
  const location = answer.headers.get('location');
  const redirect = location ? new URL(location) : undefined;
  return { status: answer.status, redirect, page: await answer.text() };
}

export function authorizeUrl(simulator: Simulator, params: Record<string, string> = {}): string {
  const { clientId, redirectUri, server } = simulator.details();
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    ...params,
  });
  return `${server}/restapi/oauth/authorize?${query.toString()}`;
}

export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export interface Received {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks on this machine, which answers as it is told. */
export class Receiver {
  readonly received: Received[] = [];
  readonly #server: http.Server;
  readonly #waiting: (() => void)[] = [];
  /** Echoes `Validation-Token` and says 200, unless replaced. */
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => void = echo;

  /** The address to subscribe with; it stays the same after `close()`. */
  url = '';

  private constructor() {
    this.#server = http.createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        this.received.push({ headers: request.headers, body });
        this.answer(request, response);
        for (const wake of this.#waiting.splice(0)) wake();
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    receiver.url = `http://127.0.0.1:${(receiver.#server.address() as AddressInfo).port}/hook`;
    return receiver;
  }

  /** Resolves when that many requests have come, the validation included. */
  async has(count: number): Promise<void> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

export const echo = (request: http.IncomingMessage, response: http.ServerResponse): void => {
  const validation = request.headers['validation-token'];
  if (validation !== undefined) response.setHeader('Validation-Token', validation);
  response.writeHead(200, { 'Content-Length': '0' }).end();
};

export interface Meta {
  readonly type: string;
  readonly messageId: string;
  readonly status: number;
  readonly wsc: { readonly token: string; readonly sequence: number };
}

export type Frame = readonly [meta: Meta, body: Body];

/** A WebSocket as `ws` opens it, with its frames in the order they came. */
export class Line {
  readonly #frames: Frame[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly closed: Promise<number>;

  constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.#frames.push(JSON.parse(data.toString('utf8')) as Frame);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', (code) => resolve(code)));
  }

  static open(uri: string): Line {
    return new Line(new WebSocket(uri));
  }

  /** The next frame of this type; earlier ones of other types are passed over. */
  async next(type: string): Promise<Frame> {
    for (;;) {
      const frame = this.#frames.shift();
      if (!frame) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      else if (frame[0].type === type) return frame;
    }
  }

  send(meta: Record<string, unknown>, body?: unknown): void {
    this.socket.send(JSON.stringify(body === undefined ? [meta] : [meta, body]));
  }

  async request(method: string, path: string, body?: unknown): Promise<Frame> {
    const messageId = randomBytes(8).toString('hex');
    this.send({ type: 'ClientRequest', messageId, method, path }, body);
    for (;;) {
      const frame = await this.next('ClientRequest');
      if (frame[0].messageId === messageId) return frame;
    }
  }
}

/** A WebSocket token and a socket opened with it, ConnectionDetails not yet read. */
export async function dial(simulator: Simulator, accessToken: string, wsc?: string): Promise<Line> {
  const { body } = await call(simulator, 'POST', '/restapi/oauth/wstoken', accessToken);
  const recovery = wsc === undefined ? '' : `&wsc=${wsc}`;
  return Line.open(`${body.uri}?access_token=${body.ws_access_token}${recovery}`);
}

export const POSTS = '/team-messaging/v1/posts';

export const subscribeTo = (
  line: Line,
  eventFilters: string[] = [POSTS],
): ReturnType<Line['request']> =>
  line.request('POST', '/restapi/v1.0/subscription', {
    eventFilters,
    deliveryMode: { transportType: 'WebSocket' },
  });
