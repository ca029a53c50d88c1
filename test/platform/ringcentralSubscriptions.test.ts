import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { useFakeTimers } from 'sinon';
import type { Simulator } from '../../src/simulator';
import {
  adminToken,
  call,
  command,
  echo,
  errorCode,
  parsed,
  POSTS,
  practise,
  Receiver,
  type Answer,
} from './practice';
import { skipBecause } from '../skip';

const SUBSCRIPTION = '/restapi/v1.0/subscription';
const examples = process.env.BOT_CHANNELS_EXAMPLES ?? path.resolve('../shared/examples');

describe('RingCentral on the practice platform: webhooks', () => {
  let simulator: Simulator;
  let admin: string;
  let receiver: Receiver;
  const log: string[] = [];

  before(async () => {
    simulator = await practise({
      assumptions: { rateLimitsEnabled: false },
      log: (line) => log.push(line),
    });
    admin = await adminToken(simulator);
  });
  after(() => simulator.close());
  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    receiver.close();
    const { body } = await call(simulator, 'GET', SUBSCRIPTION, admin);
    for (const { id } of body.records) {
      await call(simulator, 'DELETE', `${SUBSCRIPTION}/${id}`, admin);
    }
  });

  const subscribe = (extra: Record<string, unknown> = {}, mode: object = {}): Promise<Answer> =>
    call(simulator, 'POST', SUBSCRIPTION, admin, {
      eventFilters: [POSTS],
      deliveryMode: { transportType: 'WebHook', address: receiver.url, ...mode },
      ...extra,
    });
  const posts = (): string => `/team-messaging/v1/chats/${simulator.details().chatId}/posts`;

  it('validates the address and answers with ~ written out and a week to live', async () => {
    const { status, body } = await subscribe(
      { eventFilters: [POSTS, '/restapi/v1.0/account/~/extension/~/presence'] },
      { verificationToken: 'practice-verify' },
    );
    assert.equal(status, 200);
    assert.deepEqual(body.eventFilters, [
      POSTS,
      '/restapi/v1.0/account/470000000/extension/470001001/presence',
    ]);
    assert.deepEqual([body.status, body.expiresIn], ['Active', 604800]);
    assert.equal(body.uri, `${simulator.url}${SUBSCRIPTION}/${body.id}`);
    assert.deepEqual(body.deliveryMode, {
      transportType: 'WebHook',
      encryption: false,
      address: receiver.url,
    });
    const [validation] = receiver.received;
    assert.ok(validation?.headers['validation-token']);
    assert.equal(validation.headers['verification-token'], 'practice-verify');
    assert.deepEqual([validation.body, receiver.received.length], ['', 1]);
  });

  it('refuses an address that does not echo, echoes wrongly, says 204 or says too much', async () => {
    const wrongs: (typeof receiver.answer)[] = [
      (_request, response) => response.writeHead(200).end(),
      (_request, response) => response.writeHead(200, { 'Validation-Token': 'x' }).end(),
      (request, response) =>
        response
          .writeHead(204, { 'Validation-Token': request.headers['validation-token'] as string })
          .end(),
      (request, response) =>
        response
          .writeHead(200, { 'Validation-Token': request.headers['validation-token'] as string })
          .end('x'.repeat(1000)),
    ];
    for (const wrong of wrongs) {
      receiver.answer = wrong;
      const answer = await subscribe();
      assert.deepEqual([answer.status, errorCode(answer)], [400, 'SUB-525']);
    }
  });

  it('waits three seconds for the echo', async () => {
    const timers = useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout'],
      shouldClearNativeTimers: true,
    });
    try {
      receiver.answer = () => void timers.tick(3000);
      const answer = await subscribe();
      assert.equal(errorCode(answer), 'SUB-525');
      assert.match(answer.body.message, /3000 ms/);
    } finally {
      timers.restore();
    }
  });

  it('refuses an address where nobody listens, and one that is not on this machine', async () => {
    const { url } = receiver;
    receiver.close();
    const closed = await subscribe({}, { address: url });
    assert.deepEqual([closed.status, errorCode(closed)], [400, 'SUB-521']);
    const away = await subscribe({}, { address: 'https://example.com/hook' });
    assert.deepEqual([away.status, errorCode(away)], [400, 'SUB-521']);
  });

  it('refuses filters and transports that do not exist', async () => {
    const filter = await subscribe({ eventFilters: [POSTS, '/nothing'] });
    assert.deepEqual([filter.status, errorCode(filter)], [400, 'SUB-508']);
    assert.equal((await subscribe({ eventFilters: [] })).body.parameterName, 'eventFilters');
    const pubNub = await subscribe({}, { transportType: 'PubNub' });
    assert.equal(pubNub.body.parameterName, 'deliveryMode.transportType');
    const socket = await subscribe({}, { transportType: 'WebSocket' });
    assert.equal(socket.status, 400);
    assert.equal((await subscribe({ expiresIn: 0 })).body.parameterName, 'expiresIn');
    assert.equal((await subscribe({}, { address: 'nowhere' })).status, 400);
  });

  it('delivers what is posted, changed and removed, in order and with its headers', async () => {
    const { body: subscription } = await subscribe({}, { verificationToken: 'practice-verify' });
    const { body: post } = await call(simulator, 'POST', posts(), simulator.details().botToken, {
      text: 'Hello',
    });
    const path = `${posts()}/${post.id}`;
    await call(simulator, 'PATCH', path, simulator.details().botToken, { text: 'Hello!' });
    await call(simulator, 'DELETE', path, simulator.details().botToken);
    await receiver.has(4);
    const [added, changed, removed] = receiver.received.slice(1);
    assert.equal(added!.headers['user-agent'], 'RingCentral-Webhook/8.3');
    assert.equal(added!.headers['content-type'], 'application/json; charset=UTF-8');
    assert.equal(added!.headers['verification-token'], 'practice-verify');
    assert.equal(added!.headers['content-length'], String(Buffer.byteLength(added!.body)));
    const event = parsed(added!.body);
    assert.match(event.uuid, /^\d{19}$/);
    assert.equal(event.event, POSTS);
    assert.equal(event.subscriptionId, subscription.id);
    assert.equal(event.ownerId, '470001001');
    assert.equal(event.body.eventType, 'PostAdded');
    assert.equal(event.body.creatorId, '470001900');
    assert.equal(parsed(changed!.body).body.text, 'Hello!');
    assert.equal(parsed(changed!.body).body.eventType, 'PostChanged');
    assert.deepEqual(parsed(removed!.body).body, { id: post.id, eventType: 'PostRemoved' });
  });

  it('writes events in the shape that RingCentral publishes', async function () {
    const file = path.join(examples, 'ringcentral/events/post-1.json');
    if (!existsSync(file))
      skipBecause(this, 'the published payloads are not here (BOT_CHANNELS_EXAMPLES)');
    const published = parsed(readFileSync(file, 'utf8'));
    await subscribe();
    await command(simulator, 'post', { text: 'Hello, World!' });
    await receiver.has(2);
    const event = parsed(receiver.received[1]!.body);
    assert.deepEqual(Object.keys(event), Object.keys(published));
    assert.deepEqual(Object.keys(event.body).sort(), Object.keys(published.body).sort());
  });

  it('tells nothing of chats the subscriber is not in', async () => {
    await subscribe({ eventFilters: ['/restapi/v1.0/glip/posts'] });
    const { body: secret } = await call(
      simulator,
      'POST',
      '/team-messaging/v1/conversations',
      simulator.details().botToken,
      { members: [{ id: '470001003' }] },
    );
    await command(simulator, 'post', { chatId: secret.id, text: 'Between us' });
    await command(simulator, 'post', { text: 'For all', as: 'Jonas' });
    await receiver.has(2);
    const event = parsed(receiver.received[1]!.body);
    assert.equal(event.event, '/restapi/v1.0/glip/posts');
    assert.equal(event.body.text, 'For all');
  });

  it('can be read, renewed, changed, listed and cancelled by its owner only', async () => {
    const { body } = await subscribe({ expiresIn: 600 });
    const path = `${SUBSCRIPTION}/${body.id}`;
    await command(simulator, 'warp', { seconds: 100 });
    assert.equal((await call(simulator, 'GET', path, admin)).body.expiresIn, 500);
    const renewed = await call(simulator, 'POST', `${path}/renew`, admin);
    assert.equal(renewed.body.expiresIn, 604800);
    const changed = await call(simulator, 'PUT', path, admin, {
      eventFilters: ['/restapi/v1.0/glip/posts'],
      expiresIn: 60,
    });
    assert.deepEqual(changed.body.eventFilters, ['/restapi/v1.0/glip/posts']);
    assert.equal(changed.body.expiresIn, 60);
    const foreign = await call(simulator, 'GET', path, simulator.details().botToken);
    assert.deepEqual([foreign.status, errorCode(foreign)], [404, 'SUB-507']);
    assert.equal((await call(simulator, 'GET', SUBSCRIPTION, admin)).body.records.length, 1);
    assert.equal((await call(simulator, 'DELETE', path, admin)).status, 204);
    assert.equal((await call(simulator, 'GET', path, admin)).status, 404);
  });

  it('expires', async () => {
    const { body } = await subscribe({ expiresIn: 60 });
    await command(simulator, 'warp', { seconds: 61 });
    const gone = await call(simulator, 'GET', `${SUBSCRIPTION}/${body.id}`, admin);
    assert.deepEqual([gone.status, errorCode(gone)], [404, 'SUB-507']);
    await command(simulator, 'post', { text: 'Nobody hears' });
    assert.equal(receiver.received.length, 1);
  });

  it('allows thirty in one app', async () => {
    for (let count = 0; count < 30; count++) assert.equal((await subscribe()).status, 200);
    const over = await subscribe();
    assert.deepEqual([over.status, errorCode(over)], [403, 'SUB-505']);
  });

  it('blacklists an address that has failed for ten minutes', async () => {
    const { body } = await subscribe();
    const path = `${SUBSCRIPTION}/${body.id}`;
    receiver.answer = (_request, response) => response.writeHead(404).end();
    await command(simulator, 'post', { text: 'lost' });
    await receiver.has(2);
    await until(() => log.some((line) => line.includes('not delivered')));
    assert.equal((await call(simulator, 'GET', path, admin)).body.status, 'Active');
    await command(simulator, 'warp', { seconds: 601 });
    await command(simulator, 'post', { text: 'lost too' });
    await receiver.has(3);
    await until(() => log.some((line) => line.includes('is blacklisted')));
    const { body: view } = await call(simulator, 'GET', path, admin);
    assert.equal(view.status, 'Blacklisted');
    assert.equal(
      view.blacklistedData.reason,
      'Webhook responses with code: [404], reason: [Not Found]',
    );

    receiver.answer = echo;
    await command(simulator, 'post', { text: 'not sent' });
    await call(simulator, 'GET', path, admin);
    assert.equal(receiver.received.length, 3);
  });

  /** The simulator reads the receiver's answer a moment after the receiver has given it. */
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await setImmediate();
  }
});
