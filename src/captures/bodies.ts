import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** A body as it is written into a capture. */
export interface WrittenBody {
  readonly text: string;
  readonly isBase64: boolean;
}

/** The text of the bytes, a byte order mark included; base64 when they are no valid UTF-8. */
export function writtenBody(bytes: Buffer): WrittenBody {
  return isUtf8(bytes)
    ? { text: bytes.toString('utf8'), isBase64: false }
    : { text: bytes.toString('base64'), isBase64: true };
}

/** The exact bytes that were written as `text`. */
export function bytesOf(text: string, encoding: string | undefined): Buffer {
  return Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');
}

/** How far a compressed body is unfolded; beyond it, it counts as unreadable. */
const LARGEST_UNFOLDED_BYTES = 64 * 1024 * 1024;

/**
 * What a body says once its `Content-Encoding` is undone; undefined when it names none, one that is
 * not known here, or when the bytes do not follow it.
 */
export function decompressed(
  bytes: Buffer,
  contentEncoding: string | undefined,
): Buffer | undefined {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  const applied = codings.filter((coding) => coding !== '' && coding !== 'identity');
  if (applied.length === 0 || applied.length > 3 || bytes.length === 0) return undefined;
  try {
    return applied.reverse().reduce(undo, bytes);
  } catch {
    return undefined;
  }
}

function undo(bytes: Buffer, coding: string): Buffer {
  const bound = { maxOutputLength: LARGEST_UNFOLDED_BYTES };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(bytes, bound);
    case 'deflate':
      // Some senders leave out the zlib wrapper that the name stands for.
      return (bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, bound) : inflateRawSync(bytes, bound);
    case 'br':
      return brotliDecompressSync(bytes, bound);
    default:
      throw new Error(`content coding ${coding}`);
  }
}
