import type { ViewRow, ViewTail } from '../../src/workbench/messagesView/protocol';
import { aRow } from '../unit/messagesView/english';

const EVENING = Date.parse('2026-11-20T23:57:40.000Z');
const PEOPLE = [
  { authorId: '500', authorName: 'Alice Martin' },
  { authorId: '501', authorName: 'Bob Chen' },
  { authorId: '502', authorName: 'Handover Bot', isOwn: true },
  { authorId: 'glip-77', authorName: 'Guest Visitor', isGuest: true },
] as const;
const [ALICE, BOB, BOT, GUEST] = PEOPLE;

export const LIVE: ViewTail = {
  appName: 'Practice app',
  chatName: 'Support: order 4711-A',
  health: { kind: 'live' },
};

/** A conversation with something of everything that a row can show. */
export const TALK: readonly ViewRow[] = [
  { ...GUEST, text: 'Hello, my parcel has **not** arrived.' },
  { ...GUEST, text: 'The number is `4711-A`.' },
  { ...BOT, text: 'I am the *handover bot*. Let me look…' },
  { ...BOT, text: '```json\n{\n  "state": "lost in transit"\n}\n```' },
  {
    ...BOT,
    text: 'I pass you to ![:Person](500). See [your order](https://shop.example/4711-A?a=%2F).',
    mentions: { '500': 'Alice Martin' },
  },
  {
    ...ALICE,
    text: '> lost in transit\nSorry! A new one leaves tonight.',
    state: 'edited' as const,
    editedAt: EVENING + 200_000,
  },
  { ...BOB, text: 'Wrong chat, sorry', state: 'deleted' as const },
  { ...BOB, text: '' },
  { ...GUEST, text: `Thanks! https://track.example/${'parcel-0034-0199-'.repeat(6)}` },
  { ...ALICE, text: '<img src=x onerror="window.hacked = true">' },
].map((row, i) => aRow({ ...row, id: String(1_000_000 + i), createdAt: EVENING + i * 17_000 }));

/** Rows `from` up to, but not with, `to`; of uneven height. */
export function manyRows(from: number, to: number): ViewRow[] {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const more = n % 5 === 0 ? ' with **bold** and `code` and more words'.repeat(1 + (n % 4)) : '';
    return aRow({
      ...PEOPLE[(n >> 1) % 4],
      id: String(2_000_000 + n),
      text: `message ${n}${more}`,
      createdAt: EVENING + n * 1000,
    });
  });
}
