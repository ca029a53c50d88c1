import * as l10n from '@vscode/l10n';
import type { Post } from '../ringcentral';
import type { MessageAssumptions } from './assumptions';

/** One message as the faces show it. */
export interface MessageRow {
  readonly id: string;
  readonly chatId: string;
  readonly authorId: string;
  /** The id, as long as no name is known. */
  readonly authorName: string;
  /** The author belongs to no RingCentral company. */
  readonly isGuest: boolean;
  readonly text: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly editedAt?: string;
  readonly state: 'posted' | 'edited' | 'deleted';
  /** Written by the person or bot that is signed in. */
  readonly isOwn: boolean;
  /** The post as received, fields unknown here included. */
  readonly post: unknown;
}

export interface RowContext {
  readonly chatId: string;
  readonly ownId: string | undefined;
  readonly nameOf: (personId: string) => string | undefined;
  /** Milliseconds since the epoch, for a post that does not say when it was created. */
  readonly now: number;
  readonly assumed: MessageAssumptions;
}

export function rowOf(post: Post, context: RowContext): MessageRow {
  const { chatId, ownId, assumed } = context;
  const authorId = post.creatorId ?? '';
  const createdAt = isTime(post.creationTime)
    ? post.creationTime
    : new Date(context.now).toISOString();
  const editedAt = editedAtOf(post, createdAt, assumed);
  return {
    id: post.id,
    chatId,
    authorId,
    authorName: context.nameOf(authorId) ?? post.title ?? authorId,
    isGuest: authorId.startsWith(assumed.guestPrefix),
    text: textOf(post),
    createdAt,
    ...(editedAt !== undefined && { editedAt }),
    state: editedAt === undefined ? 'posted' : 'edited',
    isOwn: ownId !== undefined && authorId === ownId,
    post,
  };
}

/** When the row's content became what it is: milliseconds since the epoch. */
export function versionOf({ post, createdAt }: MessageRow): number {
  const { lastModifiedTime } = post as Post;
  return Date.parse(isTime(lastModifiedTime) ? lastModifiedTime : createdAt);
}

/** A post whose text was left out of the event, as happens; other kinds of posts have none. */
export function lacksText(post: Post): boolean {
  const isMessage = post.type === undefined || post.type === 'TextMessage';
  return post.text === undefined && isMessage && !post.attachments?.length;
}

function editedAtOf(
  { lastModifiedTime }: Post,
  createdAt: string,
  { isEditedWhenModified }: MessageAssumptions,
): string | undefined {
  if (!isEditedWhenModified || !isTime(lastModifiedTime)) return undefined;
  return Date.parse(lastModifiedTime) > Date.parse(createdAt) ? lastModifiedTime : undefined;
}

function textOf(post: Post): string {
  if (post.text !== undefined && post.text !== '') return post.text;
  if (post.attachments?.length)
    return post.attachments
      .map(({ type, name }) => `[${type ?? 'File'}] ${name ?? ''}`.trim())
      .join(' ');
  if (post.type === 'PersonJoined') return l10n.t('joined the chat');
  if (post.type === 'PersonsAdded') return l10n.t('added people to the chat');
  if (post.type === 'PersonsRemoved') return l10n.t('removed people from the chat');
  return '';
}

function isTime(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}
