import type { SimClock } from '../../seam';
import { isOpen, type EngageAccount } from '../account/account';
import { isoSeconds } from '../account/dates';
import type { Content, Intervention, Thread, User } from '../account/records';
import type { EngageAssumptions } from '../assumptions';
import type { Problems } from '../problems';
import type { Announce, Delivery } from '../webhooks/deliveries';
import type { PractisedEvent } from '../webhooks/eventTypes';
import { interventionEvent } from '../webhooks/events';

/** An intervention after something happened to it, and what the webhooks said to the news. */
export interface Acted {
  readonly intervention: Intervention;
  readonly event: PractisedEvent;
  readonly announced: Promise<Delivery[]>;
}

/**
 * The rules of interventions (Engage Digital docs, Interventions; API reference). Whoever acts, the
 * REST API or the control commands, acts here, so the same webhooks follow.
 */
export class Desk {
  constructor(
    private readonly account: EngageAccount,
    private readonly announce: Announce,
    private readonly problems: Problems,
    private readonly assumptions: EngageAssumptions,
    private readonly clock: SimClock,
  ) {}

  /** Opens an intervention on a content, or reopens the closed one the content belongs to. */
  open(content: Content, by: User): Acted {
    const thread = this.#threadOf(content);
    if (this.account.openIntervention(thread)) {
      throw this.problems.invalid('The thread has an open intervention already');
    }
    const before = this.account.interventions.get(content.intervention_id);
    if (before?.state === 'closed') return this.reopen(before, by);
    const intervention = this.account.interventions.add({
      id: this.account.newId(),
      ...this.account.dated(),
      source_id: content.source_id,
      thread_id: thread.id,
      content_id: content.id,
      identity_id: content.author_id,
      user_id: null,
      closed_at: null,
      deferred_at: null,
      category_ids: [...thread.thread_category_ids],
      custom_field_values: {},
      state: 'opened',
      replyIds: [],
    });
    thread.interventionIds.push(intervention.id);
    this.#takeOver(thread, intervention);
    return this.#acted('intervention.opened', intervention, by);
  }

  /** Puts an agent on it: “assigned” the first time, “user_updated” when another agent had it. */
  assign(intervention: Intervention, agent: User, by: User): Acted {
    if (!isOpen(intervention)) throw this.problems.forbidden('The intervention is not open');
    const hadAgent = intervention.user_id !== null && intervention.user_id !== agent.id;
    intervention.user_id = agent.id;
    const event = hadAgent ? 'intervention.user_updated' : 'intervention.assigned';
    return this.#acted(event, intervention, by);
  }

  close(intervention: Intervention, by: User): Acted {
    if (intervention.state === 'closed') {
      throw this.problems.conflict('The intervention is closed already');
    }
    if (!isOpen(intervention)) throw this.problems.forbidden('The intervention is not open');
    if (intervention.replyIds.length === 0) {
      throw this.problems.forbidden(
        'An intervention without an agent’s reply cannot be closed, only cancelled',
      );
    }
    if (intervention.user_id !== by.id && !this.#mayEditAll(by)) {
      throw this.problems.forbidden('The intervention is another agent’s');
    }
    intervention.state = 'closed';
    intervention.closed_at = isoSeconds(this.clock.now());
    return this.#acted('intervention.closed', intervention, by);
  }

  cancel(intervention: Intervention, by: User): Acted {
    if (!isOpen(intervention)) throw this.problems.forbidden('The intervention is not open');
    if (intervention.replyIds.length > 0) {
      throw this.problems.forbidden(
        'An intervention with an agent’s reply cannot be cancelled, only closed',
      );
    }
    intervention.state = 'canceled';
    for (const content of this.#contentsOf(intervention)) {
      content.intervention_id = null;
      if (content.status === 'assigned') content.status = 'new';
    }
    if (this.assumptions.canceledInterventionIsDeleted) {
      this.account.interventions.delete(intervention.id);
    }
    return this.#acted('intervention.canceled', intervention, by);
  }

  /** `by` is absent when the customer's new message did it. */
  reopen(intervention: Intervention, by?: User): Acted {
    if (intervention.state !== 'closed') {
      throw this.problems.invalid('Only a closed intervention can be reopened');
    }
    intervention.state = 'reopened';
    intervention.closed_at = null;
    return this.#acted('intervention.reopened', intervention, by);
  }

  /**
   * Puts a new content under the thread's intervention; a customer's may be under a closed one,
   * which is returned because it is to be reopened.
   */
  receive(thread: Thread, content: Content): Intervention | undefined {
    const latest = this.account.interventionsOf(thread).at(-1);
    if (!latest) return undefined;
    const isFromCustomer = !this.account.isOwn(content);
    const reopens =
      isFromCustomer && latest.state === 'closed' && this.assumptions.customerMessageReopens;
    if (!isOpen(latest) && !reopens) return undefined;
    content.intervention_id = latest.id;
    if (isFromCustomer) content.status = 'assigned';
    return reopens ? latest : undefined;
  }

  /** Replaces the categories of a thread by exactly these. */
  categorize(thread: Thread, categoryIds: readonly string[]): void {
    const unknown = categoryIds.find((id) => !this.account.categories.get(id));
    if (unknown !== undefined) throw this.problems.invalid(`There is no category ${unknown}`);
    thread.thread_category_ids = [...new Set(categoryIds)];
    this.account.touch(thread);
  }

  #acted(event: PractisedEvent, intervention: Intervention, by: User | undefined): Acted {
    this.account.touch(intervention);
    const announced = this.announce(interventionEvent(event, intervention, by?.id));
    return { intervention, event, announced };
  }

  /** What the customer wrote so far and nobody engaged on belongs to the new intervention. */
  #takeOver(thread: Thread, intervention: Intervention): void {
    for (const content of this.account.contentsOf(thread)) {
      if (content.intervention_id !== null) continue;
      content.intervention_id = intervention.id;
      if (content.status === 'new') content.status = 'assigned';
    }
  }

  #contentsOf(intervention: Intervention): Content[] {
    return this.account.contents.filter(({ intervention_id: id }) => id === intervention.id);
  }

  #threadOf(content: Content): Thread {
    const thread = this.account.threads.get(content.thread_id);
    if (!thread) throw this.problems.notFound('Thread');
    return thread;
  }

  #mayEditAll(user: User): boolean {
    return this.account.roles.get(user.role_id)?.update_intervention === true;
  }
}
