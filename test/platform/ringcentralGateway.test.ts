import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { useFakeTimers } from 'sinon';
import type { Simulator } from '../../src/simulator';
import {
  adminToken,
  call,
  command,
  dial,
  JWT_BEARER,
  Line,
  POSTS,
  practise,
  subscribeTo,
  token,
} from './practice';
import { skipBecause } from '../skip';

const examples = process.env.BOT_CHANNELS_EXAMPLES ?? path.resolve('../shared/examples');

describe('RingCentral on the practice platform: the WebSocket gateway', () => {
  let simulator: Simulator;
  let bot: string;
  const lines: Line[] = [];
  beforeEach(async () => {
    simulator = await practise({ assumptions: { rateLimitsEnabled: false } });
    bot = simulator.details().botToken;
  });
  afterEach(async () => {
    for (const line of lines.splice(0)) line.socket.terminate();
    await simulator.close();
  });

  const open = async (wsc?: string, accessToken = bot): Promise<Line> => {
    const line = await dial(simulator, accessToken, wsc);
    lines.push(line);
    return line;
  };
  const ready = async (): Promise<Line> => {
    const line = await open();
    await line.next('ConnectionDetails');
    return line;
  };
  const say = (text: string) => command(simulator, 'post', { text });

  it('greets with ConnectionDetails, in the shape that RingCentral publishes', async function () {
    const [meta, body] = await (await open()).next('ConnectionDetails');
    assert.equal(meta.status, 200);
    assert.equal(meta.wsc.sequence, 1);
    assert.deepEqual(
      [body.recoveryBufferSize, body.recoveryTimeout, body.idleTimeout, body.maxActiveRequests],
      [100, 180, 1800, 10],
    );
    const file = path.join(examples, 'ringcentral/websockets/connection-details.json');
    if (!existsSync(file))
      skipBecause(this, 'the published payloads are not here (BOT_CHANNELS_EXAMPLES)');
    const [publishedMeta, publishedBody] = JSON.parse(readFileSync(file, 'utf8')) as [
      object,
      object,
    ];
    assert.deepEqual(Object.keys(meta as object), Object.keys(publishedMeta));
    assert.deepEqual(Object.keys(body as object), Object.keys(publishedBody));
  });

  it('closes with 4400 without a token, and says what is wrong with a used one', async () => {
    const { body } = await call(simulator, 'POST', '/restapi/oauth/wstoken', bot);
    assert.equal(body.uri, `${simulator.url.replace('http', 'ws')}/ws`);
    assert.equal(await Line.open(body.uri).closed, 4400);
    const uri = `${body.uri}?access_token=${body.ws_access_token}`;
    lines.push(Line.open(uri));
    await lines[0]!.next('ConnectionDetails');
    const second = Line.open(uri);
    const [, error] = await second.next('Error');
    assert.ok(error.errorCode && error.message);
    await second.closed;
  });

  it('lets a token expire', async () => {
    const { body } = await call(simulator, 'POST', '/restapi/oauth/wstoken', bot);
    await command(simulator, 'warp', { seconds: body.expires_in + 1 });
    const line = Line.open(`${body.uri}?access_token=${body.ws_access_token}`);
    await line.next('Error');
    await line.closed;
  });

  for (const address of ['/restapi/v1.0/subscription', '/restapi/v1.0/subscription/']) {
    it(`subscribes at ${address} and notifies`, async () => {
      const line = await ready();
      const [meta, subscription] = await line.request('POST', address, {
        eventFilters: [POSTS],
        deliveryMode: { transportType: 'WebSocket' },
      });
      assert.deepEqual([meta.type, meta.status], ['ClientRequest', 200]);
      assert.deepEqual(subscription.deliveryMode, {
        transportType: 'WebSocket',
        encryption: false,
      });
      await say('Where is my order?');
      const [notified, event] = await line.next('ServerNotification');
      assert.equal(notified.messageId, event.uuid);
      assert.equal(event.subscriptionId, subscription.id);
      assert.equal(event.ownerId, '470001900');
      assert.deepEqual(
        [event.body.eventType, event.body.text],
        ['PostAdded', 'Where is my order?'],
      );
      assert.match(event.body.creatorId, /^glip-/);
    });
  }

  it('has one subscription a connection; the next one takes its place', async () => {
    const line = await ready();
    const [, first] = await subscribeTo(line);
    const [, second] = await subscribeTo(line);
    await say('once');
    const [, event] = await line.next('ServerNotification');
    assert.equal(event.subscriptionId, second.id);
    const [meta] = await line.request('GET', `/restapi/v1.0/subscription/${first.id}`);
    assert.equal(meta.status, 404);
    const [, list] = await line.request('GET', '/restapi/v1.0/subscription');
    assert.equal(list.records.length, 1);
  });

  it('renews and cancels its subscription through the socket, not around it', async () => {
    const line = await ready();
    const [, { id }] = await subscribeTo(line);
    const address = `/restapi/v1.0/subscription/${id}`;
    const [renewed] = await line.request('PUT', address, { eventFilters: [POSTS] });
    assert.equal(renewed.status, 200);
    assert.equal((await call(simulator, 'PUT', address, bot, {})).body.errorCode, 'SUB-511');
    const [deleted, nothing] = await line.request('DELETE', address);
    assert.deepEqual([deleted.status, nothing], [204, undefined]);
  });

  it('carries REST calls as the user of the socket, errors included', async () => {
    const line = await ready();
    const [, me] = await line.request('GET', '/restapi/v1.0/account/~/extension/~');
    assert.equal(me.type, 'Bot');
    const posts = `/team-messaging/v1/chats/${simulator.details().chatId}/posts`;
    const [made, post] = await line.request('POST', posts, { text: 'By wire' });
    assert.deepEqual([made.status, post.creatorId], [201, '470001900']);
    const [bad, problem] = await line.request('POST', posts, {});
    assert.deepEqual([bad.type, bad.status, problem.parameterName], ['ClientRequest', 400, 'text']);
    for (const beyond of ['/restapi/oauth/wstoken', '/control', 'restapi']) {
      const [refused] = await line.request('POST', beyond, {});
      assert.equal(refused.status, 404, beyond);
    }
  });

  it('answers a heartbeat with a heartbeat, and a frame that is no request with an Error', async () => {
    const line = await ready();
    line.send({ type: 'Heartbeat', messageId: 'beat-1' });
    assert.equal((await line.next('Heartbeat'))[0].messageId, 'beat-1');
    line.socket.send('not a frame');
    const [, error] = await line.next('Error');
    assert.ok(error.errorCode);
    line.send({ type: 'Heartbeat', messageId: 'beat-2' });
    assert.equal((await line.next('Heartbeat'))[0].messageId, 'beat-2');
  });

  it('replays to a recovered session what it missed, a hundred at most, the newest', async () => {
    const line = await open();
    const [{ wsc }] = await line.next('ConnectionDetails');
    const [{ wsc: newer }, { id }] = await subscribeTo(line);
    assert.equal(newer.token, wsc.token);
    assert.ok(newer.sequence > wsc.sequence);
    assert.deepEqual((await command(simulator, 'dropSockets')).ok, { dropped: 1 });
    assert.equal(await line.closed, 1006);
    for (let n = 1; n <= 102; n++) await say(`missed ${n}`);

    const back = await open(newer.token);
    const [, details] = await back.next('ConnectionDetails');
    assert.equal(details.recoveryState, 'Successful');
    for (let n = 3; n <= 102; n++) {
      const [, event] = await back.next('ServerNotification');
      assert.deepEqual([event.subscriptionId, event.body.text], [id, `missed ${n}`]);
    }
    await say('live again');
    assert.equal((await back.next('ServerNotification'))[1].body.text, 'live again');
  });

  it('does not recover after three minutes', async () => {
    const line = await open();
    const [{ wsc }] = await line.next('ConnectionDetails');
    await subscribeTo(line);
    await command(simulator, 'dropSockets');
    await line.closed;
    await command(simulator, 'warp', { seconds: 181 });
    const [, details] = await (await open(wsc.token)).next('ConnectionDetails');
    assert.equal(details.recoveryState, 'Failed');
    assert.deepEqual((await command(simulator, 'subscriptions')).ok, []);
  });

  it('does not recover for another login, without a subscription, or by an invented token', async () => {
    const line = await open();
    const [{ wsc }] = await line.next('ConnectionDetails');
    const [, bare] = await (await open(wsc.token)).next('ConnectionDetails');
    assert.deepEqual([bare.recoveryState, bare.recoveryErrorCode], ['Failed', 'WSG-1005']);
    await subscribeTo(line);
    const other = await open(wsc.token, await adminToken(simulator));
    const [, foreign] = await other.next('ConnectionDetails');
    assert.deepEqual([foreign.recoveryState, foreign.recoveryErrorCode], ['Failed', 'WSG-1003']);
    const invented = await open('invented');
    assert.equal((await invented.next('Error'))[1].errorCode, 'WSG-400');
    await invented.closed;
  });

  it('recovers after the OAuth token was refreshed', async () => {
    const { jwt } = simulator.details();
    const login = (await token(simulator, { grant_type: JWT_BEARER, assertion: jwt })).body;
    const line = await open(undefined, login.access_token);
    const [{ wsc }] = await line.next('ConnectionDetails');
    await subscribeTo(line);
    await command(simulator, 'dropSockets');
    await line.closed;
    const refreshed = await token(simulator, {
      grant_type: 'refresh_token',
      refresh_token: login.refresh_token,
    });
    const back = await open(wsc.token, refreshed.body.access_token);
    assert.equal((await back.next('ConnectionDetails'))[1].recoveryState, 'Successful');
  });

  it('parts with a client that is idle for half an hour, or connected for a day', async () => {
    const idle = await ready();
    const busy = await ready();
    const beat = async (line: Line): Promise<void> => {
      line.send({ type: 'Heartbeat', messageId: 'beat' });
      await line.next('Heartbeat');
    };
    await command(simulator, 'warp', { seconds: 1000 });
    await beat(busy);
    await command(simulator, 'warp', { seconds: 1000 });
    assert.equal((await idle.next('Error'))[1].errorCode, 'WSG-902');
    await idle.closed;
    for (let warped = 2000; warped < 86_400; warped += 1500) {
      await beat(busy);
      await command(simulator, 'warp', { seconds: 1500 });
    }
    assert.equal((await busy.next('Error'))[1].errorCode, 'WSG-903');
    await busy.closed;
  });

  it('parts with a client that does not answer a ping within ten seconds', async () => {
    const timers = useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout'],
      shouldClearNativeTimers: true,
    });
    try {
      const line = await open();
      await line.next('ConnectionDetails');
      line.socket.removeAllListeners('ping');
      const pinged = once(line.socket, 'ping');
      line.socket.pong = () => undefined;
      timers.tick(30_000);
      await pinged;
      timers.tick(10_000);
      assert.equal(await line.closed, 1006);
    } finally {
      timers.restore();
    }
  });
});
