import type { FastifyPluginCallback } from 'fastify';
import type WsTokenResponse from '@rc-ex/core/definitions/WsTokenResponse';
import type { Assumptions } from '../assumptions';
import { secretToken } from '../state/ids';
import type { Gate } from './gate';
import type { Session } from './sessions';

interface SocketToken {
  readonly session: Session;
  readonly expiresAt: number;
}

/** Tokens that open a WebSocket (RingCentral developer guide, Getting a WebSocket token). */
export class SocketTokens {
  readonly #tokens = new Map<string, SocketToken>();
  readonly #now: () => number;
  readonly #assumptions: Assumptions;

  constructor(now: () => number, assumptions: Assumptions) {
    this.#now = now;
    this.#assumptions = assumptions;
  }

  issue(session: Session): string {
    for (const [token, { expiresAt }] of this.#tokens) {
      if (expiresAt <= this.#now()) this.#tokens.delete(token);
    }
    const token = secretToken();
    const expiresAt = this.#now() + this.#assumptions.webSocketTokenSeconds * 1000;
    this.#tokens.set(token, { session, expiresAt });
    return token;
  }

  /** The session a token opens a socket for; a single-use token is spent by it. */
  redeem(token: string): Session | undefined {
    const found = this.#tokens.get(token);
    if (this.#assumptions.webSocketTokenIsSingleUse) this.#tokens.delete(token);
    return found && found.expiresAt > this.#now() ? found.session : undefined;
  }

  /** `POST /restapi/oauth/wstoken`; `socketUri` is the gateway's address. */
  route(gate: Gate, socketUri: () => string): FastifyPluginCallback {
    return (server, _options, done) => {
      server.post('/restapi/oauth/wstoken', { onRequest: gate.enter('Auth') }, (request) => {
        const answer: WsTokenResponse = {
          uri: socketUri(),
          ws_access_token: this.issue(gate.caller(request)),
          expires_in: this.#assumptions.webSocketTokenSeconds,
        };
        return answer;
      });
      done();
    };
  }
}
