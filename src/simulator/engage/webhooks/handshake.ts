import { randomBytes } from 'node:crypto';
import type { Webhook } from '../account/records';
import { place, type Outgoing } from '../outgoing';

/** Engage Digital docs, Webhooks: the plain secret, sent with the handshake and every delivery. */
export const SECRET_HEADER = 'X-Dimelo-Secret';

export type Verification =
  | { readonly ok: true; readonly contentType: string | undefined }
  | { readonly ok: false; readonly problem: string };

/**
 * Asks a webhook's address whether it wants the events, as PubSubHubbub 0.3 does: it must answer 200
 * with exactly the challenge (Engage Digital docs, Webhooks, Register a webhook). The content type of
 * the answer is not judged; a query that the address has already is kept.
 */
export async function verifyWebhook(
  outgoing: Outgoing,
  webhook: Pick<Webhook, 'url' | 'verify_token' | 'secret'>,
  timeoutMs: number,
): Promise<Verification> {
  const challenge = randomBytes(16).toString('hex');
  const url = new URL(webhook.url);
  url.searchParams.append('hub.mode', 'subscribe');
  url.searchParams.append('hub.challenge', challenge);
  if (webhook.verify_token !== null) {
    url.searchParams.append('hub.verify_token', webhook.verify_token);
  }
  const answer = await outgoing.send({
    method: 'GET',
    url: url.href,
    headers: secretHeader(webhook.secret),
    timeoutMs,
  });
  if (answer.kind === 'unreachable') return { ok: false, problem: answer.problem };
  const who = place(webhook.url);
  if (answer.status !== 200) {
    return { ok: false, problem: `${who} answered the handshake with ${answer.status}, not 200.` };
  }
  if (!answer.body.equals(Buffer.from(challenge))) {
    return {
      ok: false,
      problem: `${who} answered the handshake with another body than the challenge.`,
    };
  }
  const contentType = answer.headers['content-type'];
  return { ok: true, contentType: typeof contentType === 'string' ? contentType : undefined };
}

/** No header at all when the webhook has no secret. */
export const secretHeader = (secret: string | null): Record<string, string> =>
  secret === null ? {} : { [SECRET_HEADER]: secret };
