import type { SimClock } from '../../seam';
import { Collection } from './collection';
import { isoSeconds } from './dates';
import { ObjectIds } from './ids';
import type {
  Category,
  Community,
  Content,
  ContentSource,
  Identity,
  Intervention,
  Role,
  Thread,
  User,
  Webhook,
} from './records';

/** One account of Engage Digital: its records and the questions asked of them. No rules, no I/O. */
export class EngageAccount {
  readonly categories = new Collection<Category>();
  readonly communities = new Collection<Community>();
  readonly sources = new Collection<ContentSource>();
  readonly identities = new Collection<Identity>();
  readonly threads = new Collection<Thread>();
  readonly contents = new Collection<Content>();
  readonly interventions = new Collection<Intervention>();
  readonly users = new Collection<User>();
  readonly roles = new Collection<Role>();
  readonly webhooks = new Collection<Webhook>();
  readonly #ids: ObjectIds;

  constructor(private readonly clock: SimClock) {
    this.#ids = new ObjectIds(clock);
  }

  newId(): string {
    return this.#ids.next();
  }

  /** The two dates of a record that is made now. */
  dated(): { created_at: string; updated_at: string } {
    const now = isoSeconds(this.clock.now());
    return { created_at: now, updated_at: now };
  }

  touch(record: { updated_at: string }): void {
    record.updated_at = isoSeconds(this.clock.now());
  }

  threadByForeignId(sourceId: string, foreignId: string): Thread | undefined {
    return this.threads.find(
      (thread) => thread.source_id === sourceId && thread.foreign_id === foreignId,
    );
  }

  contentByForeignId(sourceId: string, foreignId: string): Content | undefined {
    return this.contents.find(
      (content) => content.source_id === sourceId && content.foreign_id === foreignId,
    );
  }

  identityByForeignId(communityId: string, foreignId: string): Identity | undefined {
    return this.identities.find(
      (identity) => identity.community_id === communityId && identity.foreign_id === foreignId,
    );
  }

  /** Oldest first. */
  contentsOf(thread: Thread): Content[] {
    return thread.contentIds.flatMap((id) => this.contents.get(id) ?? []);
  }

  /** Oldest first; cancelled ones only while they are kept at all. */
  interventionsOf(thread: Thread): Intervention[] {
    return thread.interventionIds.flatMap((id) => this.interventions.get(id) ?? []);
  }

  openIntervention(thread: Thread): Intervention | undefined {
    return this.interventionsOf(thread).find(isOpen);
  }

  /** The customer's latest message: what an agent engages on and answers to. */
  lastCustomerContent(thread: Thread): Content | undefined {
    return this.contentsOf(thread).findLast((content) => !this.isOwn(content));
  }

  /** Written by an agent, or by an identity that agents may use (the bot's). */
  isOwn(content: Content): boolean {
    return (
      content.creator_id !== null || this.identities.get(content.author_id)?.puppetizable === true
    );
  }

  /** The identity an agent speaks with on a source: the first one held in its community. */
  identityOf(user: User, source: ContentSource): Identity | undefined {
    return user.identity_ids
      .flatMap((id) => this.identities.get(id) ?? [])
      .find((identity) => identity.community_id === source.community_id);
  }
}

export const isOpen = (intervention: Intervention): boolean =>
  intervention.state === 'opened' || intervention.state === 'reopened';
