import assert from 'node:assert/strict';
import { RequestWindow } from '../../../src/ringcentral/requestWindow';

describe('RequestWindow', () => {
  it('lets as many through in a window as the limit says, and the next when the oldest has left it', () => {
    const window = new RequestWindow(3, 60_000);
    for (const at of [0, 10_000, 20_000]) {
      assert.equal(window.waitMs(at), 0);
      window.take(at);
    }
    assert.equal(window.waitMs(30_000), 30_000);
    assert.equal(window.waitMs(60_000), 0);
    window.take(60_000);
    assert.equal(window.waitMs(60_000), 10_000);
  });

  it('keeps a pause the server asked for, and the longer of two', () => {
    const window = new RequestWindow(5, 60_000);
    window.bar(0, 40_000);
    window.bar(1_000, 5_000);
    assert.equal(window.waitMs(10_000), 30_000);
    assert.equal(window.waitMs(40_000), 0);
  });

  it('is not shut for hours by a clock that was set back', () => {
    const window = new RequestWindow(1, 60_000);
    window.take(7_200_000);
    assert.equal(window.waitMs(0), 0);
  });
});
