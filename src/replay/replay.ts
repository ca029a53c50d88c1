import { setMaxListeners } from 'node:events';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../base/clock';
import { HumanError } from '../base/humanError';
import { Target, type CaptureEntry, type SecretVault } from '../captures';
import { filterOf } from './filter';
import { runInLanes } from './lanes';
import { reach } from './reach';
import { secretsOf } from './secrets';
import { Sender, type ReplayResult } from './sender';
import { dueTimes, type Speed } from './timing';

export interface ReplayOptions {
  /**
   * An origin keeps each recorded path and query; an address with a path replaces the path, and the
   * query only with one of its own.
   */
  readonly target: string;
  readonly speed: Speed;
  /** Connections; deliveries of one conversation keep their order over any number of them. */
  readonly concurrency: number;
  /** See `filterOf`. */
  readonly only?: string;
  readonly vault: SecretVault;
  readonly clock: Clock;
  /** Stops sending; what is under way counts as failed, the rest as skipped. */
  readonly signal?: AbortSignal;
  /** For one delivery, from sending to the last byte of its answer; 30000 when absent. */
  readonly timeoutMs?: number;
  /** Called for each delivery when it is over, in the order they end. */
  readonly onResult?: (result: ReplayResult) => void;
}

export interface ReplaySummary {
  readonly sent: number;
  /** Of those sent: an answer came, whatever its status. */
  readonly answered: number;
  /** Of those sent: no answer came. */
  readonly failed: number;
  /** Not sent: filtered out, not whole in the capture, or stopped before. */
  readonly skipped: number;
  readonly durationMs: number;
  /** How often each status came. */
  readonly statuses: Record<string, number>;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Sends recorded deliveries again, byte for byte, and collects the answers. `Host`, the headers of
 * the connection and `Expect` are left out, and `Content-Length` is set anew.
 *
 * @throws HumanError before anything is sent: for a bad address or filter, a secret that is not
 * known, a target that cannot be reached. Later failures are results.
 */
export async function replay(
  entries: readonly CaptureEntry[],
  o: ReplayOptions,
): Promise<ReplaySummary> {
  const target = Target.parse(o.target);
  checkNumbers(o);
  const chosen = chosenFrom(entries, o.only);
  const secrets = await secretsOf(chosen, target, o.vault);
  if (!(await isReached(target, o))) return nothingSent(entries.length);

  const stop = new AbortController();
  // Every delivery that is under way listens.
  setMaxListeners(0, stop.signal);
  const abort = (): void => stop.abort(o.signal?.reason);
  if (o.signal?.aborted) abort();
  o.signal?.addEventListener('abort', abort, { once: true });
  const timeoutMs = o.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const limits = { clock: o.clock, timeoutMs, signal: stop.signal };
  const sender = new Sender(target, secrets, limits, o.concurrency);
  const statuses: Record<string, number> = {};
  let answered = 0;
  const began = performance.now();
  const due = dueTimes(chosen, o.speed);
  const items = chosen.map((entry, i) => ({
    value: entry,
    lane: entry._conversation,
    dueMs: due[i] ?? 0,
  }));
  try {
    const sent = await runInLanes(items, {
      concurrency: o.concurrency,
      clock: o.clock,
      signal: stop.signal,
      run: async (entry) => {
        const result = await sender.send(entry);
        if (result.status !== undefined) {
          answered++;
          statuses[result.status] = (statuses[result.status] ?? 0) + 1;
        }
        o.onResult?.(result);
      },
    });
    const durationMs = Math.round((performance.now() - began) * 100) / 100;
    const skipped = entries.length - sent;
    return { sent, answered, failed: sent - answered, skipped, durationMs, statuses };
  } finally {
    o.signal?.removeEventListener('abort', abort);
    await sender.dispose();
  }
}

/** False when it was stopped before anything listened there. */
async function isReached(target: Target, { clock, signal }: ReplayOptions): Promise<boolean> {
  try {
    await reach(target, clock, signal);
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}

function nothingSent(skipped: number): ReplaySummary {
  return { sent: 0, answered: 0, failed: 0, skipped, durationMs: 0, statuses: {} };
}

function chosenFrom(entries: readonly CaptureEntry[], only: string | undefined): CaptureEntry[] {
  const fitting = only === undefined ? entries : entries.filter(filterOf(only));
  if (fitting.length === 0 && only !== undefined)
    throw new HumanError(l10n.t('No delivery of the capture fits “{0}”.', only), {
      remedy: l10n.t('Name an id, a kind, a title or a conversation that stands in it.'),
    });
  // The rest of a body that was cut off is not known, and its beginning is another delivery.
  const whole = fitting.filter((entry) => entry._truncated !== true);
  if (whole.length === 0)
    throw new HumanError(l10n.t('There is no delivery to send.'), {
      remedy: l10n.t('Record one first; those whose body is not whole cannot be sent again.'),
    });
  return whole;
}

function checkNumbers({ speed, concurrency }: ReplayOptions): void {
  if (typeof speed === 'number' && !(Number.isFinite(speed) && speed > 0))
    throw new HumanError(l10n.t('{0} is no speed.', speed), {
      remedy: l10n.t('Use recorded, max, or a factor above 0, such as 2 for twice as fast.'),
    });
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new HumanError(l10n.t('{0} is no number of connections.', concurrency), {
      remedy: l10n.t('Use a whole number from 1 up.'),
    });
}
