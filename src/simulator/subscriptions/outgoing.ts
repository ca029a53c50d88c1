import * as http from 'node:http';
import * as https from 'node:https';
import { afterRealTime } from '../clock';
import { isLoopbackName } from '../loopback';

export interface OutgoingAnswer {
  readonly status: number;
  readonly reason: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Everything received, status line and headers included. */
  readonly bytes: number;
}

/** Why no answer came. */
export type OutgoingTrouble = 'timeout' | 'unreachable' | 'certificate' | 'too large' | 'stopped';

export class OutgoingError extends Error {
  constructor(
    readonly trouble: OutgoingTrouble,
    message: string,
  ) {
    super(message);
  }
}

export interface OutgoingRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

const MOST_BYTES = 1_000_000;

/** POSTs to receivers on this machine; practice never leaves it. */
export class Outgoing {
  readonly #open = new Set<http.ClientRequest>();

  post({ url, headers, body, timeoutMs }: OutgoingRequest): Promise<OutgoingAnswer> {
    if (!isLoopbackName(url.hostname)) {
      const message = `${url.hostname} is not on this machine, and practice does not leave it`;
      return Promise.reject(new OutgoingError('unreachable', message));
    }
    return new Promise((resolve, reject) => {
      const lib = url.protocol === 'https:' ? https : http;
      const request = lib.request(url, {
        method: 'POST',
        // A connection of its own, so that the bytes counted are those of this answer.
        agent: false,
        headers: {
          ...headers,
          Host: url.host,
          'Content-Length': String(Buffer.byteLength(body)),
        },
        // Not every system resolves *.localhost, though the names are reserved for it.
        ...(url.hostname.endsWith('.localhost') && {
          hostname: '127.0.0.1',
          servername: url.hostname,
        }),
      });
      const timer = afterRealTime(timeoutMs, () =>
        request.destroy(new OutgoingError('timeout', 'Read timed out')),
      );
      this.#open.add(request);
      request.on('close', () => {
        timer.dispose();
        this.#open.delete(request);
      });
      request.on('error', (error) => reject(troubleOf(error)));
      request.on('response', (response) => {
        let received = 0;
        response.on('data', (chunk: Buffer) => {
          received += chunk.length;
          if (received > MOST_BYTES) {
            request.destroy(new OutgoingError('too large', 'The answer does not end'));
          }
        });
        response.on('error', (error) => reject(troubleOf(error)));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            reason: response.statusMessage ?? '',
            headers: response.headers,
            bytes: headBytes(response) + received,
          }),
        );
      });
      request.end(body);
    });
  }

  close(): void {
    for (const request of this.#open) {
      request.destroy(new OutgoingError('stopped', 'The simulator is stopping'));
    }
  }
}

/** Status line and headers as they were sent, counted again from their parts. */
function headBytes(response: http.IncomingMessage): number {
  const { httpVersion, statusCode = 0, statusMessage = '', rawHeaders } = response;
  const line = `HTTP/${httpVersion} ${statusCode} ${statusMessage}\r\n`;
  // Names are followed by ": ", values by a line's end: two bytes each.
  return rawHeaders.reduce(
    (sum, part) => sum + Buffer.byteLength(part, 'latin1') + 2,
    line.length + 2,
  );
}

function troubleOf(error: Error): OutgoingError {
  if (error instanceof OutgoingError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const isCertificate = /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL/.test(code);
  return new OutgoingError(isCertificate ? 'certificate' : 'unreachable', error.message);
}
