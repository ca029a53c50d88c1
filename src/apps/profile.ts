import * as z from 'zod';

/** Where an app lives. `sandbox` is RingCentral's retired test system, kept for old profiles. */
export type Environment = 'production' | 'simulator' | 'custom' | 'sandbox';

/**
 * How an app comes to a token: a person's consent in the browser, a JWT credential made in the
 * developer console, or the permanent token that installing a bot shows there.
 */
export type Grant = 'authorization_code' | 'jwt' | 'bot_token';

/** One app of the developer console, as far as it is no secret. */
export interface AppProfile {
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  /** An origin: scheme, host and port, nothing behind it. */
  readonly server: string;
  readonly clientId: string;
  readonly grant: Grant;
  /** A client-side app: no secret, PKCE only. */
  readonly isPublicClient: boolean;
  /** As registered in the developer console, in order of preference. */
  readonly redirectUris: readonly string[];
}

/** A profile as it is kept; unknown fields of a newer version are left out, not refused. */
export const profileSchema: z.ZodType<AppProfile> = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  environment: z.enum(['production', 'simulator', 'custom', 'sandbox']),
  server: z.string().min(1),
  clientId: z.string(),
  grant: z.enum(['authorization_code', 'jwt', 'bot_token']),
  isPublicClient: z.boolean(),
  redirectUris: z.array(z.string()),
});
