import { randomBytes } from 'node:crypto';
import type { SimClock } from '../../seam';

/** Ids as Engage's samples show them: 24 hex digits, made up of seconds, a machine and a counter. */
export class ObjectIds {
  readonly #machine = randomBytes(5).toString('hex');
  #counter = randomBytes(3).readUIntBE(0, 3);

  constructor(private readonly clock: SimClock) {}

  next(): string {
    const seconds = Math.floor(this.clock.now() / 1000);
    this.#counter = (this.#counter + 1) % 0x1000000;
    return (
      (seconds >>> 0).toString(16).padStart(8, '0') +
      this.#machine +
      this.#counter.toString(16).padStart(6, '0')
    );
  }
}
