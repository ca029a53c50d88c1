import type { PracticeRoom } from '../../seam';
import type { EngageAccount } from '../account/account';
import type { ContentSource, Thread } from '../account/records';
import { ENGAGE_ASSUMPTIONS, type EngageAssumptions } from '../assumptions';
import type { Acted, Desk } from '../desk/desk';
import type { Connector } from './connect';
import type { Conversations } from './conversations';
import type { Handover } from './handover';
import { actedStep, Refusal, type Step } from './step';

interface CommandServices {
  readonly account: EngageAccount;
  readonly source: ContentSource;
  readonly desk: Desk;
  readonly connector: Connector;
  readonly conversations: Conversations;
  readonly handover: Handover;
  readonly assumptions: EngageAssumptions;
}

type Params = Record<string, unknown>;

const CUSTOMER_TEXT = 'I would like to talk to a person, please.';
const AGENT_TEXT = 'Hello, this is Alex. How can I help?';

/** The control commands of the Engage room. */
export function engageCommands(services: CommandServices): PracticeRoom['control'] {
  const { assumptions, connector, conversations, desk, handover } = services;
  const act = async (params: Params, doing: (thread: Thread) => Acted): Promise<object> => {
    needBot(services);
    const thread = conversations.need(text(params, 'threadId'));
    return stepAnswer(thread, await actedStep(doing(thread)));
  };
  return {
    'engage.connect': {
      about:
        'Sets the source’s Base URI to `url`, asks it for implementation.info, and registers `webhookUrl` (default: `url`) for the events of a handover.',
      run: (params) => {
        const url = text(params, 'url');
        if (url === undefined) throw new Refusal('Give the bot’s address as “url”.');
        return connector.connect(url, text(params, 'webhookUrl') ?? url);
      },
    },
    'engage.threads': {
      about: 'Lists the conversations, oldest first.',
      run: () => conversations.list(),
    },
    'engage.open': {
      about: 'An agent engages on the customer’s latest message: intervention.opened.',
      run: (params) =>
        act(params, (thread) => desk.open(conversations.contentOf(thread), conversations.agent)),
    },
    'engage.assign': {
      about: 'Puts the agent on the open intervention: intervention.assigned.',
      run: (params) =>
        act(params, (thread) =>
          desk.assign(
            conversations.openIntervention(thread),
            conversations.agent,
            conversations.agent,
          ),
        ),
    },
    'engage.close': {
      about: 'The agent is done, having answered: intervention.closed.',
      run: (params) =>
        act(params, (thread) =>
          desk.close(conversations.openIntervention(thread), conversations.agent),
        ),
    },
    'engage.cancel': {
      about: 'The agent drops the intervention without having answered: intervention.canceled.',
      run: (params) =>
        act(params, (thread) =>
          desk.cancel(conversations.openIntervention(thread), conversations.agent),
        ),
    },
    'engage.reopen': {
      about: 'The agent takes up the closed intervention again: intervention.reopened.',
      run: (params) =>
        act(params, (thread) =>
          desk.reopen(conversations.closedIntervention(thread), conversations.agent),
        ),
    },
    'engage.agentMessage': {
      about:
        'The agent answers `text` to the customer: messages.create to the Base URI, three tries.',
      run: async (params) => {
        needBaseUri(services);
        const body = text(params, 'text');
        if (body === undefined) throw new Refusal('Give what the agent writes as “text”.');
        const thread = conversations.need(text(params, 'threadId'));
        conversations.openIntervention(thread);
        return stepAnswer(thread, await handover.agentWrites(thread, body));
      },
    },
    'engage.handover': {
      about:
        'Plays a whole handover: the customer writes `text`, the thread moves to category Agent, an intervention is opened and assigned, the agent answers `agentText` (a text or a list), the intervention is closed. `threadId` defaults to the newest thread; one is made when there is none.',
      run: (params) => {
        needBot(services);
        return handover.play({
          threadId: text(params, 'threadId'),
          text: text(params, 'text') ?? CUSTOMER_TEXT,
          agentTexts: texts(params, 'agentText') ?? [AGENT_TEXT],
        });
      },
    },
    'engage.assumptions': {
      about: 'Lists what Engage’s documents leave open, and what is practised here instead.',
      run: () =>
        Object.entries(ENGAGE_ASSUMPTIONS).map(([name, { about }]) => ({
          name,
          value: assumptions[name as keyof EngageAssumptions],
          about,
        })),
    },
  };
}

const stepAnswer = (thread: Thread, step: Step): object => ({
  thread: { id: thread.id, foreignId: thread.foreign_id },
  ...step,
});

/** A bot is there when the source has a Base URI, or when it registered a webhook itself. */
function needBot({ account, source }: CommandServices): void {
  if (source.baseUri === undefined && account.webhooks.all().length === 0) throw notConnected();
}

function needBaseUri({ source }: CommandServices): void {
  if (source.baseUri === undefined) throw notConnected();
}

const notConnected = (): Refusal =>
  new Refusal('No bot is connected; use engage.connect with the bot’s address as “url” first.');

function text(params: Params, name: string): string | undefined {
  const value = params[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new Refusal(`“${name}” must be a text.`);
  return value;
}

function texts(params: Params, name: string): string[] | undefined {
  const value = params[name];
  if (!Array.isArray(value)) {
    const single = text(params, name);
    return single === undefined ? undefined : [single];
  }
  return value.map((item: unknown) => {
    if (typeof item === 'string') return item;
    throw new Refusal(`“${name}” must be a text or a list of texts.`);
  });
}
