import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { systemClock, type Clock } from '../base/clock';
import { HumanError } from '../base/humanError';
import { type Log } from '../base/log';
import { type Redactor } from '../base/redact';
import { HelperClient, type HelperTimeouts } from './helperClient';
import { KeychainStore } from './keychainStore';
import { LearningStore } from './learningStore';
import { MemoryStore } from './memoryStore';
import { KeychainOverFallback, StandInStore } from './movingStores';
import { type CallOptions, type SecretStore } from './secretStore';

export interface OpenOptions {
  /** The bundled helper.ts, with keytar's `prebuilds` folder beside it. */
  readonly helperPath: string;
  /** The name that all entries bear in the keychain; `bot-channel-workbench` when absent. */
  readonly service?: string;
  /** What to use when there is no keychain: VS Code's SecretStorage. */
  readonly fallback?: SecretStore;
  readonly log: Log;
  readonly redactor: Redactor;
  readonly clock?: Clock;
  /** Milliseconds for a call: 3000 when a machine started it, 60000 when a person waits. */
  readonly timeouts?: HelperTimeouts;
  /** Whether a person waits for this opening and could unlock the keychain. Default: `machine`. */
  readonly startedBy?: CallOptions['startedBy'];
}

export interface OpenedSecretStore {
  readonly store: SecretStore;
  /** Why this is not the keychain, as one sentence for people. */
  readonly reason?: string;
}

const SERVICE = 'bot-channel-workbench';

/**
 * Opens the keychain when it can be trusted, else the fallback, else the memory; never a file.
 * What the fallback had to keep moves to the keychain as soon as that is there again.
 */
export async function openSecretStore(o: OpenOptions): Promise<OpenedSecretStore> {
  const opened = await open(o);
  return { ...opened, store: new LearningStore(opened.store, o.redactor) };
}

async function open(o: OpenOptions): Promise<OpenedSecretStore> {
  const keychain = new KeychainStore(
    new HelperClient({
      helperPath: o.helperPath,
      service: o.service ?? SERVICE,
      clock: o.clock ?? systemClock,
      log: o.log,
      redactor: o.redactor,
      ...(o.timeouts && { timeouts: o.timeouts }),
    }),
    o.log,
  );
  try {
    await keychain.probe(o.startedBy && { startedBy: o.startedBy });
    return { store: o.fallback ? new KeychainOverFallback(keychain, o.fallback, o.log) : keychain };
  } catch (error) {
    keychain.dispose();
    if (!(error instanceof HumanError)) throw error;
    const why = error.message.replace(/[.\s]+$/, '');
    if (o.fallback && (await works(o.fallback, o.log))) {
      return {
        store: new StandInStore(o.fallback),
        reason: l10n.t('{0}; secrets are kept by VS Code instead.', why),
      };
    }
    const reason = l10n.t('{0}; secrets are kept in memory and forgotten at the end.', why);
    return { store: new MemoryStore(), reason };
  }
}

async function works(store: SecretStore, log: Log): Promise<boolean> {
  const name = `canary/${randomBytes(6).toString('hex')}`;
  const sample = randomBytes(9).toString('hex');
  try {
    await store.set(name, sample);
    const read = await store.get(name);
    await store.delete(name);
    return read === sample;
  } catch {
    // Not the error's text: it is not known what a foreign store writes into it.
    log.warn(l10n.t('The store that stands in for the keychain does not work either.'));
    return false;
  }
}
