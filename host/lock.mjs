import { createHash } from 'node:crypto';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rm } from 'node:fs/promises';

/**
 * A name to listen on. The kernel gives it to one process and takes it back when that process ends,
 * however it ends, so there is no stale lock to judge (except on macOS, where it is a file).
 */
function addressOf(what) {
  const user = process.getuid?.() ?? '';
  const name = `bot-channel-workbench-${createHash('sha256').update(`${user} ${what}`).digest('hex').slice(0, 20)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return path.join(tmpdir(), name);
}

/** The holder's server, or undefined when somebody else holds the lock. */
function take(address) {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.on('error', () => undefined));
    server.once('error', (error) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });
}

/** Resolves when the holder lets go: it keeps our connection open until then. */
function released(address) {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    let isStale = false;
    socket.once('error', (error) => (isStale = error.code === 'ECONNREFUSED'));
    socket.once('close', () => resolve(isStale));
  });
}

function free(server, sockets) {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(resolve));
}

/**
 * Does the work while no other process does work under the same name.
 *
 * @template T
 * @param {string} what an absolute path, usually
 * @param {() => Promise<T>} work
 * @param {() => void} [waiting] called once when another process is first
 * @returns {Promise<T>}
 */
export async function withLock(what, work, waiting) {
  const address = addressOf(what);
  let server = await take(address);
  if (!server) waiting?.();
  while (!server) {
    const isStale = await released(address);
    if (isStale && path.isAbsolute(address)) await rm(address, { force: true });
    server = await take(address);
  }
  const sockets = new Set();
  server.on('connection', (socket) => sockets.add(socket));
  try {
    return await work();
  } finally {
    await free(server, sockets);
  }
}
