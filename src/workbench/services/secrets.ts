import type * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { Redactor } from '../../base/redact';
import type { SecretVault } from '../../captures';
import { openSecretStore, type SecretStore, type StoreKind } from '../../keychain';

/** Names under which a capture's secrets are kept: `capture/WEBHOOK_SECRET`. */
const VAULT_PREFIX = 'capture/';
/** Names the simulator's value where a real account's stands under the plain name. */
const PRACTICE_PREFIX = 'PRACTICE_';
/** The vault's own index, since a keychain is never asked to list what it holds. */
const VAULT_INDEX = 'capture-index';

export interface OpenedStore {
  readonly store: SecretStore;
  /** Why it is not the OS keychain, for people. */
  readonly reason?: string;
}

/** The secret store, opened at first use, and the vault that captures refer to. */
export class Secrets implements SecretVault, vscode.Disposable {
  #opened: Promise<OpenedStore> | undefined;
  #practice: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly helperPath: string,
    private readonly storage: vscode.SecretStorage,
    private readonly log: Log,
    private readonly redactor: Redactor,
  ) {}

  open(): Promise<OpenedStore> {
    if (!this.#opened) {
      const opening = openSecretStore({
        helperPath: this.helperPath,
        fallback: new SecretStorageStore(this.storage, this.redactor),
        log: this.log,
        redactor: this.redactor,
      });
      this.#opened = opening;
      // A failure is not for ever: the next use tries again.
      opening.catch(() => (this.#opened = undefined));
    }
    return this.#opened;
  }

  async store(): Promise<SecretStore> {
    return (await this.open()).store;
  }

  /**
   * The simulator's secrets by name. They are stood in for while it runs and never kept, so that
   * practising does not touch the values of a real account.
   */
  usePractice(values: ReadonlyMap<string, string>): void {
    this.#practice = values;
    for (const value of values.values()) this.redactor.learn(value);
  }

  /** Keeps a value under `name`, or under `name_2`, … where another value holds that name. */
  async refer(name: string, value: string): Promise<string> {
    const store = await this.store();
    const practised = [...this.#practice].find(([, known]) => known === value)?.[0];
    if (practised !== undefined) {
      // Never kept, not even beside a real account's value of that name.
      const kept = await store.get(VAULT_PREFIX + practised);
      return kept === undefined || kept === value ? practised : PRACTICE_PREFIX + practised;
    }
    for (let n = 1; ; n++) {
      const candidate = n === 1 ? name : `${name}_${n}`;
      const kept = (await store.get(VAULT_PREFIX + candidate)) ?? this.#practice.get(candidate);
      if (kept === value) return candidate;
      if (kept === undefined) {
        await this.keep(candidate, value);
        return candidate;
      }
    }
  }

  async resolve(name: string): Promise<string | undefined> {
    if (name.startsWith(PRACTICE_PREFIX)) {
      return this.#practice.get(name.slice(PRACTICE_PREFIX.length));
    }
    return (await (await this.store()).get(VAULT_PREFIX + name)) ?? this.#practice.get(name);
  }

  async known(): Promise<ReadonlyMap<string, string>> {
    const store = await this.store();
    const values = new Map([...this.#practice].map(([name, value]) => [value, name]));
    for (const name of await this.names(store)) {
      const value = await store.get(VAULT_PREFIX + name);
      if (value !== undefined) values.set(value, name);
    }
    return values;
  }

  /** Sets or replaces the value that `{{secret:name}}` stands for. */
  async keep(name: string, value: string): Promise<void> {
    const store = await this.store();
    await store.set(VAULT_PREFIX + name, value);
    const names = await this.names(store);
    if (!names.includes(name)) await store.set(VAULT_INDEX, JSON.stringify([...names, name]));
  }

  private async names(store: SecretStore): Promise<string[]> {
    const text = await store.get(VAULT_INDEX);
    if (text === undefined) return [];
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  }

  async dispose(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.store.dispose();
  }
}

/** VS Code's own store, used where the OS keychain does not answer. */
class SecretStorageStore implements SecretStore {
  readonly kind: StoreKind = 'secretStorage';

  constructor(
    private readonly storage: vscode.SecretStorage,
    private readonly redactor: Redactor,
  ) {}

  async get(name: string): Promise<string | undefined> {
    const value = await this.storage.get(name);
    this.redactor.learn(value);
    return value;
  }

  async set(name: string, value: string): Promise<void> {
    this.redactor.learn(value);
    await this.storage.store(name, value);
  }

  async delete(name: string): Promise<boolean> {
    const had = (await this.storage.get(name)) !== undefined;
    if (had) await this.storage.delete(name);
    return had;
  }

  dispose(): void {
    // VS Code owns the storage.
  }
}
