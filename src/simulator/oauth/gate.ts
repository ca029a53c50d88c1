import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import type { Assumptions } from '../assumptions';
import {
  accessTokenExpired,
  badAuthorizationHeader,
  loginRequired,
  rateExceeded,
  unknownToken,
} from '../errors/apiProblem';
import type { RateLimiter, UsageGroup } from '../limits/rateLimiter';
import type { Person } from '../state/company';
import type { ClientApp } from './clientApps';
import type { Session, Sessions } from './sessions';

type OnRequest = (
  request: FastifyRequest,
  reply: FastifyReply,
  done: HookHandlerDoneFunction,
) => void;

/** What every call of the REST API passes first: its access token, then its rate limit. */
export class Gate {
  readonly #sessions: Sessions;
  readonly #limiter: RateLimiter;
  readonly #assumptions: Assumptions;
  readonly #callers = new WeakMap<FastifyRequest, Session>();

  constructor(sessions: Sessions, limiter: RateLimiter, assumptions: Assumptions) {
    this.#sessions = sessions;
    this.#limiter = limiter;
    this.#assumptions = assumptions;
  }

  /** An `onRequest` hook for a route of this usage plan group. */
  enter(group: UsageGroup): OnRequest {
    return (request, reply, done) => {
      try {
        const session = this.#authenticate(request.headers.authorization);
        this.#callers.set(request, session);
        reply.headers(this.limit(session.person, session.app, group));
        done();
      } catch (error) {
        done(error as Error);
      }
    };
  }

  /** The session behind a request that has entered. */
  caller(request: FastifyRequest): Session {
    const session = this.#callers.get(request);
    if (!session) throw new Error(`${request.url} was handled without entering`);
    return session;
  }

  /** Counts one request; the headers to answer with, or the 429 itself, thrown. */
  limit(person: Person, app: ClientApp, group: UsageGroup): Readonly<Record<string, string>> {
    const decision = this.#limiter.count(`${person.id} ${app.clientId}`, group);
    if (!decision.allowed) throw rateExceeded({ ...decision.headers });
    return decision.headers;
  }

  #authenticate(authorization: string | undefined): Session {
    if (authorization === undefined) throw loginRequired();
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw badAuthorizationHeader();
    const found = this.#sessions.check(token);
    if (found.kind === 'live') return found.session;
    throw found.kind === 'expired'
      ? accessTokenExpired()
      : unknownToken(this.#assumptions.tokenNotFoundCode);
  }
}
