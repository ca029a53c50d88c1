import * as l10n from '@vscode/l10n';
import { headerOf } from './entry';
import type { RawAnswer } from './exchange';
import { queryOf } from './kinds';
import type { ReceivedRequest } from './receive';

/**
 * The recorder's answer where no bot stands behind it: both platforms' address checks pass, and
 * everything else is acknowledged (Engage Digital docs, Create a webhook; RingCentral developer
 * guide, Creating webhooks).
 */
export function acknowledgement(request: ReceivedRequest): RawAnswer {
  const challenge = queryOf(request.target).get('hub.challenge');
  if (request.method === 'GET' && challenge !== null)
    return answer(200, 'OK', Buffer.from(challenge, 'utf8'));
  const token = headerOf(request.headers, 'validation-token');
  const echoed = token === undefined ? [] : [{ name: 'Validation-Token', value: token }];
  return answer(200, 'OK', Buffer.alloc(0), echoed);
}

/** An answer of the recorder itself, to be read by whoever looks at the sender's log. */
export function refusal(status: 413 | 500 | 502 | 503 | 504, sentence: string): RawAnswer {
  return answer(status, REASONS[status], Buffer.from(`${sentence}\n`, 'utf8'));
}

export function tooLarge(limit: number): RawAnswer {
  return refusal(413, l10n.t('The body is larger than {0} bytes.', limit));
}

const REASONS = {
  413: 'Content Too Large',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
} as const;

function answer(
  status: number,
  statusText: string,
  body: Buffer,
  headers: RawAnswer['headers'] = [],
): RawAnswer {
  return {
    status,
    statusText,
    headers: [
      ...headers,
      { name: 'Content-Type', value: 'text/plain; charset=utf-8' },
      { name: 'Content-Length', value: String(body.length) },
    ],
    body,
  };
}
