import * as l10n from '@vscode/l10n';
import { type AppRegistry } from '../apps';
import { type Clock } from '../base/clock';
import { Emitter, type Event } from '../base/emitter';
import { HumanError } from '../base/humanError';
import { type Disposable } from '../base/lifetime';
import { type Log } from '../base/log';
import { type Redactor } from '../base/redact';
import { discreetHttp, type HttpClient } from '../http';
import { type SecretStore } from '../keychain';
import { AppSession, type SignInOptions } from './appSession';
import { assumptions, type Assumptions } from './assumptions';
import { Grants } from './grants';
import { SIGNED_OUT, type SessionState } from './session';
import { SessionKeeper, type CredentialKind } from './sessionKeeper';
import { type SessionServices } from './sessionServices';

/** Signs apps in and out, keeps their sessions and credentials, and hands out valid tokens. */
export class Authorizer implements Disposable {
  readonly #apps: AppRegistry;
  readonly #services: SessionServices;
  readonly #sessions = new Map<string, AppSession>();
  readonly #changed = new Emitter<string>();
  /** Fires the id of the app whose state has changed. */
  readonly onDidChange: Event<string> = this.#changed.event;

  constructor(o: {
    apps: AppRegistry;
    /** Opened at the first need. */
    secrets: () => Promise<SecretStore>;
    http: Pick<HttpClient, 'send'>;
    clock: Clock;
    log: Log;
    redactor: Redactor;
    /** How long the browser may take to come back; 5 minutes when absent. */
    timeoutMs?: () => number;
    assumptions?: Partial<Assumptions>;
  }) {
    const assumed: Assumptions = { ...assumptions, ...o.assumptions };
    const keeper = new SessionKeeper(o.secrets, o.redactor);
    const http = discreetHttp(o.http, o.redactor);
    this.#apps = o.apps;
    this.#services = {
      keeper,
      grants: new Grants(http, keeper, assumed),
      http,
      clock: o.clock,
      log: o.log,
      redactor: o.redactor,
      assumed,
      timeoutMs: o.timeoutMs ?? (() => assumed.callbackTimeoutMs),
    };
  }

  state(appId: string): SessionState {
    return this.#sessions.get(appId)?.state ?? SIGNED_OUT;
  }

  /** Takes up the kept sessions of all apps; one that cannot be read becomes `failed`. */
  async restore(): Promise<void> {
    await Promise.all(this.#apps.list().map((app) => this.#session(app.id).restore()));
  }

  /**
   * Signs in by the app's grant. Throws a HumanError when the person refuses or cancels (`cancelled`),
   * when no redirect port is free, when the browser does not come back or RingCentral refuses.
   */
  signIn(appId: string, o: SignInOptions): Promise<SessionState> {
    return this.#session(appId).signIn(o);
  }

  /** Ends the session; the credentials stay. */
  signOut(appId: string): Promise<void> {
    return this.#session(appId).signOut();
  }

  /** A token that is good for a while; renews it when it is not. Throws a HumanError without one. */
  accessToken(appId: string): Promise<string> {
    return this.#session(appId).accessToken();
  }

  /** For a token that RingCentral has refused before its time. */
  forceRefresh(appId: string): Promise<string> {
    return this.#session(appId).forceRefresh();
  }

  async setCredential(appId: string, kind: CredentialKind, value: string): Promise<void> {
    const trimmed = value.trim();
    if (trimmed === '') {
      throw new HumanError(l10n.t('A secret that is empty is not kept.'), {
        remedy: l10n.t('Copy it from the developer console and paste it here.'),
      });
    }
    await this.#services.keeper.keepCredential(appId, kind, trimmed);
  }

  async hasCredential(appId: string, kind: CredentialKind): Promise<boolean> {
    return (await this.#services.keeper.credential(appId, kind)) !== undefined;
  }

  /** Removes all secrets of an app, which may be gone from the registry already. */
  async forget(appId: string): Promise<void> {
    const session = this.#sessions.get(appId);
    this.#sessions.delete(appId);
    await session?.discard();
    await this.#services.keeper.dropAll(appId);
    this.#changed.fire(appId);
  }

  /** Ends what is under way; sessions and credentials stay kept. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.dispose()));
    this.#changed.dispose();
  }

  #session(appId: string): AppSession {
    const existing = this.#sessions.get(appId);
    if (existing) return existing;
    const session = new AppSession({
      services: this.#services,
      find: () => this.#apps.get(appId),
      changed: () => this.#changed.fire(appId),
    });
    this.#sessions.set(appId, session);
    return session;
  }
}
