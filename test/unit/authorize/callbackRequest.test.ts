import assert from 'node:assert/strict';
import { judge, type CallbackRequest, type Verdict } from '../../../src/authorize/callbackRequest';

const expected = { redirectUri: 'http://localhost:4748/oauth/callback', state: 'the-state' };

function judged(target: string, more: Partial<CallbackRequest> = {}): Verdict {
  return judge({ method: 'GET', target, host: 'localhost:4748', ...more }, expected);
}

function rejectedWith(verdict: Verdict): number {
  return verdict.kind === 'rejected' ? verdict.status : 0;
}

describe('the judgement of a callback request', () => {
  const good = '/oauth/callback?code=abc%2Bd&state=the-state';

  it('takes the code of an exact answer, whatever else comes with it', () => {
    assert.deepEqual(judged(good), { kind: 'code', code: 'abc+d' });
    assert.deepEqual(judged(`${good}&expires_in=60&session_state=x`), {
      kind: 'code',
      code: 'abc+d',
    });
    assert.deepEqual(judged(good, { host: 'LocalHost:4748' }), { kind: 'code', code: 'abc+d' });
  });

  it('takes an error only with the right state, as one short line', () => {
    const verdict = judged(
      `/oauth/callback?state=the-state&error=access_denied&error_description=${'No%0A'.repeat(200)}`,
    );
    assert.ok(verdict.kind === 'error');
    assert.equal(verdict.error, 'access_denied');
    assert.match(verdict.description ?? '', /^(No )+N?o? ?…$/);
    assert.equal(rejectedWith(judged('/oauth/callback?error=access_denied')), 400);
  });

  it('refuses other hosts, so that no foreign name may stand for this machine', () => {
    for (const host of ['evil.test:4748', '127.0.0.1:4748', 'localhost', 'localhost:1', '']) {
      assert.equal(rejectedWith(judged(good, { host })), 400);
    }
    assert.equal(
      rejectedWith(judge({ method: 'GET', target: good, host: undefined }, expected)),
      400,
    );
  });

  it('refuses other paths and methods', () => {
    for (const target of [
      '/',
      '/oauth/callback/',
      '/oauth//callback',
      '/oauth/./callback',
      '/OAUTH/callback',
      '/favicon.ico',
      'http://localhost:4748/oauth/callback',
      '*',
    ]) {
      assert.equal(rejectedWith(judged(`${target}?code=abc&state=the-state`)), 404, target);
    }
    for (const method of ['POST', 'HEAD', 'PUT', 'OPTIONS', '']) {
      assert.equal(rejectedWith(judged(good, { method })), 405, method);
    }
  });

  it('refuses a wrong, a missing and a doubled state, and doubled answers', () => {
    for (const query of [
      'code=abc',
      'code=abc&state=',
      'code=abc&state=the-stat',
      'code=abc&state=the-state-and-more',
      'code=abc&state=the-state&state=the-state',
      'code=abc&code=abc&state=the-state',
      'error=a&error=b&state=the-state',
      'code=abc&error=b&state=the-state',
      'state=the-state',
      'code=&state=the-state',
      `code=${'x'.repeat(5000)}&state=the-state`,
    ]) {
      const verdict = judged(`/oauth/callback?${query}`);
      assert.ok(verdict.kind === 'rejected' && verdict.status === 400, query);
      assert.ok(verdict.isNearMiss);
      assert.doesNotMatch(verdict.reason, /the-state/);
    }
  });

  it('takes a redirect URI without a path for the root', () => {
    const root = { redirectUri: 'http://127.0.0.1:4748', state: 's' };
    const request = { method: 'GET', target: '/?code=c&state=s', host: '127.0.0.1:4748' };
    assert.deepEqual(judge(request, root), { kind: 'code', code: 'c' });
  });
});
