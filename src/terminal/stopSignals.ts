import type { Disposable } from '../base/lifetime';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns Ctrl+C, a polite kill and the end of the process that started this one (when it keeps a
 * channel to it) into an abort. A second one ends the process at once, as it would without this.
 */
export class StopSignals implements Disposable {
  readonly #controller = new AbortController();
  readonly #stop = (): void => {
    this.dispose();
    this.#controller.abort(new Error('stopped'));
  };

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#stop);
    if (process.connected) process.on('disconnect', this.#stop);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Resolves when the process is asked to stop. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      if (this.signal.aborted) resolve();
      else this.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  dispose(): void {
    for (const signal of SIGNALS) process.off(signal, this.#stop);
    process.off('disconnect', this.#stop);
  }
}
