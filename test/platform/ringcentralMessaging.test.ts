import assert from 'node:assert/strict';
import type { Simulator } from '../../src/simulator';
import {
  adminToken,
  call,
  command,
  errorCode,
  parsed,
  practise,
  type Answer,
  type Body,
} from './practice';

describe('RingCentral on the practice platform: accounts and Team Messaging', () => {
  let simulator: Simulator;
  let admin: string;
  let bot: string;
  let chat: string;
  before(async () => {
    simulator = await practise({ assumptions: { rateLimitsEnabled: false } });
    admin = await adminToken(simulator);
    bot = simulator.details().botToken;
    chat = `/team-messaging/v1/chats/${simulator.details().chatId}`;
  });
  after(() => simulator.close());

  const as = (token: string, method: string, path: string, body?: unknown): Promise<Answer> =>
    call(simulator, method, path, token, body);

  it('gives its versions to anyone', async () => {
    const { status, body } = await call(simulator, 'GET', '/restapi');
    assert.equal(status, 200);
    assert.equal(body.uri, `${simulator.url}/restapi/`);
    assert.equal(body.apiVersions[0]?.uriString, 'v1.0');
    assert.equal((await call(simulator, 'GET', '/restapi/v1.0')).status, 200);
  });

  it('asks for a login, and says what is wrong with one', async () => {
    const path = '/restapi/v1.0/account/~/extension/~';
    const none = await call(simulator, 'GET', path);
    assert.deepEqual(
      [none.status, none.body.errorCode, errorCode(none)],
      [401, 'CMN-405', 'CMN-405'],
    );
    const dead = await as('no-such-token', 'GET', path);
    assert.deepEqual([dead.status, errorCode(dead)], [401, 'OAU-213']);
    const odd = await call(simulator, 'GET', path, undefined, undefined, {
      Authorization: 'Magic x',
    });
    assert.deepEqual([odd.status, errorCode(odd)], [401, 'OAU-123']);
  });

  it('writes ids of extensions as numbers and ids of persons as strings', async () => {
    const extension = (await as(admin, 'GET', '/restapi/v1.0/account/~/extension/~')).body;
    assert.equal(extension.id, 470001001);
    assert.equal(extension.account.id, '470000000');
    assert.deepEqual([extension.type, extension.status], ['User', 'Enabled']);
    assert.equal(extension.permissions.admin.enabled, true);
    const person = (await as(admin, 'GET', '/team-messaging/v1/persons/470001001')).body;
    assert.equal(person.id, '470001001');
    assert.equal(person.companyId, '470000000');
    const account = (await as(admin, 'GET', '/restapi/v1.0/account/~')).body;
    assert.equal(account.id, 470000000);
    const other = await as(admin, 'GET', '/restapi/v1.0/account/~/extension/470001900');
    assert.equal(other.body.type, 'Bot');
    const nobody = await as(admin, 'GET', '/restapi/v1.0/account/~/extension/1');
    assert.deepEqual([nobody.status, nobody.body.parameterName], [404, 'extensionId']);
  });

  it('lists the chats of the caller, oldest first, page by page', async () => {
    const all = (
      await as(admin, 'GET', '/team-messaging/v1/chats?type=Team&type=Direct&type=Everyone')
    ).body;
    assert.deepEqual(
      all.records.map((record) => record.type),
      ['Everyone', 'Team', 'Direct'],
    );
    const first = (
      await as(admin, 'GET', '/team-messaging/v1/chats?recordCount=1&type=Team&type=Direct')
    ).body;
    assert.equal(first.records.length, 1);
    const rest = await as(
      admin,
      'GET',
      `/team-messaging/v1/chats?pageToken=${first.navigation.nextPageToken}`,
    );
    assert.equal(rest.body.records[0]?.type, 'Direct');
    assert.equal(rest.body.navigation.nextPageToken, undefined);
    assert.ok(rest.body.navigation.prevPageToken);
    const wrong = await as(admin, 'GET', '/team-messaging/v1/chats?recordCount=251');
    assert.deepEqual([wrong.status, wrong.body.errorCode], [400, 'InvalidParameter']);
    assert.equal(errorCode(wrong), 'CMN-101');
  });

  it('shows a chat with its members to those who are in it, and to nobody else', async () => {
    const { body } = await as(bot, 'GET', chat);
    assert.equal(body.type, 'Team');
    assert.ok(body.members.some(({ id }) => id.startsWith('glip-')));
    const { chats } = (await command(simulator, 'people')).ok as {
      chats: { id: string; type: string }[];
    };
    const direct = chats.find(({ type }) => type === 'Direct')!.id;
    assert.equal((await as(bot, 'GET', `/team-messaging/v1/chats/${direct}`)).status, 200);
    const { body: jonas } = await as(admin, 'POST', '/team-messaging/v1/conversations', {
      members: [{ id: '470001002' }],
    });
    const hidden = await as(bot, 'GET', `/team-messaging/v1/chats/${jonas.id}`);
    assert.deepEqual([hidden.status, errorCode(hidden)], [404, 'CMN-102']);
  });

  it('posts, reads, edits and deletes, with null for what is not set', async () => {
    const text = 'Ask ![:Person](470001900), please';
    const made = await as(admin, 'POST', `${chat}/posts`, { text });
    assert.equal(made.status, 201);
    assert.match(made.body.id, /^\d+$/);
    assert.equal(made.body.groupId, simulator.details().chatId);
    assert.equal(made.body.creatorId, '470001001');
    assert.match(made.body.creationTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(made.body.mentions, [
      { id: '470001900', type: 'Person', name: 'Practice Bot' },
    ]);
    const fields = Object.entries(made.body);
    for (const unset of ['attachments', 'title', 'iconUri', 'addedPersonIds', 'parentPostId']) {
      assert.deepEqual(
        fields.filter(([name]) => name === unset),
        [[unset, null]],
      );
    }
    const path = `${chat}/posts/${made.body.id}`;
    const edited = await as(admin, 'PATCH', path, { text: 'Done' });
    assert.deepEqual([edited.status, edited.body.text, edited.body.mentions], [200, 'Done', null]);
    const foreign = await as(bot, 'DELETE', path);
    assert.equal(foreign.status, 403);
    const gone = await as(admin, 'DELETE', path);
    assert.deepEqual([gone.status, gone.text], [204, '']);
    assert.equal((await as(admin, 'GET', path)).status, 404);
  });

  it('answers a thread with its parent', async () => {
    const parent = (await as(admin, 'POST', `${chat}/posts`, { text: 'Root' })).body;
    const reply = (
      await as(bot, 'POST', `${chat}/posts`, { text: 'Leaf', parentPostId: parent.id })
    ).body;
    assert.deepEqual([reply.parentPostId, reply.threadId], [parent.id, parent.id]);
    assert.equal((await as(bot, 'GET', `${chat}/posts/${parent.id}`)).body.isParent, true);
  });

  it('lists posts newest first; the tokens lead to older and back to newer ones', async () => {
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      await as(admin, 'POST', `${chat}/posts`, { text });
    }
    const texts = (answer: Answer): string[] => answer.body.records.map((record) => record.text);
    const newest = await as(admin, 'GET', `${chat}/posts?recordCount=2`);
    assert.deepEqual(texts(newest), ['five', 'four']);
    assert.equal(newest.body.navigation.nextPageToken, undefined);
    await as(admin, 'POST', `${chat}/posts`, { text: 'six' });
    const turn = (token: string): Promise<Answer> =>
      as(admin, 'GET', `${chat}/posts?pageToken=${token}`);
    const older = await turn(newest.body.navigation.prevPageToken);
    assert.deepEqual(texts(older), ['three', 'two']);
    const newer = await turn(older.body.navigation.nextPageToken);
    assert.deepEqual(texts(newer), ['five', 'four']);
    const foreign = await as(
      admin,
      'GET',
      `/team-messaging/v1/chats?pageToken=${newest.body.navigation.prevPageToken}`,
    );
    assert.deepEqual([foreign.status, foreign.body.parameterName], [400, 'pageToken']);
  });

  it('refuses posts without text, with too much of it, with a card, and broken JSON', async () => {
    const post = (body: unknown): Promise<Answer> => as(admin, 'POST', `${chat}/posts`, body);
    assert.equal((await post({})).body.parameterName, 'text');
    assert.equal((await post({ text: 'x'.repeat(10_001) })).status, 400);
    const card = await post({ text: 'x', attachments: [{ id: '1', type: 'Card' }] });
    assert.equal(card.body.message, 'Parameter [attachments[0].type] value is invalid.');
    const response = await fetch(`${simulator.url}${chat}/posts`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${admin}`, 'Content-Type': 'application/json' },
      body: '{"text":',
    });
    const body = (await response.json()) as { errorCode: string };
    assert.deepEqual([response.status, body.errorCode], [400, 'CMN-103']);
  });

  it('answers several persons at once as a bulk request', async () => {
    const path = '/team-messaging/v1/persons/470001900,glip-4700019001,nobody';
    const json = await call(simulator, 'GET', path, admin, undefined, {
      Accept: 'application/vnd.ringcentral.multipart+json',
    });
    assert.equal(json.status, 207);
    const list = JSON.parse(json.text) as Body[];
    assert.deepEqual(
      list.map((part) => [part.resourceId, part.status]),
      [
        ['470001900', 200],
        ['glip-4700019001', 200],
        ['nobody', 404],
      ],
    );
    assert.equal(list[0]?.body.firstName, 'Practice');

    const mixed = await as(admin, 'GET', path);
    assert.equal(mixed.status, 207);
    const boundary = /boundary=(\S+)$/.exec(mixed.headers.get('content-type') ?? '')?.[1] ?? '';
    const parts = mixed.text
      .split(`--${boundary}`)
      .slice(1, -1)
      .map((part) => parsed(part.split('\r\n\r\n')[1] ?? ''));
    assert.equal(parts.length, 4);
    assert.deepEqual(
      parts[0]!.response.map(({ status }) => status),
      [200, 200, 404],
    );
    assert.equal(parts[2]!.id, 'glip-4700019001');
    const nobody = await as(admin, 'GET', '/team-messaging/v1/persons/nobody');
    assert.deepEqual([nobody.status, errorCode(nobody)], [404, 'CMN-102']);
  });

  it('finds a conversation again instead of opening it twice', async () => {
    const open = (members: unknown): Promise<Answer> =>
      as(bot, 'POST', '/team-messaging/v1/conversations', { members });
    const first = await open([{ id: '470001003' }]);
    assert.deepEqual([first.status, first.body.type], [201, 'Direct']);
    const again = await open([{ email: 'lin.chen@practice.example' }]);
    assert.deepEqual([again.status, again.body.id], [200, first.body.id]);
    const group = await open([{ id: '470001003' }, { id: '470001002' }]);
    assert.deepEqual([group.status, group.body.type], [201, 'Group']);
    assert.equal((await open(undefined)).body.type, 'Personal');
    assert.equal((await open([{ id: 'nobody' }])).body.parameterName, 'members[0]');
  });

  it('is found at the address of Glip’s days as well, and nowhere else', async () => {
    const path = `/restapi/v1.0/glip/chats/${simulator.details().chatId}/posts?recordCount=1`;
    assert.equal((await as(bot, 'GET', path)).status, 200);
    const nowhere = await as(bot, 'GET', '/restapi/v1.0/nowhere');
    assert.deepEqual([nowhere.status, errorCode(nowhere)], [404, 'CMN-120']);
  });

  it('ends a day of posts with 500, as the platform does', async () => {
    const strict = await practise({ assumptions: { dailyPosts: 1 } });
    try {
      const path = `/team-messaging/v1/chats/${strict.details().chatId}/posts`;
      const post = () => call(strict, 'POST', path, strict.details().botToken, { text: 'x' });
      assert.equal((await post()).status, 201);
      const over = await post();
      assert.equal(over.status, 500);
      assert.match(over.body.message, /exceeded your limits/);
      await command(strict, 'warp', { seconds: 86_400 });
      assert.equal((await post()).status, 201);
    } finally {
      await strict.close();
    }
  });
});
