import * as l10n from '@vscode/l10n';
import { bytesOf, decompressed, writtenBody } from './bodies';
import { headerOf, isAnswered, targetOf, type CaptureEntry, type HarPair } from './entry';
import { parseJson } from './json';
import { layOutJson } from './jsonLayout';

/** Beyond this many characters a body is shown as its beginning. */
const LONGEST_SHOWN = 1024 * 1024;

interface Body {
  readonly text: string | undefined;
  readonly encoding: string | undefined;
  /** Bytes as on the wire. */
  readonly size: number;
  readonly mimeType: string;
  readonly contentEncoding: string | undefined;
}

/**
 * A delivery to be read: request line, headers, an empty line, the body, and the answer in the same
 * form under a heading. Where the body as shown differs from the bytes, a line says how.
 */
export function documentOf(entry: CaptureEntry): string {
  const { request } = entry;
  const lines = [
    `${request.method} ${targetOf(request.url)} ${request.httpVersion}`,
    ...headerLines(request.headers),
    '',
    ...bodyLines({
      text: request.postData?.text,
      encoding: request.postData?._encoding,
      size: request.bodySize,
      mimeType: request.postData?.mimeType ?? '',
      contentEncoding: headerOf(request.headers, 'content-encoding'),
    }),
    ...(entry._truncated ? [l10n.t('[The body is not whole.]')] : []),
    '',
    ...answerLines(entry),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function answerLines(entry: CaptureEntry): string[] {
  const { response } = entry;
  const problem = entry._error === undefined ? [] : [entry._error];
  if (!isAnswered(entry)) {
    const heading = problem.length > 0 ? l10n.t('No answer') : l10n.t('No answer yet');
    return [`### ${heading}`, ...problem];
  }
  const status = `${response.status} ${response.statusText}`.trim();
  return [
    `### ${l10n.t('Answer')} ${status} · ${entry.time} ms`,
    ...problem,
    ...headerLines(response.headers),
    '',
    ...bodyLines({
      text: response.content.text,
      encoding: response.content.encoding,
      size: response.bodySize < 0 ? response.content.size : response.bodySize,
      mimeType: response.content.mimeType,
      contentEncoding: headerOf(response.headers, 'content-encoding'),
    }),
  ];
}

function headerLines(headers: readonly HarPair[]): string[] {
  return headers.map(({ name, value }) => `${name}: ${value}`);
}

function bodyLines(body: Body): string[] {
  if (body.text === undefined || body.text === '') return [];
  if (body.encoding === 'base64') return unfoldedLines(body);
  return textLines(body.text, []);
}

function unfoldedLines(body: Body): string[] {
  const bytes = bytesOf(body.text ?? '', 'base64');
  const inner = decompressed(bytes, body.contentEncoding);
  const shown = inner === undefined ? undefined : writtenBody(inner);
  if (shown !== undefined && !shown.isBase64)
    return textLines(shown.text, [
      l10n.t('[Decompressed; {0} bytes came as {1}.]', bytes.length, body.contentEncoding ?? ''),
    ]);
  const size = body.size < 0 ? bytes.length : body.size;
  return [l10n.t('[{0} bytes that are no text, {1}]', size, body.mimeType || '?')];
}

function textLines(text: string, notes: string[]): string[] {
  if (text.length > LONGEST_SHOWN) {
    const rest = text.length - LONGEST_SHOWN;
    return [...notes, text.slice(0, LONGEST_SHOWN), l10n.t('[{0} more characters]', rest)];
  }
  const plain = text.replace(/^\uFEFF/, '');
  if (plain !== text) notes.push(l10n.t('[A byte order mark comes before the body.]'));
  if (parseJson(plain) === undefined) return [...notes, plain];
  const laidOut = layOutJson(plain);
  if (laidOut.length > LONGEST_SHOWN * 4) return [...notes, plain];
  if (laidOut !== plain) notes.push(l10n.t('[Laid out for reading; the exact bytes are kept.]'));
  return [...notes, laidOut];
}
