import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/emitter';
import type { MessageRow } from '../../../src/messages';
import type { ToPage } from '../../../src/workbench/messagesView/protocol';
import type { MessagesSnapshot, MessagesUpdate } from '../../../src/workbench/messagesView/source';
import { ViewSession } from '../../../src/workbench/messagesView/viewSession';
import { FakeClock, settle } from '../fakeClock';
import { english } from './english';

const message: MessageRow = {
  id: '1001',
  chatId: '1',
  authorId: 'glip-7',
  authorName: 'Guest',
  isGuest: true,
  text: 'Hi ![:Person](500)',
  createdAt: '2026-01-01T12:00:00.000Z',
  editedAt: '2026-01-01T12:01:00.000Z',
  state: 'edited',
  isOwn: false,
  post: { id: '1001', mentions: [{ id: '500', type: 'Person', name: 'Alice' }, null, { id: 7 }] },
};
const tail = { appName: 'App', chatName: 'Chat', health: { kind: 'live' as const, since: 5 } };

class FakeSource {
  readonly changed = new Emitter<MessagesUpdate>();
  readonly onDidChange = this.changed.event;
  now: MessagesSnapshot = { tail, rows: [message] };
  snapshot = (): MessagesSnapshot => this.now;
}

describe('The conversation with the Messages page', () => {
  let clock: FakeClock;
  let source: FakeSource;
  let fromPage: Emitter<unknown>;
  let sent: ToPage[];
  let done: unknown[][];
  let logged: string[];
  let session: ViewSession;

  const open = (o: { failing?: boolean } = {}): ViewSession => {
    const act =
      (name: string) =>
      (value: unknown): Promise<void> => {
        done.push([name, value]);
        return o.failing ? Promise.reject(new Error('no clipboard')) : Promise.resolve();
      };
    const note = (text: string | Error): void => void logged.push(String(text));
    return new ViewSession({
      webview: {
        postMessage: (posted: ToPage) => Promise.resolve(sent.push(posted) > 0),
        onDidReceiveMessage: fromPage.event,
      },
      source,
      actions: { open: act('open'), copy: act('copy'), openLink: act('link'), run: act('run') },
      strings: english,
      language: 'de',
      clock,
      log: { debug: note, info: note, warn: note, error: note },
    });
  };

  beforeEach(() => {
    clock = new FakeClock();
    source = new FakeSource();
    fromPage = new Emitter();
    sent = [];
    done = [];
    logged = [];
    session = open();
  });

  afterEach(() => session.dispose());

  it('is silent until the page is ready and then starts with everything', async () => {
    source.changed.fire({ rows: [message] });
    await clock.advance(1000);
    assert.equal(sent.length, 0);
    fromPage.fire({ type: 'ready' });
    assert.deepEqual(sent, [
      {
        type: 'snapshot',
        sentAt: clock.now(),
        language: 'de',
        strings: english,
        tail: { appName: 'App', chatName: 'Chat', health: { kind: 'live' } },
        rows: [
          {
            id: '1001',
            authorId: 'glip-7',
            authorName: 'Guest',
            isGuest: true,
            isOwn: false,
            text: 'Hi ![:Person](500)',
            createdAt: Date.parse(message.createdAt),
            editedAt: Date.parse(message.editedAt!),
            state: 'edited',
            mentions: { '500': 'Alice' },
          },
        ],
      },
    ]);
  });

  it('tells changes after that, and none while the view is hidden', async () => {
    fromPage.fire({ type: 'ready' });
    source.changed.fire({ health: { kind: 'connecting' } });
    assert.equal(sent.length, 2);
    source.changed.fire({ rows: [message] });
    session.hidden();
    source.changed.fire({ rows: [message] });
    await clock.advance(1000);
    assert.equal(sent.length, 2);
    fromPage.fire({ type: 'ready' });
    assert.equal(sent[2]?.type, 'snapshot');
    await clock.advance(1000);
    assert.equal(sent.length, 3);
  });

  it('says that nothing is tailed by leaving the tail out', () => {
    source.now = { rows: [] };
    fromPage.fire({ type: 'ready' });
    assert.ok(!('tail' in sent[0]!));
  });

  it('does what the page asks', async () => {
    fromPage.fire({ type: 'open', id: '1001' });
    fromPage.fire({ type: 'copy', id: '1001' });
    fromPage.fire({ type: 'link', url: 'https://a.example/?q=%2F' });
    fromPage.fire({ type: 'command', command: 'botChannels.messages.tail' });
    await settle();
    assert.deepEqual(done, [
      ['open', message],
      ['copy', message.text],
      ['link', 'https://a.example/?q=%2F'],
      ['run', 'botChannels.messages.tail'],
    ]);
  });

  it('does nothing for a message that is gone', async () => {
    fromPage.fire({ type: 'open', id: '9' });
    fromPage.fire({ type: 'copy', id: '9' });
    await settle();
    assert.deepEqual([done, logged], [[], []]);
  });

  it('refuses and logs what a page may not ask', async () => {
    const forbidden = [
      { type: 'link', url: 'command:workbench.action.quit' },
      { type: 'link', url: 'file:///etc/passwd' },
      { type: 'command', command: 'workbench.action.terminal.sendSequence' },
      { type: 'open', id: 7 },
      { type: 'eval' },
      'ready',
      null,
    ];
    for (const asked of forbidden) fromPage.fire(asked);
    await settle();
    assert.deepEqual(done, []);
    assert.equal(logged.length, forbidden.length);
    assert.equal(sent.length, 0);
  });

  it('logs a fault of the page and an action that failed', async () => {
    session.dispose();
    session = open({ failing: true });
    fromPage.fire({ type: 'failed', message: 'TypeError: x' });
    fromPage.fire({ type: 'copy', id: '1001' });
    await settle();
    assert.match(logged[0]!, /messages view: TypeError: x/);
    assert.match(logged[1]!, /no clipboard/);
  });

  it('hears and says nothing after it was disposed', async () => {
    fromPage.fire({ type: 'ready' });
    source.changed.fire({ rows: [message] });
    source.changed.fire({ rows: [message] });
    session.dispose();
    await settle();
    source.changed.fire({ rows: [message] });
    fromPage.fire({ type: 'ready' });
    await clock.advance(1000);
    assert.equal(sent.length, 2);
    assert.equal(clock.pending, 0);
  });
});
