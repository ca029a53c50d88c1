import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import type { EngageAccount } from '../account/account';
import type { User } from '../account/records';
import { EngageProblem, type Problems } from '../problems';
import { SEED_IDS } from '../seeds';
import { Parameters } from './parameters';
import type { Route } from './route';
import type { Throttle } from './throttle';

interface RestServices {
  readonly account: EngageAccount;
  readonly problems: Problems;
  readonly accessToken: string;
  readonly throttle: Throttle;
  readonly log: (line: string) => void;
}

/** The REST API: who may call, where the parameters are, and how answers and errors look. */
export function restRoutes(
  services: RestServices,
  routes: readonly Route[],
  host?: RegExp,
): FastifyPluginCallback {
  const { problems, log } = services;
  return (app, _options, done) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    app.setErrorHandler<Error & { code?: string }>((error, request, reply) => {
      const problem = asProblem(error, problems);
      if (problem.status === 500) log(`engage: ${error.stack ?? error.message}`);
      log(`engage ← ${request.method} ${pathOf(request)}: ${problem.status} ${problem.message}`);
      return reply.code(problem.status).send(problem.body());
    });
    app.setNotFoundHandler((request) => {
      throw problems.notFound(`${request.method} ${pathOf(request)}`);
    });
    for (const { method, path, run } of routes) {
      app.route({
        method,
        url: path,
        ...(host && { constraints: { host } }),
        handler: (request, reply) => {
          const parameters = readParameters(request, problems);
          const user = authorise(services, request, parameters);
          const parts = request.params as Record<string, string | undefined>;
          const answer = run({ parameters, user, path: (name) => parts[name] ?? '' });
          return reply.type('application/json; charset=utf-8').send(answer);
        },
      });
    }
    done();
  };
}

function readParameters(request: FastifyRequest, problems: Problems): Parameters {
  const parameters = new Parameters(problems);
  parameters.addForm(request.url.split('?', 2)[1] ?? '');
  const text = typeof request.body === 'string' ? request.body : '';
  if (text.trim() === '') return parameters;
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const body = new Parameters(problems);
  if (type === 'application/json' || type.endsWith('+json')) body.addJson(text);
  else if (type === 'application/x-www-form-urlencoded') body.addForm(text);
  else throw problems.badRequest('The body must be a form or JSON');
  parameters.override(body);
  return parameters;
}

/** Engage Digital docs, Authentication: Bearer, or the parameter `access_token`. */
function authorise(
  { account, accessToken, problems, throttle }: RestServices,
  request: FastifyRequest,
  parameters: Parameters,
): User {
  const header = request.headers.authorization ?? '';
  const bearer = /^Bearer +(\S+)$/i.exec(header)?.[1];
  const token = bearer ?? parameters.text('access_token') ?? '';
  const owner = account.users.get(SEED_IDS.admin);
  if (!owner || !isSame(token, accessToken)) throw problems.badToken();
  if (!throttle.take()) throw problems.rateLimited();
  const impersonatedId = parameters.text('impersonated_user_id');
  if (impersonatedId === undefined) return owner;
  const impersonated = account.users.get(impersonatedId);
  const mayImpersonate = account.roles.get(owner.role_id)?.impersonate_user === true;
  if (impersonated && mayImpersonate) return impersonated;
  throw problems.badRequest('This user cannot be impersonated');
}

function isSame(given: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}

function asProblem(error: Error & { code?: string }, problems: Problems): EngageProblem {
  if (error instanceof EngageProblem) return error;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problems.tooLarge();
  return error.code?.startsWith('FST_ERR_CTP_') === true
    ? problems.badRequest('The body cannot be read')
    : problems.internal();
}

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '';
