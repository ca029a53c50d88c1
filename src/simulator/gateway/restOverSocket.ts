import type { FastifyInstance, InjectOptions } from 'fastify';
import { type ApiProblem, invalidUri } from '../errors/apiProblem';
import { listOf } from '../requestBody';
import { messageIdOf, writeFrame, writeRawFrame, type ClientFrame, type FrameMeta } from './frames';
import type { SocketSession } from './socketSession';

/** Carries a session's id from the gateway to the routes; not accepted from outside. */
export const SESSION_HEADER = 'x-practice-socket-session';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];

/** RingCentral developer guide: everything but OAuth and binary content may come this way. */
const REACHABLE = /^\/(?:restapi|team-messaging)\/(?!oauth\/)/;

const TOLD_HEADERS = ['content-type', 'retry-after', 'rcrequestid'];

/** Answers a `ClientRequest` by making the call it describes, as the session's user. */
export async function answerClientRequest(
  server: FastifyInstance,
  session: SocketSession,
  frame: ClientFrame,
): Promise<string> {
  const messageId = messageIdOf(frame);
  const options = injectOptions(session, frame);
  if (!options) return problemFrame(messageId, invalidUri());

  const before = session.subscriptionId;
  const answer = await server.inject(options);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (TOLD_HEADERS.includes(name) || name.startsWith('x-rate-limit')) {
      headers[name === 'rcrequestid' ? 'RCRequestId' : name] = String(value);
    }
  }
  const meta: FrameMeta = {
    // An answer has the type of what it answers.
    type: 'ClientRequest',
    messageId,
    status: answer.statusCode,
    headers,
    ...(session.subscriptionId !== before && { wsc: session.advance() }),
  };
  if (answer.payload === '') return writeFrame(meta);
  const isMultipart = headers['content-type']?.startsWith('multipart/') === true;
  return isMultipart
    ? writeRawFrame(meta, answer.payload)
    : writeFrame(meta, JSON.parse(answer.payload));
}

export function problemFrame(messageId: string, problem: ApiProblem): string {
  return writeFrame(
    { type: 'ClientRequest', messageId, status: problem.status, headers: {} },
    problem.body(),
  );
}

function injectOptions(
  session: SocketSession,
  { meta, body }: ClientFrame,
): InjectOptions | undefined {
  const method = METHODS.find((known): known is Method => known === meta.method);
  const path = meta.path;
  if (!method || typeof path !== 'string' || !REACHABLE.test(path)) return undefined;
  return {
    method,
    url: path,
    query: queryOf(meta.query),
    headers: {
      authorization: `Bearer ${session.oauth.accessToken}`,
      accept: acceptOf(meta.headers),
      [SESSION_HEADER]: session.id,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  };
}

function queryOf(query: unknown): Record<string, string[]> {
  if (typeof query !== 'object' || query === null) return {};
  return Object.fromEntries(
    Object.entries(query).map(([name, value]: [string, unknown]) => [
      name,
      listOf(Array.isArray(value) ? value.map(String) : String(value)),
    ]),
  );
}

function acceptOf(headers: unknown): string {
  if (typeof headers !== 'object' || headers === null) return 'application/json';
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'accept');
  return typeof entry?.[1] === 'string' ? entry[1] : 'application/json';
}
