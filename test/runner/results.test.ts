import assert from 'node:assert/strict';
import { countsOf, failed, judge, skipped, summary, WHOLE } from '../results.mjs';

const lines = (...events: object[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');
const good = lines({ begin: 'a b' }, { pass: 'a b', ms: 1 }, { end: true });

function wrong(ending: Parameters<typeof judge>[1]): string {
  const { failures } = judge('suite', ending);
  assert.equal(failures.length, 1);
  assert.equal(failures[0]!.title, WHOLE);
  return failures[0]!.error;
}

describe('judging a suite', () => {
  it('is green when the report is complete and the process ended well', () => {
    const result = judge('suite', { report: good, code: 0 });
    assert.deepEqual(result, { name: 'suite', passed: 1, failures: [], skips: [] });
  });

  it('counts failures and skips with their reasons', () => {
    const report = lines(
      { fail: 'a', error: 'Error: no' },
      { skip: 'b', reason: 'no network' },
      { end: true },
    );
    const result = judge('suite', { report, code: 1 });
    assert.deepEqual(result.failures, [{ title: 'a', error: 'Error: no' }]);
    assert.deepEqual(result.skips, [{ title: 'b', reason: 'no network' }]);
    assert.equal(countsOf(result), '0 passed, 1 failed, 1 skipped');
  });

  it('is red when no test ran, even if the process ended well', () => {
    assert.equal(wrong({ report: lines({ end: true }), code: 0 }), 'It ran no tests.');
  });

  it('is red without a report', () => {
    assert.equal(wrong({ code: 0 }), 'It ended with code 0 and left no report.');
    assert.match(wrong({ report: '', code: 1 }), /^It ended in the middle with code 1\.$/);
  });

  it('is red when the report cannot be read', () => {
    assert.match(wrong({ report: `${good}{"pass":`, code: 0 }), /^Its report cannot be read/);
    assert.match(wrong({ report: 'not JSON', code: 0 }), /^Its report cannot be read/);
  });

  it('names the test during which the suite died', () => {
    const report = lines({ begin: 'a b' }, { pass: 'a b' }, { begin: 'a c' });
    assert.equal(
      wrong({ report, code: null, signal: 'SIGKILL' }),
      'It ended in the middle with signal SIGKILL, during "a c".',
    );
  });

  it('names the test during which the suite hung, or says that it did not end', () => {
    const report = lines({ begin: 'a c' });
    assert.match(wrong({ report, code: null, lateMs: 5000 }), /after 5 s, during "a c"/);
    assert.match(wrong({ report: good, code: null, lateMs: 5000 }), /after its last test/);
  });

  it('is red when all tests passed and the process still ended badly', () => {
    assert.match(wrong({ report: good, code: 7 }), /^No test failed, yet it ended with code 7/);
  });

  it('shows the last output of a suite that died', () => {
    assert.match(wrong({ code: 1, output: 'SyntaxError: here' }), /\nSyntaxError: here$/);
  });
});

describe('the sum of all suites', () => {
  const passed = judge('unit', { report: good, code: 0 });

  it('ends with one line and is good when nothing failed', () => {
    const { isGood, text } = summary([passed, skipped('ui', 'no browser')]);
    assert.equal(isGood, true);
    assert.equal(text.split('\n').at(-1), '1 passed, 0 failed, 1 skipped');
    assert.match(text, /SKIPPED ui: .*no browser/);
  });

  it('is bad when anything failed, and shows it', () => {
    const { isGood, text } = summary([passed, failed('build', 'two\nlines')]);
    assert.equal(isGood, false);
    assert.match(text, /FAILED build: .*\n {4}two\n {4}lines\n1 passed, 1 failed, 0 skipped$/);
  });

  it('is bad when there was nothing at all', () => {
    assert.deepEqual(summary([]), { isGood: false, text: '0 passed, 0 failed, 0 skipped' });
  });
});
