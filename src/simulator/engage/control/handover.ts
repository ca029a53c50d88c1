import type { EngageAccount } from '../account/account';
import type { Thread } from '../account/records';
import type { Acted, Desk } from '../desk/desk';
import type { EngageAssumptions } from '../assumptions';
import type { Replies } from '../desk/replies';
import { EngageProblem } from '../problems';
import { SEED_IDS } from '../seeds';
import type { Conversations } from './conversations';
import { actedStep, exportStep, Refusal, toldStep, type Step } from './step';

export interface HandoverWish {
  readonly threadId: string | undefined;
  /** What the customer writes. */
  readonly text: string;
  /** What the agent writes, a message each. */
  readonly agentTexts: readonly string[];
}

export interface HandoverReport {
  readonly thread: { readonly id: string; readonly foreignId: string | null };
  readonly completed: boolean;
  readonly steps: readonly Step[];
}

/**
 * Plays a handover as it happens between people: the customer writes, the conversation moves to the
 * agents, one engages, is put on it, answers and closes. Each step waits for the one before, so the
 * bot sees this order; a step the bot fails is reported and the play goes on, as real agents would.
 */
export class Handover {
  constructor(
    private readonly account: EngageAccount,
    private readonly conversations: Conversations,
    private readonly desk: Desk,
    private readonly replies: Replies,
    private readonly assumptions: EngageAssumptions,
  ) {}

  async play(wish: HandoverWish): Promise<HandoverReport> {
    const steps: Step[] = [];
    const before = this.conversations.find(wish.threadId);
    const imported = this.conversations.customerWrites(before, wish.text);
    const news = await imported.announced;
    steps.push(toldStep('customer message', 'content.imported', news));
    const wasReopened = news.some(({ eventType }) => eventType === 'intervention.reopened');
    if (wasReopened) steps.push(toldStep('intervention.reopened', 'intervention.reopened', news));

    const thread = this.conversations.need(imported.content.thread_id);
    steps.push(this.#toAgents(thread));
    const { agent } = this.conversations;
    const acts: (() => Promise<Step>)[] = [
      () => this.#act('intervention.opened', () => this.#open(thread)),
      () => this.#act('intervention.assigned', () => this.#assign(thread)),
      ...wish.agentTexts.map((text) => () => this.agentWrites(thread, text)),
      () =>
        this.#act('intervention.closed', () =>
          this.desk.close(this.conversations.openIntervention(thread), agent),
        ),
    ];
    for (const act of acts) steps.push(await act());
    return {
      thread: { id: thread.id, foreignId: thread.foreign_id },
      completed: steps.every(({ ok }) => ok),
      steps,
    };
  }

  /** An agent answers the customer; waits until the source has it, or will never. */
  async agentWrites(thread: Thread, text: string): Promise<Step> {
    const step = 'agent message';
    try {
      const content = this.conversations.contentOf(thread);
      const { agent } = this.conversations;
      const replied = this.replies.reply(content, agent, {
        body: text,
        format: 'text',
        title: null,
        author: undefined,
        createdFrom: this.assumptions.createdFrom.byAgent,
      });
      const exported = await replied.exported;
      await replied.announced;
      return exportStep(step, exported);
    } catch (error) {
      return refusedStep(step, error);
    }
  }

  /** Bot goes, Agent comes, every other category stays. */
  #toAgents(thread: Thread): Step {
    const kept = thread.thread_category_ids.filter((id) => id !== SEED_IDS.botCategory);
    this.desk.categorize(thread, [...kept, SEED_IDS.agentCategory]);
    const names = thread.thread_category_ids.map((id) => this.account.categories.get(id)?.name);
    return { step: 'category Agent', ok: true, what: `The thread is now in ${names.join(', ')}.` };
  }

  /** Undefined when a customer's message reopened it before. */
  #open(thread: Thread): Acted | undefined {
    if (this.account.openIntervention(thread)) return undefined;
    const { agent } = this.conversations;
    return this.desk.open(this.conversations.contentOf(thread), agent);
  }

  /** Undefined when the agent has it already. */
  #assign(thread: Thread): Acted | undefined {
    const { agent } = this.conversations;
    const intervention = this.conversations.openIntervention(thread);
    return intervention.user_id === agent.id
      ? undefined
      : this.desk.assign(intervention, agent, agent);
  }

  async #act(step: string, act: () => Acted | undefined): Promise<Step> {
    try {
      const acted = act();
      return acted
        ? await actedStep(acted)
        : { step, ok: true, what: 'It was so already; no event is sent.' };
    } catch (error) {
      return refusedStep(step, error);
    }
  }
}

/** What the rules refuse is a step that failed; anything else is a bug. */
function refusedStep(step: string, error: unknown): Step {
  if (error instanceof EngageProblem) return { step, ok: false, what: `${error.message}.` };
  if (error instanceof Refusal) return { step, ok: false, what: error.message };
  throw error;
}
