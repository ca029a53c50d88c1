import { randomBytes } from 'node:crypto';

/** Ids in the shapes RingCentral gives them; counted, so that two runs look alike. */
export class Ids {
  #post = 26_848_769_000_000;
  #chat = 47_010_001_000;

  /** A post's id: decimal, growing with time. */
  nextPost(): string {
    this.#post += 4;
    return String(this.#post);
  }

  nextChat(): string {
    this.#chat += 1;
    return String(this.#chat);
  }

  /** An event's uuid: 19 decimal digits. */
  eventUuid(): string {
    const span = 9_000_000_000_000_000_000n;
    return String((randomBytes(8).readBigUInt64BE() % span) + 1_000_000_000_000_000_000n);
  }
}

/** An unguessable opaque value for tokens and codes. */
export const secretToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');
