import assert from 'node:assert/strict';
import { HumanError } from '../../../src/base/humanError';
import { RingCentralError } from '../../../src/ringcentral';
import { answer } from './fakes';
import { FILTER, GatewayHarness, MINUTE, TOKEN } from './gatewayHarness';

describe('GatewaySocket in bad times', () => {
  let h: GatewayHarness;

  beforeEach(() => {
    h = new GatewayHarness();
  });

  afterEach(() => h.dispose());

  describe('notices a connection that is dead', () => {
    it('by a heartbeat after 30 s of silence that is not answered within 10 s', async () => {
      const connection = await h.live();
      await h.clock.advance(29_999);
      assert.equal(connection.sent.length, 1);
      await h.clock.advance(1);
      assert.equal(connection.sent[1]?.[0].type, 'Heartbeat');
      assert.ok(connection.sent[1][0].messageId);
      await h.clock.advance(9_999);
      assert.equal(h.socket.state.kind, 'live');
      await h.clock.advance(1);
      assert.ok(connection.isClosed);
      assert.match(JSON.stringify(h.socket.state), /fell silent/);
    });

    it('and keeps one that answers, by whatever sign of life', async () => {
      const connection = await h.live();
      for (let i = 0; i < 20; i++) {
        await h.clock.advance(35_000);
        if (i % 2) connection.listener.alive();
        else connection.say({ type: 'Heartbeat', messageId: 'h' });
      }
      assert.equal(h.gateway.connections.length, 1);
      assert.equal(h.socket.state.kind, 'live');
    });

    it('at once when the machine wakes, with the session if it slept shortly', async () => {
      const connection = await h.live();
      await h.clock.advance(10_000);
      await h.clock.sleep(100_000);
      assert.ok(connection.isClosed);
      assert.equal(h.gateway.connections.length, 2);
      assert.equal(h.gateway.latest.url.searchParams.get('wsc'), 'wsc-1');
    });

    it('and subscribes anew after it slept long', async () => {
      await h.live();
      await h.clock.sleep(8 * 60 * MINUTE);
      assert.equal(h.gateway.latest.url.searchParams.get('wsc'), null);
      h.gateway.latest.greetAndAccept();
      assert.deepEqual(h.states.at(-1), { kind: 'live', since: h.clock.now(), recovered: false });
    });

    it('and does not wait for a back-off to end that began before it slept', async () => {
      (await h.live()).cut();
      for (let i = 0; i < 3; i++) {
        await h.clock.advance(h.wait());
        h.gateway.latest.cut();
      }
      const before = h.gateway.connections.length;
      await h.clock.sleep(10 * MINUTE);
      assert.equal(h.gateway.connections.length, before + 1);
    });
  });

  describe('keeps RingCentral’s limits', () => {
    it('by asking for no more than five tokens a minute, however often it is cut', async () => {
      h.socket.start();
      const asked: number[] = [];
      h.http.on('POST', TOKEN, () => {
        asked.push(h.clock.now());
        return { uri: 'wss://gw.example/ws', ws_access_token: 'x' };
      });
      for (let i = 0; i < 400; i++) {
        await h.clock.advance(500);
        const connection = h.gateway.connections.at(-1);
        if (connection?.isClosed === false) {
          connection.greetAndAccept();
          await h.clock.advance(31_000 * Number(i % 40 === 0));
          connection.cut();
        }
        // Waking makes it dial at once, which the limit must survive too.
        if (i % 9 === 0) await h.clock.sleep(25_000);
      }
      assert.ok(asked.length > 10);
      for (const [i, at] of asked.entries()) {
        const sixth = asked[i + 5];
        assert.ok(sixth === undefined || sixth - at > MINUTE, `six within ${(sixth ?? 0) - at} ms`);
      }
    });

    it('together with the other connections of its client', async () => {
      const client = h.client();
      const many = Array.from({ length: 6 }, () => h.make(client));
      for (const one of many) one.start();
      await h.clock.advance(0);
      assert.equal(h.tokens, 5);
      assert.equal(many[5]?.state.kind, 'reconnecting');
      for (const one of many) one.dispose();
    });

    it('by staying away after 429 as long as it was told to', async () => {
      h.http.on('POST', TOKEN, () =>
        answer(429, { errorCode: 'CMN-301' }, { 'retry-after': '90' }),
      );
      await h.begin();
      assert.equal(h.wait(), 90_000);
      await h.clock.advance(20_000);
      await h.clock.sleep(30_000);
      assert.equal(h.http.requests.length, 1, 'waking does not cut the pause short');
      await h.clock.advance(40_000);
      assert.equal(h.http.requests.length, 2);
    });

    it('also when it is the gateway that asks for a pause', async () => {
      (await h.dialled()).cut({ status: 429, retryAfterMs: 45_000 });
      assert.equal(h.wait(), 45_000);
    });
  });

  describe('stops, and says what to do', () => {
    it('when the sign-in is over', async () => {
      h.http.on('POST', TOKEN, () => answer(401, { errors: [{ errorCode: 'OAU-149' }] }));
      await h.begin();
      assert.ok(h.problem() instanceof RingCentralError);
      assert.equal(h.problem().code, 'OAU-149');
      await h.clock.advance(10 * MINUTE);
      assert.equal(h.http.requests.length, 1);
    });

    it('when whoever gives the access token cannot', async () => {
      const signedOut = new HumanError('Nobody is signed in.', { remedy: 'Sign in.' });
      h.http.on('POST', TOKEN, () => {
        throw signedOut;
      });
      await h.begin();
      assert.equal(h.problem(), signedOut);
    });

    it('when the app lacks the permission, told in the answer to the subscription', async () => {
      (await h.dialled()).greet();
      h.gateway.latest.refuse(403, { errorCode: 'SUB-528', message: 'no permission' });
      assert.equal(h.problem().code, 'SUB-528');
      assert.match(h.problem().remedy, /WebSocket/);
      assert.ok(h.gateway.latest.isClosed);
    });

    it('when the subscription is accepted but its only filter is not', async () => {
      (await h.dialled()).greet();
      h.gateway.latest.accept({
        disabledFilters: [{ filter: FILTER, message: 'needs TeamMessaging' }],
      });
      assert.match(h.problem().message, /needs TeamMessaging/);
    });

    it('when the gateway refuses three fresh tokens in a row', async () => {
      await h.dialled();
      for (let i = 0; i < 2; i++) {
        h.gateway.latest.cut({ status: 401 });
        await h.clock.advance(h.wait());
      }
      h.gateway.latest.cut({ status: 401 });
      assert.match(h.problem().message, /answered 401/);
      assert.equal(h.tokens, 3);
    });

    it('but not when refusals were far between, nor at the first refusal in a greeting', async () => {
      await h.dialled();
      for (let i = 0; i < 2; i++) {
        h.gateway.latest.cut({ status: 403 });
        await h.clock.advance(h.wait());
        h.gateway.latest.say({ type: 'ConnectionDetails', status: 401 }, { errorCode: 'OAU-128' });
        await h.clock.advance(h.wait());
        h.gateway.latest.greetAndAccept();
        h.gateway.latest.cut();
        await h.clock.advance(h.wait());
      }
      assert.notEqual(h.socket.state.kind, 'stopped');
    });

    it('when a token would travel unguarded', async () => {
      h.http.on('POST', TOKEN, () => ({ uri: 'ws://gw.example/ws', ws_access_token: 'x' }));
      await h.begin();
      assert.match(h.problem().message, /no usable WebSocket address/);
      assert.equal(h.gateway.connections.length, 0);
    });

    it('and begins again when it is told to', async () => {
      h.http.on('POST', TOKEN, () => answer(403, { errorCode: 'CMN-401' }));
      await h.begin();
      h.problem();
      h.http.on('POST', TOKEN, () => ({ uri: 'wss://gw.example/ws', ws_access_token: 'x' }));
      (await h.live()).notify(FILTER, { id: '1' });
      assert.equal(h.events.length, 1);
    });
  });

  it('lets go of everything when it is disposed, whatever it was doing', async () => {
    const connection = await h.live();
    h.socket.dispose();
    assert.ok(connection.isClosed);
    assert.deepEqual(h.states.at(-1), { kind: 'stopped' });

    const asking = h.make();
    let isAborted = false;
    h.http.on('POST', TOKEN, ({ signal }) => {
      return new Promise((_, reject) =>
        signal?.addEventListener('abort', () => {
          isAborted = true;
          reject(new Error('aborted'));
        }),
      );
    });
    asking.start();
    await h.clock.advance(0);
    asking.dispose();
    await h.clock.advance(MINUTE);
    assert.ok(isAborted);
    assert.equal(h.gateway.connections.length, 1);
    asking.start();
    assert.equal(asking.state.kind, 'stopped');
  });
});
