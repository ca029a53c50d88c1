import * as l10n from '@vscode/l10n';
import { Client, Pool, type Dispatcher } from 'undici';
import { HumanError, systemCode } from '../base/humanError';
import type { Disposable } from '../base/lifetime';
import {
  bytesOf,
  exchange,
  headersToSend,
  restoreReferences,
  targetOf,
  titleOf,
  type CaptureEntry,
  type ExchangeLimits,
  type Outgoing,
  type RawAnswer,
  type Target,
} from '../captures';

export interface ReplayResult {
  readonly entryId: string;
  readonly seq: number;
  readonly title: string;
  readonly conversation: string;
  readonly method: string;
  /** Where it was sent; secrets in it stay references. */
  readonly url: string;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly statusText?: string;
  /** The answer's, in order and spelling received. */
  readonly headers: { name: string; value: string }[];
  /** The answer's bytes, not decompressed. */
  readonly body: Uint8Array;
  readonly durationMs: number;
  /** Why no answer came. */
  readonly problem?: HumanError;
}

const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
const LONGEST_CONNECT_MS = 10_000;

/** Sends recorded deliveries to one target over a fixed number of connections. */
export class Sender implements Disposable {
  readonly #dispatcher: Dispatcher;

  constructor(
    private readonly target: Target,
    private readonly secrets: ReadonlyMap<string, string>,
    private readonly limits: ExchangeLimits,
    connections: number,
  ) {
    const options = {
      maxResponseSize: LARGEST_ANSWER_BYTES,
      connect: { timeout: Math.min(limits.timeoutMs, LONGEST_CONNECT_MS) },
    };
    this.#dispatcher =
      connections === 1
        ? new Client(target.origin, options)
        : new Pool(target.origin, { ...options, connections });
  }

  /** Resolves with the answer, or with the reason why there is none. */
  async send(entry: CaptureEntry): Promise<ReplayResult> {
    const started = performance.now();
    const answering = this.#answerTo(entry);
    // What is said about it is put together while the bot works.
    const about = {
      entryId: entry._id,
      seq: entry._seq,
      title: titleOf(entry),
      conversation: entry._conversation,
      method: entry.request.method,
      url: this.target.origin + this.target.pathFor(targetOf(entry.request.url)),
    };
    const answer = await answering;
    const durationMs = Math.round((performance.now() - started) * 100) / 100;
    if (answer instanceof HumanError)
      return { ...about, headers: [], body: new Uint8Array(), durationMs, problem: answer };
    const { status, statusText, headers, body } = answer;
    return { ...about, status, statusText, headers: [...headers], body, durationMs };
  }

  async #answerTo(entry: CaptureEntry): Promise<RawAnswer | HumanError> {
    try {
      return await exchange(this.#dispatcher, this.#outgoing(entry), this.limits);
    } catch (error) {
      return this.#problemOf(error);
    }
  }

  async dispose(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  #outgoing({ request }: CaptureEntry): Outgoing {
    const exact = (text: string): string => restoreReferences(text, this.secrets);
    return {
      origin: this.target.origin,
      method: request.method,
      // What is not sent may refer to secrets that nobody knows: it is left out first.
      path: exact(this.target.pathFor(targetOf(request.url))),
      headers: headersToSend(request.headers).map(exact),
      body: bytesOf(exact(request.postData?.text ?? ''), request.postData?._encoding),
    };
  }

  #problemOf(error: unknown): HumanError {
    if (error instanceof HumanError) return error;
    if (this.limits.signal?.aborted)
      return new HumanError(l10n.t('The replay was stopped before an answer came.'), {
        remedy: l10n.t('Replay again to send it once more.'),
        code: 'ABORT_ERR',
        cause: error,
      });
    const code = systemCode(error);
    // What undici refuses to send was written into the file by hand: anything else is a bug.
    if (!(error instanceof Error) || code?.startsWith('UND_ERR_') !== true) throw error;
    return new HumanError(l10n.t('This delivery cannot be sent as it is: {0}.', error.message), {
      remedy: l10n.t('Look at its method, address and headers in the capture file.'),
      code,
      cause: error,
    });
  }
}
