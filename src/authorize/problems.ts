import * as l10n from '@vscode/l10n';
import { type AppProfile } from '../apps';
import { HumanError } from '../base/humanError';
import { type Redactor } from '../base/redact';

/** The app was removed while it was used. */
export function unknownApp(): HumanError {
  return new HumanError(l10n.t('This app has been removed.'), {
    remedy: l10n.t('Add it again, or choose another app.'),
  });
}

export function notSignedIn(app: AppProfile): HumanError {
  return new HumanError(l10n.t('“{0}” is not signed in.', app.name), {
    remedy: l10n.t('Sign in and try again.'),
  });
}

export function superseded(): HumanError {
  return new HumanError(l10n.t('A newer sign-in took the place of this one.'), {
    remedy: l10n.t('Finish the newer one in the browser.'),
    code: 'cancelled',
  });
}

export function signedOutMeanwhile(): HumanError {
  return new HumanError(l10n.t('The app was signed out meanwhile.'), {
    remedy: l10n.t('Sign in again when you are ready.'),
    code: 'cancelled',
  });
}

/** The profile was changed under its session: the token must not go to where it was not made for. */
export function movedAway(app: AppProfile): HumanError {
  return new HumanError(
    l10n.t(
      'The server, client ID or auth type of “{0}” has changed since it was signed in.',
      app.name,
    ),
    { remedy: l10n.t('Sign in again.') },
  );
}

/** The session can be renewed no more. */
export function sessionOver(app: AppProfile, cause?: HumanError): HumanError {
  const details = {
    ...(cause?.code !== undefined && { code: cause.code }),
    ...(cause !== undefined && { cause }),
  };
  switch (app.grant) {
    case 'authorization_code':
      return cause
        ? new HumanError(l10n.t('The session of “{0}” has ended.', app.name), {
            ...details,
            remedy: l10n.t('Sign in again.'),
          })
        : new HumanError(l10n.t('The session of “{0}” has expired.', app.name), {
            remedy: l10n.t(
              'Sign in again; sessions last longer with “Issue refresh tokens” switched on in the developer console.',
            ),
          });
    case 'jwt':
      return new HumanError(l10n.t('RingCentral no longer accepts the JWT of “{0}”.', app.name), {
        ...details,
        remedy: l10n.t('Create a new JWT credential in the developer console, then sign in again.'),
      });
    case 'bot_token':
      return new HumanError(
        l10n.t('RingCentral no longer accepts the bot token of “{0}”.', app.name),
        {
          ...details,
          remedy: l10n.t('Copy a new token from the developer console, then sign in again.'),
        },
      );
  }
}

/** The same error, without any secret that a server may have put into its words. */
export function withoutSecrets(error: HumanError, redactor: Redactor): HumanError {
  const texts = [error.message, error.remedy, error.code ?? ''];
  if (texts.every((text) => redactor.redact(text) === text)) return error;
  return new HumanError(redactor.redact(error.message), {
    remedy: redactor.redact(error.remedy),
    ...(error.code !== undefined && { code: redactor.redact(error.code) }),
  });
}
