import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import path from 'node:path';
import { systemClock } from '../../src/base/clock';
import { EnvironmentVault, readCapture } from '../../src/captures';
import { replay, type ReplayResult } from '../../src/replay';
import { startSimulator, type Simulator, type SimulatorDetails } from '../../src/simulator/index';
import { Bot, EXAMPLE, practiceEnvironment, until } from './exampleBot';

describe('the example bot', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let details: SimulatorDetails;
  let bot: Bot;
  let handover: string;
  let threadId: string;
  let saidBefore = '';

  async function control(command: string, params: object = {}): Promise<unknown> {
    const body = JSON.stringify({ command, ...params });
    const response = await fetch(details.control, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    const answer = (await response.json()) as { ok?: unknown; error?: string };
    if (answer.error !== undefined) throw new Error(`${command}: ${answer.error}`);
    return answer.ok;
  }

  /** What stands in the practice chat, newest first. */
  async function posts(): Promise<string[]> {
    const response = await fetch(
      `${details.server}/team-messaging/v1/chats/${details.chatId}/posts?recordCount=100`,
      { headers: { Authorization: `Bearer ${details.botToken}` } },
    );
    const { records } = (await response.json()) as { records: { text: string | null }[] };
    return records.map(({ text }) => text ?? '');
  }

  const appears = (pattern: RegExp): Promise<string> =>
    until(
      () => `${pattern.source} in the chat; the bot: ${bot.output}`,
      async () => (await posts()).find((text) => pattern.test(text)),
    );

  async function threadMessages(): Promise<number> {
    const threads = (await control('engage.threads')) as { id: string; messages: number }[];
    return threads.find(({ id }) => id === threadId)?.messages ?? 0;
  }

  const sendHandover = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Response> => fetch(handover, { method: 'POST', headers, body });

  const signed = (content: object): Promise<Response> => {
    const body = JSON.stringify(content);
    const signature = createHmac('sha512', details.engage.realtimeToken).update(body).digest('hex');
    return sendHandover(body, { 'X-SMCCSDK-SIGNATURE': signature });
  };

  before(async () => {
    simulator = await startSimulator({ port: 0 });
    details = simulator.details();
    await control('rateLimits', { enabled: false });
    bot = Bot.start(practiceEnvironment(details));
    handover = `${await bot.url()}/handover/rce`;
    await bot.says(/listening to posts/);
  });

  after(async () => {
    await bot.stop();
    await simulator.close();
  });

  it('passes the handshake and implementation.info when Engage connects', async () => {
    const { connected } = (await control('engage.connect', { url: handover })) as {
      connected: boolean;
    };
    assert.equal(connected, true);
  });

  it('answers what a person posts, and not itself', async () => {
    const before = (await posts()).length;
    await control('post', { text: 'hello' });
    await appears(/^Hello .+ What can I do/);
    await control('post', { text: 'help' });
    await appears(/Write “agent” to talk/);
    assert.equal((await posts()).length, before + 4);
  });

  it('hands over on “agent”, in category Agent, with what was said before', async () => {
    await control('post', { text: 'agent, please' });
    await appears(/called a colleague/);
    const threads = (await control('engage.threads')) as {
      id: string;
      foreignId: string;
      categories: string[];
      messages: number;
    }[];
    const thread = threads.find(({ foreignId }) => foreignId === details.chatId);
    assert.ok(thread);
    assert.deepEqual(thread.categories, ['Agent']);
    assert.equal(thread.messages, 5);
    threadId = thread.id;
  });

  it('is silent with an agent: posts go to Engage, the agent’s words to the chat', async () => {
    await control('engage.open', { threadId });
    await control('engage.assign', { threadId });
    await control('post', { text: 'are you there?' });
    await until(
      () => 'the post in Engage',
      async () => ((await threadMessages()) === 6 ? true : undefined),
    );
    await control('engage.agentMessage', { threadId, text: 'I am <here> & now' });
    await appears(/I am <here> & now$/);
    assert.deepEqual(
      (await posts()).filter((text) => text.includes('You wrote')),
      [],
    );
  });

  it('resumes once when the intervention is closed', async () => {
    await control('engage.close', { threadId });
    await appears(/talking to me again/);
    const [thread] = (await control('engage.threads')) as { categories: string[] }[];
    assert.deepEqual(thread?.categories, ['Bot']);
    await control('post', { text: 'one more thing' });
    await appears(/You wrote “one more thing”/);
  });

  it('stays with the agent when it is started again in between', async () => {
    await control('post', { text: 'agent again' });
    await bot.says(/handed over[^]*handed over/);
    await bot.stop();
    saidBefore = bot.output;
    bot = Bot.start(practiceEnvironment(details));
    handover = `${await bot.url()}/handover/rce`;
    await bot.says(/listening to posts/);
    await control('engage.connect', { url: handover });
    const before = await threadMessages();
    await control('post', { text: 'still with the agent?' });
    await bot.says(/to the agent from .*still with the agent\?/);
    assert.equal(await threadMessages(), before + 1);
    await control('engage.open', { threadId }).catch(() => undefined); // The customer reopened it.
    await control('engage.agentMessage', { threadId, text: 'Yes' });
    await control('engage.close', { threadId });
    await bot.says(/took back/);
  });

  it('tells a wrong verify token nothing', async () => {
    const ask = (token: string): Promise<Response> =>
      fetch(`${handover}?hub.mode=subscribe&hub.challenge=tell-me&hub.verify_token=${token}`);
    const refused = await ask('wrong');
    assert.equal(refused.status, 403);
    assert.equal((await refused.text()).includes('tell-me'), false);
    const granted = await ask(details.engage.verifyToken);
    assert.equal(granted.status, 200);
    assert.equal(await granted.text(), 'tell-me');
  });

  it('refuses webhooks with another secret and Source SDK requests with another signature', async () => {
    const body = JSON.stringify({ id: 'r', domain_id: 'd', events: [] });
    assert.equal((await sendHandover(body)).status, 403);
    assert.equal((await sendHandover(body, { 'X-Dimelo-Secret': 'wrong' })).status, 403);
    const right = { 'X-Dimelo-Secret': details.engage.webhookSecret };
    assert.equal((await sendHandover(body, right)).status, 200);

    const action = '{"action":"messages.list"}';
    const wrong = { 'X-SMCCSDK-SIGNATURE': 'a'.repeat(128) };
    assert.equal((await sendHandover(action, wrong)).status, 422);
    const list = await signed({ action: 'messages.list' });
    assert.equal(await list.text(), '[]');
    assert.match(list.headers.get('X-SMCCSDK-SIGNATURE') ?? '', /^[0-9a-f]{128}$/);
  });

  it('gives a message that is sent again the same id and posts it once', async () => {
    const params = {
      thread_id: details.chatId,
      content_id: 'twice',
      body: 'Only once',
      format: 'text',
    };
    const ids = [];
    for (const retry of [false, true]) {
      const response = await signed({ action: 'messages.create', params: { ...params, retry } });
      assert.equal(response.status, 200);
      ids.push(((await response.json()) as { id: string }).id);
    }
    assert.equal(ids[0], ids[1]);
    assert.equal((await posts()).filter((text) => text === 'Only once').length, 1);
  });

  it('tells Engage to give up a message for a chat that is none, without posting it', async () => {
    const params = { thread_id: '../chats', content_id: 'lost', body: 'To nobody' };
    const response = await signed({ action: 'messages.create', params });
    assert.equal(((await response.json()) as { error: { fatal: boolean } }).error.fatal, true);
  });

  it('gives a webhook that is delivered twice one effect', async () => {
    const event = {
      id: 'event-twice',
      type: 'intervention.opened',
      issued_at: new Date().toISOString(),
      resource: {
        type: 'intervention',
        metadata: { thread_id: threadId, source_id: details.engage.sourceId },
      },
    };
    const secret = { 'X-Dimelo-Secret': details.engage.webhookSecret };
    const deliver = async (events: object[]): Promise<void> => {
      const response = await sendHandover(JSON.stringify({ id: 'r', events }), secret);
      assert.equal(response.status, 200);
    };
    const said = (): number => bot.output.split('← intervention.opened').length;
    const before = said();
    await deliver([event]);
    await deliver([{ type: 'foo.bar', id: 'x' }, event]);
    await bot.says(/intervention\.opened came a second time/);
    // In order: when the next event of the thread is through, so are those before it.
    await deliver([{ ...event, id: 'event-next', type: 'intervention.canceled', issued_at: null }]);
    await bot.says(/← intervention\.canceled/);
    assert.equal(said(), before + 1);
  });

  it('survives garbage', async () => {
    const origin = new URL(handover).origin;
    const bodies = ['', 'hello', '[]', 'null', '{', '<a/>', '{"events":3}', '{"action":{}}', '"x"'];
    for (const body of bodies) {
      assert.equal((await sendHandover(body)).status, 400, body);
    }
    assert.equal((await sendHandover(new Uint8Array([0xff, 0x00, 0xfe]))).status, 400);
    assert.equal((await sendHandover(Buffer.alloc(10 * 1024 * 1024, 'a'))).status, 413);
    const secret = { 'X-Dimelo-Secret': details.engage.webhookSecret };
    const odd =
      '{"events":[null,1,"x",{},{"type":"intervention.closed","resource":{"metadata":{"thread_id":{}}}}]}';
    assert.equal((await sendHandover(odd, secret)).status, 200);
    assert.equal((await signed({ action: 'messages.create', params: 'x' })).status, 422);
    assert.equal((await fetch(handover, { method: 'PUT', body: '{}' })).status, 405);
    assert.equal((await fetch(`${origin}//[`)).status >= 400, true);
    assert.equal((await fetch(`${origin}/webhook`, { method: 'POST', body: '{}' })).status, 403);
    assert.equal((await fetch(origin)).status, 200);
  });

  it('writes no secret down', () => {
    const { engage, botToken } = details;
    for (const secret of [
      botToken,
      engage.accessToken,
      engage.realtimeToken,
      engage.webhookSecret,
      engage.verifyToken,
    ]) {
      assert.equal((saidBefore + bot.output).includes(secret), false);
    }
  });
});

