import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MINIMUM } from '../../host/vscode.mjs';
import { inFolder, ROOT, run, type Ended } from './programs';

const HARNESS = path.join(ROOT, 'test/vscode/harness');
const CODE = path.join(ROOT, 'host/code.mjs');
const PATIENT_MS = 60_000;
const SHORT_MS = 12_000;

/** Runs this source as a tests entry inside a real VS Code. */
function inVSCode(source: string, limitMs = PATIENT_MS): Promise<Ended & { left: string[] }> {
  return inFolder(async (folder) => {
    const tests = path.join(folder, 'tests.js');
    await writeFile(tests, source);
    const args = [`--extensionDevelopmentPath=${HARNESS}`, `--extensionTestsPath=${tests}`];
    const ended = await run([CODE, ...args], {
      env: {
        BOT_CHANNELS_VSCODE: MINIMUM,
        BOT_CHANNELS_VSCODE_LIMIT: String(limitMs),
        TMPDIR: folder,
      },
    });
    return { ...ended, left: (await readdir(folder)).filter((name) => name !== 'tests.js') };
  });
}

const HANG = 'a promise that never settles';

const cases: Record<string, { source: string; code: number; said?: RegExp; limitMs?: number }> = {
  'a run() that ends well': {
    source: `exports.run = async () => {
      const { version } = require('vscode');
      if (version !== '${MINIMUM}') throw new Error(version);
    }`,
    code: 0,
  },
  'a failing test': {
    source: `exports.run = async () => { throw new Error('one test failed'); }`,
    code: 1,
    said: /one test failed/,
  },
  'an error at load': {
    source: `throw new Error('thrown at load')`,
    code: 1,
    said: /thrown at load/,
  },
  'a syntax error': { source: `exports.run = async ( => 1`, code: 1, said: /SyntaxError/ },
  'a missing run()': { source: `exports.go = () => 1`, code: 1, said: /exports no run\(\)/ },
  'process.exit(0)': {
    source: `exports.run = () => process.exit(0)`,
    code: 1,
    said: /ended before run\(\) did/,
  },
  'an extension host that is killed': {
    source: `exports.run = () => { process.kill(process.pid, 'SIGKILL'); return new Promise(() => {}); }`,
    code: 1,
    said: /ended before run\(\) did/,
  },
  [HANG]: {
    source: `exports.run = () => new Promise(() => {})`,
    code: 1,
    said: /still busy after 12000 ms/,
    limitMs: SHORT_MS,
  },
};

describe('tests inside VS Code', function () {
  this.timeout(180_000);
  const ended = new Map<string, Awaited<ReturnType<typeof inVSCode>>>();

  // Most of the time each of them waits for another process: so a few at once.
  before(async () => {
    const waiting = Object.entries(cases);
    const work = async (): Promise<void> => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const [what, { source, limitMs }] = next;
        ended.set(what, await inVSCode(source, limitMs));
      }
    };
    await Promise.all([work(), work(), work()]);
  });

  for (const [what, { code, said }] of Object.entries(cases)) {
    it(`are ${code === 0 ? 'green' : 'red'} by ${what}, and leave nothing behind`, () => {
      const { code: actual, output, left } = ended.get(what)!;
      assert.equal(actual, code, output);
      if (said) assert.match(output, said);
      assert.deepEqual(left, []);
    });
  }
});
