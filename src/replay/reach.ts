import { connect } from 'node:net';
import type { Clock } from '../base/clock';
import { networkErrorOf, timeoutError } from '../http';
import type { Target } from '../captures';

/** A target on this machine or in this network answers far sooner. */
const CONNECT_WITHIN_MS = 5_000;

/** Resolves when something listens at the target; rejects with a `HumanError` when nothing does. */
export function reach(target: Target, clock: Clock, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: target.host, port: target.port });
    const end = (settle: () => void): void => {
      timer.dispose();
      signal?.removeEventListener('abort', stop);
      socket.destroy();
      settle();
    };
    const fail = (error: unknown): void =>
      end(() => reject(error instanceof Error ? error : new Error(String(error))));
    const stop = (): void => fail(signal?.reason);
    const timer = clock.after(CONNECT_WITHIN_MS, () =>
      fail(timeoutError(target.origin, CONNECT_WITHIN_MS)),
    );
    socket.once('connect', () => end(resolve));
    socket.on('error', (error) => fail(networkErrorOf(error, target.origin) ?? error));
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
