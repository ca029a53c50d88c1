import { setTimeout as sleep } from 'node:timers/promises';
import { request, retrying } from './request.js';

const POSTS = '/team-messaging/v1/posts';
const TEN_YEARS = 315_360_000; // Without `expiresIn` a subscription silently ends after 7 days.
const LONGEST_POST = 10_000;
const CHECK_EVERY_MS = 60_000;

/** The bot in RingCentral Team Messaging (Glip): who it is, what it posts, what it is told. */
export class Glip {
  #server;
  #token;
  #log;
  #persons = new Map();
  #everyone = new Map();

  /** The bot's own person id, known once `stayConnected` got through. */
  ownId;

  constructor({ server, token, log }) {
    this.#server = server.replace(/\/+$/, '');
    this.#token = token;
    this.#log = log;
  }

  /** Posts a text, in parts if it is too long for one post. Answers the id of the first. */
  async post(chatId, text) {
    let first;
    for (let start = 0; start < text.length; start += LONGEST_POST) {
      const part = { text: text.slice(start, start + LONGEST_POST) };
      const path = `/team-messaging/v1/chats/${encodeURIComponent(chatId)}/posts`;
      const { id } = await this.#call('POST', path, part);
      first ??= String(id);
    }
    this.#log(`→ posted to ${chatId}: ${text}`);
    return first;
  }

  /** Who wrote: {id, name, createdAt}; the id for a name if RingCentral will not tell. */
  async personOf(id) {
    if (!this.#persons.has(id)) {
      try {
        const path = `/team-messaging/v1/persons/${encodeURIComponent(id)}`;
        const found = await this.#call('GET', path);
        const name = [found.firstName, found.lastName].filter(Boolean).join(' ') || id;
        remember(this.#persons, id, { id, name, createdAt: found.creationTime });
      } catch (error) {
        this.#log(`! no name for person ${id}: ${error.message}`);
        return { id, name: id };
      }
    }
    return this.#persons.get(id);
  }

  /** Is this the company-wide chat, which every new bot is put into? */
  async isEveryone(chatId) {
    if (!this.#everyone.has(chatId)) {
      const path = `/team-messaging/v1/chats/${encodeURIComponent(chatId)}`;
      remember(this.#everyone, chatId, (await this.#call('GET', path)).type === 'Everyone');
    }
    return this.#everyone.get(chatId);
  }

  /**
   * Subscribes to posts and looks every minute whether the subscription still stands: RingCentral
   * blacklists one whose address failed for a while, and then it has to be made anew.
   */
  async stayConnected({ address, verificationToken, signal }) {
    let subscription;
    let failures = 0;
    let lastProblem;
    while (!signal.aborted) {
      try {
        this.ownId ??= await this.#whoAmI();
        if (!(await this.#stands(subscription))) {
          subscription = await this.#subscribe(address, verificationToken);
          this.#log(`✓ listening to posts as person ${this.ownId}, told at ${address}`);
        }
        failures = 0;
        lastProblem = undefined;
      } catch (error) {
        if (error.message !== lastProblem) this.#log(`! not listening to posts: ${error.message}`);
        lastProblem = error.message;
        // SUB-406: a bot that was just installed is not ready yet.
        if ([401, 403].includes(error.status) && error.code !== 'SUB-406') {
          return this.#log('! RingCentral refuses this bot: check RC_BOT_TOKEN, then start again');
        }
        failures += 1;
        await wait(error.retryAfterMs ?? Math.min(500 * 2 ** failures, 30_000), signal);
        continue;
      }
      await wait(CHECK_EVERY_MS, signal);
    }
  }

  async #whoAmI() {
    const own = await this.#call('GET', '/restapi/v1.0/account/~/extension/~');
    return String(own.id); // A number here, a string in Team Messaging.
  }

  async #stands(subscription) {
    if (!subscription) return false;
    try {
      const now = await this.#call('GET', `/restapi/v1.0/subscription/${subscription}`);
      return now.status === 'Active';
    } catch (error) {
      if (error.status === 404) return false;
      throw error;
    }
  }

  async #subscribe(address, verificationToken) {
    // What an earlier run left behind would bring every post twice.
    const { records = [] } = await this.#call('GET', '/restapi/v1.0/subscription');
    for (const { id, deliveryMode } of records) {
      if (deliveryMode?.address === address) {
        await this.#call('DELETE', `/restapi/v1.0/subscription/${id}`);
      }
    }
    const { id } = await this.#call('POST', '/restapi/v1.0/subscription', {
      eventFilters: [POSTS],
      deliveryMode: {
        transportType: 'WebHook',
        address,
        ...(verificationToken && { verificationToken }),
      },
      expiresIn: TEN_YEARS,
    });
    return id;
  }

  #call(method, path, json) {
    const send = () => request(method, this.#server + path, { token: this.#token, json });
    // A post that may have arrived is not sent again; everything else may be.
    return method === 'POST' ? send() : retrying(send, { tries: 2 });
  }
}

function remember(cache, key, value) {
  cache.set(key, value);
  if (cache.size > 1_000) cache.delete(cache.keys().next().value);
}

async function wait(ms, signal) {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
