import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Conversations } from '../conversation.js';

/** A chat and an Engage that only remember what was done to them. */
function setUp({ category = 'bot', fails } = {}) {
  const posts = [];
  const pushed = [];
  const moves = [];
  const thread = { id: 'thread-1', foreign_id: 'chat_1' };
  const glip = {
    personOf: async (id) => ({ id, name: 'Ada' }),
    isEveryone: async (chatId) => chatId === 'everyone',
    post: async (chatId, text) => posts.push(text),
  };
  const engage = {
    introduce: async () => {},
    push: async ({ text }) => {
      if (fails) throw new Error('Engage is away');
      pushed.push(text);
    },
    threadOfChat: async () => (category === 'agent' ? thread : undefined),
    newThreadOfChat: async () => thread,
    thread: async (id) => (id === thread.id ? thread : undefined),
    isWithAgents: () => category === 'agent',
    moveToAgents: async () => moves.push('agents'),
    moveToBot: async () => moves.push('bot'),
  };
  const conversations = new Conversations({ glip, engage, log: () => {} });
  const write = (text, chatId = 'chat_1', mentions = null) =>
    conversations.personPosted({ id: text, groupId: chatId, creatorId: '7', text, mentions }, '1');
  const change = (type, at, threadId = 'thread-1') =>
    conversations.interventionChanged({ type, threadId, at: Date.parse(at) });
  return { posts, pushed, moves, write, change };
}

describe('a conversation', () => {
  it('is answered by the bot, then by an agent, then by the bot again', async () => {
    const { posts, pushed, moves, write, change } = setUp();
    await write('hello');
    assert.match(posts.at(-1), /^Hello Ada/);

    await write('an agent please');
    assert.deepEqual(pushed, ['hello', posts[0], 'an agent please']);
    assert.match(posts.at(-1), /colleague/);

    const before = posts.length;
    await write('are you there?');
    assert.equal(pushed.at(-1), 'are you there?');
    assert.equal(posts.length, before, 'the bot is silent');

    await change('intervention.closed', '2026-01-01T00:00:02Z');
    assert.match(posts.at(-1), /again/);
    assert.deepEqual(moves, ['agents', 'bot']);
    await write('hi');
    assert.match(posts.at(-1), /^Hello Ada/);
  });

  it('stays with the bot when a late event tells of an earlier time', async () => {
    const { posts, write, change } = setUp();
    await write('agent');
    await change('intervention.closed', '2026-01-01T00:00:02Z');
    await change('intervention.opened', '2026-01-01T00:00:01Z');
    await write('hi');
    assert.match(posts.at(-1), /^Hello/);
  });

  it('stays with the agent after the bot was started again', async () => {
    const { posts, pushed, write } = setUp({ category: 'agent' });
    await write('still there?');
    assert.deepEqual(pushed, ['still there?']);
    assert.deepEqual(posts, []);
  });

  it('stays with the bot when Engage cannot be reached, and the person is told', async () => {
    const { posts, write } = setUp({ fails: true });
    await write('agent');
    assert.match(posts.at(-1), /could not reach/);
    await write('hello');
    assert.match(posts.at(-1), /^Hello/);
  });

  it('in the company-wide chat needs a mention, and unknown threads do nothing', async () => {
    const { posts, write, change } = setUp();
    await write('hello all', 'everyone');
    await change('intervention.closed', '2026-01-01T00:00:00Z', 'unknown');
    assert.deepEqual(posts, []);
    await write('![:Person](1) hello', 'everyone', [{ id: '1', type: 'Person' }]);
    assert.match(posts.at(-1), /^Hello/);
  });
});
