import { randomUUID } from 'node:crypto';
import { InOrder } from './inOrder.js';

const REMEMBERED_LINES = 10;
const STARTS = new Set(['intervention.opened', 'intervention.reopened']);
const ENDS = new Set(['intervention.closed', 'intervention.canceled']);

/** What the bot answers while it has the conversation. Here your own bot begins. */
function answerTo(text, name) {
  if (/^(hi|hello|hey)\b/i.test(text)) return `Hello ${name}! What can I do for you?`;
  if (/^help\b/i.test(text)) return 'I answer what I can. Write “agent” to talk to a colleague.';
  return `You wrote “${text}”. Write “agent” to talk to a colleague.`;
}

function wantsAgent(text) {
  return /\bagent\b/i.test(text);
}

/**
 * Every chat is with the bot or with an agent. With the bot: posts are answered. With an agent:
 * posts go to Engage and the bot is silent, until Engage says that the agent has finished.
 *
 * What is known is kept in memory; a bot that was started again asks Engage whose turn it is.
 */
export class Conversations {
  #glip;
  #engage;
  #log;
  #inOrder = new InOrder();
  #chats = new Map();
  #chatOfThread = new Map();

  /** `glip` or `engage` may be missing: then the part that needs it is off. */
  constructor({ glip, engage, log }) {
    this.#glip = glip;
    this.#engage = engage;
    this.#log = log;
  }

  /** A person wrote: `post` as RingCentral sends it, `ownId` the bot's person id. */
  personPosted(post, ownId) {
    return this.#safely(post.groupId, async () => {
      const isMentioned = post.mentions?.some(({ id }) => id === ownId);
      if (!isMentioned && (await this.#glip.isEveryone(post.groupId))) return;

      const author = await this.#glip.personOf(post.creatorId);
      const text = textOf(post);
      this.#log(`← PostAdded ${author.name}: ${text}`);
      if (!text) return;

      const chat = await this.#chat(post.groupId);
      const line = { id: post.id, author, text, at: post.creationTime };
      if (chat.mode === 'agent') return this.#tellAgent(chat, line);
      remember(chat, line);
      if (wantsAgent(text)) return this.#handOver(chat);
      await this.#say(chat, answerTo(text, author.name));
    });
  }

  /** An agent wrote: shows it in the chat and answers the id of the new post. */
  agentWrote({ chatId, text, senderName }) {
    return this.#inOrder.run(chatId, async () => {
      this.#log(`← agent ${senderName ?? ''} to ${chatId}: ${text}`);
      if (!this.#glip) return `not-posted-${randomUUID()}`;
      return this.#glip.post(chatId, senderName ? `**${senderName}**: ${text}` : text);
    });
  }

  /** Engage tells that an intervention has changed. Its thread id is Engage's own, not the chat. */
  interventionChanged({ type, threadId, at }) {
    return this.#safely(`thread ${threadId}`, async () => {
      const chatId = await this.#chatIdOf(threadId);
      this.#log(
        `← ${type} ${chatId ? `chat ${chatId}` : `thread ${threadId}, not of a known chat`}`,
      );
      if (!chatId || !(STARTS.has(type) || ENDS.has(type))) return;

      await this.#inOrder.run(chatId, async () => {
        const chat = await this.#chat(chatId);
        this.#link(chat, threadId);
        // Events may overtake each other; Engage's own times tell which one is the last word.
        if (at < chat.changedAt) return this.#log(`· ${type} came late, ignored`);
        chat.changedAt = at;
        if (STARTS.has(type)) chat.mode = 'agent';
        else if (chat.mode === 'agent') await this.#takeBack(chat);
      });
    });
  }

  async #handOver(chat) {
    if (!this.#engage) {
      return this.#say(chat, 'There is nobody I could hand you over to: Engage is not set up.');
    }
    try {
      await this.#engage.introduce().catch((error) => {
        this.#log(`! the identities Bot and Agent could not be made: ${error.message}`);
      });
      for (const line of chat.lines) await this.#engage.push({ chatId: chat.id, ...line });
      const thread = await this.#engage.newThreadOfChat(chat.id);
      this.#link(chat, thread.id);
      await this.#engage.moveToAgents(thread.id);
    } catch (error) {
      this.#log(`! not handed over: ${error.message}`);
      return this.#say(chat, 'I could not reach my colleagues. Please try again in a moment.');
    }
    chat.mode = 'agent';
    chat.lines = [];
    this.#log(`⇄ handed over chat ${chat.id}, thread ${chat.threadId}`);
    await this.#say(chat, 'I have called a colleague, who will answer you here.');
  }

  async #takeBack(chat) {
    chat.mode = 'bot';
    this.#log(`⇄ took back chat ${chat.id}, thread ${chat.threadId}`);
    try {
      await this.#engage.moveToBot(chat.threadId);
    } catch (error) {
      this.#log(`! thread ${chat.threadId} stays in the agents' category: ${error.message}`);
    }
    await this.#say(chat, 'My colleague has finished. You are talking to me again, the bot.');
  }

  async #tellAgent(chat, line) {
    try {
      await this.#engage.push({ chatId: chat.id, ...line });
      this.#log(`→ to the agent from ${line.author.name}: ${line.text}`);
    } catch (error) {
      this.#log(`! not sent to the agent: ${error.message}`);
      await this.#say(chat, 'This did not reach my colleague. Please send it again.');
    }
  }

  async #say(chat, text) {
    if (!this.#glip) return;
    const id = await this.#glip.post(chat.id, text);
    if (chat.mode === 'bot')
      remember(chat, { id, author: 'bot', text, at: new Date().toISOString() });
  }

  /** What is known of a chat; of one never seen, Engage knows whether an agent has it. */
  async #chat(id) {
    let chat = this.#chats.get(id);
    if (!chat) {
      chat = { id, mode: 'bot', lines: [] };
      this.#chats.set(id, chat);
      try {
        const thread = await this.#engage?.threadOfChat(id);
        if (thread) this.#link(chat, thread.id);
        if (thread && this.#engage.isWithAgents(thread)) chat.mode = 'agent';
      } catch (error) {
        this.#log(`! Engage does not say whose turn it is, the bot answers: ${error.message}`);
      }
    }
    return chat;
  }

  async #chatIdOf(threadId) {
    if (!this.#chatOfThread.has(threadId)) {
      const thread = await this.#engage?.thread(threadId);
      if (thread?.foreign_id) this.#chatOfThread.set(threadId, thread.foreign_id);
    }
    return this.#chatOfThread.get(threadId);
  }

  #link(chat, threadId) {
    chat.threadId = threadId;
    this.#chatOfThread.set(threadId, chat.id);
  }

  /** In order, and whatever goes wrong in one chat is written down and harms no other. */
  #safely(key, work) {
    return this.#inOrder.run(key, work).catch((error) => {
      this.#log(`! ${error.message}`, error.name === 'RequestFailed' ? undefined : error);
    });
  }
}

function remember(chat, line) {
  chat.lines.push(line);
  if (chat.lines.length > REMEMBERED_LINES) chat.lines.shift();
}

function textOf(post) {
  const text = (post.text ?? '').replace(/!\[:\w+\]\([^)]*\)/g, '').trim();
  return text || (post.attachments ?? []).map(({ name }) => `[${name ?? 'attachment'}]`).join(' ');
}
