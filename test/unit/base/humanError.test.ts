import assert from 'node:assert/strict';
import { HumanError, lineOf, systemCode } from '../../../src/base/humanError';

describe('HumanError', () => {
  it('says what happened, the code, and what to do, in one line', () => {
    const error = new HumanError('The redirect URI is not registered.', {
      remedy: 'Add it in the developer console.',
      code: 'OAU-109',
    });
    assert.equal(
      lineOf(error),
      'The redirect URI is not registered (OAU-109). Add it in the developer console.',
    );
  });

  it('does not say a code twice', () => {
    const error = new HumanError('Refused with OAU-109.', { remedy: 'Wait.', code: 'OAU-109' });
    assert.equal(error.toLine(), 'Refused with OAU-109. Wait.');
  });
});

describe('systemCode', () => {
  it('finds the code along the causes and inside an AggregateError', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    assert.equal(systemCode(new Error('fetch failed', { cause: refused })), 'ECONNREFUSED');
    assert.equal(
      systemCode(new Error('x', { cause: new AggregateError([refused]) })),
      'ECONNREFUSED',
    );
    assert.equal(systemCode(new Error('x')), undefined);
  });
});
