import { l10n } from 'vscode';
import type { ViewStrings } from './protocol';

/** The page's texts, with their placeholders left in: the page fills them as time goes by. */
export function viewStrings(): ViewStrings {
  return {
    messages: l10n.t('Messages'),
    messagesIn: l10n.t('Messages in {0}'),
    connecting: l10n.t('Connecting…'),
    liveNoEvent: l10n.t('Live · no event yet'),
    liveLastEvent: l10n.t('Live · last event {0}'),
    reconnectingIn: l10n.t('Reconnecting in {0} — {1}'),
    reconnectingNow: l10n.t('Reconnecting… — {0}'),
    stopped: l10n.t('Stopped'),
    stoppedBecause: l10n.t('Stopped: {0}'),
    secondsAgo: l10n.t('{0} s ago'),
    minutesAgo: l10n.t('{0} min ago'),
    hoursAgo: l10n.t('{0} h ago'),
    daysAgo: l10n.t('{0} d ago'),
    seconds: l10n.t('{0} s'),
    minutes: l10n.t('{0} min'),
    newMessages: l10n.t('{0} new — jump to newest'),
    jumpToNewest: l10n.t('Jump to newest'),
    guest: l10n.t('Guest'),
    you: l10n.t('You'),
    edited: l10n.t('edited'),
    editedAt: l10n.t('Edited {0}'),
    deleted: l10n.t('deleted'),
    noText: l10n.t('(no text)'),
    openPost: l10n.t('Open as JSON (Enter)'),
    copyText: l10n.t('Copy Text ({0})'),
    notTailing: l10n.t('No chat is tailed.'),
    tailChat: l10n.t('Tail a Chat…'),
    noMessages: l10n.t('No messages yet.'),
    noMessagesDetail: l10n.t('What is posted to “{0}” appears here.'),
    oneAnnounced: l10n.t('{0}: {1}'),
    manyAnnounced: l10n.t('{0} new messages, the newest from {1}.'),
  };
}
