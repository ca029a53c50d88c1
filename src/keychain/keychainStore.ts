import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { HumanError } from '../base/humanError';
import { type Disposable } from '../base/lifetime';
import { type Log } from '../base/log';
import { chunkName, pack, readManifest, unpack, type Manifest } from './chunks';
import { type HelperCall } from './helperProtocol';
import { type CallOptions, type SecretStore } from './secretStore';

/** Single entries of the keychain, as the helper process gives them. */
export interface Entries extends Disposable {
  /** The text or null for `get`, whether there was one for `delete`. */
  call(call: HelperCall, options?: CallOptions): Promise<string | boolean | null>;
}

/** Another window may be writing the secret that is read; after this many tries it is damaged. */
const MOST_READINGS = 4;

/** Secrets in the keychain of the operating system; one operation after the other. */
export class KeychainStore implements SecretStore {
  readonly kind = 'keychain';
  readonly #entries: Entries;
  readonly #log: Log;
  readonly #canary = `canary/${randomBytes(6).toString('hex')}`;
  #last: Promise<unknown> = Promise.resolve();

  constructor(entries: Entries, log: Log) {
    this.#entries = entries;
    this.#log = log;
  }

  /** Throws unless a value can be written, read and removed: a locked keychain only looks empty. */
  probe(options?: CallOptions): Promise<void> {
    return this.#inTurn(() => this.#probe(options));
  }

  get(name: string, options?: CallOptions): Promise<string | undefined> {
    return this.#inTurn(() => this.#get(name, options));
  }

  set(name: string, value: string, options?: CallOptions): Promise<void> {
    return this.#inTurn(() => this.#set(name, value, options));
  }

  delete(name: string, options?: CallOptions): Promise<boolean> {
    return this.#inTurn(() => this.#delete(name, options));
  }

  dispose(): unknown {
    return this.#entries.dispose();
  }

  async #probe(options?: CallOptions): Promise<void> {
    const sample = randomBytes(9).toString('hex');
    await this.#write(this.#canary, sample, options);
    const read = await this.#read(this.#canary, options);
    await this.#remove(this.#canary, options);
    if (read === sample) return;
    throw new HumanError(l10n.t('The keychain does not give back what is put into it.'), {
      remedy: l10n.t('Unlock it and try again.'),
    });
  }

  async #get(name: string, options?: CallOptions): Promise<string | undefined> {
    for (let reading = 1; reading <= MOST_READINGS; reading++) {
      const text = await this.#read(name, options);
      if (text === undefined) {
        await this.#probe(options);
        return undefined;
      }
      const manifest = readManifest(text);
      if (!manifest) break;
      const chunks = await this.#readChunks(name, manifest, options);
      const value = chunks && unpack(manifest, chunks);
      if (value !== undefined) return value;
    }
    throw new HumanError(l10n.t('The secret “{0}” in the keychain is damaged.', name), {
      remedy: l10n.t('Sign in again or enter it again, which replaces it.'),
    });
  }

  async #set(name: string, value: string, options?: CallOptions): Promise<void> {
    const before = readManifest((await this.#read(name, options)) ?? '');
    const { manifest, chunks } = pack(value);
    try {
      for (const [index, chunk] of chunks.entries()) {
        await this.#write(chunkName(name, manifest, index), chunk, options);
      }
    } catch (error) {
      // What was kept before stays valid; the pieces written so far belong to nothing.
      await this.#sweep(name, manifest);
      throw error;
    }
    // When this fails nobody knows which manifest stands, so both generations keep their pieces.
    await this.#write(name, JSON.stringify(manifest), options);
    if (before) await this.#sweep(name, before);
  }

  async #delete(name: string, options?: CallOptions): Promise<boolean> {
    const text = await this.#read(name, options);
    if (text === undefined) {
      await this.#probe(options);
      return false;
    }
    const existed = await this.#remove(name, options);
    const manifest = readManifest(text);
    if (manifest) await this.#sweep(name, manifest);
    return existed;
  }

  async #readChunks(
    name: string,
    manifest: Manifest,
    options?: CallOptions,
  ): Promise<string[] | undefined> {
    const chunks: string[] = [];
    for (let index = 0; index < manifest.count; index++) {
      const chunk = await this.#read(chunkName(name, manifest, index), options);
      if (chunk === undefined) return undefined;
      chunks.push(chunk);
    }
    return chunks;
  }

  /** Removes the pieces of one generation; what stays behind is unreachable, so no failure. */
  async #sweep(name: string, manifest: Manifest): Promise<void> {
    try {
      for (let index = 0; index < manifest.count; index++) {
        await this.#remove(chunkName(name, manifest, index));
      }
    } catch {
      this.#log.warn(l10n.t('Old pieces of the secret “{0}” could not be removed.', name));
    }
  }

  async #read(account: string, options?: CallOptions): Promise<string | undefined> {
    const value = await this.#entries.call({ op: 'get', account }, options);
    return typeof value === 'string' ? value : undefined;
  }

  async #write(account: string, value: string, options?: CallOptions): Promise<void> {
    await this.#entries.call({ op: 'set', account, value }, options);
  }

  async #remove(account: string, options?: CallOptions): Promise<boolean> {
    return (await this.#entries.call({ op: 'delete', account }, options)) === true;
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
