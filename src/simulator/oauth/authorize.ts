import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { Assumptions } from '../assumptions';
import { OAuthProblem } from '../errors/oauthProblem';
import { sendPage } from '../pages/layout';
import type { Company } from '../state/company';
import { secretToken } from '../state/ids';
import type { ClientApp, ClientApps } from './clientApps';
import { CODE_LIFE_SECONDS, type AuthorizationCodes, type CodeRequest } from './codes';
import { consentPage, signInErrorPage } from './consentPage';
import { OAuthForm } from './form';

const PATH = '/restapi/oauth/authorize';
/** How long a consent page may lie open, and how many may. */
const TICKET_LIFE_MS = 10 * 60_000;
const MOST_TICKETS = 200;

interface PendingConsent {
  readonly request: CodeRequest;
  readonly state: string | undefined;
  readonly expiresAt: number;
}

export interface AuthorizeParts {
  readonly apps: ClientApps;
  readonly codes: AuthorizationCodes;
  readonly company: Company;
  readonly assumptions: Assumptions;
  readonly now: () => number;
}

/**
 * `GET|POST /restapi/oauth/authorize` (RingCentral developer guide, Authorization code flow). The
 * consent form carries a one-time ticket, so that no other page can press Allow.
 */
export class AuthorizeRoute {
  readonly #parts: AuthorizeParts;
  readonly #pending = new Map<string, PendingConsent>();

  constructor(parts: AuthorizeParts) {
    this.#parts = parts;
  }

