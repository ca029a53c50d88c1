import type { SimClock } from '../../seam';
import type { EngageAccount } from '../account/account';
import { isoMilliseconds } from '../account/dates';
import type { Webhook } from '../account/records';
import type { EngageAssumptions } from '../assumptions';
import { place, type Outgoing } from '../outgoing';
import { SEED_IDS } from '../seeds';
import type { EventDraft } from './events';
import { secretHeader } from './handshake';

/** How one try of one webhook request ended. */
export interface Delivery {
  readonly eventType: string;
  readonly url: string;
  readonly outcome:
    | { readonly kind: 'acknowledged'; readonly ms: number }
    | {
        readonly kind: 'failed';
        readonly problem: string;
        /** Practice time until the next try; undefined when it was the last. */
        readonly retryInMs: number | undefined;
      };
}

export type Announce = (draft: EventDraft) => Promise<Delivery[]>;

/**
 * Tells every active webhook that is registered for an event about it. Exactly 200 acknowledges;
 * anything else is tried again on the documented schedule, the same bytes with the same ids, and
 * dropped in the end (Engage Digital docs, Webhooks, Receive events).
 */
export class Deliveries {
  readonly #retries = new Map<string /* webhook id */, Set<{ dispose(): void }>>();
  #closed = false;

  constructor(
    private readonly account: EngageAccount,
    private readonly outgoing: Outgoing,
    private readonly assumptions: EngageAssumptions,
    private readonly clock: SimClock,
    private readonly log: (line: string) => void,
  ) {}

  /** Resolves when each webhook was tried once; never rejects. */
  announce(draft: EventDraft): Promise<Delivery[]> {
    const event = {
      type: draft.type,
      id: this.account.newId(),
      ...(draft.user_id !== undefined && { user_id: draft.user_id }),
      issued_at: isoMilliseconds(this.clock.now()),
      resource: draft.resource,
    };
    const interested = this.account.webhooks.filter(
      ({ state, registered_events: types }) => state === 'active' && types.includes(draft.type),
    );
    return Promise.all(
      interested.map((webhook) => {
        const request = { id: this.account.newId(), domain_id: SEED_IDS.domain, events: [event] };
        return this.#try(webhook, draft.type, Buffer.from(JSON.stringify(request)), 0);
      }),
    );
  }

  /** How many requests wait for another try. */
  get waiting(): number {
    return [...this.#retries.values()].reduce((sum, retries) => sum + retries.size, 0);
  }

  /** Drops what a webhook that is gone or disabled was still to be told. */
  forget(webhookId: string): void {
    for (const retry of this.#retries.get(webhookId) ?? []) retry.dispose();
    this.#retries.delete(webhookId);
  }

  close(): void {
    this.#closed = true;
    for (const webhookId of [...this.#retries.keys()]) this.forget(webhookId);
  }

  async #try(
    webhook: Webhook,
    eventType: string,
    body: Buffer,
    triesBefore: number,
  ): Promise<Delivery> {
    const { url } = webhook;
    const answer = await this.outgoing.send({
      method: 'POST',
      url,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        ...secretHeader(webhook.secret),
      },
      body,
      timeoutMs: this.assumptions.webhookTimeoutMs,
    });
    if (answer.kind === 'answered' && answer.status === 200) {
      this.log(`engage → webhook ${eventType} ${place(url)}: 200`);
      return { eventType, url, outcome: { kind: 'acknowledged', ms: answer.ms } };
    }
    const problem =
      answer.kind === 'unreachable'
        ? answer.problem
        : `${place(url)} answered ${answer.status}, which does not acknowledge; only 200 does.`;
    const retryInMs = this.#retryLater(webhook, eventType, body, triesBefore);
    this.log(`engage → webhook ${eventType} ${place(url)}: ${problem}`);
    return { eventType, url, outcome: { kind: 'failed', problem, retryInMs } };
  }

  /** Schedules the next try; undefined when there is none. */
  #retryLater(
    webhook: Webhook,
    eventType: string,
    body: Buffer,
    triesBefore: number,
  ): number | undefined {
    const delay = this.assumptions.webhookRetryDelaysMs[triesBefore];
    const state = this.account.webhooks.get(webhook.id)?.state ?? 'disabled';
    const isWanted = !this.#closed && state !== 'disabled';
    if (delay === undefined || !isWanted) return undefined;
    const retries = this.#retries.get(webhook.id) ?? new Set();
    this.#retries.set(webhook.id, retries);
    const retry = this.clock.after(delay, () => {
      retries.delete(retry);
      void this.#try(webhook, eventType, body, triesBefore + 1);
    });
    retries.add(retry);
    return delay;
  }
}
