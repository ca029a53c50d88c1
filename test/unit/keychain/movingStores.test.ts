import assert from 'node:assert/strict';
import { silentLog } from '../../../src/base/log';
import { MemoryStore } from '../../../src/keychain';
import { KeychainOverFallback, StandInStore } from '../../../src/keychain/movingStores';

/** A keychain that comes and goes, over VS Code's store, as two runs of the editor see them. */
function setUp() {
  const keychain = new MemoryStore();
  const fallback = new MemoryStore();
  return {
    keychain,
    fallback,
    withKeychain: new KeychainOverFallback(keychain, fallback, silentLog),
    without: new StandInStore(fallback),
  };
}

describe('secrets while the keychain comes and goes', () => {
  it('moves what was written without the keychain into it, and leaves no copy', async () => {
    const { keychain, fallback, withKeychain, without } = setUp();
    await without.set('s', 'written without');
    assert.equal(await withKeychain.get('s'), 'written without');
    assert.equal(await keychain.get('s'), 'written without');
    assert.equal(await fallback.get('s'), undefined);
  });

  it('never lets an old token shadow the one that replaced it', async () => {
    const { withKeychain, without, fallback } = setUp();
    await withKeychain.set('s', 'first');
    await without.set('s', 'second');
    assert.equal(await withKeychain.get('s'), 'second');
    await without.set('s', 'third');
    await withKeychain.set('s', 'fourth');
    assert.equal(await fallback.get('s'), undefined);
    assert.equal(await withKeychain.get('s'), 'fourth');
  });

  it('does not bring back what was deleted without the keychain', async () => {
    const { keychain, fallback, withKeychain, without } = setUp();
    await withKeychain.set('s', 'signed in');
    await without.set('s', 'renewed');
    assert.equal(await without.delete('s'), true);
    assert.equal(await without.delete('s'), false);
    assert.equal(await without.get('s'), undefined);
    assert.equal(await withKeychain.get('s'), undefined);
    assert.equal(await keychain.get('s'), undefined);
    assert.equal(await fallback.get('s'), undefined);
  });

  it('deletes in both places and says whether there was one', async () => {
    const { keychain, withKeychain, without } = setUp();
    assert.equal(await withKeychain.delete('s'), false);
    await without.set('s', 'one');
    assert.equal(await withKeychain.delete('s'), true);
    await withKeychain.set('s', 'two');
    await without.delete('s');
    assert.equal(await withKeychain.delete('s'), false);
    assert.equal(await keychain.get('s'), undefined);
  });

  it('works on when the fallback cannot be read', async () => {
    const { fallback, withKeychain } = setUp();
    await withKeychain.set('s', 'value');
    fallback.get = () => Promise.reject(new Error('no storage'));
    assert.equal(await withKeychain.get('s'), 'value');
    await withKeychain.set('s', 'next');
    assert.equal(await withKeychain.get('s'), 'next');
  });
});
