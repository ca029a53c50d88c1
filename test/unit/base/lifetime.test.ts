import assert from 'node:assert/strict';
import { DisposableStore, MutableDisposable } from '../../../src/base/lifetime';

describe('DisposableStore', () => {
  it('disposes at once, the newest first, and each only once', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add({ dispose: () => order.push('first') });
    store.add({ dispose: () => order.push('second') });
    void store.dispose();
    void store.dispose();
    assert.deepEqual(order, ['second', 'first']);
  });

  it('waits for what takes time', async () => {
    let isClosed = false;
    const store = new DisposableStore();
    store.add({
      dispose: () =>
        new Promise<void>((resolve) => setImmediate(resolve)).then(() => (isClosed = true)),
    });
    await store.dispose();
    assert.equal(isClosed, true);
  });

  it('disposes the others when one throws', async () => {
    let others = 0;
    const store = new DisposableStore();
    store.add({ dispose: () => others++ });
    store.add({
      dispose: () => {
        throw new Error('broken');
      },
    });
    store.add({ dispose: () => others++ });
    await store.dispose();
    assert.equal(others, 2);
  });

  it('disposes what is added too late', async () => {
    let isDisposed = false;
    const store = new DisposableStore();
    await store.dispose();
    store.add({ dispose: () => (isDisposed = true) });
    assert.equal(isDisposed, true);
  });
});

describe('MutableDisposable', () => {
  it('disposes the value before, and what is set after its own end', () => {
    const order: string[] = [];
    const slot = new MutableDisposable();
    slot.value = { dispose: () => order.push('one') };
    slot.value = { dispose: () => order.push('two') };
    assert.deepEqual(order, ['one']);
    slot.dispose();
    slot.value = { dispose: () => order.push('three') };
    assert.deepEqual(order, ['one', 'two', 'three']);
    assert.equal(slot.value, undefined);
  });
});
