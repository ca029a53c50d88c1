import { readPost, type GatewayEvent, type Post } from '../ringcentral';

/** What an event says about one post. */
export interface PostEvent {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly post: Post;
  /** Absent from the event of a removal, as a rule. */
  readonly chatId: string | undefined;
}

const KINDS: Readonly<Record<string, PostEvent['kind']>> = {
  PostAdded: 'added',
  PostChanged: 'changed',
  PostRemoved: 'removed',
};

/**
 * Reads an event about a post, by its present or its older name (`/restapi/v1.0/glip/posts`);
 * undefined for every other event.
 * @see RingCentral developer guide, Team Messaging post events
 */
export function readPostEvent({ event, body, timestamp }: GatewayEvent): PostEvent | undefined {
  const { pathname, searchParams } = new URL(event, 'event://filter');
  if (!pathname.endsWith('/posts')) return undefined;
  const type = typeof body.eventType === 'string' ? body.eventType : searchParams.get('eventType');
  const kind = KINDS[type ?? ''];
  const post = readPost(kind === 'changed' ? { ...withTime(timestamp), ...body } : body);
  if (kind === undefined || !post) return undefined;
  return { kind, post, chatId: post.groupId ?? idOf(body.chatId) };
}

/** A change that does not say when it was made, was made when it was notified. */
function withTime(timestamp: string | undefined): { lastModifiedTime?: string } {
  return timestamp === undefined ? {} : { lastModifiedTime: timestamp };
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
