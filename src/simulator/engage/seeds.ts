/**
 * What the practice account starts with. The defaults are public practice values, the same on every
 * machine, so that examples and documentation can quote them; they open nothing but a simulator.
 */
export interface EngageSeeds {
  /** REST API access token (Admin, API access tokens). */
  readonly accessToken: string;
  /** The source's “API access token”: the key of every X-SMCCSDK-SIGNATURE, both ways. */
  readonly realtimeToken: string;
  /** What the practice webhook sends as X-Dimelo-Secret. */
  readonly webhookSecret: string;
  /** What the practice webhook sends as hub.verify_token. */
  readonly verifyToken: string;
}

export function readEngageSeeds(env: NodeJS.ProcessEnv): EngageSeeds {
  const read = (name: string, otherwise: string): string => {
    const value = env[name] ?? '';
    return value === '' ? otherwise : value;
  };
  return {
    accessToken: read('BOT_CHANNELS_ENGAGE_ACCESS_TOKEN', 'practice-engage-access-token'),
    realtimeToken: read('BOT_CHANNELS_REALTIME_TOKEN', 'practice-realtime-token'),
    webhookSecret: read('BOT_CHANNELS_WEBHOOK_SECRET', 'practice-webhook-secret'),
    verifyToken: read('BOT_CHANNELS_VERIFY_TOKEN', 'practice-verify-token'),
  };
}

/** Ids of the practice account: 24 hex digits as everywhere in Engage, easy to tell apart. */
export const SEED_IDS = {
  domain: 'e1000000000000000000d001',
  community: 'e1000000000000000000c001',
  source: 'e100000000000000000050c1',
  rootCategory: 'e1000000000000000000ca00',
  botCategory: 'e1000000000000000000ca01',
  agentCategory: 'e1000000000000000000ca02',
  adminRole: 'e10000000000000000004001',
  agentRole: 'e10000000000000000004002',
  admin: 'e1000000000000000000a001',
  agent: 'e1000000000000000000a002',
  botIdentity: 'e10000000000000000001d01',
  agentIdentity: 'e10000000000000000001d02',
  customerIdentity: 'e10000000000000000001d03',
  accessToken: 'e10000000000000000007001',
  channel: 'e1000000000000000000c4a1',
  thread: 'e1000000000000000000e001',
} as const;

/** Foreign ids (the bot's side) of the identities of the practice account. */
export const SEED_FOREIGN_IDS = {
  bot: 'practice-bot',
  agent: 'practice-agent',
  customer: 'practice-customer',
} as const;
