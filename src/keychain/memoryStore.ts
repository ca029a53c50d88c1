import { type SecretStore, type StoreKind } from './secretStore';

/** Secrets until the program ends: where nothing better is at hand, and in tests. */
export class MemoryStore implements SecretStore {
  readonly kind: StoreKind = 'memory';
  readonly #values = new Map<string, string>();

  get(name: string): Promise<string | undefined> {
    return Promise.resolve(this.#values.get(name));
  }

  set(name: string, value: string): Promise<void> {
    this.#values.set(name, value);
    return Promise.resolve();
  }

  delete(name: string): Promise<boolean> {
    return Promise.resolve(this.#values.delete(name));
  }

  dispose(): void {
    this.#values.clear();
  }
}
