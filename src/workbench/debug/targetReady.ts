import { connect } from 'node:net';

/** How long a connection attempt may take before it counts as no answer. */
const CONNECT_TIMEOUT_MS = 1000;

/** Whether something listens at the target; nothing is sent to it. */
export function answers(target: string): Promise<boolean> {
  const url = new URL(target);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
    const end = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
