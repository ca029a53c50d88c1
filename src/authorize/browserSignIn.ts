import * as l10n from '@vscode/l10n';
import { type AppProfile } from '../apps';
import { type Clock } from '../base/clock';
import { HumanError } from '../base/humanError';
import { type Redactor } from '../base/redact';
import { type OAuthClient, type TokenSet } from '../ringcentral';
import { assumptions } from './assumptions';
import { CallbackServer, type Arrival } from './callbackServer';
import { createPkce, unguessable } from './pkce';
import { withoutSecrets } from './problems';
import { type ResultPage } from './resultPage';

/**
 * Shows the consent page; false when it could not be shown. `redirectUri` is where the browser will
 * come back to: in a remote window its port has to be forwarded first.
 */
export type OpenPage = (url: string, redirectUri: string) => Promise<boolean>;

export interface BrowserSignIn {
  readonly app: AppProfile;
  readonly oauth: OAuthClient;
  readonly open: OpenPage;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly redactor: Redactor;
}

/**
 * Authorization code flow with PKCE (RingCentral developer guide, Authorization code flow). The
 * browser is told how it ended only after `complete` has taken the tokens, so that its page is true.
 */
export async function signInWithBrowser<T>(
  o: BrowserSignIn,
  complete: (tokens: TokenSet) => Promise<T>,
): Promise<T> {
  const state = unguessable();
  const pkce = createPkce();
  const server = await CallbackServer.listen(o.app.redirectUris, state);
  try {
    const { redirectUri } = server;
    const url = o.oauth.authorizeUrl({ redirectUri, state, codeChallenge: pkce.challenge });
    const arrival = await comeBack(o, server, url);
    const { outcome } = arrival;
    try {
      if (outcome.kind === 'error') throw refusal(o.app, outcome.error, outcome.description);
      o.redactor.learn(outcome.code);
      o.redactor.learn(pkce.verifier);
      const tokens = await o.oauth.exchangeCode({
        code: outcome.code,
        redirectUri,
        codeVerifier: pkce.verifier,
      });
      const result = await complete(tokens);
      await arrival.show(successPage(o.app));
      return result;
    } catch (error) {
      await arrival.show(problemPage(error, o.redactor));
      throw error;
    }
  } finally {
    await server.dispose();
  }
}

function comeBack(o: BrowserSignIn, server: CallbackServer, url: string): Promise<Arrival> {
  return new Promise((resolve, reject) => {
    const timer = o.clock.after(o.timeoutMs, () => end(late(o.timeoutMs, server.nearMiss)));
    const cancel = (): void => end(cancelled(o.signal));
    const settle = (): void => {
      timer.dispose();
      o.signal.removeEventListener('abort', cancel);
    };
    const end = (error: Error): void => {
      settle();
      reject(error);
    };
    o.signal.addEventListener('abort', cancel, { once: true });
    void server.arrival.then((arrival) => {
      settle();
      resolve(arrival);
    });
    if (o.signal.aborted) {
      cancel();
      return;
    }
    // Not awaited: the browser may be back before the editor says that it has been opened.
    o.open(url, server.redirectUri).then(
      (isOpen) => {
        if (!isOpen) end(notOpened());
      },
      (error: unknown) => end(error instanceof HumanError ? error : notOpened(error)),
    );
  });
}

/** Says why a sign-in was given up: the signal's own HumanError, or that somebody cancelled it. */
export function cancelled(signal: AbortSignal): HumanError {
  if (signal.reason instanceof HumanError) return signal.reason;
  return new HumanError(l10n.t('The sign-in was cancelled.'), {
    remedy: l10n.t('Sign in again when you are ready.'),
    code: 'cancelled',
  });
}

function late(timeoutMs: number, nearMiss: string | undefined): HumanError {
  const seconds = Math.round(timeoutMs / 1000);
  return new HumanError(
    nearMiss === undefined
      ? l10n.t('The browser did not come back within {0} s.', seconds)
      : l10n.t(
          'The browser did not come back with a valid answer within {0} s: {1}',
          seconds,
          nearMiss,
        ),
    {
      remedy: l10n.t(
        'Sign in again, and finish in the browser; the redirect URI must be registered exactly as the app has it.',
      ),
      code: 'ETIMEDOUT',
    },
  );
}

function notOpened(cause?: unknown): HumanError {
  return new HumanError(l10n.t('The browser could not be opened for the sign-in.'), {
    remedy: l10n.t('Allow the page to be opened, or set a default browser; then sign in again.'),
    ...(cause !== undefined && { cause }),
  });
}

function refusal(app: AppProfile, error: string, description: string | undefined): HumanError {
  if (error === assumptions.refusalWord) {
    return new HumanError(l10n.t('The consent was refused in the browser.'), {
      remedy: l10n.t('Sign in again and allow “{0}”, or sign in as somebody who may.', app.name),
      code: error,
    });
  }
  const said =
    description === undefined || description === '' ? error : `${error}, “${description}”`;
  return new HumanError(l10n.t('RingCentral did not authorize the app: {0}.', said), {
    remedy: l10n.t('Compare the app with its entry in the developer console, then sign in again.'),
  });
}

function successPage(app: AppProfile): ResultPage {
  return {
    status: 200,
    title: l10n.t('You are signed in'),
    text: l10n.t('“{0}” may now act for you.', app.name),
    advice: l10n.t('You can close this tab and go back to your work.'),
  };
}

function problemPage(error: unknown, redactor: Redactor): ResultPage {
  const problem = error instanceof HumanError ? withoutSecrets(error, redactor) : undefined;
  return {
    status: 400,
    title: l10n.t('The sign-in did not work'),
    text: problem?.message ?? l10n.t('Something unexpected went wrong.'),
    advice: l10n.t('{0} You can close this tab.', problem?.remedy ?? l10n.t('The log says more.')),
  };
}
