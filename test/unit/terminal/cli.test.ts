import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCapture } from '../../../src/captures';
import { entryOf } from '../captures/entries';
import {
  OK,
  statusOf,
  talk,
  wireAnswer,
  wireBot,
  wireRequest,
  type WireBot,
} from '../captures/wireEnds';
import { version } from '../../../package.json';
import { BuiltProgram, type Ran } from './program';

/** One sentence or two for people, on one line, with no stack. */
function assertSaid(ran: Ran, text: RegExp): void {
  assert.equal(ran.code, 2, ran.err);
  assert.match(ran.err, text);
  assert.equal(ran.err.trimEnd().split('\n').length, 1, ran.err);
  assert.equal(ran.out, '');
}

describe('bot-channels', function () {
  this.timeout(60_000);
  const program = new BuiltProgram();
  let bot: WireBot | undefined;
  before(() => program.build({ 'cli.js': 'src/cli.ts', 'simulator.js': 'src/simulator/index.ts' }));
  afterEach(async () => {
    await bot?.close();
    bot = undefined;
  });
  after(() => program.remove());

  const file = (name: string): string => join(program.folder, name);
  const captureOf = (...entries: object[]): string => {
    const path = file('made.capture.ndjson');
    writeFileSync(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    return path;
  };

  it('ends the simulator with the process that keeps a channel to it', async () => {
    const child = fork(file('cli.js'), ['simulate', '--json', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
      execArgv: [],
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.disconnect();
    assert.equal(await ended, 0);
  });

  describe('by itself', () => {
    it('lists its commands, and says its version', async () => {
      for (const args of [[], ['--help'], ['-h'], ['help']]) {
        const { code, out } = await program.run(args);
        assert.equal(code, 0);
        for (const command of ['simulate', 'record', 'replay'])
          assert.match(out, new RegExp(command));
      }
      assert.deepEqual(await program.run(['--version']), { code: 0, out: `${version}\n`, err: '' });
    });

    it('explains each command', async () => {
      for (const command of ['simulate', 'record', 'replay']) {
        const { code, out } = await program.run([command, '--help']);
        assert.equal(code, 0);
        assert.match(out, new RegExp(`^bot-channels ${command} .*--json`, 's'));
      }
      assert.match((await program.run(['record', '-h'])).out, /\{\{secret:WEBHOOK_SECRET\}\}/);
    });

    it('says in one line what is wrong with what was typed', async () => {
      assertSaid(await program.run(['recrod']), /no command “recrod”\. “bot-channels --help”/);
      assertSaid(await program.run(['record', '--prot', '1']), /no option --prot/);
      assertSaid(await program.run(['record']), /option --out is missing/);
      assertSaid(await program.run(['record', '--out', 'a', '--port', 'x']), /“x” is not a port/);
      assertSaid(await program.run(['replay']), /capture file is missing/);
      assertSaid(await program.run(['replay', 'a']), /option --target is missing/);
      assertSaid(await program.run(['replay', 'a', '--target']), /--target needs a value/);
      const bad = ['replay', 'a', '--target', 'http://127.0.0.1:1'];
      assertSaid(await program.run([...bad, 'b']), /“b” is one word too many/);
      assertSaid(await program.run([...bad, '--speed', 'fast']), /“fast” is no speed/);
      assertSaid(await program.run([...bad, '--concurrency', '0']), /no number of connections/);
    });
  });

  describe('record and replay', () => {
    it('record deliveries on the way to the bot, and send them again', async () => {
      bot = await wireBot(() => wireAnswer('HTTP/1.1 200 OK', '{"id":"m1"}'));
      const capture = file('a.capture.ndjson');
      const recording = program.start(
        ['record', '--port', '0', '--out', capture, '--forward', bot.url, '--json'],
        { BOT_CHANNELS_WEBHOOK_SECRET: 'practice-secret' },
      );
      const first = JSON.parse(await recording.line()) as { url: string };
      assert.deepEqual(Object.keys(first), ['url']);
      const head = 'POST /handover/rce?x=1 HTTP/1.1\r\nHost: a\r\nX-Dimelo-Secret: practice-secret';
      const body = '{"action":"messages.create","params":{"thread_id":"T","body":"Hi"}}';
      const answer = await talk(first.url, wireRequest(head, body));
      assert.match(answer.toString(), /\{"id":"m1"\}$/);
      const told = JSON.parse(await recording.line(1)) as Record<string, unknown>;
      const { title, conversation, status } = told;
      assert.deepEqual([title, conversation, status], ['messages.create', 'T', 200]);
      assert.equal((await recording.stop('SIGINT')).code, 0);
      assert.equal(recording.err, '');

      const again = ['replay', capture, '--target', bot.url];
      const { code, err } = await program.run([...again, '--json']);
      assert.equal(code, 2);
      assert.match(err, /secret WEBHOOK_SECRET.*BOT_CHANNELS_SECRET_WEBHOOK_SECRET/);
      assert.equal(bot.requests.length, 1);
      const env = { BOT_CHANNELS_SECRET_WEBHOOK_SECRET: 'practice-secret' };
      const replayed = await program.run([...again, '--json'], env);
      assert.equal(replayed.code, 0, replayed.err);
      const [result, last] = replayed.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.deepEqual(
        [result?.status, result?.body, result?.conversation],
        [200, '{"id":"m1"}', 'T'],
      );
      const { durationMs, ...summary } = last?.summary as Record<string, unknown>;
      assert.equal(typeof durationMs, 'number');
      assert.deepEqual(summary, {
        sent: 1,
        answered: 1,
        failed: 0,
        skipped: 0,
        statuses: { 200: 1 },
      });
      assert.deepEqual(bot.requests[1]?.head, bot.requests[0]?.head);
      assert.deepEqual(bot.requests[1]?.body, bot.requests[0]?.body);
    });

    it('print one plain line for each delivery, and the summary', async () => {
      bot = await wireBot(() => wireAnswer('HTTP/1.1 500 Oh no'));
      const evil = { action: 'a\u001b]0;owned\u0007b', params: { thread_id: 'T\u202e' } };
      const entry = entryOf({ _kind: 'source-sdk', _conversation: 'T\u202e', json: evil });
      const { code, out, err } = await program.run([
        'replay',
        captureOf(entry),
        '--target',
        bot.url,
      ]);
      // A bot that answers 500 has answered.
      assert.equal(code, 0, err);
      assert.match(
        out,
        /^\d\d:\d\d:\d\d\.\d{3} {2}a�\]0;owned�b +T� +500 Oh no +\d+ ms\n1 sent, 1 answered/,
      );
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(out, /[\u001b\u0007\u202e]/);
    });

    it('exit with 2 when the target cannot be reached or dies midway', async () => {
      bot = await wireBot(({ body }) => {
        if (body.length > 0) setImmediate(() => void bot?.close());
        return body.length > 0 ? undefined : OK;
      });
      const capture = captureOf(
        entryOf(),
        entryOf({ _id: 'e2', json: {} }),
        entryOf({ _id: 'e3' }),
      );
      const dying = await program.run(['replay', capture, '--target', bot.url, '--json']);
      assert.equal(dying.code, 2);
      const lines = dying.out.trimEnd().split('\n');
      assert.equal(lines.length, 4);
      assert.match(
        lines[2]!,
        /"problem":\{"message":"Nothing answers at .*"remedy":.*"ECONNREFUSED"/,
      );
      const down = await program.run(['replay', capture, '--target', bot.url]);
      assertSaid(down, /Nothing answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
    });

    it('say what is wrong with the file, the address or the filter', async () => {
      const target = ['--target', 'http://127.0.0.1:1'];
      assertSaid(await program.run(['replay', file('none'), ...target]), /There is no file/);
      assertSaid(await program.run(['replay', program.folder, ...target]), /is a folder/);
      writeFileSync(file('other'), 'hello\n');
      assertSaid(await program.run(['replay', file('other'), ...target]), /not a capture file/);
      writeFileSync(file('empty'), '');
      assertSaid(await program.run(['replay', file('empty'), ...target]), /no delivery to send/);
      const one = captureOf(entryOf());
      assertSaid(
        await program.run(['replay', one, '--target', 'localhost']),
        /not an http or https/,
      );
      assertSaid(await program.run(['replay', one, ...target, '--only', 'x']), /fits “x”/);
      const nowhere = file('no/such/a.ndjson');
      assertSaid(
        await program.run(['record', '--port', '0', '--out', nowhere]),
        /folder is not there/,
      );
    });

    it('send only what fits the filter', async () => {
      bot = await wireBot(() => OK);
      const capture = captureOf(entryOf(), entryOf({ _id: 'e2', request: { url: 'http://h/b' } }));
      await program.run(['replay', capture, '--target', `${bot.url}/x`, '--only', '!e1']);
      assert.deepEqual(
        bot.requests.map(({ head }) => head[0]),
        ['POST /x HTTP/1.1'],
      );
    });

    it('name a port that is in use', async () => {
      bot = await wireBot(() => OK);
      const { port } = new URL(bot.url);
      const args = ['record', '--out', file('b.capture.ndjson'), '--port', port];
      assertSaid(await program.run(args), new RegExp(`Port ${port} is in use \\(EADDRINUSE\\)`));
      const simulating = await program.run(['simulate', '--port', port]);
      assertSaid(simulating, new RegExp(`Port ${port} is in use \\(EADDRINUSE\\)`));
    });

    it('go on when nobody reads their output any more', async () => {
      const capture = file('c.capture.ndjson');
      const recording = program.start(['record', '--port', '0', '--out', capture, '--json']);
      const { url } = JSON.parse(await recording.line()) as { url: string };
      recording.child.stdout.destroy();
      for (let i = 0; i < 5; i++)
        assert.equal(
          statusOf(await talk(url, wireRequest('POST / HTTP/1.1\r\nHost: a', 'x'))),
          200,
        );
      const { code, err } = await recording.stop();
      assert.deepEqual({ code, err }, { code: 0, err: '' });
      assert.equal((await readCapture(capture)).entries.length, 5);
    });
  });

  describe('simulate', () => {
    it('prints its credentials first, answers, and ends when asked to', async () => {
      const simulating = program.start(['simulate', '--port', '0', '--json']);
      const details = JSON.parse(await simulating.line()) as Record<string, string>;
      for (const name of ['server', 'clientId', 'clientSecret', 'redirectUri', 'jwt', 'control'])
        assert.equal(typeof details[name], 'string', name);
      const request = wireRequest('GET /restapi/v1.0 HTTP/1.1\r\nHost: 127.0.0.1');
      assert.equal(statusOf(await talk(details.server!, request)), 200);
      assert.equal((await simulating.stop('SIGINT')).code, 0);
    });

    it('shows them to people as a table', async () => {
      const simulating = program.start(['simulate', '--port', '0']);
      assert.match(await simulating.line(), /runs at http:\/\/127\.0\.0\.1:\d+\. Ctrl\+C stops it/);
      while (!/engage\.apiUrl +http/.test(simulating.out))
        await new Promise((resolve) => setTimeout(resolve, 5));
      assert.equal((await simulating.stop()).code, 0);
    });
  });
});
