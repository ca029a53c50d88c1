import type { EngageAccount } from '../account/account';
import type { Webhook } from '../account/records';
import type { EngageAssumptions } from '../assumptions';
import { readBotAddress } from '../loopbackAddress';
import { place, type Outgoing } from '../outgoing';
import type { Problems } from '../problems';
import type { Deliveries } from './deliveries';
import { EVENT_TYPES } from './eventTypes';
import { verifyWebhook, type Verification } from './handshake';

/** What a save may set; what is undefined keeps its value. */
export interface WebhookDraft {
  readonly url: string | undefined;
  readonly name: string | undefined;
  readonly registeredEvents: readonly string[] | undefined;
  readonly active: boolean | undefined;
  readonly stagingUse: boolean | undefined;
  readonly verifyToken: string | undefined;
  readonly secret: string | undefined;
}

/** A saved webhook and, when it was saved active, the handshake that is under way. */
export interface SavedWebhook {
  readonly webhook: Webhook;
  readonly verification: Promise<Verification> | undefined;
}

const TOKEN_NAME = 'Practice token';
/** Engage Digital docs, Webhooks: ASCII, under 256 characters. */
const SECRET = /^[\x20-\x7e]{1,255}$/;

/**
 * The account's webhooks. Saving one active starts a handshake; the save answers at once, and a
 * handshake that fails leaves the webhook saved and disabled until it is enabled again.
 */
export class WebhookBook {
  readonly #handshakes = new Map<string /* webhook id */, number>();
  #count = 0;

  constructor(
    private readonly account: EngageAccount,
    private readonly outgoing: Outgoing,
    private readonly deliveries: Deliveries,
    private readonly problems: Problems,
    private readonly assumptions: EngageAssumptions,
    private readonly log: (line: string) => void,
  ) {}

  create(draft: WebhookDraft): SavedWebhook {
    const url = this.#checkUrl(draft.url ?? '', undefined);
    const webhook: Webhook = {
      id: this.account.newId(),
      ...this.account.dated(),
      name: `${new URL(url).host} ${TOKEN_NAME}`,
      url,
      active: this.assumptions.webhookActiveByDefault,
      staging_use: false,
      verify_token: null,
      registered_events: this.#checkEvents(draft.registeredEvents ?? []),
      state: 'disabled',
      secret: null,
    };
    this.#apply(webhook, draft);
    this.account.webhooks.add(webhook);
    return this.#saved(webhook);
  }

  update(webhook: Webhook, draft: WebhookDraft): SavedWebhook {
    const url = draft.url === undefined ? webhook.url : this.#checkUrl(draft.url, webhook);
    const events = draft.registeredEvents && this.#checkEvents(draft.registeredEvents);
    this.#apply(webhook, draft);
    webhook.url = url;
    if (events) webhook.registered_events = events;
    this.account.touch(webhook);
    return this.#saved(webhook);
  }

  remove(webhook: Webhook): void {
    this.account.webhooks.delete(webhook.id);
    this.#handshakes.delete(webhook.id);
    this.deliveries.forget(webhook.id);
  }

  #apply(webhook: Webhook, draft: WebhookDraft): void {
    const { secret } = draft;
    if (secret !== undefined && secret !== '' && !SECRET.test(secret)) {
      throw this.problems.invalid('secret must be ASCII of fewer than 256 characters');
    }
    if (draft.name !== undefined && draft.name !== '') webhook.name = draft.name;
    webhook.active = draft.active ?? webhook.active;
    webhook.staging_use = draft.stagingUse ?? webhook.staging_use;
    if (draft.verifyToken !== undefined) webhook.verify_token = draft.verifyToken || null;
    if (secret !== undefined) webhook.secret = secret || null;
  }

  #saved(webhook: Webhook): SavedWebhook {
    if (webhook.active) return { webhook, verification: this.#verify(webhook) };
    this.#handshakes.delete(webhook.id);
    webhook.state = 'disabled';
    this.deliveries.forget(webhook.id);
    return { webhook, verification: undefined };
  }

  /** Of two handshakes under way only the later one decides. */
  async #verify(webhook: Webhook): Promise<Verification> {
    const turn = ++this.#count;
    this.#handshakes.set(webhook.id, turn);
    webhook.state = 'verifying';
    const { webhookTimeoutMs } = this.assumptions;
    const verification = await verifyWebhook(this.outgoing, webhook, webhookTimeoutMs);
    this.log(
      `engage → handshake ${place(webhook.url)}: ${verification.ok ? 'verified' : verification.problem}`,
    );
    if (this.#handshakes.get(webhook.id) !== turn) return verification;
    this.#handshakes.delete(webhook.id);
    webhook.state = verification.ok ? 'active' : 'disabled';
    webhook.active = verification.ok;
    if (!verification.ok) this.deliveries.forget(webhook.id);
    return verification;
  }

  #checkUrl(text: string, self: Webhook | undefined): string {
    const address = readBotAddress(text);
    if (!address.ok) throw this.problems.invalid(`url: ${address.problem}`);
    if (this.account.webhooks.find(({ url, id }) => url === address.url && id !== self?.id)) {
      throw this.problems.invalid('url is already the address of another webhook of this token');
    }
    return address.url;
  }

  #checkEvents(types: readonly string[]): string[] {
    const unknown = types.find((type) => !EVENT_TYPES.has(type));
    if (unknown !== undefined) {
      throw this.problems.invalid(`registered_events: ${unknown} is no event of a webhook`);
    }
    if (types.length === 0) throw this.problems.invalid('registered_events needs at least one');
    return [...new Set(types)];
  }
}
