import type { Assumptions } from '../assumptions';
import { OutgoingError, type Outgoing } from './outgoing';
import type { Notification, Transport } from './subscription';
import { WEBHOOK_USER_AGENT } from './webhookValidation';

/** Notifications that may wait for a slow receiver; what comes on top is lost and logged. */
const MOST_WAITING = 1000;

export interface WebhookParts {
  readonly url: URL;
  readonly verificationToken: string | undefined;
  readonly outgoing: Outgoing;
  readonly assumptions: Assumptions;
  readonly now: () => number;
  readonly log: (line: string) => void;
  /** Called once, when deliveries have failed for too long. */
  readonly blacklist: (reason: string) => void;
}

/** Delivers to a web address, one notification after another, in the order they happened. */
export class WebhookTransport implements Transport {
  readonly type = 'WebHook';
  readonly address: string;
  readonly #parts: WebhookParts;
  readonly #waiting: Notification[] = [];
  #isSending = false;
  #isClosed = false;
  #failingSince: number | undefined;

  constructor(parts: WebhookParts) {
    this.#parts = parts;
    this.address = parts.url.href;
  }

  send(notification: Notification): void {
    if (this.#isClosed) return;
    if (this.#waiting.length >= MOST_WAITING) {
      this.#parts.log(`webhook ${this.address}: too many wait, ${notification.uuid} is lost`);
      return;
    }
    this.#waiting.push(notification);
    if (!this.#isSending) void this.#drain();
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting.length = 0;
  }

  async #drain(): Promise<void> {
    this.#isSending = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const reason = await this.#deliver(next);
      if (this.#isClosed) break;
      this.#note(next, reason);
    }
    this.#isSending = false;
  }

  /** Undefined when it was taken with 200, else why not, in the words of `blacklistedData.reason`. */
  async #deliver(notification: Notification): Promise<string | undefined> {
    const { url, verificationToken, outgoing, assumptions } = this.#parts;
    try {
      const { status, reason } = await outgoing.post({
        url,
        headers: {
          'Content-Type': 'application/json; charset=UTF-8',
          Accept: 'application/json',
          'Accept-Encoding': 'UTF-8',
          'User-Agent': WEBHOOK_USER_AGENT,
          ...(verificationToken !== undefined && { 'Verification-Token': verificationToken }),
        },
        body: JSON.stringify(notification),
        timeoutMs: assumptions.webhookTimeoutMs,
      });
      return status === 200
        ? undefined
        : `Webhook responses with code: [${status}], reason: [${reason}]`;
    } catch (error) {
      if (error instanceof OutgoingError) {
        return `I/O operation is failed. Details: [${error.message}]`;
      }
      throw error;
    }
  }

  #note(notification: Notification, reason: string | undefined): void {
    const { now, log, assumptions, blacklist } = this.#parts;
    if (reason === undefined) {
      this.#failingSince = undefined;
      return;
    }
    log(`webhook ${this.address}: ${notification.uuid} not delivered. ${reason}`);
    this.#failingSince ??= now();
    if (now() - this.#failingSince >= assumptions.webhookBlacklistAfterMs) {
      this.close();
      blacklist(reason);
    }
  }
}
