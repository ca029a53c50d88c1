import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { documentOf, summaryOf, Target, targetOf, titleOf } from '../../../src/captures';
import { endToEnd, headersToSend } from '../../../src/captures/hopByHop';
import { layOutJson } from '../../../src/captures/jsonLayout';
import { entryOf } from './entries';

describe('Titles and summaries', () => {
  const cases: [title: string, summary: string, entry: Parameters<typeof entryOf>[0]][] = [
    [
      'messages.create',
      'Hello you',
      {
        _kind: 'source-sdk',
        json: { action: 'messages.create', params: { body: 'Hello\n  you', thread_id: 'T' } },
      },
    ],
    ['implementation.info', '', { _kind: 'source-sdk', json: { action: 'implementation.info' } }],
    [
      'intervention.closed',
      'thread E',
      {
        _kind: 'webhook',
        json: {
          events: [{ type: 'intervention.closed', resource: { metadata: { thread_id: 'E' } } }],
        },
      },
    ],
    [
      'content.imported +1',
      'Hi',
      {
        _kind: 'webhook',
        json: {
          events: [
            { type: 'content.imported', resource: { metadata: { body: 'Hi' } } },
            { type: 'content.replied' },
          ],
        },
      },
    ],
    [
      'PostAdded',
      'Hello, World!',
      {
        _kind: 'notification',
        json: { event: '/x/posts', body: { eventType: 'PostAdded', text: 'Hello, World!' } },
      },
    ],
    [
      'sessions',
      '',
      {
        _kind: 'notification',
        json: { event: '/restapi/v1.0/account/1/extension/2/telephony/sessions?x=1', body: {} },
      },
    ],
    [
      'GET handshake',
      'challenge 42',
      {
        _kind: 'handshake',
        request: { method: 'GET', url: 'http://h/p?hub.mode=subscribe&hub.challenge=42' },
      },
    ],
    ['button_submit', '{"a":"b"}', { _kind: 'interactive', json: { data: { a: 'b' } } }],
    ['POST install', 'account 7', { _kind: 'install', json: { creator_account_id: 7 } }],
    ['POST /hook', '{"x":1}', { json: { x: 1 } }],
    ['POST /hook', '', { _kind: 'webhook' }],
  ];
  for (const [title, summary, given] of cases)
    it(`say “${title}” and “${summary}”`, () => {
      assert.equal(titleOf(entryOf(given)), title);
      assert.equal(summaryOf(entryOf(given)), summary);
    });

  it('stay short, and whole characters', () => {
    const summary = summaryOf(entryOf({ json: '🙂'.repeat(200) }));
    assert(summary.length <= 120);
    assert(summary.endsWith('…'));
    assert.doesNotThrow(() => encodeURIComponent(summary));
  });
});

