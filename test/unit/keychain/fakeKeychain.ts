import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface State {
  entries: Record<string, string>;
  faults: string[];
}

/** A keychain in a file, reached through a real helper process that can be made to misbehave. */
export class FakeKeychain {
  readonly helperPath = path.join(__dirname, 'fakeHelper.mjs');
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'keychain-'));
  readonly #file = path.join(this.#folder, 'entries.json');

  constructor() {
    this.#write({ entries: {}, faults: [] });
    process.env.FAKE_KEYCHAIN = this.#file;
  }

  get entries(): Record<string, string> {
    return this.#read().entries;
  }

  /** `hang`, `spin`, `crash`, `exit`, `nonsense` or `refuse MESSAGE`; one for each call to come. */
  misbehave(...faults: string[]): void {
    this.#write({ ...this.#read(), faults });
  }

  /** Resolves when the helper has come to the last of the faults. */
  async misbehaved(): Promise<void> {
    while (this.#read().faults.length > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** The environment of each helper process so far. */
  get starts(): Record<string, string>[] {
    if (!existsSync(`${this.#file}.starts`)) return [];
    const lines = readFileSync(`${this.#file}.starts`, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as Record<string, string>);
  }

  dispose(): void {
    delete process.env.FAKE_KEYCHAIN;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #read(): State {
    return JSON.parse(readFileSync(this.#file, 'utf8')) as State;
  }

  #write(state: State): void {
    writeFileSync(this.#file, JSON.stringify(state));
  }
}
