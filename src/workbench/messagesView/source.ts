import type { Event } from '../../base/emitter';
import type { MessageRow, TailHealth } from '../../messages';

/** The chat that is tailed, in the words of the header. */
export interface TailedChat {
  readonly appName: string;
  readonly chatName: string;
  readonly health: TailHealth;
}

/** Everything the view shows; without a tail nothing is tailed. */
export interface MessagesSnapshot {
  readonly tail?: TailedChat;
  /** Oldest first. */
  readonly rows: readonly MessageRow[];
}

/** What changed, applied in this order: cleared, tail, health, rows. */
export interface MessagesUpdate {
  /** Neither tail nor rows of before hold any longer. */
  readonly cleared?: boolean;
  readonly tail?: TailedChat;
  readonly health?: TailHealth;
  /** New or changed rows, to be put in by id. */
  readonly rows?: readonly MessageRow[];
}

/** Where the Messages view gets its rows from. */
export interface MessagesSource {
  readonly onDidChange: Event<MessagesUpdate>;
  snapshot(): MessagesSnapshot;
}
