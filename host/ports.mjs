import net from 'node:net';
import { Problem } from './problem.mjs';

/** Whether a server could listen on this port of 127.0.0.1 now. */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/**
 * The first free port from `first` on.
 *
 * @param {number} first
 * @param {number} [tries]
 */
export async function freePortFrom(first, tries = 20) {
  for (let port = first; port < first + tries; port++) if (await isFree(port)) return port;
  throw new Problem(`The ports ${first} to ${first + tries - 1} are all in use.`, {
    todo: 'End a program that uses one of them; "ss -ltnp" shows which.',
  });
}