describe('the example bot with little to go on', function () {
  this.timeout(30_000);

  it('says what is off and answers the handover with the rest', async () => {
    const bot = Bot.start({ BOT_CHANNELS_VERIFY_TOKEN: 'verify' });
    try {
      const url = await bot.url();
      await bot.says(/The chat is off: RC_SERVER_URL, RC_BOT_TOKEN not set/);
      await bot.says(/webhooks is off: BOT_CHANNELS_WEBHOOK_SECRET not set/);
      const query = 'hub.mode=subscribe&hub.challenge=c&hub.verify_token=verify';
      assert.equal(await (await fetch(`${url}/handover/rce?${query}`)).text(), 'c');
      const webhook = await fetch(`${url}/handover/rce`, { method: 'POST', body: '{"events":[]}' });
      assert.equal(webhook.status, 403);
    } finally {
      await bot.stop();
    }
  });

  it('says in a sentence that its port is taken, and ends', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const address = holder.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const bot = Bot.start({ PORT: port });
    try {
      assert.equal(await bot.ended(), 1);
      assert.match(bot.output, new RegExp(`Port ${port} cannot be listened at \\(EADDRINUSE\\)`));
      assert.doesNotMatch(bot.output, /\n\s+at /);
    } finally {
      await bot.stop();
      holder.close();
    }
  });
});

describe('the recorded handover', function () {
  this.timeout(30_000);

  it('is answered well by a bot that was just started, and shows in the chat', async () => {
    const file = path.join(EXAMPLE, 'captures', 'handover.capture.ndjson');
    const { entries, notices } = await readCapture(file);
    assert.deepEqual(notices, []);

    const simulator = await startSimulator({ port: 0 });
    const env = practiceEnvironment(simulator.details());
    const bot = Bot.start(env);
    try {
      const target = await bot.url();
      const results: ReplayResult[] = [];
      await replay(entries, {
        target,
        speed: 'max',
        concurrency: 1,
        vault: new EnvironmentVault(env),
        clock: systemClock,
        onResult: (result) => results.push(result),
      });
      assert.deepEqual(
        results.map(({ title, status }) => `${title} ${status ?? ''}`),
        [
          'implementation.info 200',
          'GET handshake 200',
          'content.imported 200',
          'intervention.opened 200',
          'intervention.assigned 200',
          'messages.create 200',
          'intervention.closed 200',
        ],
      );
      await bot.says(/→ posted to \d+: \*\*Alex Agent\*\*: Hello/);
    } finally {
      await bot.stop();
      await simulator.close();
    }
  });
});
