import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import type TokenInfo from '@rc-ex/core/definitions/TokenInfo';
import type { Assumptions } from '../assumptions';
import { OAuthProblem } from '../errors/oauthProblem';
import type { Person } from '../state/company';
import type { ClientApp } from './clientApps';
import type { ClientAuth } from './clientAuth';
import type { AuthorizationCodes } from './codes';
import { OAuthForm } from './form';
import type { Gate } from './gate';
import type { Lives, Session, Sessions } from './sessions';

export interface TokenRouteParts {
  readonly clientAuth: ClientAuth;
  readonly codes: AuthorizationCodes;
  readonly sessions: Sessions;
  readonly gate: Gate;
  readonly assumptions: Assumptions;
  /** The JWT credential of the developer console, and whose it is. */
  readonly jwt: { readonly value: string; readonly person: Person };
  readonly now: () => number;
}

interface Asked {
  readonly app: ClientApp;
  readonly form: OAuthForm;
  readonly lives: Lives;
  readonly headers: (person: Person) => void;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** Grants that once existed or exist elsewhere; no app of today is authorized for them. */
const REFUSED_GRANTS = ['password', 'client_credentials', 'implicit'];

/** `POST /restapi/oauth/token` (RingCentral API reference, Get token). */
export class TokenRoute {
  readonly #parts: TokenRouteParts;

  constructor(parts: TokenRouteParts) {
    this.#parts = parts;
  }

  readonly plugin: FastifyPluginCallback = (server, _options, done) => {
    server.post('/restapi/oauth/token', (request, reply) => {
      const session = this.#grant(request, (person, app) => {
        reply.headers(this.#parts.gate.limit(person, app, 'Auth'));
      });
      reply.header('Cache-Control', 'no-store').header('Pragma', 'no-cache');
      return this.#answer(session);
    });
    done();
  };

  #grant(request: FastifyRequest, count: (person: Person, app: ClientApp) => void): Session {
    const form = new OAuthForm(request.body);
    const app = this.#parts.clientAuth.identify(request.headers.authorization, form);
    const lives = {
      accessTtl: form.seconds('access_token_ttl'),
      refreshTtl: form.seconds('refresh_token_ttl'),
    };
    const asked = { app, form, lives, headers: (person: Person) => count(person, app) };
    const grant = this.#need(form, 'grant_type');
    if (grant === 'authorization_code') return this.#byCode(asked);
    if (grant === 'refresh_token') return this.#byRefreshToken(asked);
    if (grant === JWT_BEARER) return this.#byJwt(asked);
    if (REFUSED_GRANTS.includes(grant)) {
      throw this.#refuse(
        'unauthorized_client',
        'OAU-112',
        `The client is unauthorized for the required grant type: [${grant}]`,
      );
    }
    throw this.#refuse(
      'unsupported_grant_type',
      'OAU-125',
      'Grant type is not allowed for application.',
    );
  }

  #byCode({ app, form, lives, headers }: Asked): Session {
    const { codes, sessions } = this.#parts;
    const code = this.#need(form, 'code');
    const verifier = form.get('code_verifier');
    const person = codes.check(code, app, form.get('redirect_uri'), verifier);
    headers(person);
    codes.spend(code);
    return sessions.open(app, person, lives, form.get('endpoint_id'));
  }

  #byRefreshToken({ app, form, lives, headers }: Asked): Session {
    const { sessions, assumptions } = this.#parts;
    const refreshToken = this.#need(form, 'refresh_token');
    const session = sessions.refreshable(refreshToken, app);
    if (!session) {
      throw this.#refuse('invalid_grant', assumptions.tokenNotFoundCode, 'Token not found');
    }
    headers(session.person);
    sessions.refresh(session, refreshToken, lives);
    return session;
  }

  #byJwt({ app, form, lives, headers }: Asked): Session {
    const { sessions, assumptions, jwt } = this.#parts;
    if (app.clientSecret === undefined) {
      throw this.#refuse(
        'unauthorized_client',
        'OAU-112',
        `The client is unauthorized for the required grant type: [${JWT_BEARER}]`,
      );
    }
    if (this.#need(form, 'assertion') !== jwt.value) {
      throw this.#refuse(
        'invalid_grant',
        assumptions.wrongJwtCode,
        'Invalid resource owner credentials.',
      );
    }
    headers(jwt.person);
    const refreshTtl = assumptions.jwtIssuesRefreshToken ? lives.refreshTtl : 0;
    return sessions.open(app, jwt.person, { ...lives, refreshTtl }, form.get('endpoint_id'));
  }

  #answer(session: Session): TokenInfo {
    const secondsUntil = (time: number): number =>
      Math.max(0, Math.ceil((time - this.#parts.now()) / 1000));
    return {
      access_token: session.accessToken,
      token_type: 'bearer',
      expires_in: secondsUntil(session.accessExpiresAt),
      ...(session.refreshToken !== undefined && {
        refresh_token: session.refreshToken,
        refresh_token_expires_in: secondsUntil(session.refreshExpiresAt),
      }),
      scope: session.app.scopes.join(' '),
      owner_id: session.person.id,
      endpoint_id: session.endpointId,
      session_id: session.id,
    };
  }

  #need(form: OAuthForm, name: string): string {
    const value = form.get(name);
    if (value !== undefined) return value;
    throw this.#refuse(
      'invalid_request',
      this.#parts.assumptions.missingParameterCode,
      `Parameter [${name}] value is invalid.`,
    );
  }

  #refuse(
    word: 'invalid_request' | 'invalid_grant' | 'unauthorized_client' | 'unsupported_grant_type',
    code: string,
    description: string,
  ): OAuthProblem {
    return new OAuthProblem(this.#parts.assumptions.tokenErrorStatus, word, code, description);
  }
}
