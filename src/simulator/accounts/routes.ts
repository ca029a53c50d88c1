import type { FastifyPluginCallback } from 'fastify';
import type ApiVersionInfo from '@rc-ex/core/definitions/ApiVersionInfo';
import type ApiVersionsList from '@rc-ex/core/definitions/ApiVersionsList';
import { resourceNotFound } from '../errors/apiProblem';
import type { Gate } from '../oauth/gate';
import type { Company } from '../state/company';
import { accountInfo, extensionInfo } from './views';

const VERSION = { versionString: '1.0.0', releaseDate: '2026-01-01T00:00:00.000Z' };

/** API versions, the company account, and its extensions one by one. */
export function accountRoutes(
  company: Company,
  gate: Gate,
  origin: () => string,
): FastifyPluginCallback {
  const accountOf = (id: string): void => {
    if (id !== '~' && id !== company.accountId) throw resourceNotFound('accountId');
  };
  return (server, _options, done) => {
    server.get('/restapi', (): ApiVersionsList => ({
      uri: `${origin()}/restapi/`,
      apiVersions: [version(origin())],
      serverVersion: 'practice',
      serverRevision: 'practice',
    }));

    server.get('/restapi/v1.0', (): ApiVersionInfo => version(origin()));

    server.get<{ Params: { accountId: string } }>(
      '/restapi/v1.0/account/:accountId',
      { onRequest: gate.enter('Light') },
      (request) => {
        accountOf(request.params.accountId);
        return accountInfo(company, origin());
      },
    );

    server.get<{ Params: { accountId: string; extensionId: string } }>(
      '/restapi/v1.0/account/:accountId/extension/:extensionId',
      { onRequest: gate.enter('Light') },
      (request) => {
        const { accountId, extensionId } = request.params;
        accountOf(accountId);
        const caller = gate.caller(request).person;
        const person = company.extensions.find(
          ({ id }) => id === (extensionId === '~' ? caller.id : extensionId),
        );
        if (!person) throw resourceNotFound('extensionId');
        return extensionInfo(person, company, origin(), person === caller);
      },
    );
    done();
  };
}

const version = (origin: string): ApiVersionInfo => ({
  uri: `${origin}/restapi/v1.0`,
  ...VERSION,
  uriString: 'v1.0',
});
