/**
 * How close a replay comes to what the machine can do: one connection in order, and ten, against a
 * bare undici pool that posts the same bytes, and against autocannon. Ratios of one run count; times
 * of different machines do not. `npm run bench`
 */
import autocannon from 'autocannon';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { systemClock } from '../../src/base/clock';
import { EnvironmentVault, type CaptureEntry } from '../../src/captures';
import { replay } from '../../src/replay';
import { entryOf } from '../unit/captures/entries';

const DELIVERIES = 10_000;
const ROUNDS = 3;
const BODY = JSON.stringify({
  uuid: '6452004109062593690',
  event: '/team-messaging/v1/posts',
  timestamp: '2026-01-01T00:00:00.000Z',
  subscriptionId: 'practice',
  ownerId: '1',
  body: {
    id: '1',
    groupId: '2',
    type: 'TextMessage',
    text: 'x'.repeat(400),
    eventType: 'PostAdded',
  },
});

const peers: Record<string, (url: string, connections: number) => Promise<void>> = {
  replay: async (url, connections) => {
    const vault = new EnvironmentVault({});
    const options = { target: url, speed: 'max', vault, clock: systemClock } as const;
    const summary = await replay(capture, { ...options, concurrency: connections });
    if (summary.answered !== DELIVERIES) throw new Error(JSON.stringify(summary));
  },
  'undici Pool': async (url, connections) => {
    const pool = new Pool(url, { connections });
    const headers = { 'content-type': 'application/json' };
    let left = DELIVERIES;
    const loop = async (): Promise<void> => {
      while (left-- > 0) {
        const answer = await pool.request({ method: 'POST', path: '/hook', headers, body: BODY });
        await answer.body.arrayBuffer();
      }
    };
    await Promise.all(Array.from({ length: connections }, loop));
    await pool.close();
  },
  autocannon: async (url, connections) => {
    const headers = { 'content-type': 'application/json' };
    const amount = DELIVERIES;
    await autocannon({
      url: `${url}/hook`,
      method: 'POST',
      headers,
      body: BODY,
      connections,
      amount,
    });
  },
};

/** Each delivery in a conversation of its own of fifty, as many chats at once would bring. */
const capture: CaptureEntry[] = Array.from({ length: DELIVERIES }, (_, i) =>
  entryOf({
    _id: `e${i}`,
    _seq: i + 1,
    _kind: 'notification',
    _conversation: `chat ${i % 50}`,
    request: {
      url: 'http://bot.test/hook',
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      postData: { mimeType: 'application/json', text: BODY },
    },
  }),
);

/** The bot: in a process of its own, so that it does not share the sender's thread. */
function serve(): void {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end('{"id":"1"}'));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
}

async function compare(): Promise<void> {
  const bot = fork(__filename, ['serve'], { execArgv: process.execArgv });
  try {
    const [port] = (await once(bot, 'message')) as [number];
    const url = `http://127.0.0.1:${port}`;
    console.log(`${DELIVERIES} deliveries of ${BODY.length} bytes, median of ${ROUNDS} rounds`);
    for (const connections of [1, 10]) {
      const rates: Record<string, number[]> = {};
      for (let round = 0; round < ROUNDS; round++)
        for (const [name, run] of Object.entries(peers)) {
          const began = performance.now();
          await run(url, connections);
          (rates[name] ??= []).push((DELIVERIES / (performance.now() - began)) * 1000);
        }
      const median = (name: string): number =>
        rates[name]?.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
      console.log(`\n${connections} connection${connections === 1 ? '' : 's'}`);
      for (const name of Object.keys(peers)) {
        const ratio = (median('replay') / median(name)).toFixed(2);
        const rate = Math.round(median(name)).toString().padStart(7);
        console.log(`  ${name.padEnd(12)} ${rate}/s   replay is ${ratio} of it`);
      }
    }
  } finally {
    bot.disconnect();
  }
}

if (process.argv[2] === 'serve') serve();
else void compare();
