import assert from 'node:assert/strict';
import {
  escapeReferences,
  namesIn,
  referenceTo,
  restoreReferences,
  spell,
} from '../../../src/captures/secretReferences';

const VALUES = new Map([
  ['A', 'plain'],
  ['WEBHOOK_SECRET_2', 'a/b "c" \n{{secret:A}}'],
]);

describe('Secret references', () => {
  it('come back as the value, percent-encoded or escaped as it was spelled', () => {
    for (const spelling of ['plain', 'url', 'json'] as const) {
      const reference = referenceTo('WEBHOOK_SECRET_2', spelling);
      const value = VALUES.get('WEBHOOK_SECRET_2')!;
      assert.equal(restoreReferences(`<${reference}>`, VALUES), `<${spell(value, spelling)}>`);
    }
    assert.equal(referenceTo('A', 'plain'), '{{secret:A}}');
  });

  it('do not touch text that only looks like one', () => {
    for (const text of [
      '{{secret:A}}',
      '{{secret:',
      '{{secret::A}}',
      '{{{{secret:secret:A}}',
      '{{secret:a}}',
      '{{secret:A:url}}',
    ]) {
      assert.equal(restoreReferences(escapeReferences(text), VALUES), text);
      assert.deepEqual(namesIn(escapeReferences(text)), []);
    }
  });

  it('survive any neighbourhood: pieces of text and references come back exactly', () => {
    const pieces = ['{', '{{', 'secret', ':', '{{secret:', 'A}}', '}}', 'é', '{{secret::', '"'];
    let seed = 7;
    const next = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
    for (let round = 0; round < 2000; round++) {
      let written = '';
      let exact = '';
      for (let i = 0; i < 4; i++) {
        let text = '';
        for (let j = next(6); j > 0; j--) text += pieces[next(pieces.length)]!;
        written += escapeReferences(text) + referenceTo('A', 'plain');
        exact += `${text}plain`;
      }
      assert.equal(restoreReferences(written, VALUES), exact, written);
    }
  });

  it('name what they stand for, and a missing value is never sent as nothing', () => {
    assert.deepEqual(namesIn('{{secret:A}} {{secret:B_2:url}} {{secret::C}}'), ['A', 'B_2']);
    assert.throws(() => restoreReferences('{{secret:MISSING}}', VALUES), /MISSING/);
  });
});
