import { randomUUID } from 'node:crypto';
import type { Assumptions } from '../assumptions';
import type { Person } from '../state/company';
import { secretToken } from '../state/ids';
import type { ClientApp } from './clientApps';

/** RingCentral API reference, token endpoint: bounds and defaults of the two lives, in seconds. */
const ACCESS_TTL = { least: 600, most: 3600, usual: 3600 };
const REFRESH_TTL = { most: 604_800, usual: 604_800 };
/** Guide, Refreshing access tokens: an unused new pair can be asked for again this long. */
const UNUSED_PAIR_MS = 60 * 60_000;

export interface Lives {
  readonly accessTtl?: number | undefined;
  /** 0: no refresh token. */
  readonly refreshTtl?: number | undefined;
}

/** One login of one person in one app. */
export interface Session {
  readonly id: string;
  readonly app: ClientApp;
  readonly person: Person;
  readonly endpointId: string;
  accessToken: string;
  accessExpiresAt: number;
  refreshToken: string | undefined;
  refreshExpiresAt: number;
  /** When the present access token was first used. */
  firstUsedAt: number | undefined;
  /** The refresh token before the present one, still good for the same pair for a short while. */
  spent: { readonly refreshToken: string; readonly at: number } | undefined;
}

export type AccessCheck =
  { kind: 'live'; session: Session } | { kind: 'expired' } | { kind: 'unknown' };

/** All sessions, and what their tokens are worth now. */
export class Sessions {
  readonly #sessions = new Set<Session>();
  readonly #now: () => number;
  readonly #assumptions: Assumptions;

  constructor(now: () => number, assumptions: Assumptions) {
    this.#now = now;
    this.#assumptions = assumptions;
  }

  /** A bot's token: set by hand, without an end (guide, Bot authentication). */
  openPermanent(app: ClientApp, person: Person, accessToken: string): void {
    this.#sessions.add({
      id: randomUUID(),
      app,
      person,
      endpointId: randomUUID(),
      accessToken,
      accessExpiresAt: Number.POSITIVE_INFINITY,
      refreshToken: undefined,
      refreshExpiresAt: 0,
      firstUsedAt: undefined,
      spent: undefined,
    });
  }

  open(app: ClientApp, person: Person, lives: Lives, endpointId?: string): Session {
    const session: Session = {
      id: randomUUID(),
      app,
      person,
      endpointId: endpointId ?? randomUUID(),
      accessToken: '',
      accessExpiresAt: 0,
      refreshToken: undefined,
      refreshExpiresAt: 0,
      firstUsedAt: undefined,
      spent: undefined,
    };
    this.#renew(session, lives);
    this.#makeRoom(app, person);
    this.#sessions.add(session);
    return session;
  }

  /** The session a refresh token belongs to, if it may still be used by this app. */
  refreshable(refreshToken: string, app: ClientApp): Session | undefined {
    for (const session of this.#sessions) {
      if (session.app !== app) continue;
      if (session.refreshToken === refreshToken) {
        return session.refreshExpiresAt > this.#now() ? session : undefined;
      }
      if (session.spent?.refreshToken === refreshToken) {
        return this.#isGrace(session) ? session : undefined;
      }
    }
    return undefined;
  }

  /** A new pair; the access token before dies now. In the grace time: the same new pair again. */
  refresh(session: Session, refreshToken: string, lives: Lives): void {
    if (session.refreshToken !== refreshToken) return;
    this.#renew(session, lives);
    session.spent = { refreshToken, at: this.#now() };
  }

  check(accessToken: string): AccessCheck {
    for (const session of this.#sessions) {
      if (session.accessToken !== accessToken) continue;
      if (session.accessExpiresAt <= this.#now()) return { kind: 'expired' };
      session.firstUsedAt ??= this.#now();
      return { kind: 'live', session };
    }
    return { kind: 'unknown' };
  }

  /** By access or refresh token; ends the whole session. */
  revoke(token: string, app: ClientApp): void {
    for (const session of this.#sessions) {
      const isOurs = session.accessToken === token || session.refreshToken === token;
      if (isOurs && session.app === app) this.#sessions.delete(session);
    }
  }

  #renew(session: Session, lives: Lives): void {
    const now = this.#now();
    const access = lives.accessTtl ?? ACCESS_TTL.usual;
    const accessTtl = Math.min(ACCESS_TTL.most, Math.max(ACCESS_TTL.least, access));
    const refreshTtl = Math.min(REFRESH_TTL.most, lives.refreshTtl ?? REFRESH_TTL.usual);
    session.accessToken = secretToken(48);
    session.accessExpiresAt = now + accessTtl * 1000;
    session.refreshToken = refreshTtl > 0 ? secretToken(48) : undefined;
    session.refreshExpiresAt = now + refreshTtl * 1000;
    session.firstUsedAt = undefined;
  }

  #isGrace(session: Session): boolean {
    const since = session.firstUsedAt ?? session.spent?.at ?? 0;
    const grace =
      session.firstUsedAt === undefined
        ? UNUSED_PAIR_MS
        : this.#assumptions.refreshGraceSeconds * 1000;
    return this.#now() - since <= grace;
  }

  /** One login too many ends the oldest; sessions whose tokens are all dead are dropped. */
  #makeRoom(app: ClientApp, person: Person): void {
    const now = this.#now();
    const own: Session[] = [];
    for (const session of this.#sessions) {
      if (session.accessExpiresAt <= now && session.refreshExpiresAt <= now) {
        this.#sessions.delete(session);
      } else if (session.app === app && session.person === person) {
        own.push(session);
      }
    }
    const tooMany = own.length + 1 - this.#assumptions.sessionsPerUser;
    for (const session of own.slice(0, Math.max(0, tooMany))) this.#sessions.delete(session);
  }
}
