import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { EngageAccount } from '../account/account';
import type { EngageAssumptions } from '../assumptions';
import { isSignedBy, SIGNATURE_HEADER } from '../sourceSdk/signature';
import type { SendActions } from './sendActions';
import {
  badFormat,
  badRequest,
  badSignature,
  badSize,
  MOST_REQUEST_BYTES,
  SendProblem,
  sourceNotFound,
} from './sendProblem';

interface RealtimeServices {
  readonly account: EngageAccount;
  readonly actions: SendActions;
  readonly assumptions: EngageAssumptions;
  readonly log: (line: string) => void;
}

/** `POST /realtime/sdk/{source_id}`: answers the text `ok`, or one of the documented error texts. */
export function realtimeRoutes(services: RealtimeServices, host?: RegExp): FastifyPluginCallback {
  const { assumptions, log } = services;
  return (app, _options, done) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    app.setErrorHandler<Error & { code?: string }>((error, _request, reply) => {
      const problem = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? badSize() : error;
      if (!(problem instanceof SendProblem)) throw error;
      const why = problem.detail === undefined ? '' : ` (${problem.detail})`;
      log(`engage ← realtime: ${problem.status} ${problem.message}${why}`);
      return reply
        .code(problem.status)
        .type(assumptions.sendApiErrorContentType)
        .send(problem.message);
    });
    app.route({
      method: 'POST',
      url: '/realtime/sdk/:sourceId',
      bodyLimit: MOST_REQUEST_BYTES,
      ...(host && { constraints: { host } }),
      handler: (request, reply) => answer(services, request, reply),
    });
    done();
  };
}

/** The checks run in the order of the docs’ table of errors. */
function answer(
  { account, actions, assumptions, log }: RealtimeServices,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const { action, params } = readRequest(body);
  const source = account.sources.get(sourceIdOf(request));
  if (!source) throw sourceNotFound();
  const { upperCaseHexAccepted } = assumptions;
  if (!isSignedBy(source.realtimeToken, body, signatureOf(request), upperCaseHexAccepted)) {
    throw badSignature();
  }
  actions.run(source, action, params);
  log(`engage ← realtime ${action}: ok`);
  return reply.type('text/plain; charset=utf-8').send('ok');
}

function readRequest(body: Buffer): { action: string; params: Record<string, unknown> } {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw badRequest();
  }
  if (!isObject(value) || typeof value.action !== 'string' || !isObject(value.params)) {
    throw badFormat();
  }
  return { action: value.action, params: value.params };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sourceIdOf = (request: FastifyRequest): string =>
  (request.params as { sourceId?: string }).sourceId ?? '';

/** The header; or, where a proxy strips it, the query parameter `signature`. */
function signatureOf(request: FastifyRequest): string | undefined {
  const header = request.headers[SIGNATURE_HEADER.toLowerCase()];
  if (typeof header === 'string') return header;
  const query = request.url.split('?', 2)[1] ?? '';
  return new URLSearchParams(query).get('signature') ?? undefined;
}
