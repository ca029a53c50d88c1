import type { Implementation } from '../sourceSdk/implementation';

/*
 * The resources of an account. Fields in snake_case are on the wire as they stand here (Engage
 * Digital API reference); fields in camelCase are what only the platform knows (see present.ts).
 */

interface Dated {
  readonly created_at: string;
  updated_at: string;
}

export interface Category extends Dated {
  readonly id: string;
  name: string;
  parent_id: string | null;
  color: number;
  mandatory: boolean;
  multiple: boolean;
  post_qualification: boolean;
  unselectable: boolean;
  source_ids: string[];
}

export interface Community extends Dated {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly active: boolean;
}

export interface ContentSource extends Dated {
  readonly id: string;
  name: string;
  readonly type: string;
  active: boolean;
  status: string;
  error_message: string | null;
  readonly community_id: string;
  readonly channel_id: string;
  color: number;
  default_category_ids: string[];
  user_thread_default_category_ids: string[];
  content_languages: string[];
  hidden_from_stats: boolean;
  readonly realtimeToken: string;
  baseUri: string | undefined;
  /** What implementation.info answered last; undefined until it succeeded. */
  implementation: Implementation | undefined;
}

export interface Identity extends Dated {
  readonly id: string;
  readonly community_id: string;
  readonly type: string;
  readonly foreign_id: string;
  readonly uuid: string;
  screenname: string;
  firstname: string | null;
  lastname: string | null;
  email: string | null;
  gender: string | null;
  home_phone: string | null;
  mobile_phone: string | null;
  avatar_url: string | null;
  identity_group_id: string | null;
  user_ids: string[];
  extra_values: Record<string, unknown>;
  /** Usable by agents; the reference shows no such field. */
  puppetizable: boolean;
}

export interface Thread extends Dated {
  readonly id: string;
  readonly source_id: string;
  readonly title: string | null;
  readonly foreign_id: string | null;
  readonly closed: boolean;
  thread_category_ids: string[];
  extra_data: Record<string, unknown>;
  readonly contentIds: string[];
  readonly interventionIds: string[];
}

export type SynchronizationStatus = 'success' | 'export_pending' | 'export_failure';

export interface Content extends Dated {
  readonly id: string;
  readonly source_id: string;
  readonly source_type: string;
  readonly type: string;
  readonly thread_id: string;
  readonly author_id: string;
  /** The agent who wrote it; null for what came from outside. */
  readonly creator_id: string | null;
  readonly created_from: string;
  readonly in_reply_to_id: string | null;
  readonly in_reply_to_author_id: string | null;
  readonly private_message: boolean;
  readonly first_in_thread: boolean;
  readonly auto_submitted: boolean;
  foreign_id: string | null;
  intervention_id: string | null;
  status: string;
  title: string | null;
  body: string;
  body_input_format: 'text' | 'html';
  category_ids: string[];
  foreign_categories: string[];
  context_data: Record<string, unknown>;
  attachments: Record<string, unknown>[];
  language: string | null;
  synchronization_status: SynchronizationStatus;
  synchronization_error: string | null;
  structured_content: unknown;
  /** The object's own `actions` of the Source SDK; undefined when implementation.info decides. */
  actions: string[] | undefined;
}

export type InterventionState = 'opened' | 'reopened' | 'closed' | 'canceled';

export interface Intervention extends Dated {
  readonly id: string;
  readonly source_id: string;
  readonly thread_id: string;
  readonly content_id: string;
  readonly identity_id: string;
  user_id: string | null;
  closed_at: string | null;
  deferred_at: string | null;
  category_ids: string[];
  custom_field_values: Record<string, unknown>;
  state: InterventionState;
  readonly replyIds: string[];
}

export interface User extends Dated {
  readonly id: string;
  email: string;
  firstname: string;
  lastname: string;
  nickname: string | null;
  enabled: boolean;
  role_id: string;
  category_ids: string[];
  identity_ids: string[];
  team_ids: string[];
  external_id: string | null;
  locale: string;
  timezone: string;
}

export interface Role extends Dated {
  readonly id: string;
  readonly label: string;
  readonly impersonate_user: boolean;
  readonly update_intervention: boolean;
  readonly manage_api_access_tokens: boolean;
  readonly manage_categories: boolean;
  readonly manage_identities: boolean;
  readonly update_content_source: boolean;
}

export type WebhookState = 'verifying' | 'active' | 'disabled';

export interface Webhook extends Dated {
  readonly id: string;
  name: string;
  url: string;
  active: boolean;
  staging_use: boolean;
  verify_token: string | null;
  registered_events: string[];
  state: WebhookState;
  /** Never echoed by the API. */
  secret: string | null;
}
