import * as l10n from '@vscode/l10n';
import { HumanError, type HumanErrorDetails } from '../base/humanError';
import { NetworkError, type HttpResponse } from '../http';
import { explanationOf, type Explanation } from './errorCodes';
import { readFault, type RemoteFault } from './faultBody';
import { retryAfterOf } from './retryAfter';

export interface RingCentralErrorDetails extends HumanErrorDetails {
  readonly status: number;
  readonly retryAfterMs?: number;
}

/** RingCentral refused or could not serve a request. `code` is RingCentral's own, where it gave one. */
export class RingCentralError extends HumanError {
  override readonly name = 'RingCentralError';
  /** HTTP status of the answer. */
  readonly status: number;
  /** Milliseconds to stay away before the next try; only after 429 and 503. */
  readonly retryAfterMs?: number;

  constructor(sentence: string, details: RingCentralErrorDetails) {
    super(sentence, details);
    this.status = details.status;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
  }
}

/**
 * Turns an answer that is no success into an error for people.
 *
 * @param doing what was being done, as it follows "while": "signing in", "reading the posts".
 * @see RingCentral developer guide, API errors; OAuth token endpoint (`error`, `error_description`)
 */
export function readError(response: HttpResponse, doing: string): RingCentralError {
  const retryAfterMs = retryAfterOf(response);
  return errorOf({ status: response.status, body: response.json(), retryAfterMs }, doing);
}

/** The same for an answer that came over the WebSocket gateway. */
export function errorOf(
  answer: { status: number; body: unknown; retryAfterMs?: number | undefined },
  doing: string,
): RingCentralError {
  const { status } = answer;
  const fault = readFault(answer.body);
  const known = explanationOf(fault) ?? explanationOfStatus(status);
  return new RingCentralError(sentenceOf(status, doing, fault, known), {
    remedy: known.remedy,
    status,
    ...(fault.code !== undefined && { code: fault.code }),
    ...(answer.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
  });
}

function sentenceOf(
  status: number,
  doing: string,
  fault: RemoteFault,
  known: Partial<Explanation>,
): string {
  const said = [fault.code, fault.message && `“${fault.message}”`].filter(Boolean).join(', ');
  if (known.meaning !== undefined && said !== '')
    return l10n.t(
      'RingCentral answered {0} while {1}: {2} ({3}).',
      status,
      doing,
      known.meaning,
      said,
    );
  const reason = known.meaning ?? said;
  if (reason === '') return l10n.t('RingCentral answered {0} while {1}.', status, doing);
  return l10n.t('RingCentral answered {0} while {1}: {2}.', status, doing, reason);
}

/** What is left to say when no code was given or the code is not known here. */
function explanationOfStatus(status: number): Partial<Explanation> & { remedy: string } {
  if (status === 401)
    return {
      meaning: l10n.t('the access token is not accepted'),
      remedy: l10n.t('Sign in again.'),
    };
  if (status === 403)
    return {
      remedy: l10n.t('Check the permissions of the app and of the person who is signed in.'),
    };
  if (status === 404)
    return {
      meaning: l10n.t('it is not there, or not visible to the person who is signed in'),
      remedy: l10n.t('Check the id, and that the server of the app profile is the right one.'),
    };
  if (status === 429)
    return {
      meaning: l10n.t('too many requests were made'),
      remedy: l10n.t('Wait a minute: each request made meanwhile prolongs the pause.'),
    };
  if (status >= 500)
    return {
      meaning: l10n.t('the server had a fault of its own'),
      remedy: l10n.t('Try again in a moment.'),
    };
  return { remedy: l10n.t('Check what was asked for against the API reference.') };
}

/**
 * Whether the same request may well succeed later: the network failed, RingCentral had a fault of its
 * own, or wants a pause. Looks along the causes, since a failed refresh wraps what made it fail.
 */
export function mayPass(error: unknown): boolean {
  for (let e: unknown = error, depth = 0; e instanceof Error && depth < 5; e = e.cause, depth++) {
    if (e instanceof NetworkError) return true;
    if (e instanceof RingCentralError)
      return e.status === 408 || e.status === 429 || e.status >= 500;
  }
  return false;
}
