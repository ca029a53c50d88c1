import type { EngageAccount } from '../account/account';
import type { Content, Intervention } from '../account/records';
import type { PractisedEvent } from './eventTypes';

/** An event that has happened, before it has an id and a date. */
export interface EventDraft {
  readonly type: PractisedEvent;
  /** The agent who caused it; absent when no agent did. */
  readonly user_id?: string;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly metadata: Readonly<Record<string, unknown>>;
  };
}

/** Engage Digital docs, Webhooks, Events: the metadata of an intervention. */
export function interventionEvent(
  type: PractisedEvent,
  intervention: Intervention,
  causedBy: string | undefined,
): EventDraft {
  return {
    type,
    ...(causedBy !== undefined && { user_id: causedBy }),
    resource: {
      type: 'intervention',
      id: intervention.id,
      metadata: {
        custom_field_values: { ...intervention.custom_field_values },
        category_ids: [...intervention.category_ids],
        closed_at: intervention.closed_at,
        deferred_at: intervention.deferred_at,
        identity_id: intervention.identity_id,
        source_id: intervention.source_id,
        thread_id: intervention.thread_id,
        user_id: intervention.user_id,
      },
    },
  };
}

/** Engage Digital docs, Webhooks, Events: the metadata of a content. */
export function contentEvent(
  account: EngageAccount,
  type: PractisedEvent,
  content: Content,
): EventDraft {
  return {
    type,
    ...(content.creator_id !== null && { user_id: content.creator_id }),
    resource: {
      type: `${content.source_type}/${content.type}`,
      id: content.id,
      metadata: {
        approval_required: false,
        author_id: content.author_id,
        body: content.body,
        body_input_format: content.body_input_format,
        capabilities_supported: [],
        category_ids: [...content.category_ids],
        context_data: { ...content.context_data },
        created_from: content.created_from,
        creator_id: content.creator_id,
        date: content.created_at.slice(0, 10),
        first_in_thread: content.first_in_thread,
        foreign_categories: [...content.foreign_categories],
        foreign_id: content.foreign_id,
        has_attachment: content.attachments.length > 0,
        id: content.id,
        in_reply_to_author_id: content.in_reply_to_author_id,
        in_reply_to_id: content.in_reply_to_id,
        intervention_id: content.intervention_id,
        language: content.language,
        private: content.private_message,
        source_id: content.source_id,
        source_type: content.source_type,
        status: content.status,
        ...(type === 'content.exported' && {
          synchronization_status: content.synchronization_status,
        }),
        thread_id: content.thread_id,
        thread_title: account.threads.get(content.thread_id)?.title ?? null,
        type: content.type,
      },
    },
  };
}
