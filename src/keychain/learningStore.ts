import { type Redactor } from '../base/redact';
import { type CallOptions, type SecretStore, type StoreKind } from './secretStore';

/** Tells the redactor of every value that passes, so that no log can show one. */
export class LearningStore implements SecretStore {
  readonly kind: StoreKind;
  readonly #inner: SecretStore;
  readonly #redactor: Redactor;

  constructor(inner: SecretStore, redactor: Redactor) {
    this.kind = inner.kind;
    this.#inner = inner;
    this.#redactor = redactor;
  }

  async get(name: string, options?: CallOptions): Promise<string | undefined> {
    const value = await this.#inner.get(name, options);
    this.#redactor.learn(value);
    return value;
  }

  set(name: string, value: string, options?: CallOptions): Promise<void> {
    this.#redactor.learn(value);
    return this.#inner.set(name, value, options);
  }

  delete(name: string, options?: CallOptions): Promise<boolean> {
    return this.#inner.delete(name, options);
  }

  dispose(): unknown {
    return this.#inner.dispose();
  }
}
