import { randomUUID } from 'node:crypto';
import { subscriptionProblem } from '../errors/apiProblem';
import type { Session } from '../oauth/sessions';
import type { Ids } from '../state/ids';
import type { PostEvent } from '../state/posts';
import { postContent } from '../teamMessaging/views';
import { POST_FILTERS } from './filters';
import type { Subscription, Transport } from './subscription';

/** RingCentral developer guide: subscriptions of one extension in one app. */
const MOST_SUBSCRIPTIONS = 30;

/** All subscriptions, and who of them hears of a post. */
export class SubscriptionBook {
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #ids: Ids;
  readonly #now: () => number;

  constructor(ids: Ids, now: () => number) {
    this.#ids = ids;
    this.#now = now;
  }

  /** Every one that has not expired. */
  get all(): Subscription[] {
    const now = this.#now();
    for (const subscription of this.#subscriptions.values()) {
      if (subscription.expiresAt <= now) this.#drop(subscription);
    }
    return [...this.#subscriptions.values()];
  }

  ofSession(session: Session): Subscription[] {
    return this.all.filter((subscription) => isOf(subscription, session));
  }

  /** Throws SUB-505 when the caller has as many as allowed already. */
  checkRoom(session: Session): void {
    if (this.ofSession(session).length >= MOST_SUBSCRIPTIONS) {
      throw subscriptionProblem(403, 'SUB-505', 'Subscriptions limit exceeded');
    }
  }

  add(
    session: Session,
    eventFilters: readonly string[],
    expiresInSeconds: number,
    transportFor: (id: string) => Transport,
  ): Subscription {
    const id = randomUUID();
    const now = this.#now();
    const subscription: Subscription = {
      id,
      owner: session.person,
      clientId: session.app.clientId,
      transport: transportFor(id),
      creationTime: now,
      eventFilters,
      expiresAt: now + expiresInSeconds * 1000,
      blacklisted: undefined,
    };
    this.#subscriptions.set(id, subscription);
    return subscription;
  }

  /** The caller's own subscription; anyone else's, and an expired one, is not found (SUB-507). */
  find(id: string, session: Session): Subscription {
    const found = this.all.find((subscription) => subscription.id === id);
    if (found && isOf(found, session)) return found;
    const message = `Subscription with key [${id}] and assigned session [${session.id}] was expired`;
    throw subscriptionProblem(404, 'SUB-507', message);
  }

  get(id: string): Subscription | undefined {
    return this.#subscriptions.get(id);
  }

  remove(id: string): void {
    const subscription = this.#subscriptions.get(id);
    if (subscription) this.#drop(subscription);
  }

  /** Tells every subscriber who is in the chat, once for each filter that asks for posts. */
  announce({ eventType, chat, post }: PostEvent): void {
    const body =
      eventType === 'PostRemoved'
        ? { id: post.id, eventType }
        : { id: post.id, groupId: post.chatId, ...postContent(post), eventType };
    for (const subscription of this.all) {
      if (subscription.blacklisted || !chat.memberIds.includes(subscription.owner.id)) continue;
      for (const event of subscription.eventFilters) {
        if (!POST_FILTERS.includes(event)) continue;
        subscription.transport.send({
          uuid: this.#ids.eventUuid(),
          event,
          timestamp: new Date(this.#now()).toISOString(),
          subscriptionId: subscription.id,
          ownerId: subscription.owner.id,
          body,
        });
      }
    }
  }

  close(): void {
    for (const subscription of this.#subscriptions.values()) subscription.transport.close();
    this.#subscriptions.clear();
  }

  #drop(subscription: Subscription): void {
    this.#subscriptions.delete(subscription.id);
    subscription.transport.close();
  }
}

const isOf = (subscription: Subscription, session: Session): boolean =>
  subscription.owner === session.person && subscription.clientId === session.app.clientId;
