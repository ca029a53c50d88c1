import assert from 'node:assert/strict';
import {
  checkClientId,
  checkName,
  checkRedirectUri,
  checkServer,
  SERVERS,
  type Check,
} from '../../../src/apps';

function valueOf(check: Check): string {
  assert.ok(check.ok, check.ok ? '' : check.problem);
  return check.value;
}

function problemOf(check: Check): string {
  assert.ok(!check.ok, `accepted ${check.ok ? check.value : ''}`);
  assert.match(check.problem, /[.:}\w/]$/);
  return check.problem;
}

describe('checks of what people type', () => {
  it('takes a server as its origin', () => {
    assert.equal(
      valueOf(checkServer(' https://Platform.RingCentral.com/ ')),
      'https://platform.ringcentral.com',
    );
    for (const server of ['http://127.0.0.1:4747', 'http://localhost:80/', 'http://[::1]:1']) {
      assert.equal(valueOf(checkServer(server)), new URL(server).origin);
    }
  });

  it('refuses plain http away from this machine, paths, credentials and other nonsense', () => {
    assert.match(problemOf(checkServer('http://platform.ringcentral.com')), /https/);
    assert.match(problemOf(checkServer('http://127.0.0.1.evil.test')), /https/);
    assert.match(problemOf(checkServer('http://localhost.evil.test')), /https/);
    assert.match(problemOf(checkServer('https://a.test/restapi')), /https:\/\/a\.test/);
    assert.match(problemOf(checkServer('https://a.test?x')), /without a path/);
    assert.match(problemOf(checkServer('https://me:pw@a.test')), /password/);
    for (const text of ['', 'platform.ringcentral.com', 'ftp://a.test', 'https://', 'https:// x']) {
      problemOf(checkServer(text));
    }
  });

  it('keeps a redirect URI exactly as it was typed', () => {
    const uris = [
      'http://localhost:4748',
      'http://localhost:4748/',
      'http://LOCALHOST:4748/oauth2callback',
      'http://127.0.0.1:4748/a/../b?x=1',
      'http://[::1]:4748/cb',
      'https://bot.example.test/oauth',
      'http://localhost:80/cb',
    ];
    for (const uri of uris) assert.equal(valueOf(checkRedirectUri(` ${uri} `)), uri);
  });

  it('says what is wrong with a redirect URI', () => {
    assert.match(problemOf(checkRedirectUri('http://localhost:4748/cb#top')), /# part/);
    assert.match(problemOf(checkRedirectUri('http://localhost:4748/cb#')), /# part/);
    assert.match(problemOf(checkRedirectUri('http://bot.example.test/cb')), /https/);
    assert.match(problemOf(checkRedirectUri('https://localhost:4748/cb')), /http:\/\//);
    assert.match(problemOf(checkRedirectUri('http://localhost/cb')), /port/);
    assert.match(problemOf(checkRedirectUri('https://*.example.test/cb')), /exactly/);
    assert.match(problemOf(checkRedirectUri('http://me:pw@localhost:1/')), /password/);
    assert.match(problemOf(checkRedirectUri('http://localhost:4748/c b')), /complete address/);
    assert.match(problemOf(checkRedirectUri('vscode://x/y')), /complete address/);
    assert.match(problemOf(checkRedirectUri(`https://a.test/${'x'.repeat(3000)}`)), /complete/);
  });

  it('refuses client IDs that HTTP Basic could not carry', () => {
    assert.equal(valueOf(checkClientId(' aBc_9-x ')), 'aBc_9-x');
    for (const text of ['', ' ', 'a b', 'a:b', 'ä', 'x'.repeat(200)])
      problemOf(checkClientId(text));
  });

  it('takes a name of one line', () => {
    assert.equal(valueOf(checkName('  Bot für Übungen ')), 'Bot für Übungen');
    for (const text of ['', '  ', 'a\nb', 'x'.repeat(65)]) problemOf(checkName(text));
  });

  it('knows that the sandbox is retired', () => {
    assert.match(SERVERS.sandbox.retired?.() ?? '', /retired/);
    assert.equal(SERVERS.production.retired, undefined);
    for (const { url } of Object.values(SERVERS)) assert.equal(valueOf(checkServer(url)), url);
  });
});
