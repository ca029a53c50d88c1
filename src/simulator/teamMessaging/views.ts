import type TMChatInfo from '@rc-ex/core/definitions/TMChatInfo';
import type TMPersonInfo from '@rc-ex/core/definitions/TMPersonInfo';
import type TMPostInfo from '@rc-ex/core/definitions/TMPostInfo';
import type { Chat } from '../state/chats';
import type { Company, Person } from '../state/company';
import type { Post } from '../state/posts';

/** As on the wire: what is not set is there, as null. */
type WithNulls<T> = { [K in keyof T]: T[K] | null };

export function postView(post: Post): WithNulls<TMPostInfo> {
  return {
    id: post.id,
    groupId: post.chatId,
    isParent: post.isParent,
    parentPostId: post.parentPostId,
    threadId: post.threadId,
    ...postContent(post),
  };
}

/** The part of a post that events carry as well. */
export function postContent(post: Post): WithNulls<TMPostInfo> {
  return {
    type: 'TextMessage',
    text: post.text,
    creatorId: post.creatorId,
    addedPersonIds: null,
    creationTime: post.creationTime,
    lastModifiedTime: post.lastModifiedTime,
    attachments: null,
    activity: null,
    title: null,
    iconUri: null,
    iconEmoji: null,
    mentions: post.mentions.length > 0 ? [...post.mentions] : null,
  };
}

export function chatView(chat: Chat, withMembers: boolean): WithNulls<TMChatInfo> {
  const isNamed = chat.type === 'Team' || chat.type === 'Everyone';
  return {
    id: chat.id,
    type: chat.type,
    ...(chat.type === 'Team' && { public: chat.isPublic, status: 'Active' as const }),
    ...(isNamed && { name: chat.name, description: chat.description }),
    creationTime: chat.creationTime,
    lastModifiedTime: chat.lastModifiedTime,
    ...(withMembers && { members: chat.memberIds.map((id) => ({ id })) }),
  };
}

export function personView(person: Person, company: Company): TMPersonInfo {
  return {
    id: person.id,
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email,
    // A guest belongs to a company of its own.
    companyId: person.kind === 'guest' ? '470999000' : company.accountId,
    creationTime: person.creationTime,
    lastModifiedTime: person.creationTime,
  };
}
