import * as l10n from '@vscode/l10n';
import { type AppProfile } from '../apps';
import { HumanError } from '../base/humanError';
import { type Disposable } from '../base/lifetime';
import { NetworkError } from '../http';
import { type CallOptions } from '../keychain';
import { type OpenPage } from './browserSignIn';
import * as problems from './problems';
import { renew } from './renewal';
import { belongsTo, canGoOn, SIGNED_OUT, type KeptSession, type SessionState } from './session';
import { type SessionServices } from './sessionServices';
import { obtainSession, revokeQuietly } from './signInFlow';

export interface SignInOptions {
  readonly open: OpenPage;
  readonly signal?: AbortSignal;
}

interface Attempt {
  readonly controller: AbortController;
  readonly done: Promise<SessionState>;
}

/** One app's session: signing in and out, and a token that is good whenever it is asked for. */
export class AppSession implements Disposable {
  readonly #services: SessionServices;
  readonly #find: () => AppProfile | undefined;
  readonly #changed: () => void;
  #state: SessionState = SIGNED_OUT;
  #session: KeptSession | undefined;
  #notKept: HumanError | undefined;
  #attempt: Attempt | undefined;
  #renewing: Promise<string> | undefined;
  #renewedAt = -Infinity;
  /** Grows with every end of a session, so that work begun before does not bring it back. */
  #ends = 0;

