import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import * as vscode from 'vscode';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a debug session says to VS Code. */
interface DapMessage {
  readonly type: string;
  readonly event?: string;
  readonly command?: string;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: { readonly output?: string; readonly error?: { readonly format?: string } };
}

const TYPE = 'bot-channel-replay';

describe('a debug session that replays a capture', () => {
  let bot: Server;
  let target: string;
  let status = 200;
  let received: Received[] = [];
  let messages: DapMessage[] = [];
  const cleanup: vscode.Disposable[] = [];

  before(async () => {
    bot = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        received.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(status).end('{}');
      });
    });
    await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
    target = `http://127.0.0.1:${(bot.address() as AddressInfo).port}`;
    cleanup.push(
      vscode.debug.registerDebugAdapterTrackerFactory(TYPE, {
        createDebugAdapterTracker: () => ({
          onDidSendMessage: (message: DapMessage) => void messages.push(message),
        }),
      }),
    );
  });

  beforeEach(() => {
    received = [];
    messages = [];
    status = 200;
  });

  after(async () => {
    await vscode.commands.executeCommand('botChannels.simulator.stop');
    bot.close();
    for (const item of cleanup) item.dispose();
  });

  /** Runs a session to its end and gives all that it printed. */
  async function run(more: Record<string, unknown>): Promise<string> {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const ended = new Promise<void>((resolve) => {
      const listener = vscode.debug.onDidTerminateDebugSession((session) => {
        if (session.type !== TYPE) return;
        listener.dispose();
        resolve();
      });
    });
    const started = vscode.debug.startDebugging(folder, {
      type: TYPE,
      request: 'launch',
      name: 'Replay',
      capture: path.join(folder.uri.fsPath, 'captures', 'handover.capture.ndjson'),
      target,
      ...more,
    });
    // A launch that fails never was a session; it opens a dialog, which VS Code refuses to tests.
    const hasStarted = await Promise.resolve(started).catch(() => false);
    if (hasStarted) await ended;
    return messages.map(({ body }) => body?.output ?? body?.error?.format ?? '').join('');
  }

  it('names the secret that the capture needs and nobody has, and sends nothing', async () => {
    const output = await run({});
    assert.match(output, /WEBHOOK_SECRET|VERIFY_TOKEN/);
    assert.deepEqual(received, []);
  });

  it('says that a capture is not there', async () => {
    assert.match(await run({ capture: '/nowhere/at-all.capture.ndjson' }), /at-all/);
    assert.deepEqual(received, []);
  });

  it('says that the bot does not answer, after the time it was given', async () => {
    const output = await run({ target: 'http://127.0.0.1:9', waitForTarget: 0.3 });
    assert.match(output, /The bot does not answer at http:\/\/127\.0\.0\.1:9\. Start the bot/);
  });

  describe('with the secrets of a simulator', () => {
    before(async () => {
      const port = await new Promise<number>((resolve) => {
        const probe = createServer().listen(0, '127.0.0.1', () => {
          const found = (probe.address() as AddressInfo).port;
          probe.close(() => {
            resolve(found);
          });
        });
      });
      await vscode.workspace
        .getConfiguration('botChannels')
        .update('simulator.port', port, vscode.ConfigurationTarget.Workspace);
      const server = await vscode.commands.executeCommand('botChannels.simulator.start');
      assert.equal(server, `http://127.0.0.1:${port}`);
    });

    it('sends every delivery in order, with the secret put back, and ends by itself', async () => {
      const output = await run({});
      assert.match(output, /7 of 7 answered .*7 × 200/);
      assert.equal(received.length, 7);
      const kinds = received.map(({ method, body }) => {
        if (method === 'GET') return 'handshake';
        const value = JSON.parse(body) as { action?: string; events?: { type: string }[] };
        return value.action ?? value.events?.[0]?.type ?? '?';
      });
      assert.deepEqual(kinds, [
        'implementation.info',
        'handshake',
        'content.imported',
        'intervention.opened',
        'intervention.assigned',
        'messages.create',
        'intervention.closed',
      ]);
      assert.equal(received[2]?.headers['x-dimelo-secret'], 'practice-webhook-secret');
      assert.match(received[1]?.url ?? '', /hub\.verify_token=practice-verify-token/);
    });

    it('sends only what was asked for', async () => {
      assert.match(await run({ only: 'intervention.closed' }), /1 of 1 answered/);
      assert.equal(received.length, 1);
    });

    it('shows an answer that is no success, and no secret', async () => {
      status = 500;
      const output = await run({});
      assert.match(output, /intervention\.closed → 500/);
      assert.doesNotMatch(output, /practice-webhook-secret|practice-verify-token/);
    });
  });
});
