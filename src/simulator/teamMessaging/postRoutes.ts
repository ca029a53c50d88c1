import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import type { Assumptions } from '../assumptions';
import {
  dailyLimitReached,
  forbidden,
  invalidParameter,
  resourceNotFound,
} from '../errors/apiProblem';
import type { DailyPosts } from '../limits/dailyPosts';
import type { Gate } from '../oauth/gate';
import { objectBody } from '../requestBody';
import type { Chat } from '../state/chats';
import type { Post } from '../state/posts';
import type { World } from '../state/world';
import { chatOf } from './chatRoutes';
import { mentionsIn } from './mentions';
import { numberIn, pageOf, writePageToken } from './paging';
import { postView } from './views';

/** RingCentral API reference, Create post. */
const LONGEST_TEXT = 10_000;

export interface PostRouteParts {
  readonly world: World;
  readonly gate: Gate;
  readonly dailyPosts: DailyPosts;
  readonly assumptions: Assumptions;
  readonly now: () => number;
}

interface ChatParams {
  chatId: string;
}
interface PostParams extends ChatParams {
  postId: string;
}

export function postRoutes(parts: PostRouteParts): FastifyPluginCallback {
  const { world, gate, dailyPosts, assumptions, now } = parts;
  const { posts, chats, company } = world;

  return (server, _options, done) => {
    server.get<{ Params: ChatParams; Querystring: Record<string, unknown> }>(
      '/chats/:chatId/posts',
      { onRequest: gate.enter('Medium') },
      (request) => listPosts(chatFor(request), request.query),
    );

    server.post<{ Params: ChatParams }>(
      '/chats/:chatId/posts',
      { onRequest: gate.enter('Medium') },
      (request, reply) => {
        const chat = chatFor(request);
        const person = gate.caller(request).person;
        const body = objectBody(request.body);
        const text = textOf(body);
        refuseAttachments(body.attachments);
        const parentPostId = parentOf(chat, body.parentPostId);
        if (!dailyPosts.count(person.id)) throw dailyLimitReached();
        const post = posts.add(chat, {
          creatorId: person.id,
          text,
          mentions: mentionsIn(text, company, chats),
          ...(parentPostId !== undefined && { parentPostId }),
        });
        return reply.code(201).send(postView(post));
      },
    );

    server.get<{ Params: PostParams }>(
      '/chats/:chatId/posts/:postId',
      { onRequest: gate.enter('Light') },
      (request) => postView(postFor(request)),
    );

    server.patch<{ Params: PostParams }>(
      '/chats/:chatId/posts/:postId',
      { onRequest: gate.enter('Medium') },
      (request) => {
        const post = ownPostFor(request);
        const text = textOf(objectBody(request.body));
        posts.edit(chatFor(request), post, text, mentionsIn(text, company, chats));
        return postView(post);
      },
    );

    server.delete<{ Params: PostParams }>(
      '/chats/:chatId/posts/:postId',
      { onRequest: gate.enter('Medium') },
      (request, reply) => {
        posts.remove(chatFor(request), ownPostFor(request));
        return reply.code(204).send();
      },
    );
    done();
  };

  function chatFor(request: FastifyRequest<{ Params: ChatParams }>): Chat {
    return chatOf(world, request.params.chatId, gate.caller(request).person, now());
  }

  function postFor(request: FastifyRequest<{ Params: PostParams }>): Post {
    const chat = chatFor(request);
    const post = posts.get(chat.id, request.params.postId);
    if (!post) throw resourceNotFound('postId');
    return post;
  }

  function ownPostFor(request: FastifyRequest<{ Params: PostParams }>): Post {
    const post = postFor(request);
    if (post.creatorId === gate.caller(request).person.id) return post;
    throw forbidden(assumptions.ownPostsOnlyCode, 'Only the author of a post may change it');
  }

  function listPosts(chat: Chat, query: Record<string, unknown>): unknown {
    const state = pageOf(query, `posts ${chat.id}`);
    const before = numberIn(state, 'before');
    const after = numberIn(state, 'after');
    const page = posts.page(
      chat.id,
      { ...(before !== undefined && { before }), ...(after !== undefined && { after }) },
      state.count,
    );
    const { list, count } = state;
    const newest = page.posts[0];
    const oldest = page.posts.at(-1);
    const older =
      page.hasOlder && oldest
        ? writePageToken({ list, count, before: oldest.sequence })
        : undefined;
    const newer =
      page.hasNewer && newest ? writePageToken({ list, count, after: newest.sequence }) : undefined;
    const olderIsPrev = assumptions.olderPostsToken === 'prevPageToken';
    const prevPageToken = olderIsPrev ? older : newer;
    const nextPageToken = olderIsPrev ? newer : older;
    return {
      records: page.posts.map(postView),
      navigation: {
        ...(prevPageToken !== undefined && { prevPageToken }),
        ...(nextPageToken !== undefined && { nextPageToken }),
      },
    };
  }

  function parentOf(chat: Chat, parentPostId: unknown): string | undefined {
    if (parentPostId === undefined || parentPostId === null) return undefined;
    const parent = typeof parentPostId === 'string' ? posts.get(chat.id, parentPostId) : undefined;
    if (!parent) throw invalidParameter('parentPostId');
    return parent.id;
  }
}

function textOf(body: Record<string, unknown>): string {
  const { text } = body;
  if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST_TEXT) {
    throw invalidParameter('text');
  }
  return text;
}

/** Cards cannot be attached to a post at all; other attachments have to exist, and none do here. */
function refuseAttachments(attachments: unknown): void {
  if (attachments === undefined || attachments === null) return;
  if (!Array.isArray(attachments)) throw invalidParameter('attachments');
  for (const [index, attachment] of attachments.entries()) {
    const { type } = (attachment ?? {}) as { type?: unknown };
    const isKnown = type === 'File' || type === 'Note' || type === 'Event';
    throw isKnown
      ? resourceNotFound(`attachments[${index}].id`)
      : invalidParameter(`attachments[${index}].type`);
  }
}
