import { type Disposable } from '../base/lifetime';

/** Where secrets are: the operating system's keychain, VS Code's SecretStorage, or nowhere lasting. */
export type StoreKind = 'keychain' | 'secretStorage' | 'memory';

export interface CallOptions {
  /**
   * A call that a person waits for is given longer, for the keychain may ask that person to unlock
   * it. Default: `machine`.
   */
  readonly startedBy?: 'person' | 'machine';
}

/** Secrets by name. A store that cannot be reached throws a HumanError; it never says "absent". */
export interface SecretStore extends Disposable {
  readonly kind: StoreKind;
  /** Undefined when there is surely none. */
  get(name: string, options?: CallOptions): Promise<string | undefined>;
  set(name: string, value: string, options?: CallOptions): Promise<void>;
  /** False when there was none. */
  delete(name: string, options?: CallOptions): Promise<boolean>;
}
