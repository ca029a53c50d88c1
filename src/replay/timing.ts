import type { CaptureEntry } from '../captures';

/** `recorded` keeps the pauses between starts; a number divides them: 2 is twice as fast. */
export type Speed = 'recorded' | 'max' | number;

/**
 * When each delivery starts, in ms after the first one. Where the recording machine's clock was set
 * back, a delivery starts with the one before it.
 */
export function dueTimes(entries: readonly CaptureEntry[], speed: Speed): number[] {
  if (speed === 'max') return entries.map(() => 0);
  const factor = speed === 'recorded' ? 1 : speed;
  const first = entries[0];
  const begin = first === undefined ? 0 : Date.parse(first.startedDateTime);
  let latest = 0;
  return entries.map((entry) => {
    latest = Math.max(latest, Date.parse(entry.startedDateTime) - begin);
    return latest / factor;
  });
}
