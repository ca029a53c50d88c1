import type { SecretVault } from './vault';

/** The variables of `BOT_CHANNELS_…` that hold secrets end like this; others are plain settings. */
const SECRET_ENDING = /_(?:TOKEN|SECRET|JWT|PASSWORD|KEY)$/;
/** Secrets that keep the names RingCentral's own samples give them. */
const RINGCENTRAL_NAMES = new Set(['RC_APP_CLIENT_SECRET', 'RC_USER_JWT', 'RC_BOT_TOKEN']);
const OWN_PREFIX = 'BOT_CHANNELS_SECRET_';
const PREFIX = 'BOT_CHANNELS_';

/**
 * Secrets of a terminal session: NAME is read from `BOT_CHANNELS_SECRET_NAME`, then from
 * `BOT_CHANNELS_NAME`. What traffic brings is kept in memory only, so that a later process needs
 * the variable; `introduced` says which.
 */
export class EnvironmentVault implements SecretVault {
  readonly #env: NodeJS.ProcessEnv;
  readonly #met = new Map<string /* NAME */, string>();
  readonly #names = new Map<string /* value */, string>();
  readonly #lastNumber = new Map<string /* NAME without one */, number>();

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
    for (const variable of Object.keys(env)) {
      const name = secretNameOf(variable);
      const value = name === undefined ? undefined : this.#valueOf(name);
      if (name !== undefined && value !== undefined) this.#names.set(value, name);
    }
  }

  /** The variable people set so that NAME is known. */
  static variableOf(name: string): string {
    return `${OWN_PREFIX}${name}`;
  }

  /** NAMEs of this session's traffic that the environment does not know. */
  get introduced(): readonly string[] {
    return [...this.#met.keys()];
  }

  refer(name: string, value: string): Promise<string> {
    if (this.#valueOf(name) === value) return Promise.resolve(name);
    let own = this.#names.get(value);
    if (own === undefined) {
      own = name;
      let n = this.#lastNumber.get(name) ?? 1;
      while (this.#valueOf(own) !== undefined) own = `${name}_${++n}`;
      this.#lastNumber.set(name, n);
      this.#met.set(own, value);
      this.#names.set(value, own);
    }
    return Promise.resolve(own);
  }

  resolve(name: string): Promise<string | undefined> {
    return Promise.resolve(this.#valueOf(name));
  }

  known(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(this.#names);
  }

  #valueOf(name: string): string | undefined {
    const plain = RINGCENTRAL_NAMES.has(name) ? name : `${PREFIX}${name}`;
    return this.#set(`${OWN_PREFIX}${name}`) ?? this.#set(plain) ?? this.#met.get(name);
  }

  /** A variable that is set to nothing is as good as none. */
  #set(variable: string): string | undefined {
    const value = this.#env[variable];
    return value === '' ? undefined : value;
  }
}

/** The NAME whose secret a variable holds; undefined for plain settings and for other variables. */
function secretNameOf(variable: string): string | undefined {
  if (RINGCENTRAL_NAMES.has(variable)) return variable;
  if (variable.startsWith(OWN_PREFIX)) return checked(variable.slice(OWN_PREFIX.length));
  if (!variable.startsWith(PREFIX) || !SECRET_ENDING.test(variable)) return undefined;
  return checked(variable.slice(PREFIX.length));
}

function checked(name: string): string | undefined {
  return /^[A-Z0-9_]+$/.test(name) ? name : undefined;
}
