/**
 * What RingCentral's documents leave open, and what this client takes to be so until seen otherwise.
 * Every value can be replaced through the constructor of the class that uses it.
 */
export const assumptions = {
  /** Team Messaging has its own prefix; the older /restapi/v1.0/glip has the same shapes. */
  teamMessagingPath: '/team-messaging/v1',
  /** Most records one page may have (API reference, List posts, List chats). */
  largestPage: 250,
  /** Most ids in one request for persons. */
  largestBatch: 30,
  /** Pages read at most when a list is read to its end: 5000 chats. */
  mostPages: 20,
  /** Requests of the group Auth a minute, of which `wstoken` is one. Configurable per app. */
  webSocketTokensPerMinute: 5,
} as const;

export type ClientAssumptions = {
  readonly [K in keyof typeof assumptions]: (typeof assumptions)[K] extends number
    ? number
    : string;
};

/** The same for the WebSocket gateway; all times in milliseconds. */
export const gatewayAssumptions = {
  /** The server's first frame must have come by then. */
  greetingMs: 15_000,
  /** The answer to the subscription must have come by then. */
  answerMs: 20_000,
  /** Silence after which the connection is asked whether it lives (guide: at least 30 s). */
  silenceMs: 30_000,
  /** Time for the answer to that. */
  heartbeatMs: 10_000,
  /** Used when ConnectionDetails names no `recoveryTimeout`. */
  recoveryMs: 180_000,
  /** Used when ConnectionDetails names no `recoveryBufferSize`; events, not milliseconds. */
  recoveryBufferSize: 100,
  /** Missed events are taken to have been sent again by then. */
  recoveredWithinMs: 10_000,
  firstBackoffMs: 1_000,
  longestBackoffMs: 60_000,
  /** A connection that lasted so long was good: the next back-off begins small again. */
  steadyMs: 30_000,
  /** How often the clock is looked at, and how late that may be before it means the machine slept. */
  watchMs: 5_000,
  sleptMs: 15_000,
  /** The gateway refused the WebSocket itself (401, 403) so often in a row: it is not the token. */
  mostRefusals: 3,
  /** Error frames after which the server ends the connection. */
  endingCodes: ['WSG-902', 'WSG-903'] as readonly string[],
  /** Answers to a subscription that time alone may cure: the extension of a new bot is not ready yet. */
  passingCodes: ['SUB-406'] as readonly string[],
} as const;

export type GatewayAssumptions = {
  readonly [K in keyof typeof gatewayAssumptions]: (typeof gatewayAssumptions)[K] extends number
    ? number
    : readonly string[];
};
