import type { IncomingMessage } from 'node:http';
import type { HarPair } from './entry';
import { pairsOfRaw } from './hopByHop';

/** A request as it arrived. */
export interface ReceivedRequest {
  /** When its head had arrived, ms since the epoch. */
  readonly startedAt: number;
  readonly method: string;
  /** The request target, exactly as in the request line. */
  readonly target: string;
  readonly httpVersion: string;
  readonly headers: readonly HarPair[];
  /** What arrived of the body, up to the limit. */
  readonly body: Buffer;
  /** How many bytes of the body arrived in all. */
  readonly bodySize: number;
  /** `tooLarge`: more than the limit came; `cutOff`: the sender hung up before the end. */
  readonly state: 'whole' | 'tooLarge' | 'cutOff';
}

/** So much more is read and thrown away, so that the sender gets to read why it was refused. */
const DRAINED_TIMES_LIMIT = 4;

/** Reads a request to its end, keeping at most `limit` bytes of its body. Never rejects. */
export function receive(
  request: IncomingMessage,
  limit: number,
  startedAt: number,
): Promise<ReceivedRequest> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let kept = 0;
    let size = 0;
    const finish = (isEnd: boolean): void => {
      request.off('data', take).off('end', end).off('close', close);
      request.on('error', () => undefined);
      resolve({
        startedAt,
        method: request.method ?? 'GET',
        target: request.url ?? '/',
        httpVersion: `HTTP/${request.httpVersion}`,
        headers: pairsOfRaw(request.rawHeaders),
        body: Buffer.concat(chunks, kept),
        bodySize: size,
        state: size > limit ? 'tooLarge' : isEnd ? 'whole' : 'cutOff',
      });
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (kept < limit) {
        const part = chunk.subarray(0, limit - kept);
        chunks.push(part);
        kept += part.length;
      }
      if (size > limit * DRAINED_TIMES_LIMIT) finish(false);
    };
    const end = (): void => finish(true);
    const close = (): void => finish(false);
    request.on('data', take).on('end', end).on('close', close);
    // What breaks the request also closes it.
    request.on('error', () => undefined);
  });
}
