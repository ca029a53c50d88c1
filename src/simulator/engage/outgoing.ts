import { Agent, request } from 'undici';

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly timeoutMs: number;
}

export type OutgoingAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      readonly body: Buffer;
      readonly ms: number;
    }
  | { readonly kind: 'unreachable'; /** One sentence. */ readonly problem: string };

/** An answer longer than this is read no further; nothing that is asked for comes near it. */
const MOST_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Sends what the platform says to bots: the exact bytes, redirects not followed, no connection kept
 * (a bot that was restarted must not meet a dead one).
 *
 * Timeouts are real time, not practice time: warping the clock makes no bot faster.
 */
export class Outgoing {
  readonly #agent = new Agent();
  #closed = false;

  async send(outgoing: OutgoingRequest): Promise<OutgoingAnswer> {
    if (this.#closed) return { kind: 'unreachable', problem: 'The simulator is stopping.' };
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(outgoing.timeoutMs);
    try {
      const answer = await request(outgoing.url, {
        dispatcher: this.#agent,
        method: outgoing.method,
        headers: { ...outgoing.headers },
        body: outgoing.body ?? null,
        reset: true,
        signal,
      });
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        length += chunk.length;
        if (length > MOST_ANSWER_BYTES) throw new Error('the answer is too long');
      }
      return {
        kind: 'answered',
        status: answer.statusCode,
        headers: answer.headers,
        body: Buffer.concat(chunks),
        ms: Math.round(performance.now() - startedAt),
      };
    } catch (error) {
      return { kind: 'unreachable', problem: describe(error, outgoing, signal.aborted) };
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#agent.destroy();
  }
}

function describe(error: unknown, { url, timeoutMs }: OutgoingRequest, timedOut: boolean): string {
  if (timedOut) return `${place(url)} gave no answer within ${timeoutMs / 1000} s.`;
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return `Nothing answers at ${place(url)}.`;
  const reason = error instanceof Error ? error.message : String(error);
  return `The request to ${place(url)} failed (${code ?? reason}).`;
}

/** The code of a network error; one that tried several addresses keeps it in the attempts. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return undefined;
}

/** An address for people and logs: without query, which may hold secrets. */
export function place(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + (pathname === '/' ? '' : pathname);
}
