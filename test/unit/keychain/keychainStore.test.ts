import assert from 'node:assert/strict';
import { HumanError } from '../../../src/base/humanError';
import { silentLog } from '../../../src/base/log';
import { CHUNK_LENGTH } from '../../../src/keychain/chunks';
import { KeychainStore } from '../../../src/keychain/keychainStore';
import { FakeEntries, refused } from './fakeEntries';

function setUp() {
  const entries = new FakeEntries();
  const store = new KeychainStore(entries, silentLog);
  const other = new KeychainStore(entries, silentLog);
  return { entries, store, other };
}

const LONG = 'Grüße ✓ '.repeat(700);

describe('KeychainStore', () => {
  it('gives back what it was given: long, short, empty, with zero bytes and any letters', async () => {
    const { store } = setUp();
    for (const value of [LONG, 'x', '', 'a\0b', '💬\n', '{"a":1}']) {
      await store.set('app/1/session', value);
      assert.equal(await store.get('app/1/session'), value);
    }
  });

  it('writes no piece longer than a Windows credential and nothing readable', async () => {
    const { entries, store } = setUp();
    await store.set('s', LONG);
    const pieces = [...entries.kept].filter(([name]) => name.startsWith('s#'));
    assert.ok(pieces.length > 5);
    for (const [, piece] of pieces) {
      assert.ok(piece.length <= CHUNK_LENGTH);
      assert.doesNotMatch(piece, /Gr/);
    }
  });

  it('writes the manifest after the pieces and removes the old generation after that', async () => {
    const { entries, store } = setUp();
    await store.set('s', 'first value');
    entries.calls.length = 0;
    await store.set('s', 'second value');
    const order = entries.calls.map((call) => call.replace(/#\w+/, '#'));
    assert.deepEqual(order, ['get s', 'set s#.0', 'set s', 'delete s#.0']);
    assert.equal(entries.kept.size, 2);
  });

  it('says whether there was something to delete, and leaves nothing behind', async () => {
    const { entries, store } = setUp();
    assert.equal(await store.delete('s'), false);
    await store.set('s', LONG);
    assert.equal(await store.delete('s'), true);
    assert.equal(await store.get('s'), undefined);
    assert.equal(entries.kept.size, 0);
  });

  it('never takes a locked keychain for an empty one', async () => {
    const { entries, store } = setUp();
    await store.set('s', 'value');
    entries.locked = true;
    await assert.rejects(store.get('s'), /locked/);
    await assert.rejects(store.delete('s'), /locked/);
    await assert.rejects(store.set('s', 'other'), /locked/);
    entries.locked = false;
    assert.equal(await store.get('s'), 'value');
  });

  it('keeps the old value when the new one cannot be written to its end', async () => {
    const { entries, store } = setUp();
    await store.set('s', 'old');
    let writes = 0;
    entries.before = ({ op }) => {
      if (op === 'set' && ++writes === 3) throw refused('full');
    };
    await assert.rejects(store.set('s', LONG), /full/);
    entries.before = () => undefined;
    assert.equal(await store.get('s'), 'old');
    assert.equal(entries.kept.size, 2, 'the pieces of the new one are gone');
  });

  it('reads again when another window replaces the value while it is read', async () => {
    const { entries, store, other } = setUp();
    await store.set('s', 'old');
    const old = new Map(entries.kept);
    await other.set('s', 'new');
    const fresh = new Map(entries.kept);
    // As if the other window wrote between the manifest and the first piece.
    entries.kept.clear();
    for (const [name, value] of old) entries.kept.set(name, value);
    entries.before = ({ account }) => {
      if (!account.startsWith('s#')) return;
      entries.kept.clear();
      for (const [name, value] of fresh) entries.kept.set(name, value);
    };
    assert.equal(await store.get('s'), 'new');
  });

  for (const [what, damage] of [
    ['a piece is missing', (kept) => kept.delete(piece(kept))],
    ['a piece was changed', (kept) => kept.set(piece(kept), 'AAAA')],
    ['the manifest is no manifest', (kept) => kept.set('s', '{"generation":"zz"}')],
    ['the manifest is a plain text', (kept) => kept.set('s', 'hunter2')],
  ] as [string, (kept: Map<string, string>) => void][]) {
    it(`says that a secret is damaged when ${what}, and takes a new one`, async () => {
      const { entries, store } = setUp();
      await store.set('s', LONG);
      damage(entries.kept);
      await assert.rejects(store.get('s'), (error: unknown) => {
        assert.ok(error instanceof HumanError);
        assert.match(error.toLine(), /“s”.*damaged/);
        assert.doesNotMatch(error.toLine(), /hunter2/);
        return true;
      });
      await store.set('s', 'anew');
      assert.equal(await store.get('s'), 'anew');
    });
  }

  it('lets two writers at once end with one of the two values, whole', async () => {
    const { store, other } = setUp();
    await Promise.all([store.set('s', LONG), other.set('s', LONG.toUpperCase())]);
    const value = await store.get('s');
    assert.ok(value === LONG || value === LONG.toUpperCase());
  });

  it('does one thing after the other', async () => {
    const { store } = setUp();
    const results = await Promise.all([
      store.set('s', 'one'),
      store.get('s'),
      store.set('s', 'two'),
      store.get('s'),
      store.delete('s'),
      store.get('s'),
    ]);
    assert.deepEqual(results, [undefined, 'one', undefined, 'two', true, undefined]);
  });

  it('is trusted only after a value came back as it was written', async () => {
    const { entries, store } = setUp();
    await store.probe();
    assert.equal(entries.kept.size, 0);
    entries.before = () => entries.kept.clear();
    await assert.rejects(store.probe(), /does not give back/);
  });
});

function piece(kept: Map<string, string>): string {
  return [...kept.keys()].find((name) => name.startsWith('s#'))!;
}