  readonly plugin: FastifyPluginCallback = (server, _options, done) => {
    server.get(PATH, (request, reply) => this.#ask(request, reply));
    server.post(PATH, (request, reply) => {
      const form = new OAuthForm(request.body);
      return form.get('ticket') === undefined
        ? this.#ask(request, reply)
        : this.#decide(form, request, reply);
    });
    done();
  };

  #ask(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const form = new OAuthForm(request.query, request.body);
    const { company } = this.#parts;
    let app: ClientApp;
    let redirectUri: string;
    try {
      app = this.#appOf(form);
      redirectUri = this.#redirectUriOf(app, form);
    } catch (error) {
      if (error instanceof OAuthProblem) return this.#showError(request, reply, form, error);
      throw error;
    }
    const state = form.get('state');
    const refusal = refusalOf(form);
    if (refusal) return redirect(reply, redirectUri, { ...refusal, state });

    const challenge = form.get('code_challenge');
    const ticket = this.#open({
      request: {
        app,
        redirectUri,
        ...(challenge !== undefined && { challenge }),
        // RFC 7636: a challenge without a method is a plain one.
        challengeMethod: form.get('code_challenge_method') === 'S256' ? 'S256' : 'plain',
      },
      state,
      expiresAt: this.#parts.now() + TICKET_LIFE_MS,
    });
    const page = consentPage({
      app,
      users: company.users,
      chosen: company.users.find((user) => user.email === form.get('login_hint')),
      companyName: company.name,
      redirectUri,
      ticket,
      host: request.host,
    });
    return sendPage(reply, 200, page, `'self' ${new URL(redirectUri).protocol}`);
  }

  #decide(form: OAuthForm, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const ticket = form.get('ticket') ?? '';
    const pending = this.#pending.get(ticket);
    this.#pending.delete(ticket);
    if (!pending || pending.expiresAt <= this.#parts.now()) {
      return this.#showStale(request, reply, 'This page was used or has lain open too long');
    }
    const { state } = pending;
    const { redirectUri } = pending.request;
    if (form.get('decision') !== 'allow') {
      const error_description = 'The user denied the request';
      return redirect(reply, redirectUri, { error: 'access_denied', error_description, state });
    }
    const person = this.#parts.company.users.find((user) => user.id === form.get('person'));
    if (!person) return this.#showStale(request, reply, 'Nobody was chosen to sign in');
    const code = this.#parts.codes.issue(pending.request, person);
    return redirect(reply, redirectUri, { code, state, expires_in: String(CODE_LIFE_SECONDS) });
  }

  #appOf(form: OAuthForm): ClientApp {
    const app = this.#parts.apps.get(form.get('client_id') ?? '');
    if (app) return app;
    throw this.#problem('OAU-146', 'Invalid client credentials');
  }

  /** The one asked for if it is registered letter by letter, or the only one there is. */
  #redirectUriOf(app: ClientApp, form: OAuthForm): string {
    const asked = form.get('redirect_uri');
    const [first, second] = app.redirectUris;
    if (first === undefined) {
      throw this.#problem('OAU-113', 'No redirect uri is registered for the client');
    }
    if (asked === undefined && second === undefined) return first;
    if (asked !== undefined && app.redirectUris.includes(asked)) return asked;
    throw this.#problem('OAU-109', 'Redirect URIs do not match');
  }

  #problem(code: string, description: string): OAuthProblem {
    const word = code === 'OAU-109' ? 'invalid_grant' : 'invalid_client';
    return new OAuthProblem(this.#parts.assumptions.authorizeErrorStatus, word, code, description);
  }

  #showError(
    request: FastifyRequest,
    reply: FastifyReply,
    form: OAuthForm,
    problem: OAuthProblem,
  ): FastifyReply {
    const { status, code, description } = problem;
    const wantsPage = (request.headers.accept ?? '').includes('text/html');
    if (!wantsPage) return reply.code(status).send(problem.body());
    const app = this.#parts.apps.get(form.get('client_id') ?? '');
    const page = signInErrorPage(
      {
        description,
        code,
        hint: HINTS[code] ?? RESTART,
        facts:
          app === undefined
            ? [['Client id', [form.get('client_id') ?? 'none']]]
            : [
                ['Asked for', [form.get('redirect_uri') ?? 'none']],
                ['Registered', app.redirectUris],
              ],
      },
      request.host,
    );
    return sendPage(reply, status, page);
  }

  #showStale(request: FastifyRequest, reply: FastifyReply, description: string): FastifyReply {
    return sendPage(reply, 400, signInErrorPage({ description, hint: RESTART }, request.host));
  }

  #open(pending: PendingConsent): string {
    const now = this.#parts.now();
    for (const [ticket, { expiresAt }] of this.#pending) {
      if (expiresAt <= now || this.#pending.size >= MOST_TICKETS) this.#pending.delete(ticket);
    }
    const ticket = secretToken();
    this.#pending.set(ticket, pending);
    return ticket;
  }
}

const RESTART = 'Start the sign-in again from the app.';
const HINTS: Readonly<Record<string, string>> = {
  'OAU-109':
    'The redirect URI of the request has to equal one that is registered for the app, letter by letter: scheme, host, port and path.',
  'OAU-113': 'Register a redirect URI for the app first.',
  'OAU-146': 'No app with this client id is known here. Compare it with the app’s credentials.',
};

/** Requests that are wrong, but whose redirect URI can be trusted to hear of it. */
function refusalOf(form: OAuthForm): { error: string; error_description: string } | undefined {
  if (form.get('response_type') !== 'code') {
    return {
      error: 'unsupported_response_type',
      error_description: 'Parameter [response_type] value is invalid.',
    };
  }
  const method = form.get('code_challenge_method');
  if (method !== undefined && method !== 'plain' && method !== 'S256') {
    return {
      error: 'invalid_request',
      error_description: 'Parameter [code_challenge_method] value is invalid.',
    };
  }
  return undefined;
}

function redirect(
  reply: FastifyReply,
  uri: string,
  params: Readonly<Record<string, string | undefined>>,
): FastifyReply {
  const query = Object.entries(params)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const location = `${uri}${uri.includes('?') ? '&' : '?'}${query}`;
  return reply.header('Cache-Control', 'no-store').redirect(location, 302);
}
