import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** Asks the Secret Service itself, in a process of its own, for all that stands under the service. */
const ASK = `require('keytar').findCredentials('bot-channel-workbench')
  .then((found) => process.stdout.write(JSON.stringify(found)))`;

/** The secrets that the keychain holds, by name, put together from their pieces. */
export async function keptSecrets(): Promise<Map<string, string>> {
  const cwd = path.resolve(__dirname, '../..');
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', ASK], { cwd });
  const entries = JSON.parse(stdout) as { account: string; password: string }[];
  const pieces = entries
    .flatMap(({ account, password }) => {
      const [, name, generation, index] = /^(.*)#([0-9a-f]+)\.(\d+)$/.exec(account) ?? [];
      return name === undefined ? [] : [{ name, generation, index: Number(index), password }];
    })
    .sort((a, b) => a.index - b.index);
  const names = new Set(pieces.map(({ name }) => name));
  const valueOf = (name: string): string =>
    Buffer.from(
      pieces
        .filter((piece) => piece.name === name)
        .map(({ password }) => password)
        .join(''),
      'base64',
    ).toString('utf8');
  return new Map([...names].map((name) => [name, valueOf(name)]));
}
