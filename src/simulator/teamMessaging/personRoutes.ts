import { randomUUID } from 'node:crypto';
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem, resourceNotFound } from '../errors/apiProblem';
import type { Gate } from '../oauth/gate';
import type { Company } from '../state/company';
import { personView } from './views';

const MOST_IDS = 30;
const MULTIPART_JSON = 'application/vnd.ringcentral.multipart+json';

interface Part {
  readonly id: string;
  readonly status: number;
  readonly body: unknown;
}

/** `GET /persons/{id[,id…]}`; several ids make a bulk request, answered 207. */
export function personRoutes(
  company: Company,
  gate: Gate,
  origin: () => string,
): FastifyPluginCallback {
  return (server, _options, done) => {
    server.get<{ Params: { personIds: string } }>(
      '/persons/:personIds',
      { onRequest: gate.enter('Light') },
      (request, reply) => {
        const ids = request.params.personIds.split(',');
        if (ids.length > MOST_IDS) {
          const message = `Batch request is limited to ${MOST_IDS} entries`;
          throw new ApiProblem(400, [{ errorCode: 'CMN-106', message }]);
        }
        const parts = ids.map((id) => partOf(id === '~' ? gate.caller(request).person.id : id));
        const [only] = parts;
        if (only && parts.length === 1) return reply.code(only.status).send(only.body);
        return sendBulk(request, reply, parts);
      },
    );
    done();
  };

  function partOf(id: string): Part {
    const person = company.person(id);
    return person
      ? { id, status: 200, body: personView(person, company) }
      : { id, status: 404, body: resourceNotFound('personId').body() };
  }

  /**
   * RingCentral developer guide, Bulk requests: one JSON array for those who accept its media type,
   * `multipart/mixed` with the list of statuses as its first part for everyone else.
   */
  function sendBulk(
    request: FastifyRequest,
    reply: FastifyReply,
    parts: readonly Part[],
  ): FastifyReply {
    if (request.headers.accept?.includes(MULTIPART_JSON)) {
      const list = parts.map(({ id, status, body }) => ({ resourceId: id, status, body }));
      return reply.code(207).header('Content-Type', MULTIPART_JSON).send(JSON.stringify(list));
    }
    const path = request.url.slice(0, request.url.lastIndexOf('/'));
    const summary = {
      response: parts.map(({ id, status }) => ({
        href: `${origin()}${path}/${id}`,
        status,
        responseDescription: status === 200 ? 'OK' : 'Not Found',
      })),
    };
    const boundary = `Boundary_${randomUUID().replaceAll('-', '')}`;
    const written = [summary, ...parts.map((part) => part.body)].map(
      (part) =>
        `--${boundary}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(part)}\r\n`,
    );
    return reply
      .code(207)
      .header('Content-Type', `multipart/mixed; boundary=${boundary}`)
      .send(`${written.join('')}--${boundary}--\r\n`);
  }
}
