import type { FastifyPluginCallback } from 'fastify';
import type { Assumptions } from '../assumptions';
import { invalidParameter, resourceNotFound } from '../errors/apiProblem';
import type { Gate } from '../oauth/gate';
import { listOf, objectBody } from '../requestBody';
import { CHAT_TYPES, type Chat, type ChatType } from '../state/chats';
import type { Person } from '../state/company';
import type { World } from '../state/world';
import { numberIn, pageOf, writePageToken } from './paging';
import { chatView } from './views';

/** RingCentral API reference, Create conversation: fifteen members besides the caller. */
const MOST_MEMBERS = 15;

export function chatRoutes(
  world: World,
  gate: Gate,
  assumptions: Assumptions,
  now: () => number,
): FastifyPluginCallback {
  const { chats, company } = world;
  return (server, _options, done) => {
    server.get('/chats', { onRequest: gate.enter('Medium') }, (request) => {
      const query = request.query as Record<string, unknown>;
      const page = pageOf(query, 'chats');
      const types = typesOf(page.types ?? query.type);
      const offset = numberIn(page, 'offset') ?? 0;
      const all = [...chats.visibleTo(gate.caller(request).person.id, types)].sort((a, b) =>
        a.creationTime.localeCompare(b.creationTime),
      );
      const turn = (to: number): string =>
        writePageToken({ ...page, types: types ?? [], offset: to });
      return {
        records: all
          .slice(offset, offset + page.count)
          .map((chat) => chatView(chat, assumptions.chatListHasMembers)),
        navigation: {
          ...(offset > 0 && { prevPageToken: turn(Math.max(0, offset - page.count)) }),
          ...(offset + page.count < all.length && { nextPageToken: turn(offset + page.count) }),
        },
      };
    });

    server.get<{ Params: { chatId: string } }>(
      '/chats/:chatId',
      { onRequest: gate.enter('Light') },
      (request) => chatView(chatFor(request.params.chatId, gate.caller(request).person), true),
    );

    server.post('/conversations', { onRequest: gate.enter('Medium') }, (request, reply) => {
      const caller = gate.caller(request).person;
      const { members } = objectBody(request.body);
      const ids = [caller.id, ...memberIds(members)];
      const { chat, isNew } = chats.conversationOf(ids, now());
      return reply.code(isNew ? 201 : 200).send(chatView(chat, true));
    });

    server.get<{ Params: { chatId: string } }>(
      '/conversations/:chatId',
      { onRequest: gate.enter('Light') },
      (request) => {
        const chat = chatFor(request.params.chatId, gate.caller(request).person);
        if (chat.type === 'Team' || chat.type === 'Everyone') throw resourceNotFound('chatId');
        return chatView(chat, true);
      },
    );
    done();
  };

  function chatFor(chatId: string, person: Person): Chat {
    return chatOf(world, chatId, person, now());
  }

  function memberIds(members: unknown): string[] {
    if (members === undefined || members === null) return [];
    if (!Array.isArray(members) || members.length > MOST_MEMBERS) throw invalidParameter('members');
    return members.map((member: unknown, index) => {
      const { id, email } = (member ?? {}) as { id?: unknown; email?: unknown };
      const person =
        typeof id === 'string' || typeof id === 'number'
          ? company.person(String(id))
          : typeof email === 'string'
            ? company.personByEmail(email)
            : undefined;
      if (!person) throw invalidParameter(`members[${index}]`);
      return person.id;
    });
  }
}

/** A chat the person may see; `~` is the person's own Personal chat, there since ever. */
export function chatOf(world: World, chatId: string, person: Person, now: number): Chat {
  if (chatId === '~') return world.chats.conversationOf([person.id], now).chat;
  const chat = world.chats.get(chatId);
  if (chat && (chat.memberIds.includes(person.id) || chat.isPublic)) return chat;
  throw resourceNotFound('chatId');
}

function typesOf(value: unknown): ChatType[] | undefined {
  const types = listOf(value);
  if (types.length === 0) return undefined;
  const known = types.filter((type): type is ChatType => CHAT_TYPES.includes(type as ChatType));
  if (known.length < types.length) throw invalidParameter('type');
  return known;
}
