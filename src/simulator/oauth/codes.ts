import { createHash } from 'node:crypto';
import type { Assumptions } from '../assumptions';
import { OAuthProblem } from '../errors/oauthProblem';
import type { Person } from '../state/company';
import { secretToken } from '../state/ids';
import type { ClientApp } from './clientApps';

/** RingCentral developer guide, Authorization code flow: `expires_in` of the redirect. */
export const CODE_LIFE_SECONDS = 60;

export interface CodeRequest {
  readonly app: ClientApp;
  readonly redirectUri: string;
  readonly challenge?: string;
  readonly challengeMethod: 'plain' | 'S256';
}

interface IssuedCode extends CodeRequest {
  readonly person: Person;
  readonly expiresAt: number;
}

/** Authorization codes: one use, one minute, bound to app, redirect URI and PKCE challenge. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, IssuedCode>();
  readonly #now: () => number;
  readonly #assumptions: Assumptions;

  constructor(now: () => number, assumptions: Assumptions) {
    this.#now = now;
    this.#assumptions = assumptions;
  }

  issue(request: CodeRequest, person: Person): string {
    this.#forgetLongExpired();
    const code = secretToken();
    this.#codes.set(code, {
      ...request,
      person,
      expiresAt: this.#now() + CODE_LIFE_SECONDS * 1000,
    });
    return code;
  }

  /** Whom the code stands for; throws what is wrong with it. The code stays unspent. */
  check(code: string, app: ClientApp, redirectUri?: string, verifier?: string): Person {
    const issued = this.#codes.get(code);
    if (!issued) throw this.#bad('OAU-106', 'Invalid authorization code');
    if (issued.app !== app) {
      throw this.#bad('OAU-110', 'Authorization code was not issued for this application');
    }
    if (this.#now() >= issued.expiresAt) {
      throw this.#bad('OAU-108', 'Authorization code is expired');
    }
    if (issued.redirectUri !== redirectUri) {
      throw this.#bad('OAU-109', 'Redirect URIs do not match');
    }
    if (!verifierMatches(issued, verifier)) {
      throw this.#bad(this.#assumptions.wrongVerifierCode, 'Code verifier does not match');
    }
    return issued.person;
  }

  spend(code: string): void {
    this.#codes.delete(code);
  }

  #bad(code: string, description: string): OAuthProblem {
    const status = this.#assumptions.tokenErrorStatus;
    return new OAuthProblem(status, 'invalid_grant', code, description);
  }

  /** An expired code is remembered for a while, so that it can be called expired. */
  #forgetLongExpired(): void {
    const limit = this.#now() - 60 * CODE_LIFE_SECONDS * 1000;
    for (const [code, issued] of this.#codes) {
      if (issued.expiresAt < limit) this.#codes.delete(code);
    }
  }
}

function verifierMatches(issued: IssuedCode, verifier: string | undefined): boolean {
  if (issued.challenge === undefined) return true;
  if (verifier === undefined) return false;
  return issued.challengeMethod === 'plain'
    ? verifier === issued.challenge
    : createHash('sha256').update(verifier).digest('base64url') === issued.challenge;
}
