import { randomUUID } from 'node:crypto';
import type { WebsocketHandler } from '@fastify/websocket';

/** A socket as the server hands it out. */
export type ServerSocket = Parameters<WebsocketHandler>[0];

/** What a client needs to recover: the token, and a sequence of which the highest counts. */
export interface SessionContext {
  readonly token: string;
  readonly sequence: number;
}

/** The first element of every frame (RingCentral developer guide, WebSockets). */
export interface FrameMeta {
  readonly type:
    'ConnectionDetails' | 'ClientRequest' | 'ServerNotification' | 'Heartbeat' | 'Error';
  readonly messageId: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly wsc?: SessionContext;
}

export interface ClientFrame {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** `[meta, body?]`; undefined when the text is nothing of the sort. */
export function readFrame(text: string): ClientFrame | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  const [meta, body] = parsed as unknown[];
  if (typeof meta !== 'object' || meta === null) return undefined;
  return { meta: meta as Record<string, unknown>, body };
}

/** The id a client gave its frame; one of our own if it gave none. */
export function messageIdOf(frame: ClientFrame | undefined): string {
  const id = frame?.meta.messageId;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : randomUUID();
}

export const writeFrame = (meta: FrameMeta, body?: unknown): string =>
  JSON.stringify(body === undefined ? [meta] : [meta, body]);

/** The answer to a bulk request is not JSON: it stands in the frame as it is. */
export const writeRawFrame = (meta: FrameMeta, raw: string): string =>
  `[${JSON.stringify(meta)},${raw}]`;

export const requestId = (): { RCRequestId: string } => ({ RCRequestId: randomUUID() });

export const errorFrame = (errorCode: string, message: string, messageId?: string): string =>
  writeFrame(
    { type: 'Error', messageId: messageId ?? randomUUID(), headers: requestId() },
    { errorCode, message },
  );
