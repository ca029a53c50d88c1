/** Engage Digital docs, Webhooks, Events: every type a webhook can be registered for. */
export const EVENT_TYPES: ReadonlySet<string> = new Set(
  Object.entries({
    intervention: [
      'assigned',
      'canceled',
      'closed',
      'custom_fields_updated',
      'deferred',
      'opened',
      'reactivated',
      'recategorized',
      'reopened',
      'user_updated',
    ],
    intervention_segment: ['summary_generated', 'summary_submitted', 'summary_generation_failed'],
    content: [
      'approved',
      'discussion_initiated',
      'exported',
      'imported',
      'replied',
      'update_exported',
      'thread_auto_closed',
      'thread_closed',
      'thread_opened',
    ],
    identity: ['merged', 'unmerged'],
    task: [
      'assigned',
      'completed',
      'created',
      'destroyed',
      'expired_from_step',
      'expired_from_workbin',
      'recategorized',
      'resume',
      'supervisor_assigned',
      'taken',
      'transferred',
      'undelivered',
    ],
    push_agent: [
      'accept_task',
      'availability_change',
      'busyness_change',
      'connected',
      'disconnected',
      'missed_task',
      'reconnected',
      'request_task',
    ],
    survey_response: ['imported'],
  }).flatMap(([resource, verbs]) => verbs.map((verb) => `${resource}.${verb}`)),
);

/** What a handover is followed by: every intervention event and the contents that come in. */
export const HANDOVER_EVENT_TYPES: readonly string[] = [
  ...[...EVENT_TYPES].filter((type) => type.startsWith('intervention.')),
  'content.imported',
];

/** The events that this room tells; the others can be registered and never happen here. */
export type PractisedEvent =
  | 'intervention.opened'
  | 'intervention.assigned'
  | 'intervention.user_updated'
  | 'intervention.closed'
  | 'intervention.canceled'
  | 'intervention.reopened'
  | 'content.imported'
  | 'content.replied'
  | 'content.exported';
