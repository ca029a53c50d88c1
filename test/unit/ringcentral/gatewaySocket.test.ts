import assert from 'node:assert/strict';
import { NetworkError } from '../../../src/http';
import { FILTER, GatewayHarness, MINUTE, TOKEN } from './gatewayHarness';

describe('GatewaySocket', () => {
  let h: GatewayHarness;

  beforeEach(() => {
    h = new GatewayHarness();
  });

  afterEach(() => h.dispose());

  describe('subscribes', () => {
    it('with a one-time token, and only after the server greeted', async () => {
      const connection = await h.dialled();
      assert.equal(connection.url.href, 'wss://gw.example/ws?access_token=ws-1');
      assert.deepEqual(connection.sent, []);
      connection.greet();
      const [meta, body] = connection.subscription;
      assert.equal(meta.method, 'POST');
      assert.equal(meta.path, '/restapi/v1.0/subscription');
      assert.deepEqual(body, {
        eventFilters: [FILTER],
        deliveryMode: { transportType: 'WebSocket' },
      });
      assert.deepEqual(
        h.states.map(({ kind }) => kind),
        ['connecting'],
      );
      connection.accept();
      assert.deepEqual(h.states.at(-1), { kind: 'live', since: h.clock.now(), recovered: false });
    });

    it('and is not live by the answer to somebody else’s request', async () => {
      const connection = await h.dialled();
      connection.greet();
      connection.say({ type: 'ClientRequest', messageId: 'other', status: 200 }, {});
      assert.deepEqual(
        h.states.map(({ kind }) => kind),
        ['connecting'],
      );
    });

    it('and hands on events, surviving frames that cannot be read', async () => {
      const connection = await h.live();
      connection.listener.message('--Boundary_1 what is this');
      connection.say({ type: 'ServerNotification' }, { no: 'event' });
      connection.notify(FILTER, { id: '5', eventType: 'PostAdded' });
      assert.deepEqual(
        h.events.map(({ body }) => body.id),
        ['5'],
      );
      assert.equal(h.socket.state.kind, 'live');
    });
  });

  describe('tries again', () => {
    it('when the network is down, waiting 1, 2, 4 … 60 s', async () => {
      const down = new NetworkError('Nothing answers.', { remedy: 'x', code: 'ECONNREFUSED' });
      h.http.on('POST', TOKEN, () => {
        throw down;
      });
      await h.begin();
      const waits: number[] = [];
      for (let i = 0; i < 12; i++) {
        waits.push(h.wait() / 1000);
        await h.clock.advance(h.wait());
      }
      assert.deepEqual(waits.slice(0, 4), [1, 2, 4, 8]);
      assert.ok(Math.max(...waits) <= 60);
      assert.equal(waits.at(-1), 60);
      assert.match(JSON.stringify(h.socket.state), /Nothing answers/);
    });

    it('when the server does not greet, or does not answer the subscription', async () => {
      const mute = await h.dialled();
      await h.clock.advance(15_000);
      assert.ok(mute.isClosed);
      await h.clock.advance(h.wait());
      h.gateway.latest.greet();
      await h.clock.advance(20_000);
      assert.ok(h.gateway.latest.isClosed);
      assert.match(JSON.stringify(h.socket.state), /did not answer the subscription/);
    });

    it('when the connection is cut, beginning small again after it had lasted', async () => {
      (await h.live()).cut();
      assert.equal(h.wait(), 1000);
      await h.clock.advance(1000);
      h.gateway.latest.greetAndAccept();
      h.gateway.latest.cut();
      assert.equal(h.wait(), 2000, 'a connection that was cut at once counts as a failure');
      await h.clock.advance(2000);
      h.gateway.latest.greetAndAccept();
      await h.clock.advance(30_000);
      h.gateway.latest.cut();
      assert.equal(h.wait(), 1000);
    });

    for (const code of ['WSG-902', 'WSG-903'])
      it(`when the server ends the connection with ${code}`, async () => {
        const connection = await h.live();
        connection.say(
          { type: 'Error', messageId: 'e' },
          { errorCode: code, message: 'timeout expired' },
        );
        assert.ok(connection.isClosed);
        assert.match(JSON.stringify(h.socket.state), new RegExp(code));
        assert.equal(h.wait(), 1000);
      });

    it('but not because of an error frame that ends nothing', async () => {
      const connection = await h.live();
      connection.say({ type: 'Error', messageId: 'e' }, { errorCode: 'WSG-999', message: 'hm' });
      assert.equal(h.socket.state.kind, 'live');
    });

    it('when a new bot is not ready to subscribe yet (SUB-406)', async () => {
      (await h.dialled()).greet();
      h.gateway.latest.refuse(403, { errorCode: 'SUB-406', message: 'not ready' });
      assert.equal(h.wait(), 1000);
    });

    it('and ignores what a connection says that was given up', async () => {
      const first = await h.live();
      first.cut();
      await h.clock.advance(1000);
      h.gateway.latest.greetAndAccept();
      first.notify(FILTER, { id: 'late', eventType: 'PostAdded' });
      first.cut();
      assert.deepEqual(h.events, []);
      assert.equal(h.socket.state.kind, 'live');
    });
  });

  describe('recovers the session', () => {
    it('with the newest place it was told, and without subscribing again', async () => {
      const first = await h.live();
      const later = { wsc: { token: 'wsc-7', sequence: 7 } };
      first.notify(FILTER, { id: '1' }, later);
      first.notify(FILTER, { id: '2' }, { wsc: { token: 'wsc-3', sequence: 3 } });
      first.cut();
      await h.clock.advance(1000);
      const second = h.gateway.latest;
      assert.equal(second.url.searchParams.get('wsc'), 'wsc-7');
      assert.equal(second.url.searchParams.get('access_token'), 'ws-2');
      second.greet({ recoveryState: 'Successful' }, { token: 'wsc-8', sequence: 1 });
      assert.deepEqual(second.sent, []);
      assert.deepEqual(h.states.at(-1), { kind: 'live', since: h.clock.now(), recovered: true });
      second.cut();
      await h.clock.advance(MINUTE / 2);
      assert.equal(h.gateway.latest.url.searchParams.get('wsc'), 'wsc-8', 'a greeting counts anew');
    });

    it('or subscribes again on the same connection where that failed', async () => {
      (await h.live()).cut();
      await h.clock.advance(1000);
      const second = h.gateway.latest;
      second.greet({ recoveryState: 'Failed' });
      second.accept();
      assert.equal(h.gateway.connections.length, 2);
      assert.deepEqual(h.states.at(-1), { kind: 'live', since: h.clock.now(), recovered: false });
    });

    it('only while the server still remembers it, counted from when it was last heard', async () => {
      const first = await h.dialled();
      first.greet({ recoveryTimeout: 30 });
      first.accept();
      h.http.on('POST', TOKEN, () => {
        throw new NetworkError('down', { remedy: 'x' });
      });
      first.cut();
      await h.clock.advance(20_000);
      h.http.on('POST', TOKEN, () => ({ uri: 'wss://gw.example/ws', ws_access_token: 'x' }));
      await h.clock.advance(45_000);
      assert.equal(h.gateway.connections.length, 2);
      assert.equal(h.gateway.latest.url.searchParams.get('wsc'), null);
    });

    it('also after it was live for hours: silence counts, not age', async () => {
      const first = await h.live();
      for (let i = 0; i < 100; i++) {
        await h.clock.advance(35_000);
        first.say({ type: 'Heartbeat', messageId: 'h' });
      }
      first.cut();
      await h.clock.advance(1000);
      assert.equal(h.gateway.latest.url.searchParams.get('wsc'), 'wsc-1');
    });

    it('and believes nobody that it was recovered without having asked for it', async () => {
      (await h.dialled()).greet({ recoveryState: 'Successful' });
      h.gateway.latest.accept();
      assert.deepEqual(h.states.at(-1), { kind: 'live', since: h.clock.now(), recovered: false });
    });

    it('but never one that had no subscription, for it would be silent for ever', async () => {
      (await h.dialled()).greet();
      h.gateway.latest.cut();
      await h.clock.advance(1000);
      assert.equal(h.gateway.latest.url.searchParams.get('wsc'), null);
    });

    it('and says that there may be a gap when as much came again as the buffer holds', async () => {
      (await h.live()).cut();
      await h.clock.advance(1000);
      h.gateway.latest.greet({ recoveryState: 'Successful', recoveryBufferSize: 3 });
      const again = (id: number): void => h.gateway.latest.notify(FILTER, { id });
      again(1);
      again(2);
      assert.deepEqual(h.states.at(-1), { kind: 'live', since: h.clock.now(), recovered: true });
      again(3);
      assert.deepEqual(h.states.at(-1), { kind: 'live', since: h.clock.now(), recovered: false });
    });
  });
});
