import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { freePort } from './freePort';
import { keptSecrets } from './keptSecrets';
import { filesWith } from './filesWith';
import { Stage } from './stage';

/** Values that are looked for everywhere afterwards; the simulator is started with them. */
const planted = {
  RC_APP_CLIENT_SECRET: `planted-client-secret-${randomBytes(8).toString('hex')}`,
  BOT_CHANNELS_WEBHOOK_SECRET: `planted-webhook-secret-${randomBytes(8).toString('hex')}`,
  BOT_CHANNELS_REALTIME_TOKEN: `planted-realtime-token-${randomBytes(8).toString('hex')}`,
  BOT_CHANNELS_VERIFY_TOKEN: `planted-verify-token-${randomBytes(8).toString('hex')}`,
  RC_BOT_TOKEN: `planted-bot-token-${randomBytes(8).toString('hex')}`,
};

describe('the main job, by mouse and keyboard', function () {
  this.timeout(90_000);
  let stage: Stage;
  let recorderPort: number;
  let botPort: number;
  let simulatorPort: number;

  before(async () => {
    [simulatorPort, recorderPort, botPort] = [await freePort(), await freePort(), await freePort()];
    stage = await Stage.open({
      env: { ...planted, PORT: String(botPort) },
      settings: {
        'botChannels.simulator.port': simulatorPort,
        'botChannels.recorder.port': recorderPort,
        'botChannels.recorder.forwardTo': `http://127.0.0.1:${botPort}`,
        'botChannels.replay.target': `http://127.0.0.1:${botPort}`,
      },
    });
    // The example's own launch configuration, but for the port, which others here may use.
    const launch = path.join(stage.workspace, '.vscode', 'launch.json');
    await writeFile(launch, (await readFile(launch, 'utf8')).replaceAll('4760', String(botPort)));
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await stage.picture(this.currentTest.title);
  });

  after(async () => {
    await stage.close();
  });

  /** Runs what opens the browser, and gives the page that opened. */
  async function browserAfter(act: () => Promise<void>): Promise<Page> {
    const opened = stage.context.waitForEvent('page', { timeout: 30_000 });
    await act();
    const page = await opened;
    await page.waitForLoadState();
    return page;
  }

  async function allow(consent: Page): Promise<void> {
    await consent.getByLabel(/Maya Okafor/).check();
    await consent.getByRole('button', { name: 'Allow' }).click();
    await consent.getByText(/can close this tab/).waitFor();
    await consent.close();
  }

  describe('from the side bar', () => {
    it('adds the simulator as an app', async () => {
      const { workbench } = stage;
      await workbench.openSidebar();
      await workbench.page.getByRole('button', { name: 'Add the Simulator' }).click();
      await workbench.row(/^Simulator,.*signed out/).waitFor({ timeout: 30_000 });
    });

    it('says in one sentence that consent was refused, and what to do', async () => {
      const { workbench } = stage;
      await workbench.clearToasts();
      const consent = await browserAfter(() => workbench.rowAction(/^Simulator,/, /Sign In/));
      await consent.getByRole('button', { name: 'Deny' }).click();
      await workbench.toast(/refused/i).waitFor({ timeout: 20_000 });
      await consent.close();
      await workbench.row(/^Simulator,.*refused/i).waitFor();
    });

    it('authorizes it through the browser and shows who is signed in', async () => {
      const { workbench } = stage;
      await workbench.clearToasts();
      const consent = await browserAfter(() => workbench.rowAction(/^Simulator,/, /Sign In/));
      await allow(consent);
      await workbench.row(/Signed in as Maya Okafor/).waitFor({ timeout: 20_000 });
    });

    it('tails a chat, and a post made by someone else shows in the panel', async () => {
      const { workbench } = stage;
      await workbench.clearToasts();
      await workbench.rowAction(/^Simulator,/, /Tail a Chat/);
      await workbench.pick(/Bot workshop/);
      const messages = await workbench.messagesFrame();
      await messages.getByText(/Live/).first().waitFor({ timeout: 20_000 });
      await workbench.command('Bot Channels: Simulator: Post as Someone Else…');
      await workbench.enter(/colleague/, 'Is my order on its way?');
      await messages
        .getByText('Is my order on its way?', { exact: true })
        .waitFor({ timeout: 20_000 });
    });

    it('starts the example bot and replays the recorded handover with F5', async () => {
      const { workbench } = stage;
      await workbench.page.keyboard.press('F5');
      await workbench.page.locator('.debug-toolbar').waitFor({ timeout: 30_000 });
      await workbench.toast(/7 of 7 replayed exchanges were answered/).waitFor({ timeout: 60_000 });
    });

    it('records a handover that the simulator plays, handing it on to the bot', async () => {
      const { workbench } = stage;
      await workbench.openSidebar();
      await workbench.viewAction('Captures', /Start Recorder/);
      await workbench.enter(/Port to listen on/);
      await workbench.enter(/hand each delivery on/);
      await workbench.row(/^Recording at/).waitFor({ timeout: 20_000 });
      await workbench.command('Bot Channels: Simulator: Play a Handover…');
      await workbench.enter(/endpoint/);
      await workbench.toast(/The handover was played/).waitFor({ timeout: 40_000 });
      await workbench.row(/^intervention\.closed, 200/).waitFor({ timeout: 20_000 });
    });

    it('opens a delivery as a readable document without its secret', async () => {
      const { workbench } = stage;
      await workbench.row(/^intervention\.closed, 200/).click();
      const text = await workbench.editorWith(/intervention\.closed/);
      assert.match(text, /POST \/handover\/rce HTTP\/1\.1/);
      assert.match(text, /X-Dimelo-Secret: \{\{secret:[A-Z0-9_]+\}\}/i);
      assert.match(text, /"type": "intervention\.closed"/);
    });

    it('replays one delivery and shows the answer', async () => {
      const { workbench } = stage;
      await workbench.rowAction(/^messages\.create, 200/, /Replay Exchange/);
      await workbench.row(/^messages\.create, replayed: 200 OK/).waitFor({ timeout: 20_000 });
      const answer = workbench.page.locator('.editor-group-container').last();
      await answer
        .getByText(/Answer.200.OK/)
        .first()
        .waitFor({ timeout: 20_000 });
    });

    it('replays the whole capture and shows every answer', async () => {
      const { workbench } = stage;
      await workbench.rowAction(/^20\d\d-/, /Replay Capture/);
      await workbench.toast(/replayed exchanges were answered/).waitFor({ timeout: 30_000 });
      await workbench.row(/^Replay at .*7 × 200/).waitFor();
    });
  });

  describe('what was secret', () => {
    it('is in the Secret Service', async () => {
      const kept = await keptSecrets();
      assert.ok([...kept.values()].includes(planted.RC_APP_CLIENT_SECRET), 'client secret');
      assert.ok(
        [...kept.keys()].some((name) => name.endsWith('/session')),
        'session',
      );
    });

    it('is nowhere on the disk: user data, workspace, logs, captures', async () => {
      const kept = await keptSecrets();
      const session = [...kept].find(([name]) => name.endsWith('/session'))?.[1] ?? '{}';
      const tokens = Object.fromEntries(
        Object.entries(JSON.parse(session) as Record<string, unknown>).filter(
          (entry): entry is [string, string] => /token$/i.test(entry[0]),
        ),
      );
      assert.deepEqual(Object.keys(tokens).sort(), ['accessToken', 'refreshToken']);
      assert.deepEqual(await filesWith(stage.folder, { ...planted, ...tokens }), []);
    });

    it('would have been found', async () => {
      const found = await filesWith(stage.folder, { kind: '"_kind":"source-sdk"' });
      assert.ok(found.some((file) => file.endsWith('.capture.ndjson: kind')));
    });
  });

  describe('from the palette alone', () => {
    it('signs out and removes the app', async () => {
      const { workbench } = stage;
      await workbench.clearToasts();
      await workbench.command('Bot Channels: Stop Recorder');
      await workbench.command('Bot Channels: Stop Tailing');
      await workbench.command('Bot Channels: Remove App…');
      await workbench.page
        .locator('.monaco-dialog-box')
        .getByRole('button', { name: 'Remove' })
        .click();
      await workbench.page.getByRole('button', { name: 'Add the Simulator' }).waitFor();
      assert.deepEqual(
        [...(await keptSecrets()).keys()].filter((name) => name.startsWith('app/')),
        [],
      );
    });

    it('adds, authorizes, tails, records and replays', async () => {
      const { workbench } = stage;
      await workbench.command('Bot Channels: Add the Simulator');
      await workbench.toast(/is ready at/).waitFor({ timeout: 20_000 });
      const consent = await browserAfter(() => workbench.command('Bot Channels: Sign In…'));
      await allow(consent);
      await workbench.toast(/Signed in to/).waitFor({ timeout: 20_000 });
      await workbench.command('Bot Channels: Tail a Chat…');
      await workbench.pick(/Bot workshop/);
      await workbench.command('Bot Channels: Simulator: Post as Someone Else…');
      await workbench.enter(/colleague/, 'Seen from the palette');
      const messages = await workbench.messagesFrame();
      await messages
        .getByText('Seen from the palette', { exact: true })
        .waitFor({ timeout: 20_000 });
      await workbench.command('Bot Channels: Start Recorder…');
      await workbench.enter(/Port to listen on/);
      await workbench.enter(/hand each delivery on/);
      await workbench.toast(/Recording at/).waitFor({ timeout: 20_000 });
      await workbench.command('Bot Channels: Simulator: Play a Handover…');
      await workbench.enter(/endpoint/);
      await workbench.toast(/The handover was played/).waitFor({ timeout: 40_000 });
      await workbench.command('Bot Channels: Replay Capture…');
      await workbench.pick(/^20\d\d-/);
      await workbench.toast(/replayed exchanges were answered/).waitFor({ timeout: 30_000 });
      await workbench.command('Bot Channels: Open Replay Result…');
      await workbench.pick(/intervention\.closed/);
      await workbench.editorWith(/Answer 200 OK/);
    });
  });

  describe('when something is wrong', () => {
    let thief: Server | undefined;

    after(() => {
      thief?.close();
    });

    it('names the taken port when the recorder cannot listen', async () => {
      const { workbench } = stage;
      await workbench.clearToasts();
      await workbench.command('Bot Channels: Stop Recorder');
      const port = await freePort();
      thief = createServer().listen(port, '127.0.0.1');
      await workbench.command('Bot Channels: Start Recorder…');
      await workbench.enter(/Port to listen on/, String(port));
      await workbench.enter(/hand each delivery on/);
      await workbench
        .toast(new RegExp(`${port}.*(in use|taken)`, 'i'))
        .waitFor({ timeout: 20_000 });
    });

    it('says that the bot is down when a replay has nobody to answer', async () => {
      const { workbench } = stage;
      await workbench.clearToasts();
      await workbench.command('Debug: Stop');
      await workbench.page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: 20_000 });
      await workbench.command('Bot Channels: Replay Capture…');
      await workbench.pick(/^handover/);
      await workbench.toast(new RegExp(`127\\.0\\.0\\.1:${botPort}`)).waitFor({ timeout: 20_000 });
    });

    it('shows that the simulator is gone, keeps what was shown, and comes back with it', async () => {
      const { workbench } = stage;
      await workbench.clearToasts();
      await workbench.command('Bot Channels: Stop Simulator');
      const messages = await workbench.messagesFrame();
      await messages
        .getByText(/Reconnecting/)
        .first()
        .waitFor({ timeout: 20_000 });
      await messages.getByText('Seen from the palette', { exact: true }).waitFor();
      await workbench.command('Bot Channels: Simulator: Post as Someone Else…');
      await workbench.toast(/No simulator answers/).waitFor({ timeout: 20_000 });
      await workbench.clickToast(/No simulator answers/, 'Start Simulator');
      await workbench.page.getByText(/The simulator answers at/).waitFor({ timeout: 20_000 });
    });
  });
});
