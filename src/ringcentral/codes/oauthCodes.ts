import * as l10n from '@vscode/l10n';
import type { CodeTable, Explanation } from '../errorCodes';

/** RingCentral developer guide, Errors: authorization; and the words of RFC 6749. */
export const oauthCodes: CodeTable = {
  'OAU-101': () => says(l10n.t('the brand id is not known'), checkApp()),
  'OAU-102': () => says(l10n.t('no authorization code could be issued'), signInAgain()),
  'OAU-105': () =>
    says(
      l10n.t('this type of extension may not sign in'),
      l10n.t('Sign in as an ordinary user of the account.'),
    ),
  'OAU-106': () => says(l10n.t('the authorization code is not valid'), signInAgain()),
  'OAU-108': () => says(l10n.t('the authorization code has expired'), signInAgain()),
  'OAU-109': () =>
    says(
      l10n.t('the redirect URI is not the one that was used to authorize'),
      l10n.t(
        'Register exactly the redirect URI of the app profile (scheme, host, port, path) in the developer console.',
      ),
    ),
  'OAU-110': () => says(l10n.t('the authorization code belongs to another app'), checkApp()),
  'OAU-111': () => says(l10n.t('a parameter was sent twice'), reportIt()),
  'OAU-112': () => says(l10n.t('the app may not use this way of signing in'), checkGrant()),
  'OAU-113': () =>
    says(
      l10n.t('the app has no such redirect URI'),
      l10n.t('Add the redirect URI of the app profile to the app in the developer console.'),
    ),
  'OAU-116': () => says(l10n.t('the app may not be authorized'), checkApp()),
  'OAU-117': () => says(l10n.t('the app may not be authorized'), checkApp()),
  'OAU-119': () => says(l10n.t('the app may not be authorized'), checkApp()),
  'OAU-120': () => says(l10n.t('the token belongs to another app'), checkApp()),
  'OAU-121': () => says(l10n.t('the token belongs to another app'), checkApp()),
  'OAU-123': () =>
    says(l10n.t('the Authorization header has a value that cannot be read'), checkCredentials()),
  'OAU-125': () => says(l10n.t('this way of signing in is not allowed'), checkGrant()),
  'OAU-127': () => says(l10n.t('the release of the app is not valid'), checkApp()),
  'OAU-128': () => says(l10n.t('the access token has expired'), signInAgain()),
  'OAU-129': () => says(l10n.t('the access token is damaged'), signInAgain()),
  'OAU-134': () => says(l10n.t('the Authorization header is not valid'), checkCredentials()),
  'OAU-136': () =>
    says(
      l10n.t('the extension does not exist any more'),
      l10n.t('Sign in as somebody else; install the bot again if it was one.'),
    ),
  'OAU-140': () =>
    says(
      l10n.t('name and password, or the JWT, are not accepted'),
      l10n.t('Create a new JWT credential in the developer console, for this app and environment.'),
    ),
  'OAU-141': () => says(l10n.t('the state of the account does not allow it'), askAdmin()),
  'OAU-142': () => says(l10n.t('the state of the extension does not allow it'), askAdmin()),
  'OAU-146': () =>
    says(l10n.t('client id and client secret do not belong together'), checkCredentials()),
  'OAU-147': () => says(l10n.t('the account is locked out for now'), askAdmin()),
  'OAU-148': () => says(l10n.t('the account is locked out for now'), askAdmin()),
  'OAU-149': () =>
    says(
      l10n.t('the token cannot be read; a bot token may have died'),
      l10n.t('Sign in again; for a bot, copy a new token from the developer console.'),
    ),
  'OAU-150': () => says(l10n.t('the request to sign in was not complete'), signInAgain()),
  'OAU-151': () => says(l10n.t('the method is not supported here'), reportIt()),
  'OAU-165': () =>
    says(
      l10n.t('apps of the sandbox are not allowed'),
      l10n.t('Use an app of the production environment, or the simulator.'),
    ),
  'OAU-168': () =>
    says(
      l10n.t('a second factor is needed'),
      l10n.t('Sign in in the browser instead, where the second factor can be given.'),
    ),
  'OAU-213': () => says(l10n.t('the token is not known'), signInAgain()),
  'OAU-232': () =>
    says(
      l10n.t('the extension of the bot was deleted'),
      l10n.t('Install the bot again and use its new token.'),
    ),
  invalid_request: () => says(l10n.t('the request is not complete'), checkApp()),
  invalid_client: () => says(l10n.t('the app is not accepted'), checkCredentials()),
  invalid_grant: () => says(l10n.t('the code, token or JWT is not valid any more'), signInAgain()),
  unauthorized_client: () =>
    says(l10n.t('the app may not use this way of signing in'), checkGrant()),
  unsupported_grant_type: () =>
    says(l10n.t('this way of signing in is not supported'), checkGrant()),
  invalid_scope: () => says(l10n.t('a permission that was asked for does not exist'), checkApp()),
  expired_token: () => says(l10n.t('the token has expired'), signInAgain()),
  insufficient_scope: () =>
    says(
      l10n.t('the app lacks a permission'),
      l10n.t('Add the permission to the app in the developer console, then sign in again.'),
    ),
  access_denied: () =>
    says(
      l10n.t('access was refused'),
      l10n.t('Sign in again and allow the app, or sign in as somebody who may.'),
    ),
};

function says(meaning: string, remedy: string): Explanation {
  return { meaning, remedy };
}

function signInAgain(): string {
  return l10n.t('Sign in again.');
}

function checkApp(): string {
  return l10n.t('Compare the app profile with the app in the developer console.');
}

function checkCredentials(): string {
  return l10n.t('Copy client id and client secret from the developer console again.');
}

function checkGrant(): string {
  return l10n.t('Choose the auth type in the developer console that the app profile uses.');
}

function askAdmin(): string {
  return l10n.t('Ask the administrator of the account, or wait and try again.');
}

function reportIt(): string {
  return l10n.t('This should not happen: please report it with the log.');
}
