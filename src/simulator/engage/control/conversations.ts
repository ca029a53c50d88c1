import { isOpen, type EngageAccount } from '../account/account';
import type { Content, ContentSource, Intervention, Thread, User } from '../account/records';
import type { Imported, Intake } from '../intake/intake';
import { SEED_FOREIGN_IDS, SEED_IDS } from '../seeds';
import { Refusal } from './step';

/** Finds and makes the conversations that control commands speak of. */
export class Conversations {
  constructor(
    private readonly account: EngageAccount,
    private readonly source: ContentSource,
    private readonly intake: Intake,
  ) {}

  get agent(): User {
    const agent = this.account.users.get(SEED_IDS.agent);
    if (!agent) throw new Refusal('The practice account has no agent.');
    return agent;
  }

  /** By Engage's id or the bot's; the newest without any. */
  find(threadId: string | undefined): Thread | undefined {
    if (threadId === undefined) return this.account.threads.all().at(-1);
    const thread =
      this.account.threads.get(threadId) ??
      this.account.threads.findLast(({ foreign_id: id }) => id === threadId);
    if (!thread) throw new Refusal(`There is no thread ${threadId}; engage.threads lists them.`);
    return thread;
  }

  need(threadId: string | undefined): Thread {
    const thread = this.find(threadId);
    if (thread) return thread;
    throw new Refusal('There is no thread yet; let the bot push a message or use engage.handover.');
  }

  /** What an agent engages on: the customer's latest message, else the latest of all. */
  contentOf(thread: Thread): Content {
    const content =
      this.account.lastCustomerContent(thread) ?? this.account.contentsOf(thread).at(-1);
    if (!content) throw new Refusal('The thread has no message yet.');
    return content;
  }

  openIntervention(thread: Thread): Intervention {
    const intervention = this.account.openIntervention(thread);
    if (intervention) return intervention;
    throw new Refusal('The thread has no open intervention; use engage.open first.');
  }

  closedIntervention(thread: Thread): Intervention {
    const intervention = this.account.interventionsOf(thread).at(-1);
    if (intervention?.state === 'closed') return intervention;
    throw new Refusal('The thread has no closed intervention.');
  }

  /**
   * The conversation that the practice account starts with: the practice chat, under an id that is
   * the same in every simulator, so that a recorded handover can be replayed after a restart.
   */
  begin(foreignId: string): void {
    this.intake.thread(this.source, foreignId, undefined, {}, SEED_IDS.thread);
  }

  /** The customer of the thread writes; in a new thread it is the practice customer. */
  customerWrites(thread: Thread | undefined, text: string): Imported {
    // Never the same twice, so that a bot that remembers ids over a restart takes it for new.
    const mark = this.account.newId();
    const latest = thread && this.account.lastCustomerContent(thread);
    const author =
      this.account.identities.get(latest?.author_id) ??
      this.account.identities.get(SEED_IDS.customerIdentity);
    return this.intake.content(
      this.source,
      thread ?? this.intake.thread(this.source, `practice-thread-${mark}`, undefined),
      {
        id: `practice-message-${mark}`,
        actions: latest?.actions,
        categories: [],
        created_at: undefined,
        context_data: {},
        format: 'text',
        language: undefined,
        title: undefined,
        author: {
          id: author?.foreign_id ?? SEED_FOREIGN_IDS.customer,
          screenname: author?.screenname ?? 'Practice Customer',
          created_at: author?.created_at ?? '',
          puppetizable: false,
          context_data: {},
        },
        body: text,
        attachments: [],
        structured_content: undefined,
        in_reply_to_id: undefined,
      },
      false,
    );
  }

  /** Oldest first, for people to choose from. */
  list(): object[] {
    return this.account.threads.all().map((thread) => {
      const contents = this.account.contentsOf(thread);
      const intervention = this.account.interventionsOf(thread).at(-1);
      return {
        id: thread.id,
        foreignId: thread.foreign_id,
        categories: thread.thread_category_ids.map(
          (id) => this.account.categories.get(id)?.name ?? id,
        ),
        messages: contents.length,
        lastMessage: contents.at(-1)?.body ?? null,
        intervention: intervention
          ? { id: intervention.id, state: intervention.state, isOpen: isOpen(intervention) }
          : null,
      };
    });
  }
}
