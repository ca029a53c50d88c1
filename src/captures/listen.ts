import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as l10n from '@vscode/l10n';
import { HumanError, systemCode } from '../base/humanError';

/**
 * Listens on the loopback interface only; resolves with the port taken, which is another one than
 * asked for where 0 was. Rejects with a `HumanError` where the port cannot be had.
 */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(portProblem(port, error));
    server.once('error', fail);
    try {
      server.listen(port, '127.0.0.1', () => {
        server.off('error', fail);
        resolve((server.address() as AddressInfo).port);
      });
    } catch (error) {
      fail(error);
    }
  });
}

/** Says why a port cannot be listened on; errors of other kinds come back as they are. */
export function portProblem(port: number, cause: unknown): Error {
  const code = systemCode(cause);
  switch (code) {
    case 'EADDRINUSE':
      return new HumanError(l10n.t('Port {0} is in use.', port), {
        remedy: l10n.t('Stop what listens there, or choose another port.'),
        code,
        cause,
      });
    case 'EACCES':
    case 'EPERM':
      return new HumanError(l10n.t('Port {0} may not be used by this user.', port), {
        remedy: l10n.t('Choose a port above 1023.'),
        code,
        cause,
      });
    case 'ERR_SOCKET_BAD_PORT':
      return new HumanError(l10n.t('{0} is not a port.', port), {
        remedy: l10n.t('Choose a number from 0 to 65535; 0 takes any free port.'),
        code,
        cause,
      });
    case undefined:
    default:
      return cause instanceof Error ? cause : new Error(String(cause));
  }
}
