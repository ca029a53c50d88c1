import type { Clock } from '../base/clock';
import { Emitter } from '../base/emitter';
import { lineOf } from '../base/humanError';
import { MutableDisposable, type Disposable } from '../base/lifetime';
import type { Log } from '../base/log';
import { mayPass, RingCentralError, type Person, type RingCentralClient } from '../ringcentral';
import { limits } from './assumptions';

/** Ids in one request (API reference, Get person: at most 30). */
const BATCH = 30;

/**
 * Names of people by their ids. What is wanted in one tick is asked for together; what is known is
 * never asked for again; what cannot be known is not asked for again either.
 */
export class People implements Disposable {
  readonly #client: Pick<RingCentralClient, 'persons'>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #settled = new Emitter<readonly string[]>();
  /** Undefined for somebody who has no name or cannot be seen. */
  readonly #names = new Map<string, string | undefined>();
  readonly #wanted = new Set<string>();
  readonly #timer = new MutableDisposable();
  #isAsking = false;
  #failures = 0;
  #isDisposed = false;

  constructor(o: { client: Pick<RingCentralClient, 'persons'>; clock: Clock; log: Log }) {
    this.#client = o.client;
    this.#clock = o.clock;
    this.#log = o.log;
  }

  /** These ids have been looked up; `nameOf` says with what result. */
  readonly onSettled = this.#settled.event;

  nameOf = (id: string): string | undefined => this.#names.get(id);

  isSettled(id: string): boolean {
    return id === '' || this.#names.has(id);
  }

  want(id: string): void {
    if (this.#isDisposed || this.isSettled(id) || this.#wanted.has(id)) return;
    this.#wanted.add(id);
    if (!this.#isAsking && this.#failures === 0) this.#askIn(0);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer.dispose();
    this.#settled.dispose();
  }

  #askIn(ms: number): void {
    this.#timer.value = this.#clock.after(ms, () => void this.#ask());
  }

  async #ask(): Promise<void> {
    const batch = [...this.#wanted].slice(0, BATCH);
    if (batch.length === 0) return;
    this.#isAsking = true;
    try {
      this.#settle(batch, await this.#client.persons(batch));
    } catch (error) {
      if (this.#isDisposed) return;
      this.#log.warn(`names: ${lineOf(error)}`);
      if (mayPass(error) && ++this.#failures < limits.tries) {
        const pauseMs = error instanceof RingCentralError ? (error.retryAfterMs ?? 0) : 0;
        this.#askIn(Math.max(pauseMs, limits.firstRetryMs * 2 ** this.#failures));
        return;
      }
      this.#settle(batch, []);
    } finally {
      this.#isAsking = false;
    }
    this.#failures = 0;
    if (this.#wanted.size > 0) this.#askIn(0);
  }

  #settle(batch: readonly string[], found: readonly Person[]): void {
    if (this.#isDisposed) return;
    const names = new Map(found.map((person) => [person.id, nameOf(person)]));
    for (const id of batch) {
      this.#wanted.delete(id);
      this.#names.set(id, names.get(id));
    }
    for (const oldest of this.#names.keys()) {
      if (this.#names.size <= limits.names) break;
      this.#names.delete(oldest);
    }
    this.#settled.fire(batch);
  }
}

function nameOf({ firstName, lastName, email }: Person): string | undefined {
  const name = [firstName, lastName].filter(Boolean).join(' ').trim();
  return name !== '' ? name : email;
}
