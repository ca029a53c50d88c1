import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import type SubscriptionInfo from '@rc-ex/core/definitions/SubscriptionInfo';
import type { Assumptions } from '../assumptions';
import { invalidParameter, subscriptionProblem } from '../errors/apiProblem';
import type { Gate } from '../oauth/gate';
import type { Session } from '../oauth/sessions';
import { objectBody } from '../requestBody';
import type { Company } from '../state/company';
import type { SubscriptionBook } from './book';
import { readFilters } from './filters';
import type { Outgoing } from './outgoing';
import { subscriptionView, type Subscription, type Transport } from './subscription';
import { WebhookTransport } from './webhook';
import { readAddress, validateWebhook } from './webhookValidation';

const PATH = '/restapi/v1.0/subscription';
const DEFAULT_SECONDS = 604_800;
/** RingCentral API reference: ten years. */
const MOST_SECONDS = 315_360_000;

/** An open socket, as far as subscriptions are concerned. */
export interface SocketHost {
  /** Replaces the subscription the socket had. */
  hold(subscriptionId: string): Transport;
}

export interface SubscriptionRouteParts {
  readonly book: SubscriptionBook;
  readonly company: Company;
  readonly gate: Gate;
  readonly outgoing: Outgoing;
  /** The socket a request came through, if it came through one. */
  readonly socketOf: (request: FastifyRequest) => SocketHost | undefined;
  readonly assumptions: Assumptions;
  readonly origin: () => string;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** RingCentral API reference, Subscriptions. */
export class SubscriptionRoutes {
  readonly #parts: SubscriptionRouteParts;

  constructor(parts: SubscriptionRouteParts) {
    this.#parts = parts;
  }

  readonly plugin: FastifyPluginCallback = (server, _options, done) => {
    const { book, gate } = this.#parts;
    interface ById {
      Params: { id: string };
    }

    server.post(PATH, { onRequest: gate.enter('Medium') }, async (request) =>
      this.#view(await this.#create(request)),
    );
    server.get(PATH, { onRequest: gate.enter('Light') }, (request) => ({
      uri: `${this.#parts.origin()}${PATH}`,
      records: book.ofSession(gate.caller(request)).map((each) => this.#view(each)),
    }));
    server.get<ById>(`${PATH}/:id`, { onRequest: gate.enter('Light') }, (request) =>
      this.#view(this.#find(request)),
    );
    server.put<ById>(`${PATH}/:id`, { onRequest: gate.enter('Medium') }, (request) =>
      this.#update(request, objectBody(request.body)),
    );
    server.post<ById>(`${PATH}/:id/renew`, { onRequest: gate.enter('Light') }, (request) =>
      this.#update(request, {}),
    );
    server.delete<ById>(`${PATH}/:id`, { onRequest: gate.enter('Medium') }, (request, reply) => {
      book.remove(this.#find(request).id);
      return reply.code(204).send();
    });
    done();
  };

  async #create(request: FastifyRequest): Promise<Subscription> {
    const { book, gate, socketOf } = this.#parts;
    const session = gate.caller(request);
    const body = objectBody(request.body);
    const eventFilters = this.#filters(body.eventFilters, session);
    const expiresIn = this.#expiresIn(body.expiresIn);
    const mode = objectBody(body.deliveryMode);
    if (mode.transportType === 'WebSocket') {
      // A subscription of this sort exists only within the socket it was made through.
      const socket = socketOf(request);
      if (!socket) throw invalidParameter('deliveryMode.transportType');
      return book.add(session, eventFilters, expiresIn, (id) => socket.hold(id));
    }
    if (mode.transportType !== 'WebHook') throw invalidParameter('deliveryMode.transportType');
    return this.#createWebhook(session, mode, eventFilters, expiresIn);
  }

  async #createWebhook(
    session: Session,
    mode: Record<string, unknown>,
    eventFilters: string[],
    expiresIn: number,
  ): Promise<Subscription> {
    const { book, outgoing, assumptions, now, log } = this.#parts;
    const url = readAddress(mode.address);
    const token = mode.verificationToken;
    const verificationToken = typeof token === 'string' && token !== '' ? token : undefined;
    book.checkRoom(session);
    await validateWebhook(url, verificationToken, outgoing, assumptions);
    book.checkRoom(session);
    return book.add(session, eventFilters, expiresIn, (id) => {
      const blacklist = (reason: string): void => {
        const subscription = book.get(id);
        if (subscription) subscription.blacklisted = { at: now(), reason };
        log(`subscription ${id} is blacklisted. ${reason}`);
      };
      return new WebhookTransport({
        url,
        verificationToken,
        outgoing,
        assumptions,
        now,
        log,
        blacklist,
      });
    });
  }

  /** New filters if there are any, and a new life; address and transport stay as they are. */
  #update(
    request: FastifyRequest<{ Params: { id: string } }>,
    body: Record<string, unknown>,
  ): SubscriptionInfo {
    const subscription = this.#find(request);
    const isThroughSocket = this.#parts.socketOf(request) !== undefined;
    if (subscription.transport.type === 'WebSocket' && !isThroughSocket) {
      throw subscriptionProblem(405, 'SUB-511', 'Action not allowed for WebSocket subscription');
    }
    const expiresIn = this.#expiresIn(body.expiresIn);
    if (body.eventFilters !== undefined) {
      const session = this.#parts.gate.caller(request);
      subscription.eventFilters = this.#filters(body.eventFilters, session);
    }
    subscription.expiresAt = this.#parts.now() + expiresIn * 1000;
    return this.#view(subscription);
  }

  #find(request: FastifyRequest<{ Params: { id: string } }>): Subscription {
    const session = this.#parts.gate.caller(request);
    return this.#parts.book.find(request.params.id, session);
  }

  #filters(value: unknown, session: Session): string[] {
    return readFilters(value, this.#parts.company.accountId, session.person.id);
  }

  #expiresIn(value: unknown): number {
    if (value === undefined || value === null) return DEFAULT_SECONDS;
    const isOver = typeof value === 'number' && value > MOST_SECONDS;
    if (isOver && this.#parts.assumptions.webhookOverMaximum === 'clamp') return MOST_SECONDS;
    if (typeof value === 'number' && Number.isInteger(value) && value > 0 && !isOver) return value;
    throw invalidParameter('expiresIn');
  }

  #view(subscription: Subscription): SubscriptionInfo {
    const { origin, now } = this.#parts;
    return subscriptionView(subscription, origin(), now());
  }
}
