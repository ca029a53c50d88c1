import type { Clock } from '../../base/clock';
import { MutableDisposable, type Disposable } from '../../base/lifetime';

/** Looks at the clock every `watchMs`; being more than `sleptMs` late means the machine slept. */
export function watchForSleep(
  clock: Clock,
  { watchMs, sleptMs }: { watchMs: number; sleptMs: number },
  woke: (sleptMs: number) => void,
): Disposable {
  const timer = new MutableDisposable();
  const look = (): void => {
    const due = clock.now() + watchMs;
    timer.value = clock.after(watchMs, () => {
      const late = clock.now() - due;
      look();
      if (late > sleptMs) woke(late);
    });
  };
  look();
  return timer;
}
