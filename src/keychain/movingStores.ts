import * as l10n from '@vscode/l10n';
import { type Log } from '../base/log';
import { type CallOptions, type SecretStore, type StoreKind } from './secretStore';

/**
 * Stands in the fallback for a secret that was deleted while the keychain was out of reach: the
 * keychain may still hold it, and a signed-out session must not come back with the keychain.
 */
const DELETED = '\0deleted';

/** The fallback, used because the keychain cannot be reached now but may be another time. */
export class StandInStore implements SecretStore {
  readonly kind: StoreKind;
  readonly #inner: SecretStore;

  constructor(inner: SecretStore) {
    this.kind = inner.kind;
    this.#inner = inner;
  }

  async get(name: string, options?: CallOptions): Promise<string | undefined> {
    const value = await this.#inner.get(name, options);
    return value === DELETED ? undefined : value;
  }

  set(name: string, value: string, options?: CallOptions): Promise<void> {
    return this.#inner.set(name, value, options);
  }

  async delete(name: string, options?: CallOptions): Promise<boolean> {
    const existed = (await this.get(name, options)) !== undefined;
    await this.#inner.set(name, DELETED, options);
    return existed;
  }

  dispose(): unknown {
    return this.#inner.dispose();
  }
}

/**
 * The keychain, with a fallback that may hold what was written while the keychain was out of reach.
 * Whatever lies there is newer than the keychain's own: writing here clears it first. So it moves
 * here when it is met, and an old token never shadows a newer one.
 */
export class KeychainOverFallback implements SecretStore {
  readonly kind = 'keychain';
  readonly #keychain: SecretStore;
  readonly #fallback: SecretStore;
  readonly #log: Log;

  constructor(keychain: SecretStore, fallback: SecretStore, log: Log) {
    this.#keychain = keychain;
    this.#fallback = fallback;
    this.#log = log;
  }

  async get(name: string, options?: CallOptions): Promise<string | undefined> {
    const left = await this.#leftBehind(name);
    if (left === undefined) return this.#keychain.get(name, options);
    if (left === DELETED) await this.#keychain.delete(name, options);
    else await this.#keychain.set(name, left, options);
    await this.#fallback.delete(name);
    return left === DELETED ? undefined : left;
  }

  async set(name: string, value: string, options?: CallOptions): Promise<void> {
    if ((await this.#leftBehind(name)) !== undefined) await this.#fallback.delete(name);
    await this.#keychain.set(name, value, options);
  }

  async delete(name: string, options?: CallOptions): Promise<boolean> {
    const left = await this.#leftBehind(name);
    const existed = await this.#keychain.delete(name, options);
    if (left !== undefined) await this.#fallback.delete(name);
    return left === undefined ? existed : left !== DELETED;
  }

  async dispose(): Promise<void> {
    await this.#keychain.dispose();
    await this.#fallback.dispose();
  }

  async #leftBehind(name: string): Promise<string | undefined> {
    try {
      return await this.#fallback.get(name);
    } catch {
      this.#log.warn(l10n.t('The store that stood in for the keychain cannot be read now.'));
      return undefined;
    }
  }
}
