import type { ViewHealth, ViewStrings } from '../protocol';
import { fill } from './fill';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The tail's health in words as of `now`, milliseconds by the clock of the extension. */
export function healthText(health: ViewHealth, strings: ViewStrings, now: number): string {
  switch (health.kind) {
    case 'connecting':
      return strings.connecting;
    case 'live':
      return health.lastEventAt === undefined
        ? strings.liveNoEvent
        : fill(strings.liveLastEvent, agoText(now - health.lastEventAt, strings));
    case 'reconnecting': {
      const left = health.nextAttemptAt - now;
      return left <= 0
        ? fill(strings.reconnectingNow, health.problem)
        : fill(strings.reconnectingIn, durationText(left, strings), health.problem);
    }
    case 'stopped':
      return health.problem === undefined
        ? strings.stopped
        : fill(strings.stoppedBecause, health.problem);
  }
}

/** Whether the words change by themselves as time goes by. */
export function isTicking(health: ViewHealth): boolean {
  if (health.kind === 'live') return health.lastEventAt !== undefined;
  return health.kind === 'reconnecting';
}

/** Rounded down, so that it never claims more time than has passed. */
function agoText(ms: number, strings: ViewStrings): string {
  if (ms < MINUTE) return fill(strings.secondsAgo, Math.max(0, Math.floor(ms / SECOND)));
  if (ms < HOUR) return fill(strings.minutesAgo, Math.floor(ms / MINUTE));
  if (ms < DAY) return fill(strings.hoursAgo, Math.floor(ms / HOUR));
  return fill(strings.daysAgo, Math.floor(ms / DAY));
}

/** Rounded up, so that it never says 0 while there is time left. */
function durationText(ms: number, strings: ViewStrings): string {
  if (ms < 2 * MINUTE) return fill(strings.seconds, Math.ceil(ms / SECOND));
  return fill(strings.minutes, Math.ceil(ms / MINUTE));
}
