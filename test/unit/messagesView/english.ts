import type { ViewRow, ViewStrings } from '../../../src/workbench/messagesView/protocol';

/** The page's texts, as VS Code gives them without a language pack. */
export const english: ViewStrings = {
  messages: 'Messages',
  messagesIn: 'Messages in {0}',
  connecting: 'Connecting…',
  liveNoEvent: 'Live · no event yet',
  liveLastEvent: 'Live · last event {0}',
  reconnectingIn: 'Reconnecting in {0} — {1}',
  reconnectingNow: 'Reconnecting… — {0}',
  stopped: 'Stopped',
  stoppedBecause: 'Stopped: {0}',
  secondsAgo: '{0} s ago',
  minutesAgo: '{0} min ago',
  hoursAgo: '{0} h ago',
  daysAgo: '{0} d ago',
  seconds: '{0} s',
  minutes: '{0} min',
  newMessages: '{0} new — jump to newest',
  jumpToNewest: 'Jump to newest',
  guest: 'Guest',
  you: 'You',
  edited: 'edited',
  editedAt: 'Edited {0}',
  deleted: 'deleted',
  noText: '(no text)',
  openPost: 'Open as JSON (Enter)',
  copyText: 'Copy Text ({0})',
  notTailing: 'No chat is tailed.',
  tailChat: 'Tail a Chat…',
  noMessages: 'No messages yet.',
  noMessagesDetail: 'What is posted to “{0}” appears here.',
  oneAnnounced: '{0}: {1}',
  manyAnnounced: '{0} new messages, the newest from {1}.',
};

/** A row like any other, apart from what a test is about. */
export function aRow(o: Partial<ViewRow> = {}): ViewRow {
  return {
    id: '1001',
    authorId: '500',
    authorName: 'Alice Martin',
    isGuest: false,
    isOwn: false,
    text: 'Hello',
    createdAt: Date.parse('2026-01-01T12:00:00.000Z'),
    state: 'posted',
    ...o,
  };
}
