import { setTimeout as sleep } from 'node:timers/promises';
import { request, retrying } from './request.js';
import { sign } from './signing.js';

// Identities that an administrator may mark as controlled, so that agents can write as them.
const IDENTITIES = [
  { id: 'bot', screenname: 'Bot' },
  { id: 'agent', screenname: 'Agent' },
];
const SINCE = '2026-01-01T00:00:00Z';

/** Engage Digital: the Send API towards our source, and the threads behind it. */
export class Engage {
  #options;
  #identities;

  /** The id of our source: the end of its realtime URL. */
  sourceId;

  /** `apiUrl` ends in /1.0, `realtimeUrl` is the source's realtime endpoint. */
  constructor({ apiUrl, accessToken, realtimeUrl, realtimeToken, botCategory, agentCategory }) {
    this.#options = { accessToken, realtimeToken, botCategory, agentCategory };
    this.#options.apiUrl = apiUrl.replace(/\/+$/, '');
    this.#options.realtimeUrl = realtimeUrl.replace(/\/+$/, '');
    this.sourceId = this.#options.realtimeUrl.split('/').pop();
  }

  /** Shows a line of the conversation to the agents; `author` is {id, name} or 'bot'. */
  async push({ chatId, id, author, text, at }) {
    const [bot] = IDENTITIES;
    await this.#sendApi('messages.create', {
      id,
      thread_id: chatId,
      body: text,
      format: 'text',
      created_at: at,
      author: author === 'bot' ? identity(bot) : personIdentity(author),
    });
  }

  /** Makes the identities Bot and Agent exist; done once. */
  async introduce() {
    this.#identities ??= Promise.all(
      IDENTITIES.map((each) => this.#sendApi('users.create', identity(each))),
    );
    try {
      await this.#identities;
    } catch (error) {
      this.#identities = undefined;
      throw error;
    }
  }

  /** The thread whose foreign id is this chat, or undefined. */
  async threadOfChat(chatId) {
    const query = new URLSearchParams({ q: `foreign:"${chatId}"` });
    const { records = [] } = await this.#rest('GET', `/content_threads?${query}`);
    return records.find((thread) => thread.foreign_id === chatId);
  }

  /** The same, for a chat that was pushed a moment ago: Engage may take a while to show it. */
  async newThreadOfChat(chatId) {
    for (let waitMs = 100; waitMs < 5_000; waitMs *= 2) {
      const thread = await this.threadOfChat(chatId);
      if (thread) return thread;
      await sleep(waitMs);
    }
    throw new Error(`Engage shows no thread for chat ${chatId}`);
  }

  /** The thread with this id, or undefined. */
  async thread(id) {
    try {
      return await this.#rest('GET', `/content_threads/${encodeURIComponent(id)}`);
    } catch (error) {
      if (error.status === 404) return undefined;
      throw error;
    }
  }

  isWithAgents(thread) {
    return categoriesOf(thread).includes(this.#options.agentCategory);
  }

  async moveToAgents(threadId) {
    const { botCategory, agentCategory } = this.#options;
    await this.#recategorise(threadId, botCategory, agentCategory);
  }

  async moveToBot(threadId) {
    const { botCategory, agentCategory } = this.#options;
    await this.#recategorise(threadId, agentCategory, botCategory);
  }

  async #recategorise(threadId, from, to) {
    // Engage replaces the whole set, so what is there now is read and kept.
    const kept = categoriesOf(await this.thread(threadId)).filter((id) => id !== from && id !== to);
    const path = `/content_threads/${encodeURIComponent(threadId)}/update_categories`;
    await this.#rest(
      'PUT',
      path,
      [...kept, to].map((id) => ['thread_category_ids[]', id]),
    );
  }

  #rest(method, path, form) {
    const { apiUrl, accessToken } = this.#options;
    return retrying(() => request(method, apiUrl + path, { token: accessToken, form }));
  }

  #sendApi(action, params) {
    const { realtimeUrl, realtimeToken } = this.#options;
    const body = JSON.stringify({ action, params });
    const headers = { 'X-SMCCSDK-SIGNATURE': sign(body, realtimeToken) };
    return retrying(() => request('POST', realtimeUrl, { body, headers }));
  }
}

function categoriesOf(thread) {
  return thread?.thread_category_ids ?? thread?.category_ids ?? [];
}

function identity({ id, screenname }) {
  return { id, screenname, puppetizable: true, created_at: SINCE, updated_at: SINCE };
}

function personIdentity({ id, name, createdAt = SINCE }) {
  return { id, screenname: name, created_at: createdAt, updated_at: createdAt };
}
