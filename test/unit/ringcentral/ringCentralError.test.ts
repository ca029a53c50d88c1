import assert from 'node:assert/strict';
import { NetworkError } from '../../../src/http';
import { mayPass, readError, RingCentralError } from '../../../src/ringcentral';
import { explanationOf } from '../../../src/ringcentral/errorCodes';
import { answer } from './fakes';

describe('Errors of RingCentral', () => {
  it('reads the code of the first of the errors, not the older word at the top', () => {
    const error = readError(
      answer(400, {
        errorCode: 'InvalidParameter',
        message: 'Parameter [recordCount] value is invalid.',
        errors: [
          { errorCode: 'CMN-101', message: 'Parameter [recordCount] value is invalid.' },
          { errorCode: 'CMN-102' },
        ],
      }),
      'reading the posts',
    );
    assert.equal(error.code, 'CMN-101');
    assert.equal(error.status, 400);
    assert.equal(
      error.message,
      'RingCentral answered 400 while reading the posts: a parameter has a value that is not allowed' +
        ' (CMN-101, “Parameter [recordCount] value is invalid”).',
    );
  });

  it('reads the body of the OAuth endpoints, with and without a code of RingCentral', () => {
    const described = { error: 'invalid_grant', error_description: 'Redirect URIs do not match' };
    const coded = {
      ...described,
      errors: [{ errorCode: 'OAU-109', message: 'Redirect URIs do not match' }],
    };
    const error = readError(answer(400, coded), 'signing in');
    assert.equal(error.code, 'OAU-109');
    assert.match(error.message, /the redirect URI is not the one that was used to authorize/);
    assert.match(error.remedy, /Register exactly the redirect URI/);

    const plain = readError(answer(400, described), 'signing in');
    assert.equal(plain.code, 'invalid_grant');
    assert.match(plain.message, /“Redirect URIs do not match”/);
    assert.equal(plain.remedy, 'Sign in again.');
  });

  it('names the permission that is missing', () => {
    const missing = { errorCode: 'CMN-401', message: 'x', permissionName: 'TeamMessaging' };
    const error = readError(
      answer(403, { errorCode: 'InsufficientPermissions', errors: [missing] }),
      'posting',
    );
    assert.match(error.message, /the app lacks the permission TeamMessaging/);
    assert.match(error.remedy, /Add TeamMessaging to the app/);
  });

  it('takes the pause after 429 from Retry-After, in seconds or as a date, and 30 s without it', () => {
    const body = { errorCode: 'CMN-301', message: 'Request rate exceeded' };
    const pause = (headers: Record<string, string>): number | undefined =>
      readError(answer(429, body, headers), 'x').retryAfterMs;
    assert.equal(pause({ 'retry-after': '47' }), 47_000);
    assert.equal(pause({}), 30_000);
    const inAMinute = pause({ 'retry-after': new Date(Date.now() + 60_000).toUTCString() });
    assert.ok(inAMinute && inAMinute > 55_000 && inAMinute <= 60_000, String(inAMinute));
    assert.equal(readError(answer(400, body, { 'retry-after': '5' }), 'x').retryAfterMs, undefined);
  });

  it('knows the limit of posts a day, which comes as 500 and without a code', () => {
    const error = readError(
      answer(500, { message: 'You have exceeded your limits for this action' }),
      'posting',
    );
    assert.match(error.message, /limit of posts by API/);
  });

  it('says what it can of an answer that is no JSON, or has an unknown code', () => {
    const page = readError(answer(502, '<html>Bad gateway</html>'), 'reading');
    assert.equal(page.code, undefined);
    assert.match(page.message, /answered 502 while reading: the server had a fault of its own/);
    const unknown = readError(
      answer(418, { errorCode: 'TEA-001', message: 'Short and stout.' }),
      'brewing',
    );
    assert.equal(
      unknown.message,
      'RingCentral answered 418 while brewing: TEA-001, “Short and stout”.',
    );
    assert.match(readError(answer(404), 'reading').message, /it is not there/);
  });

  it('is not misled by names every object has', () => {
    assert.equal(explanationOf({ code: 'constructor' }), undefined);
    assert.equal(explanationOf({ code: 'toString' }), undefined);
  });

  it('keeps a message of the server to one short line', () => {
    const error = readError(
      answer(400, { errorCode: 'X-1', message: `a\n${'b'.repeat(900)}` }),
      'x',
    );
    assert.ok(error.message.length < 400);
    assert.ok(!error.message.includes('\n'));
  });

  it('tells what may pass from what will not', () => {
    const of = (status: number): RingCentralError =>
      new RingCentralError('x', { remedy: 'y', status });
    assert.deepEqual([429, 408, 500, 503].map(of).map(mayPass), [true, true, true, true]);
    assert.deepEqual([400, 401, 403, 404].map(of).map(mayPass), [false, false, false, false]);
    assert.ok(
      mayPass(new Error('refresh failed', { cause: new NetworkError('x', { remedy: 'y' }) })),
    );
    assert.ok(!mayPass(new TypeError('bug')));
  });
});
