import { type AppProfile } from '../apps';
import { HumanError } from '../base/humanError';
import { type TokenSet } from '../ringcentral';
import { cancelled, signInWithBrowser, type OpenPage } from './browserSignIn';
import { sessionOf, type KeptSession } from './session';
import { type SessionServices } from './sessionServices';
import { whoAmI } from './whoAmI';

/** Signs in the way the app's grant says; nothing is kept yet. */
export async function obtainSession(
  services: SessionServices,
  app: AppProfile,
  o: { open: OpenPage; signal: AbortSignal },
): Promise<KeptSession> {
  const { grants, clock, redactor } = services;
  const complete = (tokens: TokenSet): Promise<KeptSession> =>
    introduce(services, app, tokens, o.signal);
  if (o.signal.aborted) throw cancelled(o.signal);
  switch (app.grant) {
    case 'authorization_code': {
      // First of all, for a missing client secret is known before the browser opens.
      const oauth = await grants.client(app);
      const timeoutMs = services.timeoutMs();
      return signInWithBrowser({ app, oauth, clock, redactor, timeoutMs, ...o }, complete);
    }
    case 'jwt':
      return complete(await grants.jwt(app));
    case 'bot_token':
      return complete(await grants.botToken(app));
  }
}

/** Ends a session on RingCentral's side, as far as it can be reached; a bot's token stays alive. */
export async function revokeQuietly(
  services: SessionServices,
  app: AppProfile,
  session: Pick<KeptSession, 'accessToken'> & Partial<KeptSession>,
): Promise<void> {
  // A revoked bot token is lost for good: the bot would have to be installed again.
  if (app.grant === 'bot_token') return;
  // Either token stands for the whole session, as long as it is alive.
  const isExpired = (session.expiresAt ?? Infinity) <= services.clock.now();
  const token = (isExpired ? session.refreshToken : undefined) ?? session.accessToken;
  try {
    await (await services.grants.client(app)).revoke(token);
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    services.log.debug(services.redactor.redact(error.toLine()));
  }
}

async function introduce(
  services: SessionServices,
  app: AppProfile,
  tokens: TokenSet,
  signal: AbortSignal,
): Promise<KeptSession> {
  services.keeper.learn(tokens.accessToken, tokens.refreshToken);
  try {
    const person = await whoAmI(services.http, app, tokens);
    if (signal.aborted) throw cancelled(signal);
    const { refreshMarginMs: marginMs } = services.assumed;
    return sessionOf(app, tokens, { person }, { now: services.clock.now(), marginMs });
  } catch (error) {
    await revokeQuietly(services, app, tokens);
    throw error;
  }
}
