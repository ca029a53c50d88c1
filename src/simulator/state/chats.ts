import type { Ids } from './ids';

export type ChatType = 'Everyone' | 'Team' | 'Group' | 'Direct' | 'Personal';

export const CHAT_TYPES: readonly ChatType[] = ['Personal', 'Direct', 'Group', 'Team', 'Everyone'];

export interface Chat {
  readonly id: string;
  readonly type: ChatType;
  readonly isPublic: boolean;
  readonly name: string | null;
  readonly description: string | null;
  readonly memberIds: readonly string[];
  readonly creationTime: string;
  lastModifiedTime: string;
}

/** The chats of the practice company, oldest first. */
export class Chats {
  readonly #chats: Chat[];
  readonly #ids: Ids;

  constructor(seeds: readonly Chat[], ids: Ids) {
    this.#chats = [...seeds];
    this.#ids = ids;
  }

  get all(): readonly Chat[] {
    return this.#chats;
  }

  get(id: string): Chat | undefined {
    return this.#chats.find((chat) => chat.id === id);
  }

  /** Those the person is in, and public teams that anyone of the company may join. */
  visibleTo(personId: string, types?: readonly ChatType[]): Chat[] {
    return this.#chats.filter(
      (chat) =>
        (chat.memberIds.includes(personId) || chat.isPublic) &&
        (types === undefined || types.includes(chat.type)),
    );
  }

  /** The Personal, Direct or Group chat of exactly these people, opened now if there is none. */
  conversationOf(memberIds: readonly string[], now: number): { chat: Chat; isNew: boolean } {
    const members = [...new Set(memberIds)];
    const type = members.length === 1 ? 'Personal' : members.length === 2 ? 'Direct' : 'Group';
    const found = this.#chats.find(
      (chat) =>
        chat.type === type &&
        chat.memberIds.length === members.length &&
        members.every((id) => chat.memberIds.includes(id)),
    );
    if (found) return { chat: found, isNew: false };
    const time = new Date(now).toISOString();
    const chat: Chat = {
      id: this.#ids.nextChat(),
      type,
      isPublic: false,
      name: null,
      description: null,
      memberIds: members,
      creationTime: time,
      lastModifiedTime: time,
    };
    this.#chats.push(chat);
    return { chat, isNew: true };
  }
}
