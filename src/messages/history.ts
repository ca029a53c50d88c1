import type { Post, PostPage, RingCentralClient } from '../ringcentral';
import type { MessageAssumptions } from './assumptions';

export interface HistoryOptions {
  readonly client: Pick<RingCentralClient, 'posts'>;
  readonly chatId: string;
  readonly recordCount: number;
  readonly mostPages: number;
  readonly signal: AbortSignal;
  readonly assumed: MessageAssumptions;
  /** Asked after each page; true ends the reading. */
  readonly isEnough: (posts: readonly Post[]) => boolean;
}

/**
 * Reads posts page by page from the newest towards the past, without a hole between the pages, until
 * it is enough or there are no more.
 */
export async function readHistory(o: HistoryOptions): Promise<Post[]> {
  const posts = new Map<string, Post>();
  let older: MessageAssumptions['olderPageToken'] | undefined;
  let pageToken: string | undefined;
  for (let count = 0; count < o.mostPages; count++) {
    const page: PostPage = await o.client.posts(o.chatId, {
      recordCount: o.recordCount,
      signal: o.signal,
      ...(pageToken !== undefined && { pageToken }),
    });
    o.signal.throwIfAborted();
    const known = posts.size;
    for (const post of page.records) posts.set(post.id, post);
    older ??= directionOf(page, o.assumed);
    const next = older && page[older];
    const isEnd = next === undefined || next === pageToken || posts.size === known;
    if (isEnd || (o.assumed.firstPageIsNewest && o.isEnough([...posts.values()]))) break;
    pageToken = next;
  }
  return [...posts.values()];
}

/** From the newest page every way leads to the past, so where only one is shown it is that. */
function directionOf(
  page: PostPage,
  { olderPageToken }: MessageAssumptions,
): MessageAssumptions['olderPageToken'] | undefined {
  if (page[olderPageToken] !== undefined) return olderPageToken;
  const other = olderPageToken === 'prevPageToken' ? 'nextPageToken' : 'prevPageToken';
  return page[other] === undefined ? undefined : other;
}

/** Milliseconds since the epoch; NaN when the post does not say. */
export function createdMs(post: Post): number {
  return Date.parse(post.creationTime ?? '');
}

export function oldestOf(posts: readonly Post[]): number {
  return posts.reduce((oldest, post) => Math.min(oldest, createdMs(post) || Infinity), Infinity);
}

export function newestOf(posts: readonly Post[]): number {
  return posts.reduce((newest, post) => Math.max(newest, createdMs(post) || 0), 0);
}
