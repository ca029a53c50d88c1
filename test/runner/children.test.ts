import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { findCommand } from '../../host/commands.mjs';
import { Children } from '../../host/children.mjs';
import { Problem } from '../../host/problem.mjs';
import { Steps } from '../../host/steps.mjs';
import { skipBecause } from '../skip';
import { ROOT } from './programs';

/** A process that starts one that ignores SIGTERM, prints both ids and waits. */
const STUBBORN = `
  const { spawn } = require('node:child_process');
  const sleep = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')";
  const child = spawn(process.execPath, ['-e', sleep], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.once('data', () => console.log(process.pid, child.pid));
  setInterval(() => {}, 1000);`;

/** A process that ended may stay in the list until somebody asks for it. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc') || !readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
  } catch {
    return false;
  }
}

async function startStubborn(children: Children): Promise<number[]> {
  const child = children.start(process.execPath, ['-e', STUBBORN]);
  const line = await new Promise<string>((resolve) => {
    child.process.stdout?.setEncoding('utf8').once('data', resolve);
  });
  return line.trim().split(' ').map(Number);
}

describe('processes that this project starts', function () {
  this.timeout(20_000);

  it('end with all that they started, also what ignores SIGTERM', async () => {
    const children = new Children({ patienceMs: 300 });
    const pids = await startStubborn(children);
    assert.deepEqual(pids.map(isAlive), [true, true]);
    await children.stopAll();
    assert.deepEqual(pids.map(isAlive), [false, false]);
  });

  it('end when this project is killed and can end nobody itself', async function () {
    if (!findCommand('setpriv')) skipBecause(this, 'this machine has no setpriv');
    const children = JSON.stringify(path.join(ROOT, 'host/children.mjs'));
    const parent = spawn(process.execPath, [
      '-e',
      `import(${children}).then(({ Children }) => {
         const forever = ['-e', 'setInterval(() => {}, 1000)'];
         console.log(new Children().start(process.execPath, forever).process.pid);
       })`,
    ]);
    const line = await new Promise<Buffer>((resolve) => parent.stdout.once('data', resolve));
    const pid = Number(line.toString());
    assert.equal(isAlive(pid), true);
    parent.kill('SIGKILL');
    for (let tries = 0; isAlive(pid) && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal(isAlive(pid), false);
  });

  it('are not started any more once it is over', async () => {
    const children = new Children();
    await children.stopAll();
    assert.throws(() => children.start(process.execPath, ['-e', '']), Problem);
  });
});

describe('a step', () => {
  const children = new Children();
  const quiet = new Steps({ children, out: new PassThrough().resume() });

  it('gives what the command wrote', async () => {
    assert.equal(await quiet.run(process.execPath, ['-p', '1 + 1']), '2\n');
  });

  it('fails with the last lines of the command', async () => {
    await assert.rejects(
      quiet.run(process.execPath, ['-e', 'console.error("what went wrong"); process.exit(3)']),
      (error: Problem) => error.message.includes('code 3') && error.tail === 'what went wrong',
    );
  });

  it('says which command is not installed', async () => {
    await assert.rejects(quiet.run('no-such-command', []), /"no-such-command" is not installed/);
  });

  it('stops a command that takes too long', async () => {
    const forever = ['-e', 'setInterval(() => {}, 1000)'];
    await assert.rejects(
      quiet.run(process.execPath, forever, { limitMs: 200 }),
      /still running after 0.2 s and was stopped/,
    );
  });

  it('is told in one line with its outcome', async () => {
    const out = new PassThrough();
    const steps = new Steps({ children, out });
    await steps.step('Doing this', () => Promise.resolve());
    await assert.rejects(steps.step('Doing that', () => Promise.reject(new Problem('No.'))));
    out.end();
    assert.match(await text(out), /^✓ Doing this \(0\.\d s\)\n✗ Doing that \(0\.\d s\)\n$/);
  });
});
