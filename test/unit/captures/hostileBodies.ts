import { gzipSync } from 'node:zlib';

/** Bodies that other recorders change. */
export const HOSTILE: [what: string, body: Buffer][] = [
  [
    'JSON with spaces, 1.0, a big integer, escapes and duplicate names',
    Buffer.from(String.raw`{ "a" : 1.0, "n":12345678901234567890, "u":"\u00e9\/", "a":2 }` + '\n'),
  ],
  ['half surrogates written as escapes', Buffer.from(String.raw`{"t":"\ud83d \udc00"}`)],
  ['a byte order mark', Buffer.from('\uFEFF{"a":1}')],
  ['NUL and control characters', Buffer.from('a\u0000b\u0001\u001f\u007f\u0085')],
  ['line separators', Buffer.from('a\u2028b\u2029c\r\nd\re')],
  ['bytes that are no UTF-8', Buffer.of(0x7b, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0x7d)],
  ['surrogates encoded as UTF-8', Buffer.of(0xed, 0xa0, 0x80)],
  ['gzip', gzipSync('{"action":"messages.list"}')],
  ['what looks like a reference', Buffer.from('{"t":"{{secret:WEBHOOK_SECRET}} {{secret::"}')],
  ['a form', Buffer.from('a=1&b=%20+%2F&b=&c')],
  ['no body at all', Buffer.alloc(0)],
  ['every byte there is', Buffer.from(Array.from({ length: 256 }, (_, i) => i))],
];
