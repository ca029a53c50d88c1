import { Agent, request } from 'undici';
import * as l10n from '@vscode/l10n';
import { HumanError, systemCode } from '../base/humanError';
import type { Disposable } from '../base/lifetime';
import type { Log } from '../base/log';
import type { Redactor } from '../base/redact';
import { BufferedResponse } from './bufferedResponse';
import { isBrokenConnection, networkErrorOf, timeoutError } from './networkError';

export interface HttpRequest {
  readonly method: string;
  /** Absolute, `http:` or `https:`. */
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** From the first byte sent to the last byte received; 20000 when absent. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; a header that came more than once is an array. */
  readonly headers: Record<string, string | string[]>;
  /** The bytes as received, not decoded. */
  readonly body: Uint8Array;
  /** The body read as UTF-8. */
  text(): string;
  /** The body read as JSON; undefined when it is none. */
  json(): unknown;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;
const CONNECTIONS_PER_ORIGIN = 16;
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

/** Sending these again changes nothing at the other end (RFC 9110, Idempotent Methods). */
const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Sends single requests over kept-alive connections. Redirects are answers like any other. Network
 * faults are thrown as `NetworkError`; a request that its caller aborted rejects with the signal's
 * reason.
 */
export class HttpClient implements Disposable {
  /** Made with the first request: most starts of VS Code send none. */
  #agent: Agent | undefined;
  readonly #log: Log;
  readonly #redactor: Redactor;

  constructor(o: { log: Log; redactor: Redactor }) {
    this.#log = o.log;
    this.#redactor = o.redactor;
  }

  async send(r: HttpRequest): Promise<HttpResponse> {
    const url = checkUrl(r.url);
    const started = performance.now();
    try {
      const response = await this.#sendOnce(r).catch((error: unknown) => {
        // A kept-alive connection may be closed by the server just as it is used again.
        const isStale = isBrokenConnection(error) && REPEATABLE.has(r.method.toUpperCase());
        if (!isStale || r.signal?.aborted) throw error;
        return this.#sendOnce(r);
      });
      this.#note(r, String(response.status), started);
      return response;
    } catch (error) {
      if (r.signal?.aborted) {
        this.#note(r, 'aborted', started);
        throw r.signal.reason;
      }
      const fault = networkErrorOf(error, url.origin);
      this.#note(r, fault?.code ?? systemCode(error) ?? 'failed', started);
      throw fault ?? error;
    }
  }

  /** Cuts what is under way and closes the connections. */
  async dispose(): Promise<void> {
    if (this.#agent && !this.#agent.destroyed) await this.#agent.destroy();
  }

  async #sendOnce(r: HttpRequest): Promise<HttpResponse> {
    const timeoutMs = r.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const deadline = new AbortController();
    const stop = (): void => deadline.abort(r.signal?.reason);
    if (r.signal?.aborted) stop();
    r.signal?.addEventListener('abort', stop, { once: true });
    const timer = setTimeout(() => {
      deadline.abort(timeoutError(new URL(r.url).origin, timeoutMs));
    }, timeoutMs);
    try {
      const answer = await request(r.url, {
        dispatcher: (this.#agent ??= newAgent()),
        method: r.method.toUpperCase(),
        signal: deadline.signal,
        ...(r.headers && { headers: r.headers }),
        ...(r.body !== undefined && { body: r.body }),
      });
      const body = new Uint8Array(await answer.body.arrayBuffer());
      return new BufferedResponse(answer.statusCode, answer.headers, body);
    } finally {
      clearTimeout(timer);
      r.signal?.removeEventListener('abort', stop);
    }
  }

  #note(r: HttpRequest, outcome: string, started: number): void {
    const ms = Math.round(performance.now() - started);
    this.#log.debug(this.#redactor.redact(`${r.method} ${r.url} → ${outcome} in ${ms} ms`));
  }
}

function newAgent(): Agent {
  return new Agent({
    keepAliveTimeout: KEEP_ALIVE_MS,
    connections: CONNECTIONS_PER_ORIGIN,
    maxResponseSize: LARGEST_BODY_BYTES,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    // The one deadline of a request is kept by the client, from send to the last byte.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new HumanError(l10n.t('The address is not an http or https URL.'), {
    remedy: l10n.t('Write it like https://platform.ringcentral.com, with the scheme and the host.'),
    code: 'ERR_INVALID_URL',
  });
}
