/**
 * What RingCentral's documents leave open about posts, and what is taken to be so until seen
 * otherwise. Every value can be replaced through `Tail`'s constructor.
 */
export const assumptions = {
  /** The filter whose events tell of posts in every chat the person or bot belongs to. */
  postsFilter: '/team-messaging/v1/posts',
  /** The page that is read without a token holds the newest posts. */
  firstPageIsNewest: true,
  /** The token that leads to older posts; the other one is taken where only that is given. */
  olderPageToken: 'prevPageToken' as 'prevPageToken' | 'nextPageToken',
  /** A post modified after it was created was edited (it may also have been touched otherwise). */
  isEditedWhenModified: true,
  /** Ids of people who belong to no RingCentral company begin so. */
  guestPrefix: 'glip-',
} as const;

export interface MessageAssumptions {
  readonly postsFilter: string;
  readonly firstPageIsNewest: boolean;
  readonly olderPageToken: 'prevPageToken' | 'nextPageToken';
  readonly isEditedWhenModified: boolean;
  readonly guestPrefix: string;
}

/** Bounds of one tail. */
export const limits = {
  /** Rows kept; the oldest go first. */
  rows: 5000,
  /** Names kept. */
  names: 5000,
  /** Removed posts remembered, so that a late answer does not bring them back. */
  tombstones: 1000,
  /** Posts in one page when a gap is filled. */
  gapPage: 100,
  /** Pages read at most for one gap; with `gapPage` as many posts as rows are kept. */
  gapPages: 50,
  /** Rows wait so long for names they lack, then appear with an id in their place. */
  nameWaitMs: 1000,
  firstRetryMs: 1000,
  longestRetryMs: 60_000,
  /** Times one post or one batch of names is asked for. */
  tries: 4,
} as const;