  constructor(o: {
    services: SessionServices;
    find: () => AppProfile | undefined;
    changed: () => void;
  }) {
    this.#services = o.services;
    this.#find = o.find;
    this.#changed = o.changed;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Takes up the session of an earlier run, without asking RingCentral. */
  async restore(): Promise<void> {
    const app = this.#find();
    if (!app || this.#attempt || this.#session) return;
    const ends = this.#ends;
    const isOvertaken = (): boolean =>
      this.#ends !== ends || this.#attempt !== undefined || this.#session !== undefined;
    try {
      const { keeper, clock } = this.#services;
      const kept = await keeper.session(app.id);
      if (!kept || isOvertaken()) return;
      if (belongsTo(kept, app) && canGoOn(kept, clock.now())) {
        this.#adopt(kept);
        return;
      }
      await keeper.dropSession(app.id);
      if (!isOvertaken()) {
        this.#fail(belongsTo(kept, app) ? problems.sessionOver(app) : problems.movedAway(app));
      }
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      if (!isOvertaken()) this.#fail(error);
    }
  }

  /** A newer sign-in takes the place of one that still waits for its browser. */
  async signIn(o: SignInOptions): Promise<SessionState> {
    const app = this.#app();
    const previous = this.#attempt;
    previous?.controller.abort(problems.superseded());
    const controller = new AbortController();
    const signal = o.signal ? AbortSignal.any([controller.signal, o.signal]) : controller.signal;
    const run = async (): Promise<SessionState> => {
      await previous?.done.catch(() => undefined);
      return this.#signIn(app, { open: o.open, signal });
    };
    const attempt: Attempt = { controller, done: run() };
    this.#attempt = attempt;
    try {
      return await attempt.done;
    } finally {
      if (this.#attempt === attempt) this.#attempt = undefined;
    }
  }

  /** Forgets the session here first, then ends it at RingCentral if that can be reached. */
  async signOut(): Promise<void> {
    const app = this.#find();
    const { keeper } = this.#services;
    const running = this.#stop();
    const session = this.#session;
    this.#end(SIGNED_OUT);
    await running?.catch(() => undefined);
    if (!app) return;
    const last = session ?? (await keeper.session(app.id).catch(() => undefined));
    try {
      await keeper.dropSession(app.id);
    } finally {
      if (last && belongsTo(last, app)) await revokeQuietly(this.#services, app, last);
    }
  }

  async accessToken(): Promise<string> {
    const session = await this.#own();
    const now = this.#services.clock.now();
    if (now < session.renewAt) return session.accessToken;
    try {
      return await this.#renewOnce();
    } catch (error) {
      // The old token is good for a little while yet.
      const isPassing = error instanceof NetworkError && this.#session === session;
      if (isPassing && now < session.expiresAt) return session.accessToken;
      throw error;
    }
  }

  async forceRefresh(): Promise<string> {
    const session = await this.#own();
    const { clock, assumed } = this.#services;
    if (clock.now() - this.#renewedAt < assumed.justRenewedMs) return session.accessToken;
    return this.#renewOnce();
  }

  /** Lets go of the session without a word to RingCentral; what is kept is the caller's to remove. */
  async discard(): Promise<void> {
    const running = this.#stop();
    this.#end(SIGNED_OUT);
    await Promise.allSettled([running, this.#renewing]);
  }

  /** Ends a sign-in that waits and lets a renewal come to its end; nothing is forgotten. */
  async dispose(): Promise<void> {
    await Promise.allSettled([this.#stop(), this.#renewing]);
  }

  async #signIn(
    app: AppProfile,
    o: { open: OpenPage; signal: AbortSignal },
  ): Promise<SessionState> {
    const before = this.#state;
    this.#set({ kind: 'signingIn' });
    try {
      const session = await obtainSession(this.#services, app, o);
      await this.#keep(app, session, { startedBy: 'person' });
      return this.#state;
    } catch (error) {
      const problem = this.#clean(error);
      // An earlier session is still good, and nobody's decision to stop is a failure.
      if (this.#session) this.#adopt(this.#session);
      else if (!(problem instanceof HumanError) || o.signal.aborted)
        this.#set(before.kind === 'failed' ? SIGNED_OUT : before);
      else this.#fail(problem);
      throw problem;
    }
  }

  #renewOnce(): Promise<string> {
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async #renew(): Promise<string> {
    const app = this.#app();
    const session = this.#session;
    if (!session) throw this.#refusal(app);
    const ends = this.#ends;
    const isKept = this.#notKept === undefined;
    const renewal = await renew(this.#services, app, session, isKept).catch((error: unknown) => {
      throw this.#clean(error);
    });
    if (this.#ends !== ends) {
      if (renewal.kind === 'renewed') await revokeQuietly(this.#services, app, renewal.session);
      throw problems.signedOutMeanwhile();
    }
    // Somebody signed in anew meanwhile: that session counts.
    if (this.#session !== session) return (await this.#own()).accessToken;
    switch (renewal.kind) {
      case 'renewed':
        await this.#keep(app, renewal.session);
        break;
      case 'found':
        this.#adopt(renewal.session);
        break;
      case 'gone':
        this.#end(SIGNED_OUT);
        throw problems.notSignedIn(app);
      case 'over':
        throw await this.#giveUp(app, renewal.problem);
    }
    this.#renewedAt = this.#services.clock.now();
    return (await this.#own()).accessToken;
  }

  /** The session, if it is still one of the app as the app is now. */
  async #own(): Promise<KeptSession> {
    const app = this.#app();
    if (!this.#session) throw this.#refusal(app);
    if (belongsTo(this.#session, app)) return this.#session;
    throw await this.#giveUp(app, problems.movedAway(app));
  }

  async #keep(app: AppProfile, session: KeptSession, options?: CallOptions): Promise<void> {
    const { keeper, log, redactor } = this.#services;
    const ends = this.#ends;
    this.#session = session;
    this.#notKept = undefined;
    try {
      await keeper.keepSession(app.id, session, options);
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      // Better a session until the end of the program than none: these tokens cannot be had again.
      this.#notKept = problems.withoutSecrets(error, redactor);
      log.warn(redactor.redact(l10n.t('A session could not be kept: {0}', error.toLine())));
    }
    if (this.#ends !== ends) {
      await keeper.dropSession(app.id);
      throw problems.signedOutMeanwhile();
    }
    this.#adopt(session);
  }

  #adopt(session: KeptSession): void {
    this.#session = session;
    const { person, scope, expiresAt } = session;
    const notKept = this.#notKept;
    this.#set({ kind: 'signedIn', person, scope, expiresAt, ...(notKept && { notKept }) });
  }

  /** Ends a session that is of no more use, here and in the secret store. */
  async #giveUp(app: AppProfile, problem: HumanError): Promise<HumanError> {
    const clean = problems.withoutSecrets(problem, this.#services.redactor);
    this.#end({ kind: 'failed', problem: clean });
    await this.#services.keeper.dropSession(app.id).catch((error: unknown) => {
      if (!(error instanceof HumanError)) throw error;
      this.#services.log.warn(error.toLine());
    });
    return clean;
  }

  #stop(): Promise<SessionState> | undefined {
    this.#attempt?.controller.abort(problems.signedOutMeanwhile());
    return this.#attempt?.done;
  }

  #end(state: SessionState): void {
    this.#ends++;
    this.#session = undefined;
    this.#notKept = undefined;
    this.#set(state);
  }

  #fail(problem: HumanError): void {
    this.#set({
      kind: 'failed',
      problem: problems.withoutSecrets(problem, this.#services.redactor),
    });
  }

  #refusal(app: AppProfile): HumanError {
    return this.#state.kind === 'failed' ? this.#state.problem : problems.notSignedIn(app);
  }

  #clean(error: unknown): unknown {
    return error instanceof HumanError
      ? problems.withoutSecrets(error, this.#services.redactor)
      : error;
  }

  #app(): AppProfile {
    const app = this.#find();
    if (!app) throw problems.unknownApp();
    return app;
  }

  #set(state: SessionState): void {
    this.#state = state;
    this.#changed();
  }
}
