/** Usage plan groups and their requests a minute (RingCentral developer guide, Rate limits). */
export const LIMITS = { Light: 50, Medium: 40, Heavy: 10, Auth: 5 } as const;

export type UsageGroup = keyof typeof LIMITS;

export const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1000;

export interface RateDecision {
  readonly allowed: boolean;
  /** `X-Rate-Limit-*`, and `Retry-After` when refused. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Usage {
  stamps: number[];
  penaltyUntil: number;
}

/**
 * Counts per user, app and group in a sliding minute. One request too many starts a penalty of a
 * minute, and every request made during it starts the minute again.
 */
export class RateLimiter {
  enabled: boolean;
  readonly #now: () => number;
  readonly #usage = new Map<string, Usage>();

  constructor(now: () => number, enabled: boolean) {
    this.#now = now;
    this.enabled = enabled;
  }

  /** Counts one request. `key` names user and app. */
  count(key: string, group: UsageGroup): RateDecision {
    const now = this.#now();
    const usage = this.#of(`${key} ${group}`);
    usage.stamps = usage.stamps.filter((stamp) => stamp > now - WINDOW_MS);
    if (!this.enabled) usage.penaltyUntil = 0;
    const limit = LIMITS[group];
    const isOver = now < usage.penaltyUntil || usage.stamps.length >= limit;
    if (this.enabled && isOver) {
      usage.penaltyUntil = now + WINDOW_MS;
      const headers = { ...headersOf(group, 0), 'Retry-After': String(WINDOW_SECONDS) };
      return { allowed: false, headers };
    }
    usage.stamps.push(now);
    const remaining = Math.max(0, limit - usage.stamps.length);
    return { allowed: true, headers: headersOf(group, remaining) };
  }

  /** Forgets what was counted, and every penalty. */
  reset(): void {
    this.#usage.clear();
  }

  #of(key: string): Usage {
    let usage = this.#usage.get(key);
    if (!usage) this.#usage.set(key, (usage = { stamps: [], penaltyUntil: 0 }));
    return usage;
  }
}

function headersOf(group: UsageGroup, remaining: number): Record<string, string> {
  return {
    'X-Rate-Limit-Group': group.toLowerCase(),
    'X-Rate-Limit-Limit': String(LIMITS[group]),
    'X-Rate-Limit-Remaining': String(remaining),
    'X-Rate-Limit-Window': String(WINDOW_SECONDS),
  };
}
