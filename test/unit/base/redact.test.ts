import assert from 'node:assert/strict';
import { REDACTED, Redactor } from '../../../src/base/redact';

describe('Redactor', () => {
  const cases: [string, string, string][] = [
    ['a query', 'GET /x?access_token=abc123&y=1', `GET /x?access_token=${REDACTED}&y=1`],
    ['a verify token', '/h?hub.verify_token=s3cr3t', `/h?hub.verify_token=${REDACTED}`],
    ['a form', 'grant_type=x&refresh_token=abc', `grant_type=x&refresh_token=${REDACTED}`],
    ['JSON', '{"access_token": "abc","n":1}', `{"access_token": "${REDACTED}","n":1}`],
    ['a header', 'Authorization: Bearer abc.def', `Authorization: ${REDACTED}`],
    ['a header of Engage', 'x-dimelo-secret: hush', `x-dimelo-secret: ${REDACTED}`],
  ];
  for (const [where, before, after] of cases) {
    it(`takes secrets out of ${where}`, () => {
      assert.equal(new Redactor().redact(before), after);
    });
  }

  it('takes out a value it was told of, in every spelling', () => {
    const redactor = new Redactor();
    redactor.learn('p@ss/word+1');
    const base64 = Buffer.from('p@ss/word+1').toString('base64');
    const text = `a p@ss/word+1 b ${encodeURIComponent('p@ss/word+1')} c ${base64} d`;
    assert.equal(redactor.redact(text), `a ${REDACTED} b ${REDACTED} c ${REDACTED} d`);
  });

  it('leaves ordinary words alone, even when a short secret is one', () => {
    const redactor = new Redactor();
    redactor.learn('chat');
    assert.equal(redactor.redact('the chat is open, code: 12'), 'the chat is open, code: 12');
  });
});
