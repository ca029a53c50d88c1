import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { bytesOf } from '../../../src/captures/bodies';
import { EnvironmentVault } from '../../../src/captures/environmentVault';
import { SecretHider } from '../../../src/captures/secretHider';
import { namesIn, restoreReferences } from '../../../src/captures/secretReferences';

async function restored(vault: EnvironmentVault, text: string): Promise<string> {
  const values = new Map<string, string>();
  for (const name of namesIn(text)) values.set(name, (await vault.resolve(name))!);
  return restoreReferences(text, values);
}

describe('Hiding secrets', () => {
  const withEnv = async (
    env: NodeJS.ProcessEnv = {},
  ): Promise<{ vault: EnvironmentVault; hider: SecretHider }> => {
    const vault = new EnvironmentVault(env);
    return { vault, hider: await SecretHider.with(vault) };
  };

  it('takes the whole value of the headers that are secrets, in any case', async () => {
    const { vault, hider } = await withEnv();
    assert.equal(await hider.header('authorization', 'Bearer abc'), '{{secret:AUTHORIZATION}}');
    assert.equal(await hider.header('X-DIMELO-SECRET', 's3'), '{{secret:WEBHOOK_SECRET}}');
    assert.equal(await hider.header('Verification-Token', 'v'), '{{secret:VERIFY_TOKEN}}');
    assert.equal(await vault.resolve('AUTHORIZATION'), 'Bearer abc');
    assert.equal(await hider.header('Authorization', ''), '');
  });

  it('leaves signatures and everything else as it is', async () => {
    const { hider } = await withEnv({ BOT_CHANNELS_REALTIME_TOKEN: 'realtime-key' });
    assert.equal(await hider.header('X-SMCCSDK-SIGNATURE', '826b61e7'), '826b61e7');
    assert.equal(await hider.header('X-Glip-Signature', 'sha1=ab'), 'sha1=ab');
    assert.equal(await hider.text('/hook?signature=826b&x=%20'), '/hook?signature=826b&x=%20');
  });

  const cases: [what: string, text: string, written: string][] = [
    [
      'a query',
      'http://h/p?hub.mode=subscribe&hub.verify_token=cognigy123&hub.challenge=9',
      'http://h/p?hub.mode=subscribe&hub.verify_token={{secret:VERIFY_TOKEN}}&hub.challenge=9',
    ],
    [
      'a percent-encoded query',
      '/p?hub%2Everify_token=a%2Fb&access_token=t%20k',
      '/p?hub%2Everify_token={{secret:VERIFY_TOKEN:url}}&access_token={{secret:ACCESS_TOKEN:url}}',
    ],
    ['a form', 'a=1&access_token=tok&b=2', 'a=1&access_token={{secret:ACCESS_TOKEN}}&b=2'],
    [
      'JSON, with the spelling around it kept',
      '{ "access_token" : "tok" , "n":1.0}',
      '{ "access_token" : "{{secret:ACCESS_TOKEN}}" , "n":1.0}',
    ],
    [
      'JSON escapes',
      String.raw`{"access_token":"a\"b"}`,
      '{"access_token":"{{secret:ACCESS_TOKEN:json}}"}',
    ],
    [
      'JSON inside a JSON string',
      String.raw`{"payload":"{\"access_token\":\"tok\",\"x\":1}"}`,
      String.raw`{"payload":"{\"access_token\":\"{{secret:ACCESS_TOKEN}}\",\"x\":1}"}`,
    ],
    [
      'a link inside JSON',
      '{"url":"https://h/attachments/1?access_token=tok"}',
      '{"url":"https://h/attachments/1?access_token={{secret:ACCESS_TOKEN}}"}',
    ],
    [
      'a multipart form',
      '--b\r\nContent-Disposition: form-data; name="access_token"\r\n\r\ntok\r\n--b--',
      '--b\r\nContent-Disposition: form-data; name="access_token"\r\n\r\n{{secret:ACCESS_TOKEN}}\r\n--b--',
    ],
    ['a body that was cut off', '{"access_token":"to', '{"access_token":"{{secret:ACCESS_TOKEN}}'],
  ];
  for (const [what, text, written] of cases)
    it(`finds the fields that carry secrets in ${what}, and they come back exactly`, async () => {
      const { vault, hider } = await withEnv();
      assert.equal(await hider.text(text), written);
      assert.equal(await restored(vault, written), text);
    });

  it('keeps a spelling that no rule gives back as a value of its own', async () => {
    const { vault, hider } = await withEnv();
    const text = String.raw`{"access_token":"a\/b"}&access_token=a%2fb&access_token=a+b`;
    const written = await hider.text(text);
    assert.doesNotMatch(written, /a\\?\/b|a%2fb|a\+b/);
    assert.equal(await restored(vault, written), text);
  });

  it('finds every value the vault knows, wherever and however it is spelled', async () => {
    const env = { BOT_CHANNELS_SECRET_OWN: 'p/q "r"', BOT_CHANNELS_CARD_SECRET: 'card-secret' };
    const { vault, hider } = await withEnv(env);
    const text = String.raw`x=p/q "r" y=p%2Fq%20%22r%22 {"z":"p/q \"r\""} card-secret`;
    const written = await hider.text(text);
    assert.equal(
      written,
      'x={{secret:OWN}} y={{secret:OWN:url}} {"z":"{{secret:OWN:json}}"} {{secret:CARD_SECRET}}',
    );
    assert.equal(await restored(vault, written), text);
  });

  it('leaves no part of secrets that overlap', async () => {
    const env = { BOT_CHANNELS_SECRET_A: 'abcdef', BOT_CHANNELS_SECRET_B: 'defghi' };
    const { vault, hider } = await withEnv(env);
    const text = 'abcdefghi, access_token=xx-abcdef-yy';
    const written = await hider.text(text);
    assert.doesNotMatch(written, /abc|ghi|xx|yy/);
    assert.equal(await restored(vault, written), text);
  });

  it('keeps a body whole in the vault when a secret is compressed into it', async () => {
    const { vault, hider } = await withEnv();
    const bytes = gzipSync('{"access_token":"tok"}');
    const written = await hider.body(bytes, 'gzip');
    assert.deepEqual(written, { text: '{{secret:BODY}}', isBase64: true });
    assert.deepEqual(bytesOf(await restored(vault, written.text), 'base64'), bytes);
  });

  it('keeps a body that is no UTF-8 whole when a known secret stands in it', async () => {
    const { vault, hider } = await withEnv({ BOT_CHANNELS_SECRET_A: 'abcdef' });
    const bytes = Buffer.from('caf\xe9 abcdef', 'latin1');
    const written = await hider.body(bytes, undefined);
    assert.equal(written.text, '{{secret:BODY}}');
    assert.deepEqual(bytesOf(await restored(vault, written.text), 'base64'), bytes);
    const harmless = Buffer.from('caf\xe9', 'latin1');
    assert.equal((await hider.body(harmless, undefined)).text, harmless.toString('base64'));
  });
});

