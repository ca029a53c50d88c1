import assert from 'node:assert/strict';
import {
  customerMessage,
  engageStage,
  eventsOf,
  eventually,
  jsonOf,
  Receiver,
  VERIFY_TOKEN,
  WEBHOOK_SECRET,
  type Stage,
} from './engageStage';

const MINUTE = 60_000;

describe('Engage practice: webhooks', () => {
  let stage: Stage;
  let bot: Receiver;

  beforeEach(async () => {
    stage = await engageStage();
    bot = await new Receiver().listen();
  });

  afterEach(async () => {
    await bot.close();
    await stage.close();
  });

  const register = async (overrides: Record<string, unknown> = {}): Promise<string> => {
    const { status, json } = await stage.rest('POST', '/webhooks', {
      url: bot.url,
      registered_events: ['content.imported', 'intervention.closed'],
      verify_token: VERIFY_TOKEN,
      secret: WEBHOOK_SECRET,
      ...overrides,
    });
    assert.equal(status, 200, JSON.stringify(json));
    return json.id;
  };

  /** The webhook once its handshake is over. */
  const settled = async (id: string): Promise<{ active: boolean; webhook_status: string }> => {
    for (;;) {
      const { json } = await stage.rest('GET', `/webhooks/${id}`);
      if (json.webhook_status !== 'verifying') return json;
    }
  };

  it('verifies a webhook with a challenge, the token and the secret', async () => {
    const id = await register({ url: `${bot.url}?tenant=7` });
    assert.deepEqual(
      (({ active, webhook_status: status }) => ({ active, status }))(await settled(id)),
      { active: true, status: 'active' },
    );
    const [handshake] = bot.received;
    assert.equal(handshake!.method, 'GET');
    assert.equal(handshake!.query.get('tenant'), '7');
    assert.equal(handshake!.query.get('hub.mode'), 'subscribe');
    assert.equal(handshake!.query.get('hub.verify_token'), VERIFY_TOKEN);
    assert.ok(handshake!.query.get('hub.challenge')!.length >= 16);
    assert.equal(handshake!.headers['x-dimelo-secret'], WEBHOOK_SECRET);
  });

  it('answers the save before the handshake ends, and never shows the secret', async () => {
    bot.answer = () => undefined;
    const { json } = await stage.rest('POST', '/webhooks', {
      url: bot.url,
      registered_events: ['intervention.closed'],
      secret: WEBHOOK_SECRET,
    });
    assert.equal(json.webhook_status, 'verifying');
    assert.ok(!JSON.stringify(json).includes(WEBHOOK_SECRET));
    assert.equal(json.name, `127.0.0.1:${bot.port} Practice token`);
  });

  for (const [what, answer] of [
    ['another body than the challenge', { body: 'hello' }],
    ['the challenge with a line end', undefined],
    ['a status other than 200', { status: 204 }],
    ['a refusal', { status: 403, body: 'no' }],
  ] as const) {
    it(`disables a webhook that answers the handshake with ${what}`, async () => {
      bot.answer = ({ query }) => answer ?? { body: `${query.get('hub.challenge')}\n` };
      const webhook = await settled(await register());
      assert.equal(webhook.active, false);
      assert.equal(webhook.webhook_status, 'disabled');
      await stage.push(customerMessage());
      assert.ok(bot.received.every(({ method }) => method === 'GET'));
    });
  }

  it('verifies again when a disabled webhook is enabled', async () => {
    const good = bot.answer;
    bot.answer = () => ({ status: 401 });
    const id = await register();
    await settled(id);
    bot.answer = good;
    await stage.rest('PUT', `/webhooks/${id}`, { active: true });
    assert.equal((await settled(id)).active, true);
  });

  it('delivers an event with ids, dates, metadata and the plain secret', async () => {
    await settled(await register());
    await stage.push(customerMessage());
    await bot.until(() => bot.events.length > 0);
    const delivery = bot.received.at(-1)!;
    assert.equal(delivery.headers['x-dimelo-secret'], WEBHOOK_SECRET);
    assert.ok(delivery.rawHeaders.includes('X-Dimelo-Secret'));
    const body = jsonOf(delivery) as { id: string; domain_id: string };
    assert.match(body.id, /^[0-9a-f]{24}$/);
    assert.match(body.domain_id, /^[0-9a-f]{24}$/);
    const [event] = eventsOf(delivery);
    assert.equal(event!.type, 'content.imported');
    assert.equal(event!.issued_at, '2026-03-01T10:00:00.000Z');
    assert.equal(event!.user_id, undefined);
    assert.equal(event!.resource.type, 'sdk/content');
    const { metadata } = event!.resource;
    assert.equal(metadata.foreign_id, 'm1');
    assert.equal(metadata.body, 'I need help');
    assert.equal(metadata.status, 'new');
    assert.equal(metadata.first_in_thread, true);
    assert.equal(metadata.creator_id, null);
    assert.deepEqual(metadata.category_ids, [stage.details.botCategoryId]);
    const { json: thread } = await stage.rest(
      'GET',
      `/content_threads/${String(metadata.thread_id)}`,
    );
    assert.equal(thread.foreign_id, 't1');
  });

  it('sends no secret header when there is no secret', async () => {
    await settled(await register({ secret: '' }));
    await stage.push(customerMessage());
    await bot.until(() => bot.events.length > 0);
    assert.ok(bot.received.every(({ headers }) => headers['x-dimelo-secret'] === undefined));
  });

  it('tries what was not acknowledged with 200 again at the documented times, same bytes', async () => {
    await settled(await register());
    bot.answer = () => ({ status: 204 });
    await stage.push(customerMessage());
    const tries = (): number => bot.events.length;
    await bot.until(() => tries() === 1);
    const waits = [32_000, 4 * MINUTE, 17 * MINUTE, 52 * MINUTE, 120 * MINUTE];
    for (const [index, wait] of waits.entries()) {
      await eventually(() => stage.clock.pending > 0);
      stage.clock.advance(wait - 1);
      assert.equal(stage.clock.pending, 1, `still waiting for try ${index + 2}`);
      stage.clock.advance(1);
      await bot.until(() => tries() === index + 2);
    }
    await bot.until(() => tries() === 6);
    await eventually(() => stage.log.filter((line) => line.includes('answered 204')).length === 6);
    assert.equal(stage.clock.pending, 0, 'after five new tries it is dropped');
    const bodies = new Set(
      bot.received.filter(({ method }) => method === 'POST').map(({ body }) => body.toString()),
    );
    assert.equal(bodies.size, 1);
  });

  it('stops trying when a try is acknowledged, and when the webhook is deleted', async () => {
    const id = await register();
    await settled(id);
    const good = bot.answer;
    bot.answer = () => ({ status: 500 });
    await stage.push(customerMessage());
    await eventually(() => stage.clock.pending > 0);
    bot.answer = good;
    stage.clock.advance(32_000);
    await eventually(() => stage.log.some((line) => line.endsWith(': 200')));
    assert.equal(stage.clock.pending, 0);

    bot.answer = () => ({ status: 500 });
    await stage.push(customerMessage({ id: 'm2' }));
    await eventually(() => stage.clock.pending > 0);
    const { status } = await stage.rest('DELETE', `/webhooks/${id}`);
    assert.equal(status, 200);
    assert.equal(stage.clock.pending, 0);
    assert.equal((await stage.rest('GET', `/webhooks/${id}`)).status, 404);
  });

  it('refuses what a webhook cannot be', async () => {
    await register();
    const registered_events = ['content.imported'];
    for (const [body, pattern] of [
      [{ registered_events }, /url/],
      [{ url: bot.url, registered_events }, /already/],
      [{ url: 'http://example.com/hook', registered_events }, /this machine only/],
      [{ url: `${bot.url}2`, registered_events: [] }, /at least one/],
      [{ url: `${bot.url}2`, registered_events: ['content.answered'] }, /content.answered/],
      [{ url: `${bot.url}2`, registered_events, secret: 'é' }, /ASCII/],
      [{ url: `${bot.url}2`, registered_events, secret: 'x'.repeat(256) }, /256/],
    ] as const) {
      const { status, json } = await stage.rest('POST', '/webhooks', body);
      assert.equal(status, 422);
      assert.equal(json.status, 422);
      assert.match(json.message, pattern);
    }
    assert.equal((await stage.rest('GET', '/webhooks')).json.count, 1);
  });
});
