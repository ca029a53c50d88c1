import type { FastifyPluginAsync } from 'fastify';
import type { SimulatorDetails } from '../details';
import type { PracticeRoom, SimClock } from '../seam';
import { Presenter } from './account/present';
import { practiceAccount } from './account/practiceAccount';
import { settleEngage, type EngageAssumptions } from './assumptions';
import { engageCommands } from './control/commands';
import { Connector } from './control/connect';
import { Conversations } from './control/conversations';
import { Handover } from './control/handover';
import { Desk } from './desk/desk';
import { Replies } from './desk/replies';
import { Intake } from './intake/intake';
import { Outgoing } from './outgoing';
import { Problems } from './problems';
import { realtimeRoutes } from './realtime/realtimeRoutes';
import { SendActions } from './realtime/sendActions';
import { paginator } from './rest/page';
import { categoryRoutes } from './rest/resources/categories';
import { contentRoutes } from './rest/resources/contents';
import { identityRoutes } from './rest/resources/identities';
import { interventionRoutes } from './rest/resources/interventions';
import { sourceRoutes } from './rest/resources/sources';
import { threadRoutes } from './rest/resources/threads';
import { userRoutes } from './rest/resources/users';
import { webhookRoutes } from './rest/resources/webhooks';
import { restRoutes } from './rest/restRoutes';
import { Throttle } from './rest/throttle';
import { readEngageSeeds, SEED_IDS } from './seeds';
import { Exporter } from './sourceSdk/exporter';
import { SourceCaller } from './sourceSdk/sourceCaller';
import { Waits } from './waits';
import { Deliveries, type Announce } from './webhooks/deliveries';
import { WebhookBook } from './webhooks/webhookBook';

export { ENGAGE_ASSUMPTIONS, type EngageAssumptions } from './assumptions';

export interface EngageRoom extends PracticeRoom {
  /** `origin` is the simulator's, such as `http://127.0.0.1:4747`. */
  details(origin: string): SimulatorDetails['engage'];
}

/** The host form of an account: `NAME.api.localhost` for REST, `NAME.localhost` for the rest. */
const API_HOST = /^[a-z0-9-]+\.api\.localhost(:\d+)?$/i;
const ACCOUNT_HOST = /^[a-z0-9-]+\.localhost(:\d+)?$/i;

/**
 * The Engage Digital room: REST API, realtime Send API, Source SDK calls and webhooks of one
 * practice account, wired up. Everything with a timer or a connection ends with `close()`.
 */
export function createEngage(o: {
  clock: SimClock;
  env: NodeJS.ProcessEnv;
  log: (line: string) => void;
  assumptions?: Partial<EngageAssumptions>;
  /** The chat of the conversation that the account starts with; none without it. */
  practiceChat?: string;
}): EngageRoom {
  const { clock, log } = o;
  const assumptions = settleEngage(o.assumptions);
  const seeds = readEngageSeeds(o.env);
  const account = practiceAccount(clock, seeds, assumptions);
  const source = account.sources.get(SEED_IDS.source);
  if (!source) throw new Error('The practice account has no source.');

  const problems = new Problems(assumptions);
  const show = new Presenter(account, assumptions);
  const page = paginator(problems, assumptions);
  const outgoing = new Outgoing();
  const waits = new Waits(clock);
  const deliveries = new Deliveries(account, outgoing, assumptions, clock, log);
  const announce: Announce = (draft) => deliveries.announce(draft);
  const book = new WebhookBook(account, outgoing, deliveries, problems, assumptions, log);
  const caller = new SourceCaller(outgoing, account, assumptions, clock, log);
  const exporter = new Exporter(account, caller, waits, assumptions);
  const desk = new Desk(account, announce, problems, assumptions, clock);
  const replies = new Replies(account, exporter, announce, problems, assumptions);
  const intake = new Intake(account, desk, announce, assumptions, clock);
  const actions = new SendActions(account, intake, waits, assumptions, clock);

  const rest = {
    account,
    problems,
    accessToken: seeds.accessToken,
    throttle: new Throttle(clock, assumptions.requestsPerMinute),
    log,
  };
  const routes = [
    ...categoryRoutes(account, problems, page),
    ...sourceRoutes(account, caller, show, problems, page),
    ...threadRoutes(account, desk, show, problems, page, assumptions),
    ...contentRoutes(account, replies, show, problems, page, assumptions),
    ...identityRoutes(account, show, problems, page),
    ...interventionRoutes(account, desk, show, problems, page),
    ...userRoutes(account, problems, page),
    ...webhookRoutes(account, book, show, problems, page),
  ];
  const realtime = { account, actions, assumptions, log };
  const plugin: FastifyPluginAsync = async (app) => {
    await app.register(restRoutes(rest, routes), { prefix: '/engage/1.0' });
    await app.register(restRoutes(rest, routes, API_HOST), { prefix: '/1.0' });
    await app.register(realtimeRoutes(realtime), { prefix: '/engage' });
    await app.register(realtimeRoutes(realtime, ACCOUNT_HOST));
  };

  const conversations = new Conversations(account, source, intake);
  if (o.practiceChat !== undefined) conversations.begin(o.practiceChat);
  const handover = new Handover(account, conversations, desk, replies, assumptions);
  const connector = new Connector(account, source, caller, book, seeds);
  return {
    plugin,
    control: engageCommands({
      account,
      source,
      desk,
      connector,
      conversations,
      handover,
      assumptions,
    }),
    close: async () => {
      deliveries.close();
      waits.close();
      await outgoing.close();
    },
    details: (origin) => ({
      apiUrl: `${origin}/engage/1.0`,
      accessToken: seeds.accessToken,
      realtimeUrl: `${origin}/engage/realtime/sdk/${source.id}`,
      realtimeToken: seeds.realtimeToken,
      sourceId: source.id,
      webhookSecret: seeds.webhookSecret,
      verifyToken: seeds.verifyToken,
      botCategoryId: SEED_IDS.botCategory,
      agentCategoryId: SEED_IDS.agentCategory,
    }),
  };
}
