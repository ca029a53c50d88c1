import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accountRoutes } from './accounts/routes';
import { settle, type Assumptions } from './assumptions';
import type { SimulatorDetails } from './details';
import { ApiProblem, internalError, unparsableJson, unparsableRequest } from './errors/apiProblem';
import { OAuthProblem } from './errors/oauthProblem';
import { Gateway, GATEWAY_PATH } from './gateway/gateway';
import { requestId } from './gateway/frames';
import { DailyPosts } from './limits/dailyPosts';
import { OrderedFailures } from './limits/orderedFailures';
import { RateLimiter } from './limits/rateLimiter';
import { AuthorizeRoute } from './oauth/authorize';
import { ClientApps } from './oauth/clientApps';
import { ClientAuth } from './oauth/clientAuth';
import { AuthorizationCodes } from './oauth/codes';
import { Gate } from './oauth/gate';
import { revokeRoute } from './oauth/revoke';
import { Sessions } from './oauth/sessions';
import { SocketTokens } from './oauth/socketTokens';
import { TokenRoute } from './oauth/token';
import { ringcentralCommands } from './ringcentralCommands';
import type { PracticeRoom, SimClock } from './seam';
import { ADMIN_ID, BOT_ID, readSeeds, TEAM_CHAT_ID } from './seeds';
import { createWorld } from './state/world';
import { SubscriptionBook } from './subscriptions/book';
import { Outgoing } from './subscriptions/outgoing';
import { SubscriptionRoutes } from './subscriptions/routes';
import { chatRoutes } from './teamMessaging/chatRoutes';
import { personRoutes } from './teamMessaging/personRoutes';
import { postRoutes } from './teamMessaging/postRoutes';

export interface RingCentralOptions {
  readonly clock: SimClock;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  /** The simulator's own origin; asked for only while requests are answered. */
  readonly origin: () => string;
  readonly assumptions?: Partial<Assumptions>;
}

export type RingCentralRoom = PracticeRoom & {
  details(): Omit<SimulatorDetails, 'engage' | 'control'>;
  status(): Record<string, unknown>;
};

/** Where Team Messaging is found: its present address, and the one of Glip's days. */
const TEAM_MESSAGING_PREFIXES = ['/team-messaging/v1', '/restapi/v1.0/glip'];

/** The RingCentral platform, as it behaves on the wire. */
export function createRingCentral(options: RingCentralOptions): RingCentralRoom {
  const { clock, env, log, origin } = options;
  const now = (): number => clock.now();
  const assumptions = settle(options.assumptions);
  const seeds = readSeeds(env);
  const world = createWorld(now);
  const admin = personCalled(ADMIN_ID);

  const apps = new ClientApps(seeds);
  const clientAuth = new ClientAuth(apps, assumptions);
  const codes = new AuthorizationCodes(now, assumptions);
  const sessions = new Sessions(now, assumptions);
  sessions.openPermanent(apps.bot, personCalled(BOT_ID), seeds.botToken);
  const limiter = new RateLimiter(now, assumptions.rateLimitsEnabled);
  const failures = new OrderedFailures();
  const dailyPosts = new DailyPosts(now, assumptions.dailyPosts);
  const gate = new Gate(sessions, limiter, assumptions);
  const socketTokens = new SocketTokens(now, assumptions);

  const outgoing = new Outgoing();
  const book = new SubscriptionBook(world.ids, now);
  world.posts.onChange((event) => book.announce(event));
  const gateway = new Gateway({
    clock,
    tokens: socketTokens,
    assumptions,
    dropSubscription: (id) => book.remove(id),
    log,
  });

  const routes = [
    new AuthorizeRoute({ apps, codes, company: world.company, assumptions, now }).plugin,
    new TokenRoute({
      clientAuth,
      codes,
      sessions,
      gate,
      assumptions,
      jwt: { value: seeds.jwt, person: admin },
      now,
    }).plugin,
    revokeRoute(clientAuth, sessions, assumptions),
    socketTokens.route(gate, () => `${origin().replace(/^http/, 'ws')}${GATEWAY_PATH}`),
    accountRoutes(world.company, gate, origin),
    new SubscriptionRoutes({
      book,
      company: world.company,
      gate,
      outgoing,
      socketOf: (request) => gateway.sessionOf(request),
      assumptions,
      origin,
      now,
      log,
    }).plugin,
    gateway.plugin,
  ];
  const teamMessaging = [
    chatRoutes(world, gate, assumptions, now),
    postRoutes({ world, gate, dailyPosts, assumptions, now }),
    personRoutes(world.company, gate, origin),
  ];

  return {
    plugin: async (server) => {
      await server.register(formbody);
      readJsonLeniently(server);
      server.setErrorHandler((error, request, reply) => answerError(error, request, reply, log));
      server.addHook('onRequest', (request, reply, done) => {
        reply.headers(requestId());
        done(failures.take(request.url));
      });
      for (const route of routes) await server.register(route);
      for (const prefix of TEAM_MESSAGING_PREFIXES) {
        for (const route of teamMessaging) await server.register(route, { prefix });
      }
    },
    control: ringcentralCommands({ world, apps, gateway, book, limiter, failures, assumptions }),
    details: () => ({
      server: origin(),
      clientId: seeds.clientId,
      clientSecret: seeds.clientSecret,
      publicClientId: seeds.publicClientId,
      redirectUri: seeds.redirectUris[0] ?? '',
      redirectUris: [...(apps.get(seeds.clientId)?.redirectUris ?? [])],
      jwt: seeds.jwt,
      botToken: seeds.botToken,
      chatId: TEAM_CHAT_ID,
    }),
    status: () => ({
      posts: world.posts.count,
      chats: world.chats.all.length,
      sockets: gateway.openSockets,
      subscriptions: book.all.length,
      rateLimits: limiter.enabled,
      failuresLeft: failures.left,
    }),
    close: () => {
      gateway.close();
      outgoing.close();
      book.close();
      return Promise.resolve();
    },
  };

  function personCalled(id: string) {
    const person = world.company.person(id);
    if (!person) throw new Error(`The practice company lacks the person ${id}`);
    return person;
  }
}

/** Clients say `application/json` with nothing in the body as well; that is an absent body. */
function readJsonLeniently(server: FastifyInstance): void {
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (_request, body, done) => {
      if (body.trim() === '') {
        done(null, undefined);
        return;
      }
      try {
        done(null, JSON.parse(body));
      } catch {
        done(unparsableJson());
      }
    },
  );
}

function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: (line: string) => void,
): FastifyReply {
  if (error instanceof OAuthProblem) {
    return reply.code(error.status).header('Cache-Control', 'no-store').send(error.body());
  }
  if (error instanceof ApiProblem) {
    return reply.code(error.status).headers(error.headers).send(error.body());
  }
  const { statusCode } = error as { statusCode?: number };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return reply.code(statusCode).send(unparsableRequest().body());
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log(`${request.method} ${request.url.split('?')[0] ?? ''} failed: ${stack}`);
  const problem = internalError();
  return reply.code(problem.status).send(problem.body());
}
