import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A request as it came over the wire, read by no HTTP library. */
export interface WireRequest {
  /** Request line and header lines. */
  head: string[];
  body: Buffer;
  socket: Socket;
}

export interface WireBot {
  readonly url: string;
  readonly requests: WireRequest[];
  close(): Promise<void>;
}

/** A bot made of a bare socket: what it receives and sends is known byte for byte. */
export async function wireBot(
  answer: (request: WireRequest) => Buffer | undefined | Promise<Buffer | undefined>,
): Promise<WireBot> {
  const requests: WireRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    let received = Buffer.alloc(0);
    let turn = Promise.resolve();
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      for (;;) {
        const end = received.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = received.subarray(0, end).toString('latin1').split('\r\n');
        const length = Number(/^content-length: (\d+)$/im.exec(head.join('\n'))?.[1] ?? 0);
        if (received.length < end + 4 + length) return;
        const request = { head, body: received.subarray(end + 4, end + 4 + length), socket };
        received = received.subarray(end + 4 + length);
        requests.push(request);
        turn = turn.then(async () => {
          const bytes = await answer(request);
          if (bytes) socket.write(bytes);
        });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** An answer of the bot, from a head in Latin-1 and a body. */
export function wireAnswer(head: string, body: Buffer | string = ''): Buffer {
  const bytes = Buffer.from(body);
  const lines = `${head}\r\nContent-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(lines, 'latin1'), bytes]);
}

export const OK = wireAnswer('HTTP/1.1 200 OK');

/** Writes bytes to a port and returns everything that comes back until the other end closes. */
export function talk(url: string, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject).on('close', () => resolve(Buffer.concat(chunks)));
  });
}

/** A request whose connection is closed after its answer, from a head in Latin-1 and a body. */
export function wireRequest(head: string, body: Buffer | string = ''): Buffer {
  const bytes = Buffer.from(body);
  const lines = `${head}\r\nConnection: close\r\nContent-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(lines, 'latin1'), bytes]);
}

export function statusOf(answer: Buffer): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer.toString('latin1'))?.[1]);
}

export function bodyOf(answer: Buffer): Buffer {
  return answer.subarray(answer.indexOf('\r\n\r\n') + 4);
}

/** A folder of its own for one test. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'captures-'));

  file(name = 'a.capture.ndjson'): string {
    return join(this.path, name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
