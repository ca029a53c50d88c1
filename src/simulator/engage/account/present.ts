import type { EngageAssumptions } from '../assumptions';
import { SEED_IDS } from '../seeds';
import { isOpen, type EngageAccount } from './account';
import { htmlOf, textOf } from './bodies';
import type { Content, ContentSource, Identity, Intervention, Thread, Webhook } from './records';

type Wire = Record<string, unknown>;

/** The forms in which the REST API shows those records that are not kept as they are shown. */
export class Presenter {
  constructor(
    private readonly account: EngageAccount,
    private readonly assumptions: EngageAssumptions,
  ) {}

  source(source: ContentSource): Wire {
    return without(source, 'realtimeToken', 'baseUri', 'implementation');
  }

  identity(identity: Identity): Wire {
    return { ...without(identity, 'puppetizable'), display_name: displayName(identity) };
  }

  thread(thread: Thread): Wire {
    const contents = this.account.contentsOf(thread);
    const interventions = this.account.interventionsOf(thread);
    const [first, last] = [contents[0], contents.at(-1)];
    return {
      ...without(thread, 'contentIds', 'interventionIds'),
      category_ids: [
        ...new Set([
          ...thread.thread_category_ids,
          ...interventions.flatMap((intervention) => intervention.category_ids),
        ]),
      ],
      contents_count: contents.length,
      interventions_count: interventions.length,
      intervention_user_ids: usersOf(interventions),
      opened_intervention_user_ids: usersOf(interventions.filter(isOpen)),
      first_content_id: first?.id ?? null,
      first_content_author_id: first?.author_id ?? null,
      last_content_id: last?.id ?? null,
      last_content_at: last?.created_at ?? null,
    };
  }

  content(content: Content): Wire {
    const { body, body_input_format: format } = content;
    return {
      ...without(content, 'actions'),
      body_formatted: { text: textOf(body, format), html: htmlOf(body, format) },
      attachments_count: content.attachments.length,
      approval_required: false,
      published: true,
      remotely_deleted: false,
      capabilities_supported: [],
    };
  }

  intervention(intervention: Intervention): Wire {
    return {
      ...without(intervention, 'state', 'replyIds', 'custom_field_values'),
      identity_group_id:
        this.account.identities.get(intervention.identity_id)?.identity_group_id ?? null,
      status: this.assumptions.interventionStatusWords[intervention.state],
      closed: intervention.state === 'closed',
      custom_fields: intervention.custom_field_values,
      comments_count: 0,
      user_replies_count: intervention.replyIds.length,
      first_user_reply_id: intervention.replyIds[0] ?? null,
    };
  }

  webhook(webhook: Webhook): Wire {
    return {
      ...without(webhook, 'state', 'secret'),
      webhook_status: this.assumptions.webhookStatusWords[webhook.state],
      api_access_token: {
        id: SEED_IDS.accessToken,
        created_at: webhook.created_at,
        updated_at: webhook.created_at,
      },
    };
  }
}

const usersOf = (interventions: readonly Intervention[]): string[] => [
  ...new Set(interventions.flatMap(({ user_id: id }) => id ?? [])),
];

function displayName(identity: Identity): string {
  const name = [identity.firstname, identity.lastname].filter(Boolean).join(' ');
  return name || identity.screenname;
}

function without<T extends object>(record: T, ...hidden: (keyof T & string)[]): Wire {
  const names: readonly string[] = hidden;
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
