import assert from 'node:assert/strict';
import { ConversationIndex } from '../../../src/captures/conversations';
import { kindOf, type CaptureKind } from '../../../src/captures/kinds';

function kind(
  method: string,
  target: string,
  body?: unknown,
  headers: Record<string, string> = {},
): CaptureKind {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const pairs = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return kindOf({ method, target, headers: pairs, json: body, text });
}

describe('Kinds of deliveries', () => {
  it('are told by their shape, on one shared address', () => {
    const challenge = '/handover/rce?hub.mode=subscribe&hub.challenge=1&hub.verify_token=t';
    assert.equal(kind('GET', challenge), 'handshake');
    assert.equal(kind('POST', '/handover/rce', { id: '1', events: [] }), 'webhook');
    assert.equal(kind('POST', '/handover/rce', { action: 'implementation.info' }), 'source-sdk');
    assert.equal(kind('POST', '/hook', undefined, { 'VALIDATION-TOKEN': 'x' }), 'validation');
    const envelope = {
      uuid: '1',
      event: '/team-messaging/v1/posts',
      subscriptionId: 's',
      body: {},
    };
    assert.equal(kind('POST', '/hook', envelope), 'notification');
    assert.equal(kind('POST', '/card', { data: {} }, { 'x-glip-signature': 'ab' }), 'interactive');
  });

  it('know a bot’s installation as JSON, as a form, and as a redirect with a code', () => {
    const installed = { access_token: 't', creator_extension_id: '1', client_id: 'c' };
    assert.equal(kind('POST', '/oauth', installed), 'install');
    const form = new URLSearchParams(installed).toString();
    assert.equal(kind('POST', '/oauth', form), 'install');
    assert.equal(kind('GET', '/oauth?code=1&creator_extension_id=1'), 'install');
  });

  it('are http for everything else, the malformed included', () => {
    for (const body of ['', 'null', '[1]', '{"events":1}', { action: 1 }, { event: 'x' }, null])
      assert.equal(kind('POST', '/x', body), 'http');
    assert.equal(kind('GET', '/'), 'http');
  });
});

describe('Conversations', () => {
  const sdk = (action: string, params: object): object => ({ action, params });
  const event = (type: string, id: string, metadata: object): object => ({
    type,
    resource: { type: type.split('.')[0], id, metadata },
  });
  const webhook = (...events: object[]): object => ({ id: 'd', events });

  it('are the chat of a notification, also for a post that is only removed', () => {
    const index = new ConversationIndex();
    const post = (body: object): object => ({ event: '/team-messaging/v1/posts', body });
    assert.equal(index.ofRequest('notification', post({ id: 'p', groupId: 'chat' })), 'chat');
    assert.equal(index.ofRequest('notification', post({ id: 'p' })), 'chat');
    assert.equal(index.ofRequest('notification', post({ id: 'other' })), 'notification');
    const joined = {
      event: '/team-messaging/v1/chats',
      body: { id: 77, eventType: 'GroupJoined' },
    };
    assert.equal(index.ofRequest('notification', joined), '77');
    const pressed = { conversation: { id: 'chat' } };
    assert.equal(index.ofRequest('interactive', pressed), 'chat');
  });

  it('are the thread of a Source SDK action, also where it names only a message of it', () => {
    const index = new ConversationIndex();
    const create = sdk('messages.create', { thread_id: 'T', content_id: 'c1' });
    assert.equal(index.ofRequest('source-sdk', create), 'T');
    assert.equal(index.ofAnswer('source-sdk', 'T', create, { id: 'm1' }), 'T');
    assert.equal(index.ofRequest('source-sdk', sdk('messages.delete', { id: 'm1' })), 'T');
    assert.equal(index.ofRequest('source-sdk', sdk('messages.like', { id: 'm9' })), 'source-sdk');
    assert.equal(index.ofRequest('source-sdk', sdk('implementation.info', {})), 'source-sdk');
    assert.equal(index.ofRequest('source-sdk', sdk('threads.show', { id: 'T2' })), 'T2');
  });

  it('begin with the bot’s answer where Engage makes a thread', () => {
    const index = new ConversationIndex();
    const create = sdk('threads.create', { content_id: 'c1' });
    assert.equal(index.ofRequest('source-sdk', create), 'source-sdk');
    assert.equal(index.ofAnswer('source-sdk', 'source-sdk', create, { id: 'T' }), 'T');
  });

  it('tie a webhook to the thread of a content seen before, and its Engage thread from then on', () => {
    const index = new ConversationIndex();
    index.ofRequest('source-sdk', sdk('messages.create', { thread_id: 'T', content_id: 'c1' }));
    const exported = webhook(event('content.exported', 'c1', { thread_id: 'E' }));
    assert.equal(index.ofRequest('webhook', exported), 'T');
    const closed = webhook(event('intervention.closed', 'i1', { thread_id: 'E' }));
    assert.equal(index.ofRequest('webhook', closed), 'T');
  });

  it('tie a webhook by the foreign id of what the bot had sent', () => {
    const index = new ConversationIndex();
    const show = sdk('messages.show', { id: 'm1' });
    index.ofAnswer('source-sdk', 'source-sdk', show, { id: 'm1', thread_id: 'T' });
    const imported = event('content.imported', 'c2', { thread_id: 'E', foreign_id: 'm1' });
    assert.equal(index.ofRequest('webhook', webhook(imported)), 'T');
  });

  it('are a webhook’s own Engage thread when nothing ties it to another', () => {
    const index = new ConversationIndex();
    const closed = webhook(event('intervention.closed', 'i1', { thread_id: 'E' }));
    assert.equal(index.ofRequest('webhook', closed), 'E');
    const connected = webhook(event('push_agent.connected', 'a1', {}));
    assert.equal(index.ofRequest('webhook', connected), 'a1');
    assert.equal(index.ofRequest('webhook', webhook()), 'webhook');
  });

  it('keep several threads of one delivery apart for what follows', () => {
    const index = new ConversationIndex();
    const both = webhook(
      event('intervention.opened', 'i1', { thread_id: 'E1' }),
      event('intervention.opened', 'i2', { thread_id: 'E2' }),
    );
    assert.equal(index.ofRequest('webhook', both), 'E1');
    const second = webhook(event('intervention.closed', 'i2', { thread_id: 'E2' }));
    assert.equal(index.ofRequest('webhook', second), 'E2');
  });

  it('are the kind for everything else', () => {
    const index = new ConversationIndex();
    for (const other of ['handshake', 'validation', 'install', 'http'] as const)
      assert.equal(index.ofRequest(other, undefined), other);
    assert.equal(index.ofRequest('webhook', { events: [null, 1, 'x'] }), 'webhook');
  });
});
