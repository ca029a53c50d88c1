import { Seen } from './inOrder.js';
import { matches } from './signing.js';

/**
 * Where RingCentral tells about posts. It wants 200 within 3 seconds and at most 1024 bytes, else
 * the subscription is blacklisted: the answer goes first, the work comes after it.
 */
export function glipWebhook({ glip, conversations, verifyToken, log }) {
  const seen = new Seen();

  return ({ method, headers, body }) => {
    if (method !== 'POST') return { status: 405, headers: { Allow: 'POST' } };

    // Making a subscription, RingCentral sends a token that must come back as it is.
    const token = headers['validation-token'];
    if (token?.length > 512) return { status: 400 };
    const echo = token ? { 'Validation-Token': token } : {};
    if (token && body.length === 0) return { status: 200, headers: echo };

    if (verifyToken && !matches(headers['verification-token'], verifyToken)) {
      log('! a notification with a wrong Verification-Token was refused');
      return { status: 403 };
    }
    const notification = parse(body);
    if (!notification) return { status: 400, body: '{"error":"not a JSON object"}' };

    const post = notification.body;
    if (post?.eventType === 'PostAdded' && typeof post.groupId === 'string') {
      const own = glip.ownId ?? notification.ownerId;
      if (post.creatorId !== own && seen.isNew(post.id ?? notification.uuid)) {
        void conversations.personPosted(post, own);
      }
    }
    return { status: 200, headers: echo };
  };
}

function parse(body) {
  try {
    const value = JSON.parse(body.toString('utf8'));
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
