import * as l10n from '@vscode/l10n';
import type { CodeTable, Explanation } from '../errorCodes';

/** RingCentral developer guide, Errors: subscriptions. */
export const subscriptionCodes: CodeTable = {
  'SUB-402': () => says(l10n.t('the subscription is not allowed'), checkFilters()),
  'SUB-403': () => says(l10n.t('the subscription is not allowed'), checkFilters()),
  'SUB-404': () => says(l10n.t('the subscription is not allowed'), checkFilters()),
  'SUB-405': () =>
    says(
      l10n.t('the messages of other people cannot be subscribed to'),
      l10n.t('Subscribe as the person whose messages these are.'),
    ),
  'SUB-406': () =>
    says(
      l10n.t('it belongs to another account, or the bot is not ready yet'),
      l10n.t('Right after installing a bot, wait some seconds and try again.'),
    ),
  'SUB-407': () => says(l10n.t('the subscription is not allowed'), checkFilters()),
  'SUB-408': () => says(l10n.t('the subscription is not allowed'), checkFilters()),
  'SUB-505': () =>
    says(
      l10n.t('the app has as many subscriptions as one extension may have'),
      l10n.t('Delete subscriptions that are not used any more.'),
    ),
  'SUB-507': () =>
    says(l10n.t('the subscription has expired'), l10n.t('Create the subscription again.')),
  'SUB-508': () => says(l10n.t('an event filter is not valid'), checkFilters()),
  'SUB-511': () =>
    says(
      l10n.t('a subscription of this kind cannot be changed'),
      l10n.t('Delete the subscription and create it again.'),
    ),
  'SUB-521': () => says(l10n.t('the address for webhooks cannot be reached'), checkAddress()),
  'SUB-522': () => says(l10n.t('the address for webhooks cannot be reached'), checkAddress()),
  'SUB-524': () =>
    says(
      l10n.t('the certificate of the address for webhooks is not valid'),
      l10n.t('Serve a certificate of a known authority, with its whole chain.'),
    ),
  'SUB-525': () =>
    says(
      l10n.t('the address for webhooks did not answer the validation as it must'),
      l10n.t(
        'Answer 200 within 3 seconds, send the Validation-Token header back, and keep the answer below 1024 bytes.',
      ),
    ),
  'SUB-528': () =>
    says(
      l10n.t('the app lacks the permission for WebSocket subscriptions'),
      l10n.t(
        'Add the WebSocket permissions (“WebSockets Subscriptions” and “WebSocket”) to the app in the developer console, then sign in again.',
      ),
    ),
};

function says(meaning: string, remedy: string): Explanation {
  return { meaning, remedy };
}

function checkFilters(): string {
  return l10n.t('Check the event filters, and the permissions they need.');
}

function checkAddress(): string {
  return l10n.t('Start the bot and its tunnel, and check the address from outside.');
}
