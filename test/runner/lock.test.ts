import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { withLock } from '../../host/lock.mjs';
import { ROOT } from './programs';

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('a lock', () => {
  it('lets one work at a time, and the next one afterwards', async () => {
    const name = randomUUID();
    let inside = 0;
    let waited = 0;
    const work = async (): Promise<void> => {
      assert.equal(++inside, 1);
      await soon();
      inside--;
    };
    await Promise.all([1, 2, 3, 4].map(() => withLock(name, work, () => waited++)));
    assert.equal(waited, 3);
  });

  it('is given back when the work fails', async () => {
    const name = randomUUID();
    await assert.rejects(
      withLock(name, () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(await withLock(name, () => Promise.resolve('in')), 'in');
  });

  it('is given back when its holder is killed', async () => {
    const name = randomUUID();
    const lock = JSON.stringify(path.join(ROOT, 'host/lock.mjs'));
    const holder = spawn(process.execPath, [
      '-e',
      `import(${lock}).then(({ withLock }) => withLock('${name}', () => {
         console.log('in');
         return new Promise(() => setInterval(() => {}, 1000));
       }))`,
    ]);
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    let hasWaited = false;
    const waiting = withLock(
      name,
      () => Promise.resolve('mine'),
      () => {
        hasWaited = true;
        holder.kill('SIGKILL');
      },
    );
    assert.equal(await waiting, 'mine');
    assert.equal(hasWaited, true);
  });
});
