import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { HumanError } from '../../../src/base/humanError';
import { settle } from '../fakeClock';
import { Desk, SECRET } from './desk';
import { EXTENSION, REVOKE, TOKEN, tokens } from './scriptedHttp';

/** Every secret of these tests bears this mark. */
const MARK = /planted/;

/** A server that repeats, in its refusal, all that it was sent: the worst that can be met. */
function parrot(status: number) {
  return (request: { url: string; headers?: Record<string, string>; body?: unknown }) => {
    const basic = Buffer.from((request.headers?.authorization ?? '').slice(6), 'base64');
    const said = `${request.url} ${inspect(request.headers)} ${String(request.body)} ${basic.toString()}`;
    return {
      status,
      body: {
        error: 'invalid_request',
        error_description: said,
        errors: [{ errorCode: 'OAU-150', message: said }],
      },
    };
  };
}

describe('secrets', () => {
  let desk: Desk;
  const seen: unknown[] = [];

  beforeEach(() => {
    desk = new Desk();
    seen.length = 0;
  });

  /** Everything that anybody could read afterwards: errors to their causes, log, states, pages. */
  afterEach(async () => {
    await settle();
    await desk.authorizer.dispose();
    const texts = [...seen, ...desk.states].map((value) => inspect(value, { depth: 10 }));
    for (const text of [...texts, ...desk.lines, ...desk.pages.map((page) => page.text)]) {
      assert.doesNotMatch(text, MARK);
      assert.ok(!text.includes(Buffer.from(`client:${SECRET}`).toString('base64')));
    }
    assert.ok(texts.length > 0);
  });

  async function note(action: Promise<unknown>): Promise<void> {
    await action.then(
      (value) => typeof value === 'object' && seen.push(value),
      (error: unknown) => {
        assert.ok(error instanceof HumanError, String(error));
        seen.push(error, error.toLine());
      },
    );
  }

  for (const status of [400, 401, 403, 429, 500]) {
    it(`do not come back from a server that repeats them with ${status}`, async () => {
      const app = await desk.signedIn();
      await desk.page();
      desk.http.again(TOKEN, parrot(status)).again(REVOKE, parrot(status));
      await note(desk.authorizer.forceRefresh(app.id));
      await note(desk.authorizer.signIn(app.id, { open: desk.browser() }));
      await note(desk.authorizer.signOut(app.id));

      const fresh = await desk.app();
      await note(desk.authorizer.signIn(fresh.id, { open: desk.browser() }));
      seen.push(desk.authorizer.state(fresh.id));

      const jwt = await desk.app({ grant: 'jwt', redirectUris: [] });
      await desk.authorizer.setCredential(jwt.id, 'jwt', 'planted.jwt.value');
      await note(desk.authorizer.signIn(jwt.id, { open: desk.browser() }));

      desk.http.again(EXTENSION, parrot(status));
      const bot = await desk.app({ grant: 'bot_token', isPublicClient: true, redirectUris: [] });
      await desk.authorizer.setCredential(bot.id, 'botToken', 'planted-bot-token');
      await note(desk.authorizer.signIn(bot.id, { open: desk.browser() }));
    });
  }

  it('are not in states, logs or the answer of a good sign-in', async () => {
    const app = await desk.app();
    await note(desk.authorizer.signIn(app.id, { open: desk.browser() }));
    await desk.page();
    await desk.clock.advance(3_600_000);
    await desk.authorizer.accessToken(app.id);
    await note(desk.authorizer.signOut(app.id));
  });

  it('do not come back from the address of the callback', async () => {
    const app = await desk.app();
    await desk.authorizer.setCredential(app.id, 'jwt', 'planted.jwt.value');
    const answer = { error: 'server_error', error_description: `code=planted-code ${SECRET}` };
    await note(desk.authorizer.signIn(app.id, { open: desk.browser(answer) }));
    await desk.page();
  });

  it('are known to the redactor as soon as they pass', async () => {
    desk.http.again(TOKEN, tokens(7));
    const app = await desk.signedIn();
    const line = `${await desk.authorizer.accessToken(app.id)} planted-refresh-7 ${SECRET}`;
    assert.equal(desk.redactor.redact(line), '••• ••• •••');
  });
});
