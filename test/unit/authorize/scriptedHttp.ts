import { type HttpRequest, type HttpResponse } from '../../../src/http';

export type Answer =
  { status: number; body?: unknown } | Error | Promise<{ status: number; body?: unknown }>;

/** Stands in for the HTTP client: notes what is sent and answers as the test says. */
export class ScriptedHttp {
  readonly sent: HttpRequest[] = [];
  readonly #answers = new Map<string, ((request: HttpRequest) => Answer)[]>();

  /** The next answer for a path; the last one of a path is given again and again. */
  on(path: string, ...answers: (Answer | ((request: HttpRequest) => Answer))[]): this {
    const list = this.#answers.get(path) ?? [];
    for (const answer of answers) list.push(typeof answer === 'function' ? answer : () => answer);
    this.#answers.set(path, list);
    return this;
  }

  /** Forgets the answers of a path, for others to follow. */
  again(path: string, ...answers: (Answer | ((request: HttpRequest) => Answer))[]): this {
    this.#answers.delete(path);
    return this.on(path, ...answers);
  }

  readonly send = async (request: HttpRequest): Promise<HttpResponse> => {
    this.sent.push(request);
    const { pathname } = new URL(request.url);
    const list = this.#answers.get(pathname);
    const next = list && list.length > 1 ? list.shift() : list?.[0];
    if (!next) throw new Error(`Nothing scripted for ${request.method} ${pathname}`);
    const answer = await next(request);
    if (answer instanceof Error) throw answer;
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '');
    return {
      status: answer.status,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(text),
      text: () => text,
      json: () => parse(text),
    };
  };

  to(path: string): HttpRequest[] {
    return this.sent.filter((request) => new URL(request.url).pathname === path);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function formOf(request: HttpRequest | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(String(request?.body ?? '')));
}

export const TOKEN = '/restapi/oauth/token';
export const REVOKE = '/restapi/oauth/revoke';
export const EXTENSION = '/restapi/v1.0/account/~/extension/~';

/** An answer of the token endpoint as the API reference shows it. */
export function tokens(n: number, more: Record<string, unknown> = {}) {
  return {
    status: 200,
    body: {
      access_token: `planted-access-${n}`,
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: `planted-refresh-${n}`,
      refresh_token_expires_in: 604_800,
      scope: 'ReadAccounts TeamMessaging',
      owner_id: '101',
      endpoint_id: 'endpoint',
      session_id: 'session',
      ...more,
    },
  };
}

export function oauthRefusal(status: number, error: string, code: string, message = 'No.') {
  return {
    status,
    body: { error, error_description: message, errors: [{ errorCode: code, message }] },
  };
}