describe('A delivery as a document', () => {
  const request = {
    url: 'http://bot.test/handover/rce',
    headers: [
      { name: 'Content-Type', value: 'application/json' },
      { name: 'X-Dup', value: '1' },
      { name: 'X-Dup', value: '2' },
    ],
  };

  it('shows request, headers, body and answer', () => {
    const entry = entryOf({
      request: { ...request, postData: { mimeType: 'application/json', text: '{"a":1.0}' } },
      time: 12,
      response: {
        status: 200,
        statusText: 'OK',
        headers: [{ name: 'X-A', value: 'b' }],
        content: { size: 2, mimeType: 'text/plain', text: 'ok' },
      },
    });
    assert.equal(
      documentOf(entry),
      [
        'POST /handover/rce HTTP/1.1',
        'Content-Type: application/json',
        'X-Dup: 1',
        'X-Dup: 2',
        '',
        '[Laid out for reading; the exact bytes are kept.]',
        '{',
        '  "a": 1.0',
        '}',
        '',
        '### Answer 200 OK · 12 ms',
        'X-A: b',
        '',
        'ok',
        '',
      ].join('\n'),
    );
  });

  it('adds no note where the body is shown as it came', () => {
    const text = '{\n  "a": 1\n}';
    const entry = entryOf({ request: { ...request, postData: { mimeType: 'x', text } } });
    assert.doesNotMatch(documentOf(entry), /\[/);
    assert.match(documentOf(entry), /### No answer yet\n$/);
  });

  it('says why there is no answer', () => {
    const entry = entryOf({ _error: 'Nothing answers at http://127.0.0.1:4760.' });
    assert.match(documentOf(entry), /### No answer\nNothing answers at/);
  });

  it('unfolds a compressed body, and counts the bytes of one that is no text', () => {
    const content = (bytes: Buffer): object => ({
      size: bytes.length,
      mimeType: 'image/png',
      text: bytes.toString('base64'),
      encoding: 'base64',
    });
    const answered = (bytes: Buffer, headers: { name: string; value: string }[] = []): string =>
      documentOf(
        entryOf({
          response: {
            status: 200,
            headers,
            content: content(bytes) as never,
            bodySize: bytes.length,
          },
        }),
      );
    const gzip = [{ name: 'Content-Encoding', value: 'gzip' }];
    assert.match(
      answered(gzipSync('{"a":1}'), gzip),
      /\[Decompressed; \d+ bytes.*\n.*\n\{\n {2}"a": 1/,
    );
    assert.match(answered(Buffer.of(0xff, 0xfe, 0)), /\[3 bytes that are no text, image\/png\]/);
    assert.match(answered(Buffer.of(0xff), gzip), /\[1 bytes that are no text/);
  });
});

describe('JSON laid out', () => {
  it('keeps every token: digits, escapes, duplicate names, order', () => {
    const text = String.raw`{"b":1.0,"a":12345678901234567890,"a":"\u00e9\/\ud800","e":[],"o":{ },"n":[1,[true,null]]}`;
    const laidOut = layOutJson(text);
    const compact = (json: string): string => json.replace(/\s+/g, '');
    assert.equal(compact(laidOut), compact(text));
    assert.match(laidOut, /"e": \[\],\n {2}"o": \{\},\n {2}"n": \[\n {4}1,/);
  });

  it('leaves strings with braces, commas and blanks alone', () => {
    assert.equal(layOutJson('["{ a , b : c }"]'), '[\n  "{ a , b : c }"\n]');
    assert.equal(layOutJson('"x"'), '"x"');
  });
});

describe('Where deliveries are sent', () => {
  const path = (target: string, recorded: string): string => Target.parse(target).pathFor(recorded);

  it('keeps path and query for an origin, replaces the path for an address with one', () => {
    assert.equal(path('http://h:1', '/a/../b//c?x=%2f'), '/a/../b//c?x=%2f');
    assert.equal(path('http://h:1/', '/a?x=1'), '/a?x=1');
    assert.equal(path('http://h:1/new', '/a?x=1'), '/new?x=1');
    assert.equal(path('http://h:1/new?y=2', '/a?x=1'), '/new?y=2');
    assert.equal(path('http://h:1/new', '/a?'), '/new?');
  });

  it('knows its port and host', () => {
    const target = Target.parse('https://[::1]/x');
    assert.deepEqual([target.origin, target.host, target.port], ['https://[::1]', '::1', 443]);
    assert(Target.parse('http://localhost:4770').isLoopback(4770));
    assert(!Target.parse('http://localhost:4771').isLoopback(4770));
  });

  it('refuses what is no web address', () => {
    for (const text of ['', 'localhost:4760', '4760', 'ftp://h', 'http://', 'http://a:b@h/'])
      assert.throws(() => Target.parse(text), { name: 'HumanError' }, text);
  });

  it('takes the target from an address exactly as it was in the request line', () => {
    assert.equal(targetOf('http://h:1/a/../b?x=http://y/z#q'), '/a/../b?x=http://y/z#q');
    assert.equal(targetOf('http://h?x'), '/?x');
    assert.equal(targetOf('http://h'), '/');
  });
});

describe('Headers of one connection', () => {
  const headers = (...names: string[]): { name: string; value: string }[] =>
    names.map((line) => {
      const [name = '', value = 'v'] = line.split('=');
      return { name, value };
    });

  it('are dropped, with those that Connection names', () => {
    const kept = endToEnd(
      headers(
        'X-A',
        'Connection=close, X-Hop',
        'x-hop',
        'Keep-Alive',
        'TE',
        'X-a',
        'Content-Length',
      ),
    );
    assert.deepEqual(
      kept.map(({ name }) => name),
      ['X-A', 'X-a', 'Content-Length'],
    );
  });

  it('leave a request with those its sender sets', () => {
    const sent = headersToSend(
      headers('Host', 'Content-Length', 'Expect', ':method', 'B=1', 'b=2'),
    );
    assert.deepEqual(sent, ['B', '1', 'b', '2']);
  });

  it('cannot be used to take a message apart', () => {
    const kept = endToEnd(headers('Connection=content-type, content-length', 'Content-Type'));
    assert.deepEqual(
      kept.map(({ name }) => name),
      ['Content-Type'],
    );
  });
});
