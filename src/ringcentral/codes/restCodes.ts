import * as l10n from '@vscode/l10n';
import type { CodeTable, Explanation } from '../errorCodes';
import type { RemoteFault } from '../faultBody';

/** RingCentral developer guide, Errors: common codes; and the call log's. */
export const restCodes: CodeTable = {
  'CMN-101': () => says(l10n.t('a parameter has a value that is not allowed'), checkInput()),
  'CMN-102': () =>
    says(
      l10n.t('what was asked for is not there'),
      l10n.t('Check the id; it may have been deleted, or belong to another account.'),
    ),
  'CMN-103': () => says(l10n.t('the request could not be read'), checkInput()),
  'CMN-104': () => says(l10n.t('the request could not be read'), checkInput()),
  'CMN-120': () =>
    says(
      l10n.t('there is nothing at this address'),
      l10n.t('Check the server of the app profile and the path.'),
    ),
  'CMN-201': () => says(l10n.t('a part of RingCentral is out of service'), tryLater()),
  'CMN-202': () =>
    says(l10n.t('this is not implemented'), l10n.t('Look for another way in the API reference.')),
  'CMN-203': () => says(l10n.t('RingCentral had an internal fault'), tryLater()),
  'CMN-301': () => says(l10n.t('too many requests were made'), waitAMinute()),
  'CMN-302': () => says(l10n.t('too many requests were made'), waitAMinute()),
  'CMN-303': () => says(l10n.t('too many requests were made'), waitAMinute()),
  'CMN-304': () => says(l10n.t('too many requests were made'), waitAMinute()),
  'CMN-310': () => says(l10n.t('too many requests were made'), waitAMinute()),
  'CMN-401': (fault) => says(appPermission(fault), addPermission(fault)),
  'CMN-402': () =>
    says(
      l10n.t('only an administrator may do this'),
      l10n.t('Sign in as an administrator of the account.'),
    ),
  'CMN-403': () => says(l10n.t('it is forbidden'), askAdmin()),
  'CMN-404': () =>
    says(
      l10n.t('it belongs to another extension'),
      l10n.t('Sign in as the person it belongs to, or as an administrator.'),
    ),
  'CMN-405': () =>
    says(
      l10n.t('nobody is signed in, or the extension was deleted'),
      l10n.t('Sign in again; install the bot again if it was one.'),
    ),
  'CMN-407': () => says(l10n.t('a header is missing or wrong'), checkInput()),
  'CMN-408': (fault) => says(userPermission(fault), askAdmin()),
  'CMN-110': () => says(l10n.t('a header is missing or wrong'), checkInput()),
  'CLG-101': () => says(l10n.t('the synchronization token is not valid'), syncAgain()),
  'CLG-102': () => says(l10n.t('the synchronization token is not valid'), syncAgain()),
  'CLG-103': () => says(l10n.t('the synchronization token is not valid'), syncAgain()),
  'CLG-104': () => says(l10n.t('the synchronization token is not valid'), syncAgain()),
  'CLG-105': () => says(l10n.t('the synchronization token is not valid'), syncAgain()),
  'CLG-110': () => says(l10n.t('two filters of the call log exclude each other'), checkInput()),
};

function says(meaning: string, remedy: string): Explanation {
  return { meaning, remedy };
}

function appPermission({ permission }: RemoteFault): string {
  return permission === undefined
    ? l10n.t('the app lacks a permission')
    : l10n.t('the app lacks the permission {0}', permission);
}

function addPermission({ permission }: RemoteFault): string {
  return permission === undefined
    ? l10n.t('Add the permission to the app in the developer console, then sign in again.')
    : l10n.t('Add {0} to the app in the developer console, then sign in again.', permission);
}

function userPermission({ permission }: RemoteFault): string {
  return permission === undefined
    ? l10n.t('the person who is signed in lacks a permission')
    : l10n.t('the person who is signed in lacks the permission {0}', permission);
}

function checkInput(): string {
  return l10n.t('Compare what was sent with the API reference.');
}

function askAdmin(): string {
  return l10n.t('Ask the administrator of the account for the permission.');
}

function tryLater(): string {
  return l10n.t('Try again in a moment.');
}

function waitAMinute(): string {
  return l10n.t('Wait a minute: each request made meanwhile prolongs the pause.');
}

function syncAgain(): string {
  return l10n.t('Start with a full synchronization again.');
}
