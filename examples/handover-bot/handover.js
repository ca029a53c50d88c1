import { Seen } from './inOrder.js';
import { matches, sign } from './signing.js';
import { plainText } from './plainText.js';

const IMPLEMENTATION = {
  objects: {
    messages: ['create', 'show', 'list', 'reply'],
    threads: ['show', 'list'],
  },
  options: ['messages.text', 'messages.no_title', 'threads.no_content', 'view.messaging'],
};

/**
 * The one address that Engage calls: its webhook's and its source's.
 * GET is the webhook's handshake, a body with `events` a webhook, one with `action` the Source SDK.
 */
export function handoverEndpoint(options) {
  const webhook = webhookEvents(options);
  const sourceSdk = sourceSdkActions(options);

  return (incoming) => {
    if (incoming.method === 'GET') return handshake(incoming, options);
    if (incoming.method !== 'POST') return { status: 405, headers: { Allow: 'GET, POST' } };
    const message = parse(incoming.body);
    if (typeof message?.action === 'string') return sourceSdk(incoming, message);
    if (Array.isArray(message?.events)) return webhook(incoming, message);
    return json(400, { error: 'a JSON object with "events" or "action" is expected' });
  };
}

/** Engage asks whether this address wants its webhooks: yes is the challenge, byte for byte. */
function handshake({ query, headers }, { verifyToken, webhookSecret, log }) {
  const challenge = query.get('hub.challenge');
  if (query.get('hub.mode') !== 'subscribe' || !challenge) return { status: 400 };
  const secret = headers['x-dimelo-secret'];
  const isEngage =
    matches(query.get('hub.verify_token'), verifyToken) &&
    (secret === undefined || matches(secret, webhookSecret));
  if (!isEngage) {
    log('! a handshake with a wrong verify token or secret was refused');
    return { status: 403 };
  }
  log('← handshake: Engage will send its webhooks here');
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: challenge };
}

/** Webhooks carry the plain secret and may come twice; Engage retries until it gets a 200. */
function webhookEvents({ webhookSecret, sourceId, conversations, log }) {
  const seen = new Seen();

  return ({ headers }, { events }) => {
    if (!matches(headers['x-dimelo-secret'], webhookSecret)) {
      log('! a webhook with a wrong X-Dimelo-Secret was refused');
      return { status: 403 };
    }
    for (const event of events) {
      const type = event?.type;
      const metadata = event?.resource?.metadata;
      if (!seen.isNew(event?.id)) {
        log(`· ${type} came a second time, ignored`);
      } else if (!String(type).startsWith('intervention.') || !metadata?.thread_id) {
        log(`· ${type} ignored`);
      } else if (sourceId && metadata.source_id && metadata.source_id !== sourceId) {
        log(`· ${type} of another source ignored`);
      } else {
        // Not awaited: the answer goes first.
        const at = Date.parse(event.issued_at);
        void conversations.interventionChanged({ type, threadId: metadata.thread_id, at });
      }
    }
    return { status: 200 };
  };
}

/** The Source SDK: requests and answers are signed over their exact bytes. */
function sourceSdkActions({ realtimeToken, conversations, log }) {
  const answers = new Map();

  return async ({ headers, query, body }, { action, params }) => {
    // A proxy may drop the header, then Engage puts the signature into the query.
    const signature = headers['x-smccsdk-signature'] ?? query.get('signature');
    if (!realtimeToken || !matches(signature, sign(body, realtimeToken))) {
      log(`! ${action} with a wrong signature was refused`);
      return json(422, { error: 'Invalid signature' });
    }
    const answer = await perform(action, params ?? {});
    answer.headers['X-SMCCSDK-SIGNATURE'] = sign(answer.body, realtimeToken);
    return answer;
  };

  async function perform(action, params) {
    switch (action) {
      case 'implementation.info':
        log('← implementation.info');
        return json(200, IMPLEMENTATION);
      case 'messages.list':
      case 'threads.list':
        return json(200, []);
      case 'messages.show':
      case 'threads.show':
        return json(200, {});
      case 'messages.create':
        return create(params);
      default:
        return json(422, { error: 'Invalid action' });
    }
  }

  async function create(params) {
    const chatId = params.thread_id;
    const text = plainText(params);
    if (typeof chatId !== 'string' || !chatId || !text) {
      return json(422, { error: 'thread_id and a body or attachments are expected' });
    }
    // A retry carries the same content_id: the person must not read the message twice.
    const key = params.content_id ?? Symbol('no content_id');
    if (answers.has(key)) log(`· content ${String(key)} came a second time, answered as before`);
    else remember(key, conversations.agentWrote({ chatId, text, senderName: params.sender_name }));
    try {
      return json(200, { id: await answers.get(key) });
    } catch (error) {
      answers.delete(key); // So that Engage's next try is a real one.
      log(`! the agent's message did not reach the chat: ${error.message}`);
      // Engage gives up on a fatal error and tries three times otherwise.
      const isUnknown = error.status === 404;
      const message = isUnknown ? `There is no chat ${chatId}.` : 'The chat cannot be reached.';
      return json(isUnknown ? 200 : 503, { error: { fatal: isUnknown, message } });
    }
  }

  function remember(key, answer) {
    answers.set(key, answer);
    if (answers.size > 10_000) answers.delete(answers.keys().next().value);
  }
}

function json(status, content) {
  const headers = { 'Content-Type': 'application/json' };
  return { status, headers, body: JSON.stringify(content) };
}

function parse(body) {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
