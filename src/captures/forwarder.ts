import { setMaxListeners } from 'node:events';
import { Pool } from 'undici';
import type { Clock } from '../base/clock';
import { HumanError } from '../base/humanError';
import { targetOf } from './entry';
import { exchange, type RawAnswer } from './exchange';
import { headersToSend } from './hopByHop';
import { refusal } from './ownAnswers';
import type { ReceivedRequest } from './receive';
import type { Target } from './target';

/** The bot's answer, or the recorder's in its place with the reason. */
export interface Forwarded {
  readonly answer: RawAnswer;
  readonly error?: string;
  /** Where the delivery was sent to. */
  readonly forwardedTo: string;
  readonly time: number;
}

/** An answer larger than this is no answer to a webhook. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

/** Passes deliveries on to the bot, byte for byte. */
export class Forwarder {
  readonly #pool: Pool;
  readonly #stop = new AbortController();

  constructor(
    readonly target: Target,
    private readonly clock: Clock,
    private readonly timeoutMs: number,
  ) {
    // Every delivery that is under way listens.
    setMaxListeners(0, this.#stop.signal);
    this.#pool = new Pool(target.origin, {
      // A bot that is restarted closes its connections; an old one is not worth a lost delivery.
      keepAliveTimeout: 1_000,
      keepAliveMaxTimeout: 1_000,
      maxResponseSize: LARGEST_ANSWER_BYTES,
      connect: { timeout: Math.min(timeoutMs, 10_000) },
    });
  }

  async pass(request: ReceivedRequest): Promise<Forwarded> {
    const path = this.target.pathFor(targetOf(request.target));
    const forwardedTo = this.target.origin + path;
    const started = this.clock.now();
    const elapsed = (): number => this.clock.now() - started;
    try {
      const answer = await exchange(
        this.#pool,
        {
          origin: this.target.origin,
          method: request.method,
          path,
          headers: headersToSend(request.headers),
          body: request.body,
        },
        { clock: this.clock, timeoutMs: this.timeoutMs, signal: this.#stop.signal },
      );
      return { answer, forwardedTo, time: elapsed() };
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      const isSilence = error instanceof HumanError && error.code === 'ETIMEDOUT';
      const answer = refusal(isSilence ? 504 : 502, sentence);
      return { answer, error: sentence, forwardedTo, time: elapsed() };
    }
  }

  /** Gives up what is under way. */
  async dispose(): Promise<void> {
    this.#stop.abort(new Error('The recorder was stopped before the bot had answered.'));
    await this.#pool.destroy();
  }
}
