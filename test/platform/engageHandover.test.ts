import assert from 'node:assert/strict';
import {
  customerMessage,
  engageStage,
  eventsOf,
  goodBot,
  hmac,
  jsonOf,
  passingTime,
  Receiver,
  REALTIME_TOKEN,
  WEBHOOK_SECRET,
  type Stage,
} from './engageStage';

interface Report {
  thread: { id: string; foreignId: string };
  completed: boolean;
  steps: { step: string; ok: boolean; what: string }[];
}

describe('Engage practice: handover', () => {
  let stage: Stage;
  let bot: Receiver;

  beforeEach(async () => {
    stage = await engageStage({ sdkRetryDelayMs: 0 });
    bot = await new Receiver().listen();
  });

  afterEach(async () => {
    await bot.close();
    await stage.close();
  });

  /** What the bot saw after the handshake, in order: events and Source SDK actions. */
  const seen = (): string[] =>
    bot.received.flatMap((request) => {
      const events = eventsOf(request).map(({ type }) => type);
      const { action } = (jsonOf(request) ?? {}) as { action?: string };
      return [...events, ...(action === undefined ? [] : [action])];
    });

  it('says that no bot is connected', async () => {
    for (const command of ['engage.handover', 'engage.open', 'engage.close']) {
      await assert.rejects(stage.control(command), /No bot is connected; use engage.connect/);
    }
    await assert.rejects(stage.control('engage.agentMessage', { text: 'Hi' }), /engage.connect/);
  });

  it('plays a whole handover in order, every request provable', async () => {
    await stage.control('engage.connect', { url: bot.url });
    const report = await stage.control<Report>('engage.handover', {
      text: 'A person, please',
      agentText: ['Hello', 'Bye'],
    });
    assert.equal(report.completed, true, JSON.stringify(report.steps));
    assert.deepEqual(
      report.steps.map(({ step }) => step),
      [
        'customer message',
        'category Agent',
        'intervention.opened',
        'intervention.assigned',
        'agent message',
        'agent message',
        'intervention.closed',
      ],
    );
    assert.deepEqual(seen(), [
      'implementation.info',
      'content.imported',
      'intervention.opened',
      'intervention.assigned',
      'messages.create',
      'messages.create',
      'intervention.closed',
    ]);
    for (const { method, headers, body } of bot.received) {
      if (headers['x-smccsdk-signature'] === undefined) {
        assert.equal(headers['x-dimelo-secret'], WEBHOOK_SECRET);
      } else {
        assert.equal(method, 'POST');
        assert.equal(headers['x-smccsdk-signature'], hmac(REALTIME_TOKEN, body));
      }
    }
    assert.deepEqual(
      bot.actions.slice(1).map(({ params }) => params!.thread_id),
      [report.thread.foreignId, report.thread.foreignId],
    );
  });

  it('tells about the intervention with the documented metadata', async () => {
    await stage.control('engage.connect', { url: bot.url });
    const { thread } = await stage.control<Report>('engage.handover');
    const event = (type: string) => bot.events.find((candidate) => candidate.type === type)!;
    const opened = event('intervention.opened');
    assert.equal(opened.resource.type, 'intervention');
    assert.deepEqual(Object.keys(opened.resource.metadata).sort(), [
      'category_ids',
      'closed_at',
      'custom_field_values',
      'deferred_at',
      'identity_id',
      'source_id',
      'thread_id',
      'user_id',
    ]);
    assert.equal(opened.resource.metadata.thread_id, thread.id);
    assert.deepEqual(opened.resource.metadata.category_ids, [stage.details.agentCategoryId]);
    assert.equal(opened.resource.metadata.user_id, null);
    const assigned = event('intervention.assigned');
    assert.equal(assigned.resource.metadata.user_id, assigned.user_id);
    assert.equal(event('intervention.closed').resource.metadata.closed_at, '2026-03-01T10:00:00Z');
  });

  it('hands over the conversation that the bot pushed, keeping its other categories', async () => {
    await stage.control('engage.connect', { url: bot.url });
    await stage.push(customerMessage());
    const extra = (await stage.rest('POST', '/categories', { name: 'Sales' })).json.id;
    const { agentCategoryId, botCategoryId } = stage.details;
    const before = (await stage.rest('GET', '/content_threads?q=foreign:t1')).json.records[0]!;
    const path = `/content_threads/${before.id}`;
    await stage.rest('PUT', `${path}/update_categories`, {
      thread_category_ids: [botCategoryId, extra],
    });
    const { thread } = await stage.control<Report>('engage.handover', { threadId: 't1' });
    assert.equal(thread.foreignId, 't1');
    const after = (await stage.rest('GET', path)).json;
    assert.deepEqual(after.thread_category_ids, [extra, agentCategoryId]);
    assert.equal(bot.actions.at(-1)!.params!.thread_id, 't1');
  });

  it('reopens with the customer’s next message when it is played again', async () => {
    await stage.control('engage.connect', { url: bot.url });
    await stage.control('engage.handover');
    const again = await stage.control<Report>('engage.handover');
    assert.equal(again.completed, true, JSON.stringify(again.steps));
    assert.equal(again.steps[1]!.step, 'intervention.reopened');
    assert.equal(seen().filter((type) => type === 'intervention.reopened').length, 1);
    assert.equal(seen().filter((type) => type === 'intervention.closed').length, 2);
    const [thread] = await stage.control<{ messages: number }[]>('engage.threads');
    assert.equal(thread!.messages, 4);
  });

  it('reports each step to a bot that has gone, and ends', async () => {
    await stage.control('engage.connect', { url: bot.url });
    await bot.close();
    const report = await passingTime(stage.clock, 0, stage.control<Report>('engage.handover'));
    assert.equal(report.completed, false);
    assert.deepEqual(
      report.steps.map(({ step, ok }) => `${step} ${ok}`),
      [
        'customer message false',
        'category Agent true',
        'intervention.opened false',
        'intervention.assigned false',
        'agent message false',
        'intervention.closed false',
      ],
    );
    assert.match(report.steps[0]!.what, /Nothing answers at http:.* It is tried again in 32 s\./);
    assert.match(report.steps[4]!.what, /Not delivered after 3 tries: Nothing answers at/);
  });

  it('plays on when the bot cancels the intervention under the agent’s hands', async () => {
    await stage.control('engage.connect', { url: bot.url });
    const good = bot.answer;
    let canceled: Promise<unknown> | undefined;
    bot.answer = (request) => {
      const [event] = eventsOf(request);
      if (event?.type === 'intervention.assigned') {
        canceled = stage.rest('DELETE', `/interventions/${event.resource.id}/cancel`);
        return undefined;
      }
      return good(request);
    };
    const impatient = stage.control<Report>('engage.handover');
    await bot.until(() => canceled !== undefined);
    await canceled;
    await bot.close();
    const { steps } = await passingTime(stage.clock, 0, impatient);
    assert.match(steps.find(({ step }) => step === 'agent message')!.what, /no open intervention/);
    assert.match(steps.at(-1)!.what, /no open intervention/);
  });

  it('serves a bot that registered its webhook itself, for the events it asked for', async () => {
    await stage.rest('POST', '/webhooks', {
      url: bot.url,
      registered_events: ['intervention.closed'],
    });
    await bot.until(() => bot.received.length === 1);
    await stage.control('engage.connect', { url: `${bot.url}/sdk`, webhookUrl: bot.url });
    assert.equal((await stage.rest('GET', '/webhooks')).json.count, 1, 'the same webhook is used');
    await stage.control('engage.handover');
    assert.ok(bot.actions.every(({ request }) => request.path === '/bot/sdk'));
    assert.ok(seen().includes('intervention.closed'));
  });

  it('plays single steps on the newest thread, by the documented rules', async () => {
    await stage.control('engage.connect', { url: bot.url });
    await assert.rejects(stage.control('engage.open'), /no thread yet/);
    await stage.push(customerMessage());
    await stage.push(customerMessage({ id: 'm2', thread_id: 't2' }));
    await assert.rejects(stage.control('engage.assign'), /no open intervention; use engage.open/);
    const opened = await stage.control<{ thread: { foreignId: string } }>('engage.open');
    assert.equal(opened.thread.foreignId, 't2');
    await assert.rejects(stage.control('engage.close'), /only cancelled/);
    await stage.control('engage.cancel');
    await stage.control('engage.open', { threadId: 't1' });
    await stage.control('engage.assign', { threadId: 't1' });
    await stage.control('engage.agentMessage', { threadId: 't1', text: 'Hi' });
    await stage.control('engage.close', { threadId: 't1' });
    await stage.control('engage.reopen', { threadId: 't1' });
    await assert.rejects(stage.control('engage.open', { threadId: 'nobody' }), /engage.threads/);
    assert.deepEqual(
      seen().filter((type) => type.startsWith('intervention.')),
      ['opened', 'canceled', 'opened', 'assigned', 'closed', 'reopened'].map(
        (verb) => `intervention.${verb}`,
      ),
    );
  });

  it('does not mistake a bot’s own message for the customer’s', async () => {
    await stage.control('engage.connect', { url: bot.url });
    await stage.push(customerMessage());
    await stage.push(
      customerMessage({
        id: 'b1',
        author: {
          id: 'bot',
          screenname: 'Bot',
          created_at: '2026-01-01T00:00:00Z',
          puppetizable: true,
        },
        body: 'Hello, I am a bot',
      }),
    );
    await stage.control('engage.open');
    await stage.control('engage.agentMessage', { text: 'Hi' });
    assert.equal(bot.actions.at(-1)!.params!.in_reply_to_id, 'm1');
    const own = bot.events.find(({ resource }) => resource.metadata.foreign_id === 'b1')!;
    assert.equal(own.resource.metadata.status, 'user_reply');
  });

  it('says what went wrong on connecting, and connects again', async () => {
    bot.answer = (request) => (request.method === 'GET' ? { status: 403 } : goodBot()(request));
    const refused = await stage.control<Report & { connected: boolean }>('engage.connect', {
      url: bot.url,
    });
    assert.equal(refused.connected, false);
    assert.deepEqual(
      refused.steps.map(({ ok }) => ok),
      [true, false],
    );
    assert.match(refused.steps[1]!.what, /answered the handshake with 403.*saved and disabled/);
    bot.answer = goodBot();
    const connected = await stage.control<{ connected: boolean }>('engage.connect', {
      url: bot.url,
    });
    assert.equal(connected.connected, true);
    assert.equal((await stage.rest('GET', '/webhooks')).json.count, 1);
  });

  it('lists what is assumed', async () => {
    const all =
      await stage.control<{ name: string; value: unknown; about: string }[]>('engage.assumptions');
    assert.equal(all.find(({ name }) => name === 'sdkRetryDelayMs')!.value, 0);
    assert.ok(all.every(({ about }) => about.length > 20));
  });
});