describe('The vault of a terminal session', () => {
  it('reads NAME from BOT_CHANNELS_SECRET_NAME, then from BOT_CHANNELS_NAME', async () => {
    const vault = new EnvironmentVault({
      BOT_CHANNELS_WEBHOOK_SECRET: 'general',
      BOT_CHANNELS_SECRET_WEBHOOK_SECRET: 'particular',
      BOT_CHANNELS_AUTHORIZATION: 'Bearer x',
      BOT_CHANNELS_SECRET_EMPTY: '',
    });
    assert.equal(await vault.resolve('WEBHOOK_SECRET'), 'particular');
    assert.equal(await vault.resolve('AUTHORIZATION'), 'Bearer x');
    assert.equal(await vault.resolve('EMPTY'), undefined);
  });

  it('does not take plain settings for secrets', async () => {
    const vault = new EnvironmentVault({
      BOT_CHANNELS_ENGAGE_API_URL: 'http://127.0.0.1:4747/engage/1.0',
      BOT_CHANNELS_ENGAGE_ACCESS_TOKEN: 'engage-token',
      RC_SERVER_URL: 'http://127.0.0.1:4747',
      RC_USER_JWT: 'the-jwt',
    });
    const expected = [
      ['engage-token', 'ENGAGE_ACCESS_TOKEN'],
      ['the-jwt', 'RC_USER_JWT'],
    ];
    assert.deepEqual([...(await vault.known())], expected);
  });

  it('gives another value another NAME, and the same value the NAME it has', async () => {
    const vault = new EnvironmentVault({ BOT_CHANNELS_VERIFY_TOKEN: 'one' });
    assert.equal(await vault.refer('VERIFY_TOKEN', 'one'), 'VERIFY_TOKEN');
    assert.equal(await vault.refer('VERIFY_TOKEN', 'two'), 'VERIFY_TOKEN_2');
    assert.equal(await vault.refer('VERIFY_TOKEN', 'two'), 'VERIFY_TOKEN_2');
    assert.equal(await vault.refer('ACCESS_TOKEN', 'one'), 'VERIFY_TOKEN');
    assert.deepEqual(vault.introduced, ['VERIFY_TOKEN_2']);
  });
});

describe('Hostile bodies', () => {
  it('do not hold the search for secrets up', async () => {
    const hider = await SecretHider.with(new EnvironmentVault({}));
    const began = performance.now();
    for (const piece of [
      'name="access_token"\r\n',
      '"access_token":"',
      String.raw`\"access_token\":\"`,
      '\\'.repeat(8),
      'access_token=a&',
      '"'.padEnd(60, 'a'),
    ])
      await hider.text(piece.repeat(200_000 / piece.length));
    let distinct = '';
    for (let i = 0; i < 20_000; i++) distinct += `access_token=${i}&`;
    await hider.text(distinct);
    // Each is a matter of milliseconds; what grows with the square takes minutes.
    assert(performance.now() - began < 10_000);
  });
});
