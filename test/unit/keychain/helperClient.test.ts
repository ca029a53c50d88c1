import assert from 'node:assert/strict';
import { HumanError } from '../../../src/base/humanError';
import { silentLog } from '../../../src/base/log';
import { Redactor } from '../../../src/base/redact';
import { HelperClient } from '../../../src/keychain/helperClient';
import { FakeClock } from '../fakeClock';
import { FakeKeychain } from './fakeKeychain';

describe('HelperClient', function () {
  this.timeout(20_000);
  let keychain: FakeKeychain;
  let clock: FakeClock;
  let client: HelperClient;

  beforeEach(() => {
    keychain = new FakeKeychain();
    clock = new FakeClock();
    client = newClient(keychain.helperPath);
  });

  afterEach(() => {
    client.dispose();
    keychain.dispose();
    assert.equal(clock.pending, 0);
  });

  function newClient(helperPath: string): HelperClient {
    return new HelperClient({
      helperPath,
      service: 'tests',
      clock,
      log: silentLog,
      redactor: new Redactor(),
    });
  }

  it('speaks to one helper process for many calls', async () => {
    assert.equal(await client.call({ op: 'get', account: 'a' }), null);
    assert.equal(await client.call({ op: 'set', account: 'a', value: 'v' }), true);
    const both = [
      client.call({ op: 'get', account: 'a' }),
      client.call({ op: 'get', account: 'b' }),
    ];
    assert.deepEqual(await Promise.all(both), ['v', null]);
    assert.equal(await client.call({ op: 'delete', account: 'a' }), true);
    assert.deepEqual(keychain.entries, {});
    assert.equal(keychain.starts.length, 1);
  });

  it('gives the helper nothing of the editor’s environment', async () => {
    Object.assign(process.env, { VSCODE_PID: '1', NODE_OPTIONS: '--no-warnings' });
    try {
      await client.call({ op: 'get', account: 'a' });
    } finally {
      delete process.env.VSCODE_PID;
      delete process.env.NODE_OPTIONS;
    }
    const env = keychain.starts[0]!;
    assert.equal(env.ELECTRON_RUN_AS_NODE, '1');
    assert.equal(env.VSCODE_PID, undefined);
    assert.equal(env.NODE_OPTIONS, undefined);
    assert.equal(env.PATH, process.env.PATH);
  });

  for (const fault of ['hang', 'spin']) {
    it(`kills a helper that does not answer (${fault}) and starts another for the next call`, async () => {
      await client.call({ op: 'get', account: 'a' });
      keychain.misbehave(fault);
      const call = client.call({ op: 'get', account: 'a' });
      const refusal = assert.rejects(call, (error: unknown) => {
        assert.ok(error instanceof HumanError);
        assert.match(error.toLine(), /within 3 s.*Unlock/);
        return true;
      });
      await keychain.misbehaved();
      await clock.advance(3_000);
      await refusal;
      keychain.misbehave();
      assert.equal(await client.call({ op: 'get', account: 'a' }), null);
      assert.equal(keychain.starts.length, 2);
    });
  }

  it('waits longer for a call that a person started, who may have to unlock the keychain', async () => {
    await client.call({ op: 'get', account: 'a' });
    keychain.misbehave('hang');
    let outcome = 'waiting';
    const call = client
      .call({ op: 'get', account: 'a' }, { startedBy: 'person' })
      .catch(() => (outcome = 'given up'));
    await clock.advance(59_000);
    assert.equal(outcome, 'waiting');
    await clock.advance(1_000);
    await call;
    assert.equal(outcome, 'given up');
  });

  for (const fault of ['crash', 'exit']) {
    it(`asks a new helper when the first one ends in mid-call (${fault})`, async () => {
      await client.call({ op: 'set', account: 'a', value: 'v' });
      keychain.misbehave(fault);
      assert.equal(await client.call({ op: 'get', account: 'a' }), 'v');
      assert.equal(keychain.starts.length, 2);
    });
  }

  it('gives up with a sentence when the helper ends every time', async () => {
    keychain.misbehave('crash', 'crash', 'crash');
    await assert.rejects(client.call({ op: 'get', account: 'a' }), (error: unknown) => {
      assert.ok(error instanceof HumanError);
      assert.match(error.message, /ended unexpectedly/);
      return true;
    });
    keychain.misbehave();
    assert.equal(await client.call({ op: 'get', account: 'a' }), null);
  });

  it('gives up with a sentence when the helper is not there', async () => {
    const lost = newClient('/nowhere/helper.js');
    await assert.rejects(lost.call({ op: 'get', account: 'a' }), HumanError);
    lost.dispose();
  });

  it('starts anew when the keychain service was restarted under the helper', async () => {
    await client.call({ op: 'set', account: 'a', value: 'v' });
    keychain.misbehave('refuse The session wrapping the secret does not exist');
    assert.equal(await client.call({ op: 'get', account: 'a' }), 'v');
    assert.equal(keychain.starts.length, 2);
  });

  it('says in plain words what the system meant', async () => {
    const meanings: [string, RegExp][] = [
      ['Cannot autolaunch D-Bus without X11 $DISPLAY', /no D-Bus/],
      ['Could not connect: No such file or directory', /no D-Bus/],
      ['The name org.freedesktop.secrets was not provided by any .service files', /No keychain/],
      ['Cannot create an item in a locked collection', /is locked/],
      [
        'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
        /no login collection/,
      ],
      ['Failed to load keytar native addon, checked []', /could not be loaded/],
      ['Something new.', /refused: Something new\.$/],
    ];
    for (const [message, sentence] of meanings) {
      keychain.misbehave(`refuse ${message}`);
      await assert.rejects(client.call({ op: 'get', account: 'a' }), (error: unknown) => {
        assert.ok(error instanceof HumanError);
        assert.match(error.message, sentence);
        return true;
      });
    }
    assert.equal(keychain.starts.length, 1);
  });

  it('is not put off by answers to nobody', async () => {
    keychain.misbehave('nonsense');
    assert.equal(await client.call({ op: 'get', account: 'a' }), null);
  });

  it('answers a call that waits when it is disposed, and every later one', async () => {
    await client.call({ op: 'get', account: 'a' });
    keychain.misbehave('hang');
    const waiting = assert.rejects(client.call({ op: 'get', account: 'a' }), HumanError);
    client.dispose();
    await waiting;
    await assert.rejects(client.call({ op: 'get', account: 'a' }), HumanError);
    assert.equal(keychain.starts.length, 1);
  });
});
