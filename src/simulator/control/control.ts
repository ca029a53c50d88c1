import type { FastifyPluginCallback } from 'fastify';
import type { PracticeRoom } from '../seam';

export type Commands = PracticeRoom['control'];

export const CONTROL_PATH = '/control';

/** One table of the commands of all rooms; a name that two rooms want is a mistake in the house. */
export function gather(...rooms: readonly Commands[]): Commands {
  const all: Commands = {};
  for (const commands of rooms) {
    for (const [name, command] of Object.entries(commands)) {
      if (Object.hasOwn(all, name)) throw new Error(`Two rooms answer the command ${name}`);
      all[name] = command;
    }
  }
  return all;
}

/**
 * `POST /control` with `{"command": NAME, …}`, answered `{"ok": …}` or `{"error": "sentence"}`.
 * Only programs may command: a page in a browser always sends an Origin header with a POST, and
 * cannot send JSON elsewhere without asking first.
 */
export function controlRoute(commands: Commands): FastifyPluginCallback {
  return (server, _options, done) => {
    server.addHook('onRequest', (request, reply, next) => {
      const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
      if (request.headers.origin !== undefined) {
        void reply.code(403).send({ error: 'Commands are not taken from web pages.' });
      } else if (type !== 'application/json') {
        void reply
          .code(415)
          .send({ error: 'A command is JSON: send Content-Type application/json.' });
      } else {
        next();
      }
    });
    server.setErrorHandler((_error, _request, reply) =>
      reply.code(400).send({ error: 'The body is not a JSON object.' }),
    );
    server.post(CONTROL_PATH, async (request, reply) => {
      const { body } = request;
      if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        return reply.code(400).send({ error: 'The body is not a JSON object.' });
      }
      const { command, ...params } = body as Record<string, unknown>;
      const name = typeof command === 'string' ? command : '';
      const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
      if (!found) {
        const known = Object.keys(commands).sort().join(', ');
        return reply.code(404).send({ error: `There is no command "${name}". Known: ${known}.` });
      }
      try {
        return { ok: (await found.run(params)) ?? null };
      } catch (error) {
        return reply
          .code(400)
          .send({ error: error instanceof Error ? error.message : String(error) });
      }
    });
    done();
  };
}
