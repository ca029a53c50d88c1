import type { FastifyPluginCallback } from 'fastify';
import type { Assumptions } from '../assumptions';
import { OAuthProblem } from '../errors/oauthProblem';
import type { ClientAuth } from './clientAuth';
import { OAuthForm } from './form';
import type { Sessions } from './sessions';

/** `POST /restapi/oauth/revoke`: ends the whole session of an access or refresh token. */
export function revokeRoute(
  clientAuth: ClientAuth,
  sessions: Sessions,
  assumptions: Assumptions,
): FastifyPluginCallback {
  return (server, _options, done) => {
    server.post('/restapi/oauth/revoke', (request, reply) => {
      const form = new OAuthForm(request.query, request.body);
      const app = clientAuth.identify(request.headers.authorization, form);
      const token = form.get('token');
      if (token === undefined) {
        throw new OAuthProblem(
          assumptions.tokenErrorStatus,
          'invalid_request',
          assumptions.missingParameterCode,
          'Parameter [token] value is invalid.',
        );
      }
      sessions.revoke(token, app);
      // An unknown token is no error (RFC 7009, section 2.2).
      return reply.code(200).send();
    });
    done();
  };
}
