import type SubscriptionInfo from '@rc-ex/core/definitions/SubscriptionInfo';
import type { Person } from '../state/company';

/** What a subscriber is told (RingCentral developer guide, Notifications). */
export interface Notification {
  readonly uuid: string;
  readonly event: string;
  readonly timestamp: string;
  readonly subscriptionId: string;
  readonly ownerId: string;
  readonly body: unknown;
}

/** How notifications leave: to a web address, or through an open socket. */
export interface Transport {
  readonly type: 'WebHook' | 'WebSocket';
  /** Where to, for a webhook. */
  readonly address?: string;
  send(notification: Notification): void;
  close(): void;
}

export interface Subscription {
  readonly id: string;
  readonly owner: Person;
  readonly clientId: string;
  readonly transport: Transport;
  readonly creationTime: number;
  eventFilters: readonly string[];
  expiresAt: number;
  blacklisted: { readonly at: number; readonly reason: string } | undefined;
}

/** RingCentral API reference, Subscription info. */
export function subscriptionView(
  subscription: Subscription,
  origin: string,
  now: number,
): SubscriptionInfo {
  const { transport, blacklisted } = subscription;
  const iso = (time: number): string => new Date(time).toISOString();
  return {
    uri: `${origin}/restapi/v1.0/subscription/${subscription.id}`,
    id: subscription.id,
    creationTime: iso(subscription.creationTime),
    status: blacklisted ? 'Blacklisted' : 'Active',
    eventFilters: [...subscription.eventFilters],
    disabledFilters: [],
    expirationTime: iso(subscription.expiresAt),
    expiresIn: Math.max(0, Math.round((subscription.expiresAt - now) / 1000)),
    deliveryMode: {
      transportType: transport.type,
      encryption: false,
      ...(transport.address !== undefined && { address: transport.address }),
    },
    ...(blacklisted && {
      blacklistedData: { blacklistedAt: iso(blacklisted.at), reason: blacklisted.reason },
    }),
  };
}
