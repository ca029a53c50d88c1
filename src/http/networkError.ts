import { errors } from 'undici';
import * as l10n from '@vscode/l10n';
import { HumanError, systemCode } from '../base/humanError';

/** Nobody answered, or the answer was cut: trying again later may help. */
export class NetworkError extends HumanError {
  override readonly name = 'NetworkError';
}

/** Node's and undici's codes for a connection that broke while it was used. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET']);
const UNKNOWN_HOST = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const UNREACHABLE = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
]);
const TIMED_OUT = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const TLS =
  /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/;

export function isBrokenConnection(error: unknown): boolean {
  return BROKEN.has(systemCode(error) ?? '');
}

export function timeoutError(origin: string, timeoutMs: number): NetworkError {
  return new NetworkError(l10n.t('{0} did not answer within {1} s.', origin, timeoutMs / 1000), {
    remedy: l10n.t('Try again; if it stays silent, check the server and the network between.'),
    code: 'ETIMEDOUT',
  });
}

/**
 * Says a failed exchange in words for people; undefined when the failure is not the network's (and
 * so is a bug). Only the origin is named: paths and queries may carry secrets.
 */
export function networkErrorOf(cause: unknown, origin: string): NetworkError | undefined {
  if (cause instanceof NetworkError) return cause;
  const code = systemCode(cause) ?? parserCode(cause);
  const text = code === undefined ? undefined : textOf(code, origin);
  if (code === undefined || text === undefined) return undefined;
  return new NetworkError(text.sentence, { remedy: text.remedy, code, cause });
}

/** undici's parser does not always give its errors a code. */
function parserCode(cause: unknown): string | undefined {
  return cause instanceof errors.HTTPParserError ? 'HPE_INVALID' : undefined;
}

function textOf(code: string, origin: string): { sentence: string; remedy: string } | undefined {
  const host = new URL(origin).host;
  if (code === 'ECONNREFUSED')
    return {
      sentence: l10n.t('Nothing answers at {0}.', origin),
      remedy: l10n.t('Start the server there, or correct the address and port.'),
    };
  if (UNKNOWN_HOST.has(code))
    return {
      sentence: l10n.t('The host {0} is not known.', host),
      remedy: l10n.t('Check the spelling of the address and that this machine is online.'),
    };
  if (TIMED_OUT.has(code))
    return {
      sentence: l10n.t('{0} did not answer in time.', origin),
      remedy: l10n.t('Try again; if it stays silent, check the server and the network between.'),
    };
  if (TLS.test(code))
    return {
      sentence: l10n.t('No secure connection to {0} could be made.', origin),
      remedy: l10n.t(
        'Check its certificate, any proxy that replaces it, and that the port speaks https.',
      ),
    };
  if (BROKEN.has(code))
    return {
      sentence: l10n.t('{0} cut the connection before it had answered.', origin),
      remedy: l10n.t(
        'Try again; if it happens every time, look at the log of the server or proxy.',
      ),
    };
  if (UNREACHABLE.has(code))
    return {
      sentence: l10n.t('{0} cannot be reached from this machine.', origin),
      remedy: l10n.t('Check the network connection, VPN and firewall.'),
    };
  if (code.startsWith('HPE_'))
    return {
      sentence: l10n.t('What answers at {0} does not speak HTTP.', origin),
      remedy: l10n.t('Check the port, and whether the address should begin with https.'),
    };
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
    return {
      sentence: l10n.t('The answer of {0} is too large to be read.', origin),
      remedy: l10n.t('Ask for less at a time.'),
    };
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED')
    return {
      sentence: l10n.t(
        'The request to {0} was given up because the connection was closed.',
        origin,
      ),
      remedy: l10n.t('Try again.'),
    };
  return undefined;
}
