/**
 * Runs beside a real Secret Service (host/keyring.mjs) and prints what became of the steps it was
 * given: `node --import tsx keychainProbe.ts HELPER step…`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { HumanError } from '../../src/base/humanError';
import { silentLog } from '../../src/base/log';
import { Redactor } from '../../src/base/redact';
import { openSecretStore, type SecretStore } from '../../src/keychain';

async function outcome(action: () => Promise<unknown>): Promise<unknown> {
  try {
    return (await action()) ?? null;
  } catch (error) {
    return error instanceof HumanError ? `HumanError: ${error.message}` : String(error);
  }
}

function step(store: SecretStore, text: string): Promise<unknown> {
  const [op = '', name = '', value = ''] = text.split('=');
  switch (op) {
    case 'set':
      return store.set(name, value).then(() => 'done');
    case 'setLong':
      return store.set(name, 'a long secret '.repeat(500)).then(() => 'done');
    case 'getLong':
      return store.get(name).then((long) => long === 'a long secret '.repeat(500));
    case 'get':
      return store.get(name);
    case 'delete':
      return store.delete(name);
    case 'killDaemon':
      process.kill(Number(process.env.KEYRING_PID), 'SIGKILL');
      return pause(100);
    default:
      throw new Error(`Unknown step ${text}`);
  }
}

async function main([helperPath = '', ...steps]: string[]): Promise<void> {
  const { store, reason } = await openSecretStore({
    helperPath,
    service: 'bot-channel-workbench-tests',
    log: silentLog,
    redactor: new Redactor(),
  });
  const results: unknown[] = [];
  for (const text of steps) results.push(await outcome(() => step(store, text)));
  console.log(JSON.stringify({ kind: store.kind, reason, results }));
  // No exit: a helper that is idle must let its program end.
}

void main(process.argv.slice(2));
