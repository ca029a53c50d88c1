import type { Chat } from './chats';
import type { Ids } from './ids';

export interface Mention {
  readonly id: string;
  readonly type: 'Person' | 'Team';
  readonly name: string;
}

export interface Post {
  readonly id: string;
  readonly chatId: string;
  readonly creatorId: string;
  text: string;
  mentions: readonly Mention[];
  readonly parentPostId: string | null;
  readonly threadId: string | null;
  isParent: boolean;
  readonly creationTime: string;
  lastModifiedTime: string;
  /** Grows with every post; pages hold on to it, so that new posts move no page. */
  readonly sequence: number;
}

export type PostEventType = 'PostAdded' | 'PostChanged' | 'PostRemoved';

export interface PostEvent {
  readonly eventType: PostEventType;
  readonly chat: Chat;
  readonly post: Post;
}

export interface PostDraft {
  readonly creatorId: string;
  readonly text: string;
  readonly mentions: readonly Mention[];
  readonly parentPostId?: string;
}

/** Which part of a chat: the newest posts, those before a sequence, or those after one. */
export interface PostCursor {
  readonly before?: number;
  readonly after?: number;
}

export interface PostPage {
  /** Newest first. */
  readonly posts: readonly Post[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** The posts of all chats; whoever listens hears of every change at once. */
export class Posts {
  readonly #byChat = new Map<string, Post[]>();
  readonly #listeners = new Set<(event: PostEvent) => void>();
  readonly #ids: Ids;
  readonly #now: () => number;
  #sequence = 0;

  constructor(ids: Ids, now: () => number) {
    this.#ids = ids;
    this.#now = now;
  }

  onChange(listener: (event: PostEvent) => void): void {
    this.#listeners.add(listener);
  }

  get count(): number {
    return [...this.#byChat.values()].reduce((sum, posts) => sum + posts.length, 0);
  }

  get(chatId: string, postId: string): Post | undefined {
    return this.#byChat.get(chatId)?.find((post) => post.id === postId);
  }

  /** `createdAt` (ms) is for seeds; a post of today happens now. */
  add(chat: Chat, draft: PostDraft, createdAt = this.#now()): Post {
    const parent =
      draft.parentPostId === undefined ? undefined : this.get(chat.id, draft.parentPostId);
    if (parent) parent.isParent = true;
    const time = new Date(createdAt).toISOString();
    const post: Post = {
      id: this.#ids.nextPost(),
      chatId: chat.id,
      creatorId: draft.creatorId,
      text: draft.text,
      mentions: draft.mentions,
      parentPostId: parent?.id ?? null,
      threadId: parent ? (parent.threadId ?? parent.id) : null,
      isParent: false,
      creationTime: time,
      lastModifiedTime: time,
      sequence: ++this.#sequence,
    };
    const posts = this.#byChat.get(chat.id);
    if (posts) posts.push(post);
    else this.#byChat.set(chat.id, [post]);
    chat.lastModifiedTime = time;
    this.#tell({ eventType: 'PostAdded', chat, post });
    return post;
  }

  edit(chat: Chat, post: Post, text: string, mentions: readonly Mention[]): void {
    post.text = text;
    post.mentions = mentions;
    post.lastModifiedTime = new Date(this.#now()).toISOString();
    this.#tell({ eventType: 'PostChanged', chat, post });
  }

  remove(chat: Chat, post: Post): void {
    const posts = this.#byChat.get(chat.id) ?? [];
    this.#byChat.set(
      chat.id,
      posts.filter((other) => other !== post),
    );
    this.#tell({ eventType: 'PostRemoved', chat, post });
  }

  page(chatId: string, cursor: PostCursor, count: number): PostPage {
    const all = this.#byChat.get(chatId) ?? [];
    const before = cursor.before ?? Number.POSITIVE_INFINITY;
    const after = cursor.after ?? 0;
    const within = all.filter((post) => post.sequence < before && post.sequence > after);
    const part = cursor.after === undefined ? within.slice(-count) : within.slice(0, count);
    const oldest = part[0];
    const newest = part.at(-1);
    return {
      posts: [...part].reverse(),
      hasOlder: oldest !== undefined && all.some((post) => post.sequence < oldest.sequence),
      hasNewer: newest !== undefined && all.some((post) => post.sequence > newest.sequence),
    };
  }

  #tell(event: PostEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
