import type { CaptureKind } from './kinds';
import { idOf, isRecord, member } from './json';

/**
 * Tells which conversation a delivery belongs to, and remembers the ids it saw on the way: Engage
 * Digital's webhooks carry its own thread ids, and only contents tie these to the thread ids of the
 * Source SDK (Engage Digital docs: Webhook events, metadata; Source SDK, objects).
 */
export class ConversationIndex {
  readonly #conversations = new Map<string /* what:id */, string>();

  /** The conversation of a request; its kind where it belongs to none. */
  ofRequest(kind: CaptureKind, json: unknown): string {
    switch (kind) {
      case 'source-sdk':
        return this.#ofAction(json) ?? kind;
      case 'webhook':
        return this.#ofEvents(json) ?? kind;
      case 'notification':
        return this.#ofNotification(json) ?? kind;
      case 'interactive':
        return idOf(member(member(json, 'conversation'), 'id')) ?? kind;
      case 'handshake':
      case 'validation':
      case 'install':
      case 'http':
        return kind;
    }
  }

  /** Learns from the bot's answer; a thread it made gives the delivery its conversation. */
  ofAnswer(kind: CaptureKind, conversation: string, request: unknown, answer: unknown): string {
    if (kind !== 'source-sdk') return conversation;
    const action = actionOf(request);
    const own = idOf(member(answer, 'id'));
    if (action === 'threads.create' && own !== undefined) {
      this.#learn('content', member(member(request, 'params'), 'content_id'), own);
      return own;
    }
    for (const object of Array.isArray(answer) ? (answer as unknown[]) : [answer]) {
      const thread = idOf(member(object, 'thread_id'));
      const isNew = action === 'messages.create' && conversation !== kind;
      const known = thread ?? (isNew ? conversation : undefined);
      if (known !== undefined) this.#learn('foreign', member(object, 'id'), known);
    }
    return conversation;
  }

  #ofAction(json: unknown): string | undefined {
    const params = member(json, 'params');
    const about = member(params, 'id');
    const isThread = actionOf(json).startsWith('threads.');
    const conversation =
      idOf(member(params, 'thread_id')) ??
      (isThread ? idOf(about) : undefined) ??
      this.#find('foreign', member(params, 'in_reply_to_id')) ??
      this.#find('foreign', about) ??
      this.#find('content', member(params, 'content_id'));
    if (conversation !== undefined)
      this.#learn('content', member(params, 'content_id'), conversation);
    return conversation;
  }

  #ofEvents(json: unknown): string | undefined {
    const events = member(json, 'events');
    const resources = (Array.isArray(events) ? (events as unknown[]) : []).map(resourceOf);
    const seen = resources.map((resource) => this.#ofResource(resource)).find((found) => found);
    const own = resources.map((r) => idOf(r.thread) ?? idOf(r.id)).find((found) => found);
    const conversation = seen ?? own;
    // Several events in one delivery may be about several threads; each is learned for its own.
    for (const resource of resources) {
      const its = this.#ofResource(resource) ?? idOf(resource.thread) ?? conversation;
      if (its === undefined) continue;
      this.#learn('thread', resource.thread, its);
      this.#learn('content', resource.content, its);
      this.#learn('foreign', resource.foreign, its);
    }
    return conversation;
  }

  #ofResource(resource: EventResource): string | undefined {
    return (
      this.#find('foreign', resource.foreign) ??
      this.#find('content', resource.content) ??
      this.#find('content', resource.inReplyTo) ??
      this.#find('thread', resource.thread)
    );
  }

  #ofNotification(json: unknown): string | undefined {
    const body = member(json, 'body');
    const isChat = /\/(?:chats|groups)\b/.test(String(member(json, 'event')));
    // A removed post says only its own id.
    const conversation =
      idOf(member(body, 'groupId')) ??
      idOf(member(member(body, 'conversation'), 'id')) ??
      (isChat ? idOf(member(body, 'id')) : this.#find('post', member(body, 'id')));
    if (conversation !== undefined && !isChat)
      this.#learn('post', member(body, 'id'), conversation);
    return conversation;
  }

  #find(what: string, id: unknown): string | undefined {
    const text = idOf(id);
    return text === undefined ? undefined : this.#conversations.get(`${what}:${text}`);
  }

  #learn(what: string, id: unknown, conversation: string): void {
    const text = idOf(id);
    if (text !== undefined) this.#conversations.set(`${what}:${text}`, conversation);
  }
}

interface EventResource {
  readonly id: unknown;
  readonly thread: unknown;
  readonly content: unknown;
  readonly foreign: unknown;
  readonly inReplyTo: unknown;
}

function resourceOf(event: unknown): EventResource {
  const resource = member(event, 'resource');
  const metadata = member(resource, 'metadata');
  const isContent = isRecord(event) && String(event.type).startsWith('content.');
  const id = member(resource, 'id');
  return {
    id,
    thread: member(metadata, 'thread_id') ?? member(metadata, 'content_thread_id'),
    content: isContent ? id : member(metadata, 'content_id'),
    foreign: member(metadata, 'foreign_id'),
    inReplyTo: member(metadata, 'in_reply_to_id'),
  };
}

function actionOf(json: unknown): string {
  const action = member(json, 'action');
  return typeof action === 'string' ? action : '';
}
