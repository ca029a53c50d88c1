import type { Socket } from 'node:net';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance } from 'fastify';
import { invalidUri } from './errors/apiProblem';
import { hostnameOf, isLoopbackName } from './loopback';

const LARGEST_FRAME = 1_048_576;

/**
 * The HTTP server under all rooms. It listens to names of this machine only: a page whose name was
 * rebound to 127.0.0.1 sends its own name as Host, and is refused.
 */
export async function buildServer(log: (line: string) => void): Promise<FastifyInstance> {
  const server = Fastify({
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const connections = new Set<Socket>();
  server.server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  // Before the hooks below, so that a connection it was to upgrade is ended when they refuse it.
  await server.register(websocket, {
    options: { maxPayload: LARGEST_FRAME },
    // Rooms close their sockets themselves; whoever is left is not waited for.
    preClose: (done) => {
      server.websocketServer.close();
      for (const connection of connections) connection.destroy();
      done();
    },
  });
  server.addHook('onRequest', (request, reply, done) => {
    const hostname = hostnameOf(request.headers.host);
    if (hostname !== undefined && isLoopbackName(hostname)) {
      done();
      return;
    }
    void reply.code(403).send({ error: 'The simulator answers to names of this machine only.' });
  });
  server.addHook('onResponse', (request, reply, done) => {
    // The path alone: queries carry codes and tokens.
    log(`${request.method} ${request.url.split('?')[0] ?? ''} ${reply.statusCode}`);
    done();
  });
  server.setNotFoundHandler((_request, reply) => reply.code(404).send(invalidUri().body()));
  return server;
}
