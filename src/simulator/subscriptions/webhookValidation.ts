import { randomUUID } from 'node:crypto';
import type { Assumptions } from '../assumptions';
import { invalidParameter, subscriptionProblem, type ApiProblem } from '../errors/apiProblem';
import { OutgoingError, type Outgoing, type OutgoingAnswer } from './outgoing';

/** RingCentral developer guide, Creating webhooks: three seconds, and 1024 bytes all in all. */
const VALIDATION_MS = 3000;
const MOST_ANSWER_BYTES = 1024;

export const WEBHOOK_USER_AGENT = 'RingCentral-Webhook/8.3';

export function readAddress(value: unknown): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw invalidParameter('deliveryMode.address');
}

/** Asks the address to echo a token; throws the SUB- error that a wrong answer earns. */
export async function validateWebhook(
  url: URL,
  verificationToken: string | undefined,
  outgoing: Outgoing,
  assumptions: Assumptions,
): Promise<void> {
  const token = randomUUID();
  const answer = await outgoing
    .post({
      url,
      headers: {
        'Validation-Token': token,
        ...(verificationToken !== undefined && { 'Verification-Token': verificationToken }),
        'User-Agent': WEBHOOK_USER_AGENT,
        Accept: 'application/json',
      },
      body: '',
      timeoutMs: VALIDATION_MS,
    })
    .catch((error: unknown) => {
      throw problemOf(error, assumptions);
    });
  const wrong = whatIsWrong(answer, token);
  if (wrong !== undefined) throw invalidResponse(wrong);
}

function whatIsWrong(answer: OutgoingAnswer, token: string): string | undefined {
  if (answer.status !== 200) return `HTTP status is ${answer.status}, 200 is expected`;
  const echoed = answer.headers['validation-token'];
  if (echoed === undefined) return 'Validation-Token header is missing';
  if (echoed !== token) return 'Validation-Token header differs from the one that was sent';
  if (answer.bytes > MOST_ANSWER_BYTES) {
    return `Response has ${answer.bytes} bytes with its headers, ${MOST_ANSWER_BYTES} are allowed`;
  }
  return undefined;
}

function problemOf(error: unknown, assumptions: Assumptions): unknown {
  if (!(error instanceof OutgoingError)) return error;
  if (error.trouble === 'certificate') {
    return subscriptionProblem(
      400,
      'SUB-524',
      `WebHook server certificate is invalid [${error.message}]`,
    );
  }
  if (error.trouble === 'unreachable') {
    const code = assumptions.unreachableWebhookCode;
    return subscriptionProblem(400, code, `WebHook is not reachable [${error.message}]`);
  }
  return invalidResponse(
    error.trouble === 'timeout' ? `No response within ${VALIDATION_MS} ms` : error.message,
  );
}

const invalidResponse = (why: string): ApiProblem =>
  subscriptionProblem(400, 'SUB-525', `WebHook server response is invalid [${why}]`);
