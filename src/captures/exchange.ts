import type { Dispatcher } from 'undici';
import type { Clock } from '../base/clock';
import { networkErrorOf, timeoutError } from '../http';
import { pairsOfRaw } from './hopByHop';
import type { HarPair } from './entry';

export interface Outgoing {
  readonly origin: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Name, value, name, value …, as `headersToSend` gives them. */
  readonly headers: string[];
  readonly body: Buffer;
}

/** An answer as it came: header order, case and duplicates kept, the body not decompressed. */
export interface RawAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HarPair[];
  readonly body: Buffer;
}

export interface ExchangeLimits {
  readonly clock: Clock;
  /** From sending to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends one request over a dispatcher and reads the whole answer. Rejects with a `NetworkError` for
 * faults of the network and for silence, with the signal's reason when aborted, and with undici's
 * own error for a request that cannot be sent at all.
 *
 * undici writes `host` and `connection` itself, before the other headers, and `content-length`
 * after them, in lower case; all others go out as they were given.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Outgoing,
  limits: ExchangeLimits,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const collector = new AnswerCollector(resolve, reject, request.origin, limits);
    try {
      dispatcher.dispatch(
        {
          origin: request.origin,
          path: request.path,
          // undici types the usual methods; any token may have been recorded.
          method: request.method,
          headers: request.headers,
          body: request.body.length === 0 ? null : request.body,
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        collector,
      );
    } catch (error) {
      collector.fail(error);
    }
  });
}

class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #statusText = '';
  #headers: readonly HarPair[] = [];
  #isOver = false;
  readonly #stopWaiting: () => void;

  constructor(
    private readonly resolve: (answer: RawAnswer) => void,
    private readonly reject: (error: unknown) => void,
    private readonly origin: string,
    { clock, timeoutMs, signal }: ExchangeLimits,
  ) {
    const timer = clock.after(timeoutMs, () => this.fail(timeoutError(origin, timeoutMs)));
    const abort = (): void => this.fail(signal?.reason);
    this.#stopWaiting = () => {
      timer.dispose();
      signal?.removeEventListener('abort', abort);
    };
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) controller.abort(new Error('given up before it began'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText?: string,
  ): void {
    // Informational answers come first and are not the answer.
    if (status < 200) return;
    this.#status = status;
    this.#statusText = statusText ?? '';
    this.#headers = pairsOfRaw(latin1(controller.rawHeaders));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    this.#finish();
    const [only] = this.#chunks;
    const body = only && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks);
    const [status, statusText, headers] = [this.#status, this.#statusText, this.#headers];
    this.resolve({ status, statusText, headers, body });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.fail(error);
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#finish();
    this.#controller?.abort(new Error('given up'));
    this.reject(networkErrorOf(error, this.origin) ?? error);
  }

  #finish(): void {
    this.#isOver = true;
    this.#stopWaiting();
  }
}

function latin1(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  if (!Array.isArray(raw)) return [];
  return raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
}
