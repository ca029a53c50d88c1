/**
 * An event as it was notified; the envelope is the same over WebSocket and webhook.
 * @see RingCentral developer guide, Event notifications
 */
export interface GatewayEvent {
  /** The event filter it answers, with `~` put in or not: `/team-messaging/v1/posts`. */
  readonly event: string;
  readonly uuid?: string;
  /** ISO 8601. */
  readonly timestamp?: string;
  readonly subscriptionId?: string;
  /** Extension that subscribed. */
  readonly ownerId?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export function readEvent(value: unknown): GatewayEvent | undefined {
  if (!isObject(value) || typeof value.event !== 'string') return undefined;
  const { event, uuid, timestamp, subscriptionId, ownerId, body } = value;
  return {
    event,
    ...(isId(uuid) && { uuid: String(uuid) }),
    ...(typeof timestamp === 'string' && { timestamp }),
    ...(isId(subscriptionId) && { subscriptionId: String(subscriptionId) }),
    ...(isId(ownerId) && { ownerId: String(ownerId) }),
    body: isObject(body) ? body : {},
  };
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
