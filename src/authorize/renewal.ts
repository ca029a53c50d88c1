import { type AppProfile } from '../apps';
import { HumanError } from '../base/humanError';
import { OAuthError, type TokenSet } from '../ringcentral';
import { sessionOver } from './problems';
import { belongsTo, sessionOf, type KeptSession } from './session';
import { type SessionServices } from './sessionServices';

export type Renewal =
  /** New tokens, which are not kept yet. */
  | { readonly kind: 'renewed'; readonly session: KeptSession }
  /** Another window had new tokens already. */
  | { readonly kind: 'found'; readonly session: KeptSession }
  /** Another window has signed out. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'over'; readonly problem: HumanError };

/**
 * Finds or makes the session that follows `current`. Refresh tokens are good for one use (RingCentral
 * developer guide, Refreshing access tokens) and the keychain has no locks, so what other windows
 * have kept is looked at before and after. Throws for trouble that may pass, such as the network's.
 */
export async function renew(
  services: SessionServices,
  app: AppProfile,
  current: KeptSession,
  isKept: boolean,
): Promise<Renewal> {
  const kept = await keptElsewhere(services, app);
  if (kept === 'none' && isKept) return { kind: 'gone' };
  const found = newer(kept, current);
  if (found && services.clock.now() < found.renewAt) return { kind: 'found', session: found };
  const source = found ?? current;
  try {
    const tokens = await renewedTokens(services, app, source);
    if (!tokens) return { kind: 'over', problem: sessionOver(app) };
    const { refreshMarginMs: marginMs } = services.assumed;
    const session = sessionOf(app, tokens, source, { now: services.clock.now(), marginMs });
    return { kind: 'renewed', session };
  } catch (error) {
    if (!(error instanceof OAuthError) || !error.isGrantDead) throw error;
    const rescued = newer(await keptElsewhere(services, app), source);
    if (rescued) return { kind: 'found', session: rescued };
    return { kind: 'over', problem: sessionOver(app, error) };
  }
}

/** Undefined when there is nothing to renew with. */
async function renewedTokens(
  { grants }: SessionServices,
  app: AppProfile,
  session: KeptSession,
): Promise<TokenSet | undefined> {
  switch (app.grant) {
    case 'authorization_code':
      if (session.refreshToken === undefined) return undefined;
      return (await grants.client(app)).refresh(session.refreshToken);
    case 'jwt':
      // The guide advises to present the JWT again rather than to refresh.
      return grants.jwt(app);
    case 'bot_token': {
      // Nothing renews a bot token, but somebody may have set a new one.
      const tokens = await grants.botToken(app);
      return tokens.accessToken === session.accessToken ? undefined : tokens;
    }
  }
}

async function keptElsewhere(
  services: SessionServices,
  app: AppProfile,
): Promise<KeptSession | 'none' | 'unknown'> {
  try {
    const kept = await services.keeper.session(app.id);
    if (!kept) return 'none';
    return belongsTo(kept, app) ? kept : 'unknown';
  } catch (error) {
    if (error instanceof HumanError) return 'unknown';
    throw error;
  }
}

function newer(kept: KeptSession | 'none' | 'unknown', than: KeptSession): KeptSession | undefined {
  return typeof kept === 'object' && kept.accessToken !== than.accessToken ? kept : undefined;
}
