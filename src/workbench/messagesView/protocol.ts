/** What the Messages page and the extension say to each other; both sides import this file. */

/** A message as the page shows it; times in milliseconds since the epoch. */
export interface ViewRow {
  readonly id: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly isGuest: boolean;
  readonly isOwn: boolean;
  readonly text: string;
  readonly createdAt: number;
  readonly editedAt?: number;
  readonly state: 'posted' | 'edited' | 'deleted';
  /** Names of those the text mentions, by id. */
  readonly mentions?: Readonly<Record<string, string>>;
}

export type ViewHealth =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly lastEventAt?: number }
  | { readonly kind: 'reconnecting'; readonly problem: string; readonly nextAttemptAt: number }
  | { readonly kind: 'stopped'; readonly problem?: string };

export interface ViewTail {
  readonly appName: string;
  readonly chatName: string;
  readonly health: ViewHealth;
}

/** Texts in the person's language; `{0}` and `{1}` stand for what is filled in. */
export interface ViewStrings {
  readonly messages: string;
  readonly messagesIn: string;
  readonly connecting: string;
  readonly liveNoEvent: string;
  readonly liveLastEvent: string;
  readonly reconnectingIn: string;
  readonly reconnectingNow: string;
  readonly stopped: string;
  readonly stoppedBecause: string;
  readonly secondsAgo: string;
  readonly minutesAgo: string;
  readonly hoursAgo: string;
  readonly daysAgo: string;
  readonly seconds: string;
  readonly minutes: string;
  readonly newMessages: string;
  readonly jumpToNewest: string;
  readonly guest: string;
  readonly you: string;
  readonly edited: string;
  readonly editedAt: string;
  readonly deleted: string;
  readonly noText: string;
  readonly openPost: string;
  readonly copyText: string;
  readonly notTailing: string;
  readonly tailChat: string;
  readonly noMessages: string;
  readonly noMessagesDetail: string;
  readonly oneAnnounced: string;
  readonly manyAnnounced: string;
}

export interface SnapshotMessage {
  readonly type: 'snapshot';
  /** The extension's clock, which need not be the page's: both may run on different machines. */
  readonly sentAt: number;
  readonly language: string;
  readonly strings: ViewStrings;
  readonly tail?: ViewTail;
  readonly rows: readonly ViewRow[];
}

/** Applied in this order: cleared, tail, health, rows. */
export interface UpdateMessage {
  readonly type: 'update';
  readonly sentAt: number;
  readonly cleared?: boolean;
  readonly tail?: ViewTail;
  readonly health?: ViewHealth;
  readonly rows?: readonly ViewRow[];
}

export type ToPage = SnapshotMessage | UpdateMessage;

/** Commands that the page may run. */
export const PAGE_COMMANDS = ['botChannels.messages.tail'] as const;
export type PageCommand = (typeof PAGE_COMMANDS)[number];

export type FromPage =
  /** The page can take messages; sent again whenever it was loaded anew. */
  | { readonly type: 'ready' }
  /** Open the post with this id as JSON. */
  | { readonly type: 'open'; readonly id: string }
  /** Copy the text of the message with this id. */
  | { readonly type: 'copy'; readonly id: string }
  | { readonly type: 'link'; readonly url: string }
  | { readonly type: 'command'; readonly command: PageCommand }
  /** A fault of the page's own. */
  | { readonly type: 'failed'; readonly message: string };

/** The page shows what strangers wrote, so nothing it says is taken on trust. */
export function isFromPage(value: unknown): value is FromPage {
  if (!isRecord(value)) return false;
  switch (value.type) {
    case 'ready':
      return true;
    case 'open':
    case 'copy':
      return typeof value.id === 'string';
    case 'link':
      return typeof value.url === 'string' && isWebAddress(value.url);
    case 'command':
      return PAGE_COMMANDS.some((command) => command === value.command);
    case 'failed':
      return typeof value.message === 'string';
    default:
      return false;
  }
}

export function isToPage(value: unknown): value is ToPage {
  if (!isRecord(value) || typeof value.sentAt !== 'number') return false;
  if (value.type === 'snapshot') return Array.isArray(value.rows);
  return value.type === 'update';
}

/** An absolute http or https URL; nothing else is ever opened from a message. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
