import WebSocket from 'ws';
import { retryAfterOf } from '../retryAfter';

/** How a WebSocket came to its end; everything absent means the network cut it. */
export interface SocketEnd {
  /** WebSocket close code, once the connection had been open. */
  readonly code?: number;
  /** HTTP status of an answer that refused the upgrade. */
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly error?: Error;
}

export interface SocketListener {
  message(text: string): void;
  /** The other end showed life without saying anything (WebSocket ping or pong). */
  alive(): void;
  /** Once, and nothing comes after it. */
  ended(end: SocketEnd): void;
}

export interface DialledSocket {
  send(text: string): void;
  /** Says goodbye and lets go at once. */
  close(): void;
}

export type DialSocket = (url: string, listener: SocketListener) => DialledSocket;

const HANDSHAKE_MS = 15_000;
const LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024;

/** A real WebSocket. Pings are answered by `ws` itself, as the gateway asks for within 10 s. */
export const dialWebSocket: DialSocket = (url, listener) => {
  const socket = new WebSocket(url, {
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: LARGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  let isOver = false;
  const end = (how: SocketEnd): void => {
    if (isOver) return;
    isOver = true;
    socket.terminate();
    listener.ended(how);
  };
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary && !isOver) listener.message(data.toString('utf8'));
  });
  socket.on('ping', () => listener.alive());
  socket.on('pong', () => listener.alive());
  socket.on('unexpected-response', (_request, response) => {
    response.resume();
    const status = response.statusCode ?? 0;
    const headers = response.headers as Record<string, string | string[]>;
    const retryAfterMs = retryAfterOf({ status, headers });
    end({ status, ...(retryAfterMs !== undefined && { retryAfterMs }) });
  });
  socket.on('error', (error) => end({ error }));
  socket.on('close', (code) => end({ code }));
  return {
    send: (text) => socket.send(text),
    close: () => {
      isOver = true;
      socket.close(1000);
      socket.terminate();
    },
  };
};
