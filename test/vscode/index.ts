import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

const TEST_MS = 30_000;

/** What VS Code calls: runs every test file beside this one; rejects when a test failed. */
export async function run(): Promise<void> {
  const root = path.resolve(__dirname, '../..');
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: TEST_MS,
    reporter: path.join(root, 'test', 'reporter.js'),
  });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
