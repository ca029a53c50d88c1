import type { EngageAccount } from '../account/account';
import type { Content, ContentSource, Identity, User } from '../account/records';
import { isOpen } from '../account/account';
import type { EngageAssumptions } from '../assumptions';
import type { Problems } from '../problems';
import type { Export, Exporter } from '../sourceSdk/exporter';
import { declares } from '../sourceSdk/implementation';
import type { Announce, Delivery } from '../webhooks/deliveries';
import { contentEvent } from '../webhooks/events';

export interface ReplyDraft {
  readonly body: string;
  readonly format: 'text' | 'html';
  readonly title: string | null;
  /** The identity to speak with; the first one the agent holds on the source when undefined. */
  readonly author: Identity | undefined;
  readonly createdFrom: string;
}

/** A reply that is written; that it reaches the customer is another matter. */
export interface Replied {
  readonly content: Content;
  /** Never reject. */
  readonly exported: Promise<Export>;
  readonly announced: Promise<Delivery[]>;
}

/** Agents' replies: a content in Engage, exported to the source through the Source SDK. */
export class Replies {
  constructor(
    private readonly account: EngageAccount,
    private readonly exporter: Exporter,
    private readonly announce: Announce,
    private readonly problems: Problems,
    private readonly assumptions: EngageAssumptions,
  ) {}

  /** Engage Digital docs, Chatbots, Replies: only under an open intervention, once synchronised. */
  reply(to: Content, by: User, draft: ReplyDraft): Replied {
    const intervention = this.account.interventions.get(to.intervention_id);
    if (!intervention || !isOpen(intervention)) {
      throw this.problems.replyToClosed('The message has no open intervention');
    }
    if (to.synchronization_status !== 'success') {
      throw this.problems.invalid('The message replied to is not synchronized');
    }
    const source = this.#sourceOf(to);
    this.#checkReplyButton(source, to);
    const author = draft.author ?? this.account.identityOf(by, source);
    if (!author) throw this.problems.invalid('The agent has no identity on this source');
    const content = this.#write(to, by, author, draft);
    intervention.replyIds.push(content.id);
    this.account.touch(intervention);
    to.status = 'replied';
    const told = this.announce(contentEvent(this.account, 'content.replied', content));
    const exported = this.exporter.deliver(source, content);
    return { content, exported, announced: this.#tellExported(content, told, exported) };
  }

  async #tellExported(
    content: Content,
    told: Promise<Delivery[]>,
    exported: Promise<Export>,
  ): Promise<Delivery[]> {
    await exported;
    const event = contentEvent(this.account, 'content.exported', content);
    return [...(await told), ...(await this.announce(event))];
  }

  #write(to: Content, by: User, author: Identity, draft: ReplyDraft): Content {
    const content = this.account.contents.add({
      id: this.account.newId(),
      ...this.account.dated(),
      source_id: to.source_id,
      source_type: to.source_type,
      type: to.type,
      thread_id: to.thread_id,
      author_id: author.id,
      creator_id: by.id,
      created_from: draft.createdFrom,
      in_reply_to_id: to.id,
      in_reply_to_author_id: to.author_id,
      private_message: to.private_message,
      first_in_thread: false,
      auto_submitted: false,
      foreign_id: null,
      intervention_id: to.intervention_id,
      status: 'user_reply',
      title: draft.title,
      body: draft.body,
      body_input_format: draft.format,
      category_ids: [...to.category_ids],
      foreign_categories: [],
      context_data: {},
      attachments: [],
      language: to.language,
      synchronization_status: 'export_pending',
      synchronization_error: null,
      structured_content: null,
      actions: undefined,
    });
    this.account.threads.get(to.thread_id)?.contentIds.push(content.id);
    return content;
  }

  #sourceOf(content: Content): ContentSource {
    const source = this.account.sources.get(content.source_id);
    if (!source) throw this.problems.notFound('Source');
    return source;
  }

  /** Source SDK: “reply” is never sent; it only switches the Reply button. */
  #checkReplyButton(source: ContentSource, to: Content): void {
    if (!this.assumptions.replyNeedsDeclaration || !source.implementation) return;
    const object = to.private_message ? 'private_messages' : 'messages';
    if (to.actions?.includes('reply') ?? declares(source.implementation, object, 'reply')) return;
    throw this.problems.forbidden(
      `Agents have no Reply button: “reply” is not among the actions of ${object} in the answer to implementation.info`,
    );
  }
}
