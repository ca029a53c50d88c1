import assert from 'node:assert/strict';
import { type Log } from '../../../src/base/log';
import { Redactor } from '../../../src/base/redact';
import { MemoryStore, openSecretStore, type SecretStore } from '../../../src/keychain';
import { FakeClock } from '../fakeClock';
import { FakeKeychain } from './fakeKeychain';

const LOCKED = 'refuse Cannot create an item in a locked collection';

describe('openSecretStore', function () {
  this.timeout(20_000);
  let keychain: FakeKeychain;
  let opened: SecretStore | undefined;
  const lines: string[] = [];
  const log: Log = {
    debug: (line) => lines.push(line),
    info: (line) => lines.push(line),
    warn: (line) => lines.push(line),
    error: (line) => lines.push(String(line)),
  };

  beforeEach(() => {
    keychain = new FakeKeychain();
    lines.length = 0;
  });

  afterEach(async () => {
    await opened?.dispose();
    keychain.dispose();
  });

  async function open(o: { fallback?: SecretStore; redactor?: Redactor } = {}) {
    const result = await openSecretStore({
      helperPath: keychain.helperPath,
      log,
      redactor: o.redactor ?? new Redactor(),
      clock: new FakeClock(),
      ...(o.fallback && { fallback: o.fallback }),
    });
    opened = result.store;
    return result;
  }

  it('takes the keychain when it keeps a value, and leaves no trace of trying', async () => {
    const { store, reason } = await open({ fallback: new VsCodeStore() });
    assert.equal(store.kind, 'keychain');
    assert.equal(reason, undefined);
    assert.deepEqual(keychain.entries, {});
    await store.set('app/1/jwt', 'header.payload.signature');
    const names = Object.keys(keychain.entries);
    assert.ok(names.every((name) => name.startsWith('bot-channel-workbench/app/1/jwt')));
    assert.doesNotMatch(JSON.stringify(keychain.entries), /payload/);
  });

  it('takes the fallback when the keychain is locked, and says why', async () => {
    keychain.misbehave(LOCKED);
    const { store, reason } = await open({ fallback: new VsCodeStore() });
    assert.equal(store.kind, 'secretStorage');
    assert.equal(reason, 'The keychain is locked; secrets are kept by VS Code instead.');
    await store.set('s', 'value');
    assert.equal(await store.get('s'), 'value');
    assert.deepEqual(keychain.entries, {});
  });

  it('brings home to the keychain what the fallback had to keep', async () => {
    const fallback = new VsCodeStore();
    keychain.misbehave(LOCKED);
    const before = await open({ fallback });
    await before.store.set('s', 'a value');
    const after = await open({ fallback });
    assert.equal(after.store.kind, 'keychain');
    assert.equal(await after.store.get('s'), 'a value');
    assert.equal(await fallback.get('s'), undefined);
  });

  it('takes the memory when there is no fallback or the fallback is broken', async () => {
    keychain.misbehave(LOCKED);
    const { store, reason } = await open();
    assert.equal(store.kind, 'memory');
    assert.match(reason!, /^The keychain is locked; .* in memory and forgotten at the end\.$/);

    keychain.misbehave(LOCKED);
    const fallback = new VsCodeStore();
    fallback.set = () => Promise.reject(new Error('planted-secret'));
    assert.equal((await open({ fallback })).store.kind, 'memory');
    assert.doesNotMatch(lines.join('\n'), /planted-secret/);
  });

  it('does not trust a keychain that ends its helper', async () => {
    keychain.misbehave('crash', 'crash');
    const { store, reason } = await open();
    assert.equal(store.kind, 'memory');
    assert.match(reason!, /ended unexpectedly;/);
  });

  it('teaches the redactor every value that passes and logs none', async () => {
    const writing = new Redactor();
    const { store } = await open({ redactor: writing });
    await store.set('s', 'planted-secret-1');
    assert.equal(writing.redact('x planted-secret-1 y'), 'x ••• y');
    await store.dispose();

    const reading = new Redactor();
    keychain.misbehave('none', 'none', 'none', 'crash');
    const again = await open({ redactor: reading });
    assert.equal(await again.store.get('s'), 'planted-secret-1');
    assert.equal(reading.redact('planted-secret-1'), '•••');
    assert.doesNotMatch(lines.join('\n'), /planted/);
  });
});

class VsCodeStore extends MemoryStore {
  override readonly kind = 'secretStorage';
}
