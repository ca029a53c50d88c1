import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assumptions as signingIn } from '../../src/authorize/assumptions';
import { CAPTURE_ASSUMPTIONS } from '../../src/captures/assumptions';
import { assumptions as posts } from '../../src/messages/assumptions';
import { assumptions as rest, gatewayAssumptions } from '../../src/ringcentral/assumptions';
import { startSimulator } from '../../src/simulator';
import { ASSUMPTIONS } from '../../src/simulator/assumptions';
import { ENGAGE_ASSUMPTIONS } from '../../src/simulator/engage/assumptions';

const root = path.resolve(__dirname, '../..');

describe('docs/assumptions.md', () => {
  it('lists every assumption, and no other', () => {
    const text = readFileSync(path.join(root, 'docs', 'assumptions.md'), 'utf8');
    const listed = [...text.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name ?? '').sort();
    const tables = [signingIn, rest, gatewayAssumptions, posts, CAPTURE_ASSUMPTIONS];
    const named = [...tables, ASSUMPTIONS, ENGAGE_ASSUMPTIONS].flatMap((table) =>
      Object.keys(table),
    );
    assert.deepEqual(listed, named.sort());
  });
});

describe('docs/simulator.md', () => {
  it('lists every control command, and no other', async () => {
    const simulator = await startSimulator({ port: 0 });
    try {
      const response = await fetch(simulator.details().control, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ command: 'help' }),
      });
      const { ok } = (await response.json()) as { ok: { command: string }[] };
      const text = readFileSync(path.join(root, 'docs', 'simulator.md'), 'utf8');
      const listed = [...text.matchAll(/^\| `([\w.]+)`/gm)].map(([, name]) => name ?? '');
      assert.deepEqual(listed.sort(), ok.map(({ command }) => command).sort());
    } finally {
      await simulator.close();
    }
  });
});
