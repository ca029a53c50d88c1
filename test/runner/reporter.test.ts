import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { judge } from '../results.mjs';
import { inFolder, ROOT, run } from './programs';

const MOCHA = path.join(ROOT, 'node_modules/mocha/bin/mocha.js');
const SKIP = JSON.stringify(path.join(ROOT, 'test/skip'));

/** What the driver makes of a mocha run over this test file. */
function judged(source: string): Promise<ReturnType<typeof judge>> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'one.test.ts');
    const report = path.join(folder, 'report.ndjson');
    await writeFile(file, source);
    const { code, output } = await run([
      ...[MOCHA, '--import=tsx', '--reporter', path.join(ROOT, 'test/reporter.js')],
      ...['--reporter-option', `report=${report}`, file],
    ]);
    const text = await readFile(report, 'utf8').catch(() => undefined);
    return judge('suite', { report: text, code, output });
  });
}

describe('a mocha run as the driver sees it', function () {
  this.timeout(30_000);

  it('passes, fails and skips one by one, each skip with its reason', async () => {
    const result = await judged(`
      const { skipBecause } = require(${SKIP});
      describe('a', () => {
        it('passes', () => {});
        it('fails', () => { throw new Error('for a reason'); });
        it('skips', function () { skipBecause(this, 'no reason to run'); });
        describe('b', () => {
          before(function () { skipBecause(this, 'no b here'); });
          it('is not run', () => {});
          it('is not run either', () => {});
        });
      });`);
    assert.equal(result.passed, 1);
    assert.deepEqual(
      result.failures.map(({ title }) => title),
      ['a fails'],
    );
    assert.match(result.failures[0]!.error, /Error: for a reason/);
    assert.deepEqual(result.skips, [
      { title: 'a skips', reason: 'no reason to run' },
      { title: 'a b is not run', reason: 'no b here' },
      { title: 'a b is not run either', reason: 'no b here' },
    ]);
  });

  it('is red when a test ends the process', async () => {
    const result = await judged(`it('leaves', () => process.exit(0));`);
    assert.match(result.failures[0]!.error, /^It ended in the middle with code 0, during "leaves"/);
  });

  it('is red when the file has a syntax error', async () => {
    const result = await judged(`it('is broken', () => {`);
    assert.match(result.failures[0]!.error, /left no report/);
  });

  it('is red when the file has no tests', async () => {
    const result = await judged(`export {};`);
    assert.match(result.failures[0]!.error, /^It ran no tests/);
  });
});
