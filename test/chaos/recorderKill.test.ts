import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readCapture } from '../../src/captures';
import { statusOf, talk, wireRequest } from '../unit/captures/wireEnds';
import { BuiltProgram } from '../unit/terminal/program';

const ROUNDS = 4;
const SENDERS = 8;

describe('A recorder that is killed without warning', function () {
  this.timeout(60_000);
  const program = new BuiltProgram();
  before(() => program.build({ 'cli.js': 'src/cli.ts' }));
  after(() => program.remove());

  it('has every delivery on disk that it had acknowledged, and goes on in the same file', async () => {
    const capture = join(program.folder, 'killed.capture.ndjson');
    const acknowledged = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const recording = program.start(['record', '--port', '0', '--out', capture, '--json']);
      const { url } = JSON.parse(await recording.line()) as { url: string };
      let isKilled = false;
      const send = async (sender: number): Promise<void> => {
        for (let n = 0; !isKilled && n < 5_000; n++) {
          const id = `/${round}/${sender}/${n}`;
          const request = wireRequest(`POST ${id} HTTP/1.1\r\nHost: a`, 'x'.repeat(2_000));
          const answer = await talk(url, request).catch(() => Buffer.alloc(0));
          if (statusOf(answer) === 200) acknowledged.add(`http://a${id}`);
        }
      };
      const senders = Array.from({ length: SENDERS }, (_, sender) => send(sender));
      while (acknowledged.size < 25 * (round + 1))
        await new Promise((resolve) => setTimeout(resolve, 5));
      recording.child.kill('SIGKILL');
      await recording.ended;
      isKilled = true;
      await Promise.all(senders);

      const { entries, notices } = await readCapture(capture);
      const kept = new Set(entries.map(({ request }) => request.url));
      assert.deepEqual(
        [...acknowledged].filter((id) => !kept.has(id)),
        [],
      );
      // One line at most is torn by each kill.
      assert(notices.length <= round + 1, notices.join('\n'));
      assert.equal(new Set(entries.map(({ _seq }) => _seq)).size, entries.length);
    }
  });
});
