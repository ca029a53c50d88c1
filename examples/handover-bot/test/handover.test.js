import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoverEndpoint } from '../handover.js';
import { plainText } from '../plainText.js';
import { sign } from '../signing.js';

const realtimeToken = 'source-token';

function endpoint(conversations = {}) {
  const call = handoverEndpoint({
    verifyToken: 'verify',
    webhookSecret: 'secret',
    realtimeToken,
    sourceId: 'source',
    conversations,
    log: () => {},
  });
  const post = (content, headers, query = '') =>
    call({
      method: 'POST',
      headers,
      query: new URLSearchParams(query),
      body: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
    });
  return {
    get: (query, headers = {}) =>
      call({ method: 'GET', headers, query: new URLSearchParams(query), body: Buffer.alloc(0) }),
    webhook: (events, secret = 'secret') => post({ events }, { 'x-dimelo-secret': secret }),
    raw: (text) => post(text, {}),
    sdk: (content, { key = realtimeToken, inQuery = false } = {}) => {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      const signature = sign(text, key);
      return inQuery
        ? post(text, {}, `signature=${signature}`)
        : post(text, { 'x-smccsdk-signature': signature });
    },
  };
}

const closed = {
  type: 'intervention.closed',
  id: 'event-1',
  issued_at: '2026-01-01T00:00:00.000Z',
  resource: { type: 'intervention', metadata: { thread_id: 'thread-1', source_id: 'source' } },
};

describe('the handshake', () => {
  const query = {
    'hub.mode': 'subscribe',
    'hub.challenge': 'a<b>&c',
    'hub.verify_token': 'verify',
  };

  it('gives the challenge back as it is, and never as HTML', () => {
    const answer = endpoint().get(query, { 'x-dimelo-secret': 'secret' });
    assert.equal(answer.status, 200);
    assert.equal(answer.body, 'a<b>&c');
    assert.equal(answer.headers['Content-Type'], 'text/plain');
  });

  it('keeps the challenge from anyone with another token or secret', () => {
    for (const answer of [
      endpoint().get({ ...query, 'hub.verify_token': 'other' }),
      endpoint().get(query, { 'x-dimelo-secret': 'other' }),
      endpoint().get({ ...query, 'hub.mode': 'unsubscribe' }),
      endpoint().get({}),
    ]) {
      assert.ok(answer.status >= 400);
      assert.equal(answer.body, undefined);
    }
  });
});

describe('webhooks', () => {
  it('take effect once, however often they are delivered', () => {
    const changes = [];
    const { webhook } = endpoint({ interventionChanged: (change) => changes.push(change) });
    assert.equal(webhook([closed]).status, 200);
    assert.equal(webhook([closed, { type: 'foo.bar', id: 'x' }, null]).status, 200);
    const at = Date.parse(closed.issued_at);
    assert.deepEqual(changes, [{ type: 'intervention.closed', threadId: 'thread-1', at }]);
  });

  it('of another source or with a wrong secret take none', () => {
    const { webhook } = endpoint({ interventionChanged: () => assert.fail('taken') });
    assert.equal(webhook([closed], 'other').status, 403);
    const metadata = { thread_id: 'thread-1', source_id: 'foreign' };
    assert.equal(webhook([{ ...closed, resource: { metadata } }]).status, 200);
  });
});

describe('the Source SDK', () => {
  const create = {
    action: 'messages.create',
    params: {
      thread_id: 'chat_1',
      content_id: 'c1',
      body: 'Hi',
      format: 'text',
      sender_name: 'Ines',
    },
  };

  it('signs as in the documented example', () => {
    const key = '3YJZzqMJ5Ec7i2JGvnt8TgvleD7dtpwpmag4S6MuRA2GQdfvV4STIsxDRJ4fEjO8';
    const signature = sign('{"action":"implementation.info","time":"2012-10-01T17:18:40Z"}', key);
    assert.match(signature, /^826b61e7939505b2.*593942017ff9$/);
  });

  it('tells what the bot can do, and signs that', async () => {
    const answer = await endpoint().sdk({ action: 'implementation.info' }, { inQuery: true });
    assert.equal(answer.status, 200);
    assert.ok(JSON.parse(answer.body).objects.messages.includes('reply'));
    assert.equal(answer.headers['X-SMCCSDK-SIGNATURE'], sign(answer.body, realtimeToken));
  });

  it('refuses a wrong signature, checks the bytes as sent, and knows what it does not know', async () => {
    const { sdk, raw } = endpoint();
    assert.equal((await sdk({ action: 'messages.list' }, { key: 'other' })).status, 422);
    assert.equal((await raw('{"action":"messages.list"}')).status, 422);
    assert.equal((await sdk('{ "action" : "messages.list", "x": "\\u003c\\/" }')).body, '[]');
    assert.equal((await sdk({ action: 'messages.dance' })).status, 422);
  });

  it('posts a message once, whatever is tried again, and says so when it could not', async () => {
    const written = [];
    let reachable = false;
    const { sdk } = endpoint({
      agentWrote: async (message) => {
        if (!reachable) throw new Error('away');
        written.push(message);
        return `post-${written.length}`;
      },
    });
    assert.equal((await sdk(create)).status, 503);
    reachable = true;
    const [first, second] = await Promise.all([sdk(create), sdk(create)]);
    assert.deepEqual(JSON.parse(first.body), { id: 'post-1' });
    assert.equal(second.body, first.body);
    assert.deepEqual(written, [{ chatId: 'chat_1', text: 'Hi', senderName: 'Ines' }]);
  });

  it('answers 400 to what is no JSON object', async () => {
    for (const text of ['', 'hello', '[]', 'null', '{"action":', '{}', '"action"']) {
      assert.equal((await endpoint().raw(text)).status, 400, text);
    }
  });
});

it('an HTML message becomes text', () => {
  const body = '<p>Hello &amp; <b>welcome</b><br>1 &lt; 2</p>';
  assert.equal(plainText({ body }), 'Hello & welcome\n1 < 2');
  assert.equal(plainText({ body: '<b>', format: 'text' }), '<b>');
  const attachments = [
    { url: 'https://files.example/a.pdf', filename: 'a.pdf' },
    { url: 'https://files.example/b?access_token=t', filename: 'b' },
  ];
  assert.equal(plainText({ body: null, attachments }), '[a.pdf](https://files.example/a.pdf)\n[b]');
});
