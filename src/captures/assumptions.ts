/**
 * What no public document of RingCentral or Engage Digital states, and what we assume instead. A
 * recorder takes other values as options.
 */
export const CAPTURE_ASSUMPTIONS = {
  /**
   * The largest delivery that is kept whole, in bytes. Neither platform documents the size of its
   * deliveries; Engage Digital's own limit for the other direction is 20 MiB.
   */
  maxBodyBytes: 25 * 1024 * 1024,
  /**
   * How long the bot may take, in ms, before the sender is told that it did not answer. RingCentral
   * gives up after 3 s; Engage documents no limit, and a bot under a debugger is slow.
   */
  forwardTimeoutMs: 30_000,
  /** How long stopping waits for deliveries that are under way, in ms. */
  stopWithinMs: 3_000,
  /** The part of it that is kept for telling waiting senders so, in ms. */
  lastAnswersMs: 500,
  /** A known secret shorter than this is not searched for in texts: it would match ordinary words. */
  shortestSearchedSecret: 6,
  /**
   * Fields that carry a secret wherever they stand, in a query, a form, a JSON text, or a part of a
   * multipart form. The names `access_token` and `hub.verify_token` are documented; the other two
   * are OAuth's, which a bot may forward.
   */
  secretFields: {
    access_token: 'ACCESS_TOKEN',
    refresh_token: 'REFRESH_TOKEN',
    client_secret: 'CLIENT_SECRET',
    'hub.verify_token': 'VERIFY_TOKEN',
  },
  /** Headers whose whole value is a secret. */
  secretHeaders: {
    authorization: 'AUTHORIZATION',
    'proxy-authorization': 'PROXY_AUTHORIZATION',
    'x-dimelo-secret': 'WEBHOOK_SECRET',
    'verification-token': 'VERIFY_TOKEN',
  },
} as const;
