import assert from 'node:assert/strict';
import type { HumanError } from '../../../src/base/humanError';
import { silentLog } from '../../../src/base/log';
import { GatewaySocket, RingCentralClient } from '../../../src/ringcentral';
import type { GatewayEvent, GatewayState } from '../../../src/ringcentral';
import { FakeClock } from '../fakeClock';
import { FakeGateway, FakeHttp, SERVER, type FakeConnection } from './fakes';

export const FILTER = '/team-messaging/v1/posts';
export const TOKEN = /wstoken$/;
export const MINUTE = 60_000;

/** A GatewaySocket whose time, network and server are the test's. */
export class GatewayHarness {
  readonly clock = new FakeClock();
  readonly http = new FakeHttp();
  readonly gateway = new FakeGateway();
  readonly states: GatewayState[] = [];
  readonly events: GatewayEvent[] = [];
  readonly socket: GatewaySocket;
  /** Tokens given out so far. */
  tokens = 0;

  constructor() {
    this.http.on('POST', TOKEN, () => this.token());
    this.socket = this.make();
  }

  token(): unknown {
    return { uri: 'wss://gw.example/ws', ws_access_token: `ws-${++this.tokens}`, expires_in: 30 };
  }

  client(): RingCentralClient {
    const { http } = this;
    return new RingCentralClient({ http, server: SERVER, accessToken: () => Promise.resolve('t') });
  }

  make(client = this.client()): GatewaySocket {
    const made = new GatewaySocket({
      client,
      clock: this.clock,
      log: silentLog,
      eventFilters: [FILTER],
      dial: this.gateway.dial,
      random: () => 0,
    });
    made.onState((state) => this.states.push(state));
    made.onEvent((event) => this.events.push(event));
    return made;
  }

  dispose(): void {
    this.socket.dispose();
    assert.equal(this.clock.pending, 0, 'every timer is stopped');
  }

  /** Lets it ask for its token and dial, if it gets that far. */
  async begin(): Promise<void> {
    this.socket.start();
    await this.clock.advance(0);
  }

  async dialled(): Promise<FakeConnection> {
    await this.begin();
    return this.gateway.latest;
  }

  async live(): Promise<FakeConnection> {
    const connection = await this.dialled();
    connection.greetAndAccept();
    return connection;
  }

  /** What made it stop. */
  problem(): HumanError {
    const { state } = this.socket;
    assert.equal(state.kind, 'stopped');
    return state.problem ?? assert.fail('it stopped without a problem');
  }

  /** Milliseconds until it tries again. */
  wait(): number {
    const { state } = this.socket;
    assert.equal(state.kind, 'reconnecting', JSON.stringify(state));
    return state.nextAttemptAt - this.clock.now();
  }
}
