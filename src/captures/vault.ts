/** Keeps the values whose places in a capture are taken by `{{secret:NAME}}`. */
export interface SecretVault {
  /**
   * Keeps a value and returns the NAME to write for it: the wished one, the one the value already
   * has, or the wished one with a number when another value holds it. NAME is `[A-Z0-9_]+`.
   */
  refer(name: string, value: string): Promise<string>;
  /** The value of NAME; undefined when it is not known here. */
  resolve(name: string): Promise<string | undefined>;
  /** Every value the vault knows, to be looked for in traffic: value → NAME. */
  known(): Promise<ReadonlyMap<string, string>>;
}
