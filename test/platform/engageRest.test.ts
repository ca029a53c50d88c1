import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ENGAGE_ASSUMPTIONS } from '../../src/simulator/engage';
import { customerMessage, engageStage, type Stage } from './engageStage';

const curl = async (...parameters: string[]): Promise<unknown> => {
  const { stdout } = await promisify(execFile)('curl', [
    '--silent',
    '--noproxy',
    '*',
    ...parameters,
  ]);
  return JSON.parse(stdout) as unknown;
};

describe('Engage practice: REST API', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await engageStage();
  });

  afterEach(() => stage.close());

  it('starts with recognisable practice values that the environment replaces', async () => {
    const practice = await engageStage({}, {});
    try {
      const { accessToken, realtimeToken, verifyToken, webhookSecret } = practice.details;
      for (const value of [accessToken, realtimeToken, verifyToken, webhookSecret]) {
        assert.match(value, /^practice-/);
      }
      assert.equal((await practice.rest('GET', '/roles')).status, 200);
      assert.notEqual(stage.details.accessToken, accessToken);
      assert.equal(practice.details.apiUrl, `${practice.origin}/engage/1.0`);
    } finally {
      await practice.close();
    }
  });

  it('lets in by Bearer, query, form or JSON, and nobody else', async () => {
    const token = stage.details.accessToken;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const answer of [
      await stage.rest('GET', '/roles'),
      await stage.rest('GET', `/roles?access_token=${token}`, undefined, {}),
      await stage.rest('POST', '/categories', `name=A&access_token=${token}`, form),
      await stage.rest(
        'POST',
        '/categories',
        { name: 'B', access_token: token },
        {
          'content-type': 'application/json',
        },
      ),
    ]) {
      assert.equal(answer.status, 200);
    }
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: 'Basic eA==' },
    ]) {
      const { status, json } = await stage.rest('GET', '/roles', undefined, headers);
      assert.equal(status, 401);
      assert.deepEqual(Object.keys(json as object), ['error', 'message', 'status']);
      assert.equal(json.status, 401);
    }
  });

  it('merges query, form lists and JSON', async () => {
    const { botCategoryId, agentCategoryId, sourceId, accessToken } = stage.details;
    const url = `${stage.details.apiUrl}/content_sources/${sourceId}`;
    const source = (await curl(
      '-X',
      'PUT',
      '-H',
      `Authorization: Bearer ${accessToken}`,
      '-d',
      `default_category_ids[]=${botCategoryId}`,
      '-d',
      `default_category_ids[]=${agentCategoryId}`,
      `${url}?name=Renamed`,
    )) as { name: string; default_category_ids: string[] };
    assert.equal(source.name, 'Renamed');
    assert.deepEqual(source.default_category_ids, [botCategoryId, agentCategoryId]);
    const cleared = await stage.rest('PUT', `/content_sources/${sourceId}`, {
      default_category_ids: [],
    });
    assert.deepEqual(cleared.json.default_category_ids, []);
    assert.ok(!JSON.stringify(cleared.json).includes(stage.details.realtimeToken));
  });

  it('answers the same at NAME.api.localhost/1.0', async () => {
    const { port } = new URL(stage.origin);
    const answer = (await curl(
      '--resolve',
      `practice.api.localhost:${port}:127.0.0.1`,
      '-H',
      `Authorization: Bearer ${stage.details.accessToken}`,
      `http://practice.api.localhost:${port}/1.0/roles`,
    )) as { count: number };
    assert.equal(answer.count, 2);
    assert.equal((await fetch(`${stage.origin}/1.0/roles`)).status, 404);
  });

  it('pages lists by offset and limit, 30 by default and 150 at most', async () => {
    for (let i = 0; i < 40; i++) await stage.rest('POST', '/categories', { name: `C${i}` });
    const first = (await stage.rest('GET', '/categories')).json;
    assert.deepEqual([first.count, first.offset, first.limit], [43, 0, 30]);
    assert.equal(first.records.length, 30);
    const rest = (await stage.rest('GET', '/categories?offset=30&limit=20')).json;
    assert.deepEqual([rest.count, rest.offset, rest.limit], [43, 30, 20]);
    assert.equal(rest.records.length, 13);
    assert.equal((await stage.rest('GET', '/categories?limit=1000')).json.limit, 150);
    assert.equal((await stage.rest('GET', '/categories?limit=many')).status, 400);
  });

  it('makes categories once more below their parent and finds them by it', async () => {
    const parent = (await stage.rest('POST', '/categories', { name: 'Handover' })).json;
    const child = (await stage.rest('POST', '/categories', { name: 'Bot', parent_id: parent.id }))
      .json;
    assert.match(child.id, /^[0-9a-f]{24}$/);
    assert.match(child.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const found = (await stage.rest('GET', `/categories?parent_id=${parent.id}`)).json;
    assert.deepEqual(
      found.records.map(({ name }) => name),
      ['Bot'],
    );
    assert.equal((await stage.rest('POST', '/categories', {})).status, 422);
  });

  it('finds threads by q and recategorises them whole', async () => {
    await stage.push(customerMessage());
    await stage.push(customerMessage({ id: 'm2', thread_id: 'other one' }));
    const find = async (q: string): Promise<{ id: string; foreign_id: string }[]> =>
      (await stage.rest('GET', `/content_threads?q=${encodeURIComponent(q)}`)).json.records;
    const foreignIds = async (q: string): Promise<string[]> =>
      (await find(q)).map(({ foreign_id: id }) => id);
    assert.deepEqual(await foreignIds(''), ['other one', 't1'], 'newest first');
    assert.deepEqual(await foreignIds("foreign_id:'other one'"), ['other one']);
    assert.deepEqual(await foreignIds('-foreign:t1 order:created_at.asc'), ['other one']);
    assert.deepEqual(await foreignIds('foreign:nobody'), []);
    assert.equal((await stage.rest('GET', '/content_threads?q=colour:red')).status, 400);

    const { botCategoryId, agentCategoryId } = stage.details;
    const [thread] = await find('foreign:t1');
    const path = `/content_threads/${thread!.id}/update_categories`;
    const updated = await stage.rest('PUT', `${path}?thread_category_ids[]=${agentCategoryId}`);
    assert.deepEqual(updated.json.thread_category_ids, [agentCategoryId]);
    assert.deepEqual(await foreignIds(`categorized_in:${agentCategoryId}`), ['t1']);
    assert.deepEqual(await foreignIds(`categorized_in:${botCategoryId}`), ['other one']);
    assert.equal((await stage.rest('PUT', path, { thread_category_ids: ['nope'] })).status, 422);
    assert.equal((await stage.rest('PUT', path, {})).status, 422);
    const unknown = await stage.rest('GET', `/content_threads/${'0'.repeat(24)}`);
    assert.equal(unknown.status, 404);
  });

  it('holds interventions to the documented rules', async () => {
    await stage.push(customerMessage());
    const content = (await stage.rest('GET', '/contents')).json.records[0]!;
    const reply = { body: 'Hello', in_reply_to_id: content.id };
    assert.equal((await stage.rest('POST', '/contents', reply)).status, 403, 'nothing is open');

    const opened = await stage.rest('POST', '/interventions', { content_id: content.id });
    assert.equal(opened.status, 200);
    assert.equal(opened.json.closed, false);
    const path = `/interventions/${opened.json.id}`;
    assert.equal(
      (await stage.rest('POST', '/interventions', { content_id: content.id })).status,
      422,
      'it is open already',
    );
    assert.equal((await stage.rest('PUT', `${path}/close`)).status, 403, 'nobody replied');
    assert.equal((await stage.rest('DELETE', `${path}/cancel`)).status, 200);
    assert.equal((await stage.rest('GET', path)).status, 404);

    const again = await stage.rest('POST', '/interventions', { content_id: content.id });
    const nextPath = `/interventions/${again.json.id}`;
    const replied = await stage.rest('POST', '/contents', reply);
    assert.equal(replied.status, 200);
    assert.equal(replied.json.status, 'user_reply');
    assert.equal((await stage.rest('DELETE', `${nextPath}/cancel`)).status, 403, 'it has a reply');
    const closed = await stage.rest('PUT', `${nextPath}/close`);
    assert.equal(closed.json.closed, true);
    assert.equal(closed.json.user_replies_count, 1);
    assert.equal((await stage.rest('PUT', `${nextPath}/close`)).status, 409);
    assert.equal((await stage.rest('GET', '/interventions?status=closed')).json.count, 1);
    assert.equal((await stage.rest('GET', '/interventions?status=active')).json.count, 0);
  });

  it('lets another agent’s intervention be closed only by who may edit all', async () => {
    await stage.push(customerMessage());
    const users = (await stage.rest('GET', '/users')).json.records;
    const [admin, agent] = users;
    const content = (await stage.rest('GET', '/contents')).json.records[0]!;
    const opened = (await stage.rest('POST', '/interventions', { content_id: content.id })).json;
    assert.equal(opened.user_id, admin!.id);
    await stage.rest('POST', '/contents', { body: 'Hello', in_reply_to_id: content.id });
    const as = `?impersonated_user_id=${agent!.id}`;
    const close = `/interventions/${opened.id}/close`;
    assert.equal((await stage.rest('PUT', close + as)).status, 403);
    assert.equal((await stage.rest('PUT', close)).status, 200);
    assert.equal((await stage.rest('GET', '/users/me?impersonated_user_id=x')).status, 400);
    assert.equal((await stage.rest('GET', `/users/me${as}`)).json.id, agent!.id);
  });

  it('answers the bare array of who is there', async () => {
    const { json } = await stage.rest('GET', '/status');
    const agents = json as unknown as { agent_id: string; channels: { status: string }[] }[];
    assert.match(agents[0]!.agent_id, /^[0-9a-f]{24}$/);
    assert.equal(agents[0]!.channels[0]!.status, 'available');
  });

  it('throttles a minute’s requests, 500 by default', async () => {
    assert.equal(ENGAGE_ASSUMPTIONS.requestsPerMinute.value, 500);
    const narrow = await engageStage({ requestsPerMinute: 2 });
    try {
      for (const expected of [200, 200, 429]) {
        assert.equal((await narrow.rest('GET', '/roles')).status, expected);
      }
      const { json } = await narrow.rest('GET', '/roles');
      assert.equal(json.error, 'rate_limit_exceeded');
      narrow.clock.advance(60_000);
      assert.equal((await narrow.rest('GET', '/roles')).status, 200);
    } finally {
      await narrow.close();
    }
  });

  it('answers the error object for what is not there or cannot be read', async () => {
    const headers = {
      authorization: `Bearer ${stage.details.accessToken}`,
      'content-type': 'application/json',
    };
    assert.equal((await stage.rest('POST', '/categories', '{"name":', headers)).status, 400);
    assert.equal((await stage.rest('POST', '/categories', '[]', headers)).status, 400);
    const xml = { ...headers, 'content-type': 'text/xml' };
    assert.equal((await stage.rest('POST', '/categories', '<a/>', xml)).status, 400);
    const missing = await stage.rest('GET', '/nothing');
    assert.equal(missing.status, 404);
    assert.equal(missing.json.status, 404);
    assert.equal(missing.headers.get('content-type'), 'application/json; charset=utf-8');
  });
});
