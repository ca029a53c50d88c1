import type { EngageAccount } from '../account/account';
import type { ContentSource, Webhook } from '../account/records';
import { readBotAddress } from '../loopbackAddress';
import { place } from '../outgoing';
import type { EngageSeeds } from '../seeds';
import type { SourceCaller } from '../sourceSdk/sourceCaller';
import { HANDOVER_EVENT_TYPES } from '../webhooks/eventTypes';
import type { WebhookBook, WebhookDraft } from '../webhooks/webhookBook';
import { Refusal, type Step } from './step';

export interface Connected {
  /** True when the bot can be talked to both ways. */
  readonly connected: boolean;
  readonly steps: readonly Step[];
}

const WEBHOOK_NAME = 'Practice webhook';

/** Does by one command what a person does in the web console: source, Base URI, webhook. */
export class Connector {
  constructor(
    private readonly account: EngageAccount,
    private readonly source: ContentSource,
    private readonly caller: SourceCaller,
    private readonly book: WebhookBook,
    private readonly seeds: EngageSeeds,
  ) {}

  async connect(url: string, webhookUrl: string): Promise<Connected> {
    const [baseUri, hook] = [address('url', url), address('webhookUrl', webhookUrl)];
    const steps = [await this.#saveSource(baseUri), await this.#saveWebhook(hook)];
    return { connected: steps.every(({ ok }) => ok), steps };
  }

  async #saveSource(baseUri: string): Promise<Step> {
    this.source.baseUri = baseUri;
    const step = 'implementation.info';
    const info = await this.caller.save(this.source);
    if (!info.ok) return { step, ok: false, what: info.problem };
    const unsigned =
      info.signature === 'right' ? '' : ` The signature of the answer is ${info.signature}.`;
    const what = `The Base URI is ${place(baseUri)}; it implements ${info.actions}.${unsigned}`;
    return { step, ok: true, what };
  }

  async #saveWebhook(url: string): Promise<Step> {
    const step = 'webhook handshake';
    const before = this.#webhookFor(url);
    const draft: WebhookDraft = {
      url,
      name: before ? undefined : WEBHOOK_NAME,
      registeredEvents: [
        ...new Set([...(before?.registered_events ?? []), ...HANDOVER_EVENT_TYPES]),
      ],
      active: true,
      stagingUse: undefined,
      verifyToken: this.seeds.verifyToken,
      secret: this.seeds.webhookSecret,
    };
    const saved = before ? this.book.update(before, draft) : this.book.create(draft);
    const verification = await saved.verification;
    if (verification?.ok) {
      const { length } = saved.webhook.registered_events;
      return { step, ok: true, what: `${place(url)} is verified for ${length} kinds of events.` };
    }
    const problem = verification?.problem ?? 'The webhook is not active.';
    return { step, ok: false, what: `${problem} The webhook is saved and disabled.` };
  }

  /** The one at this address, whoever made it; or the one that this command made before. */
  #webhookFor(url: string): Webhook | undefined {
    const { webhooks } = this.account;
    return (
      webhooks.find((webhook) => webhook.url === url) ??
      webhooks.find(({ name }) => name === WEBHOOK_NAME)
    );
  }
}

function address(name: string, text: string): string {
  const read = readBotAddress(text);
  if (!read.ok) throw new Refusal(`${name}: ${read.problem}`);
  return read.url;
}
