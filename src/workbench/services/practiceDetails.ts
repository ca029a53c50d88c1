import * as vscode from 'vscode';
import * as z from 'zod';
import { HumanError } from '../../base/humanError';

/** A simulator runs on this machine; whoever says otherwise is none. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/** What a simulator says of itself; the first line of `bot-channels simulate --json`. */
const schema = z.object({
  server: z.string().refine(isLoopbackUrl),
  clientId: z.string(),
  clientSecret: z.string(),
  redirectUri: z.string(),
  redirectUris: z.array(z.string()).min(1),
  jwt: z.string(),
  botToken: z.string(),
  chatId: z.string(),
  control: z.string().refine(isLoopbackUrl),
  engage: z.object({
    apiUrl: z.string().refine(isLoopbackUrl),
    accessToken: z.string(),
    realtimeUrl: z.string().refine(isLoopbackUrl),
    realtimeToken: z.string(),
    sourceId: z.string(),
    webhookSecret: z.string(),
    verifyToken: z.string(),
    botCategoryId: z.string(),
    agentCategoryId: z.string(),
  }),
});

export type PracticeDetails = z.infer<typeof schema>;

/** @throws HumanError when it is not a simulator that speaks. */
export function parseDetails(value: unknown): PracticeDetails {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new HumanError(vscode.l10n.t('What answers there is not the simulator.'), {
    remedy: vscode.l10n.t('Choose another port in the setting botChannels.simulator.port.'),
    cause: read.error,
  });
}

/** The simulator's secrets under the names that captures refer to. */
export function vaultOf(details: PracticeDetails): Map<string, string> {
  return new Map([
    ['WEBHOOK_SECRET', details.engage.webhookSecret],
    ['VERIFY_TOKEN', details.engage.verifyToken],
    ['REALTIME_TOKEN', details.engage.realtimeToken],
  ]);
}

/** The environment that a bot needs to talk to the simulator; the names are the same everywhere. */
export function environmentOf(details: PracticeDetails): Record<string, string> {
  const { engage } = details;
  return {
    RC_SERVER_URL: details.server,
    RC_APP_CLIENT_ID: details.clientId,
    RC_APP_CLIENT_SECRET: details.clientSecret,
    RC_USER_JWT: details.jwt,
    RC_BOT_TOKEN: details.botToken,
    BOT_CHANNELS_REALTIME_TOKEN: engage.realtimeToken,
    BOT_CHANNELS_WEBHOOK_SECRET: engage.webhookSecret,
    BOT_CHANNELS_VERIFY_TOKEN: engage.verifyToken,
    BOT_CHANNELS_ENGAGE_API_URL: engage.apiUrl,
    BOT_CHANNELS_ENGAGE_ACCESS_TOKEN: engage.accessToken,
    BOT_CHANNELS_ENGAGE_REALTIME_URL: engage.realtimeUrl,
    BOT_CHANNELS_ENGAGE_SOURCE_ID: engage.sourceId,
    BOT_CHANNELS_ENGAGE_BOT_CATEGORY: engage.botCategoryId,
    BOT_CHANNELS_ENGAGE_AGENT_CATEGORY: engage.agentCategoryId,
  };
}
