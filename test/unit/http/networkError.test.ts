import assert from 'node:assert/strict';
import { networkErrorOf } from '../../../src/http/networkError';

const ORIGIN = 'https://platform.ringcentral.com';

function faulty(code: string): Error {
  return Object.assign(new Error('raw'), { code });
}

describe('Network faults in words for people', () => {
  const told: Record<string, RegExp> = {
    ECONNREFUSED: /^Nothing answers at https:\/\/platform\.ringcentral\.com\.$/,
    ENOTFOUND: /^The host platform\.ringcentral\.com is not known\.$/,
    EAI_AGAIN: /is not known/,
    ETIMEDOUT: /in time/,
    UND_ERR_CONNECT_TIMEOUT: /in time/,
    ECONNRESET: /cut the connection/,
    UND_ERR_SOCKET: /cut the connection/,
    CERT_HAS_EXPIRED: /No secure connection/,
    SELF_SIGNED_CERT_IN_CHAIN: /No secure connection/,
    ERR_TLS_CERT_ALTNAME_INVALID: /No secure connection/,
    ENETUNREACH: /cannot be reached/,
    UND_ERR_RES_EXCEEDED_MAX_SIZE: /too large/,
  };

  for (const [code, text] of Object.entries(told))
    it(`tells ${code}, and keeps code and cause`, () => {
      const cause = new Error('wrapped', { cause: faulty(code) });
      const error = networkErrorOf(cause, ORIGIN);
      assert.match(error?.message ?? '', text);
      assert.ok(error?.remedy);
      assert.equal(error.code, code);
      assert.equal(error.cause, cause);
    });

  it('looks into an error that gathers several, as for a host with two addresses', () => {
    const cause = new AggregateError([faulty('ECONNREFUSED'), faulty('ECONNREFUSED')]);
    assert.equal(networkErrorOf(cause, ORIGIN)?.code, 'ECONNREFUSED');
  });

  it('leaves a bug what it is', () => {
    assert.equal(networkErrorOf(new TypeError('x is undefined'), ORIGIN), undefined);
    assert.equal(networkErrorOf(faulty('ERR_INVALID_ARG_TYPE'), ORIGIN), undefined);
  });
});
