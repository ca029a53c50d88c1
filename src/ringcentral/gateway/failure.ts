import * as l10n from '@vscode/l10n';
import { HumanError } from '../../base/humanError';
import { mayPass, RingCentralError } from '../ringCentralError';
import type { SocketEnd } from './dial';

/** Why there is no connection, and whether another try can help. */
export interface GatewayFailure {
  readonly problem: HumanError;
  /** `refused`: the token was not liked; a new one may be, but not for ever. */
  readonly kind: 'passing' | 'refused' | 'final';
  readonly retryAfterMs?: number;
}

export function passing(sentence: string, remedy?: string): GatewayFailure {
  return { kind: 'passing', problem: new HumanError(sentence, { remedy: remedy ?? byItself() }) };
}

/** What a failed request (token, subscription) means. A bug is final: repeating it heals nothing. */
export function failureOf(error: unknown, passingCodes: readonly string[]): GatewayFailure {
  const problem = error instanceof HumanError ? error : faultOfOwn(error);
  const { retryAfterMs, code } = error instanceof RingCentralError ? error : {};
  const isPassing = mayPass(error) || (code !== undefined && passingCodes.includes(code));
  return {
    kind: isPassing ? 'passing' : 'final',
    problem,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function faultOfOwn(cause: unknown): HumanError {
  return new HumanError(l10n.t('The live connection stopped because of a fault of its own.'), {
    remedy: l10n.t('Please report it with the log.'),
    cause,
  });
}

/** What the end of a WebSocket means. */
export function failureOfEnd(end: SocketEnd, host: string): GatewayFailure {
  const { status, code, retryAfterMs } = end;
  if (status === undefined) {
    if (code === undefined || code === 1006)
      return passing(l10n.t('The connection to the gateway {0} was lost.', host));
    return passing(l10n.t('The gateway {0} closed the connection (code {1}).', host, code));
  }
  const isRefusal = status === 401 || status === 403;
  return {
    kind: isRefusal ? 'refused' : 'passing',
    problem: new HumanError(
      l10n.t('The gateway {0} answered {1} to the connection.', host, status),
      {
        remedy: isRefusal
          ? l10n.t('Sign in again, and check that the app has the WebSocket permissions.')
          : byItself(),
      },
    ),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function byItself(): string {
  return l10n.t('It is tried again by itself.');
}
