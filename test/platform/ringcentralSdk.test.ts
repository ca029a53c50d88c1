import assert from 'node:assert/strict';
import { SDK } from '@ringcentral/sdk';
import { Subscriptions } from '@ringcentral/subscriptions';
import type { Simulator } from '../../src/simulator';
import { command, consent, POSTS, practise } from './practice';

/** The official SDK as it comes from the registry; each test has a token store of its own. */
describe('RingCentral on the practice platform, spoken to by @ringcentral/sdk', () => {
  let simulator: Simulator;
  let sdks = 0;
  before(async () => {
    simulator = await practise();
  });
  after(() => simulator.close());
  beforeEach(() => command(simulator, 'rateLimits', {}));

  function sdk(extra: Record<string, unknown> = {}): SDK {
    const { server, clientId, clientSecret, redirectUri } = simulator.details();
    sdks += 1;
    return new SDK({
      server,
      clientId,
      clientSecret,
      redirectUri,
      cachePrefix: `practice-${process.pid}-${sdks}-`,
      refreshDelayMs: 1,
      ...extra,
    });
  }
  const json = async (response: Response): Promise<Record<string, never>> =>
    (await response.json()) as Record<string, never>;

  async function signIn(client: SDK): Promise<ReturnType<SDK['platform']>> {
    const platform = client.platform();
    const url = platform.loginUrl({ usePKCE: true, state: 'from-the-sdk' });
    const { redirect } = await consent(url);
    const answer = platform.parseLoginRedirect(redirect!.search) as Record<string, string>;
    assert.equal(answer.state, 'from-the-sdk');
    await platform.login({ code: answer.code! });
    return platform;
  }

  it('logs in by code with PKCE, refreshes, posts and lists', async () => {
    const platform = await signIn(sdk());
    const before = await platform.auth().data();
    assert.equal(before.token_type, 'bearer');
    await platform.refresh();
    assert.notEqual((await platform.auth().data()).access_token, before.access_token);

    const path = `/team-messaging/v1/chats/${simulator.details().chatId}/posts`;
    const made = await platform.post(path, { text: 'Posted by the SDK' });
    assert.equal(made.status, 201);
    const list = (await json(await platform.get(path, { recordCount: 1 }))) as unknown as {
      records: { text: string }[];
    };
    assert.deepEqual(
      list.records.map(({ text }) => text),
      ['Posted by the SDK'],
    );
    await platform.logout();
  });

  it('logs in as an app without a secret', async () => {
    const client = sdk({ clientId: simulator.details().publicClientId, clientSecret: '' });
    const platform = await signIn(client);
    assert.equal((await platform.get('/restapi/v1.0/account/~/extension/~')).status, 200);
    await platform.refresh();
  });

  it('hears of a refusal by parseLoginRedirect', async () => {
    const platform = sdk().platform();
    const { redirect } = await consent(platform.loginUrl({ usePKCE: true }), { decision: 'deny' });
    assert.throws(() => platform.parseLoginRedirect(redirect!.search), /denied/);
  });

  it('logs in by JWT, refreshes after a 401 by itself and logs out', async () => {
    const platform = sdk().platform();
    await platform.login({ jwt: simulator.details().jwt });
    await command(simulator, 'failNext', { status: 401, path: '/restapi/v1.0/account' });
    const me = await platform.get('/restapi/v1.0/account/~/extension/~');
    assert.equal(me.status, 200);
    await platform.logout();
    assert.equal(await platform.loggedIn(), false);
  });

  it('reads the message and the status of an error', async () => {
    const platform = sdk().platform();
    await platform.login({ jwt: simulator.details().jwt });
    await assert.rejects(platform.get('/team-messaging/v1/chats/1'), (error: Error) => {
      assert.match(error.message, /Resource for parameter \[chatId\] is not found/);
      assert.equal((error as Error & { response: Response }).response.status, 404);
      return true;
    });
  });

  it('receives PostAdded with @ringcentral/subscriptions', async () => {
    const client = sdk();
    await client.platform().login({ jwt: simulator.details().jwt });
    const subscriptions = new Subscriptions({ sdk: client });
    const subscription = subscriptions.createSubscription().setEventFilters([POSTS]);
    const heard = new Promise<Record<string, Record<string, unknown>>>((resolve) => {
      subscription.on(subscription.events.notification, resolve);
    });
    const registered = await subscription.register();
    await command(simulator, 'post', { text: 'Does the SDK hear this?' });
    const event = await heard;
    assert.equal(event.event, POSTS);
    assert.equal(event.body!.eventType, 'PostAdded');
    assert.equal(event.body!.text, 'Does the SDK hear this?');
    // Only the extension behind the subscription can end its socket and its timers.
    await (registered as unknown as { wse: { revoke(): Promise<void> } }).wse.revoke();
  });
});
