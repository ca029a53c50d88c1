import type { SimClock } from '../../seam';
import type { EngageAccount } from '../account/account';
import { isoSeconds, readIsoDate } from '../account/dates';
import type { Content, ContentSource, Identity, Thread } from '../account/records';
import type { EngageAssumptions } from '../assumptions';
import type { Desk } from '../desk/desk';
import type { Announce, Delivery } from '../webhooks/deliveries';
import { contentEvent } from '../webhooks/events';
import type { ContentObject, ThreadObject, UserObject } from './objects';

/** A content that came in, and what the webhooks said to the news. */
export interface Imported {
  readonly content: Content;
  readonly announced: Promise<Delivery[]>;
}

/** Takes in what sources push: people become identities, conversations threads, messages contents. */
export class Intake {
  constructor(
    private readonly account: EngageAccount,
    private readonly desk: Desk,
    private readonly announce: Announce,
    private readonly assumptions: EngageAssumptions,
    private readonly clock: SimClock,
  ) {}

  /** Adds the identity, or brings the one with this foreign id up to date. */
  user(source: ContentSource, user: UserObject): Identity {
    const known = this.account.identityByForeignId(source.community_id, user.id);
    const identity = known ?? this.account.identities.add(this.#newIdentity(source, user));
    identity.screenname = user.screenname;
    identity.firstname = user.firstname ?? identity.firstname;
    identity.lastname = user.lastname ?? identity.lastname;
    identity.email = user.email ?? identity.email;
    identity.gender = user.gender ?? identity.gender;
    identity.home_phone = user.home_phone ?? identity.home_phone;
    identity.mobile_phone = user.mobile_phone ?? identity.mobile_phone;
    identity.avatar_url = user.avatar_url ?? identity.avatar_url;
    identity.extra_values = { ...identity.extra_values, ...user.context_data };
    identity.puppetizable ||= user.puppetizable;
    this.account.touch(identity);
    return identity;
  }

  /** The thread of a foreign id, made with the source's default categories when it is new. */
  thread(
    source: ContentSource,
    foreignId: string | null,
    title: string | undefined,
    extraData: Record<string, unknown> = {},
    id = this.account.newId(),
  ): Thread {
    const known =
      foreignId === null ? undefined : this.account.threadByForeignId(source.id, foreignId);
    if (known) {
      known.extra_data = { ...known.extra_data, ...extraData };
      return known;
    }
    return this.account.threads.add({
      id,
      ...this.account.dated(),
      source_id: source.id,
      title: title ?? null,
      foreign_id: foreignId,
      closed: false,
      thread_category_ids: [...source.default_category_ids],
      extra_data: extraData,
      contentIds: [],
      interventionIds: [],
    });
  }

  /** A pushed thread is also its first message, unless it comes without one. */
  threadObject(source: ContentSource, object: ThreadObject): Imported | undefined {
    const thread = this.thread(source, object.id, object.title, object.context_data);
    const { author, body } = object;
    if (!author || body === undefined) return undefined;
    return this.content(
      source,
      thread,
      { ...object, author, body, attachments: [], structured_content: undefined },
      false,
    );
  }

  content(
    source: ContentSource,
    thread: Thread,
    object: ContentObject,
    isPrivate: boolean,
  ): Imported {
    const author = this.user(source, object.author);
    const known = this.account.contentByForeignId(source.id, object.id);
    if (known && this.assumptions.repeatedIdUpdates) {
      known.body = object.body;
      known.body_input_format = object.format;
      this.account.touch(known);
      return { content: known, announced: Promise.resolve([]) };
    }
    const content = this.#newContent(source, thread, object, author, isPrivate);
    const toReopen = this.desk.receive(thread, content);
    const told = this.announce(contentEvent(this.account, 'content.imported', content));
    const reopened = toReopen && this.desk.reopen(toReopen);
    const announced = Promise.all([told, reopened?.announced ?? []]);
    return { content, announced: announced.then((deliveries) => deliveries.flat()) };
  }

  #newContent(
    source: ContentSource,
    thread: Thread,
    object: ContentObject,
    author: Identity,
    isPrivate: boolean,
  ): Content {
    const repliedTo =
      object.in_reply_to_id === undefined
        ? undefined
        : this.account.contentByForeignId(source.id, object.in_reply_to_id);
    const content = this.account.contents.add({
      id: this.account.newId(),
      ...this.account.dated(),
      created_at: isoSeconds(readIsoDate(object.created_at) ?? this.clock.now()),
      source_id: source.id,
      source_type: source.type,
      type: isPrivate ? this.assumptions.privateContentType : this.assumptions.contentType,
      thread_id: thread.id,
      author_id: author.id,
      creator_id: null,
      created_from: this.assumptions.createdFrom.imported,
      in_reply_to_id: repliedTo?.id ?? null,
      in_reply_to_author_id: repliedTo?.author_id ?? null,
      private_message: isPrivate,
      first_in_thread: thread.contentIds.length === 0,
      auto_submitted: false,
      foreign_id: object.id,
      intervention_id: null,
      status: author.puppetizable ? this.assumptions.controlledAuthorStatus : 'new',
      title: object.title ?? null,
      body: object.body,
      body_input_format: object.format,
      category_ids: [...thread.thread_category_ids],
      foreign_categories: object.categories,
      context_data: object.context_data,
      attachments: object.attachments,
      language: object.language ?? null,
      synchronization_status: 'success',
      synchronization_error: null,
      structured_content: object.structured_content ?? null,
      actions: object.actions,
    });
    thread.contentIds.push(content.id);
    this.account.touch(thread);
    return content;
  }

  #newIdentity(source: ContentSource, user: UserObject): Identity {
    const id = this.account.newId();
    return {
      id,
      ...this.account.dated(),
      community_id: source.community_id,
      type: this.account.communities.get(source.community_id)?.type ?? source.type,
      foreign_id: user.id,
      uuid: user.id,
      screenname: user.screenname,
      firstname: null,
      lastname: null,
      email: null,
      gender: null,
      home_phone: null,
      mobile_phone: null,
      avatar_url: null,
      identity_group_id: null,
      user_ids: [],
      extra_values: {},
      puppetizable: false,
    };
  }
}
