/** One thing that no public document of RingCentral settles, what the simulator does, and why. */
interface Assumption<T> {
  readonly value: T;
  readonly about: string;
}

const assume = <T>(value: T, about: string): Assumption<T> => ({ value, about });

/**
 * Where the documents are silent or disagree. Each can be set when the simulator is started
 * (`startSimulator({ assumptions })`) and is listed by the control command `assumptions`.
 */
export const ASSUMPTIONS = {
  tokenErrorStatus: assume(
    400,
    'HTTP status of errors of /restapi/oauth/token. The API reference says 400, the guide’s table of codes 403.',
  ),
  clientErrorStatus: assume(
    401,
    'HTTP status when the app itself is not recognised (OAU-146), as the guide’s table of codes says.',
  ),
  authorizeErrorStatus: assume(
    403,
    'HTTP status of the page shown instead of a redirect for a wrong app or redirect URI. The guide says 400 in its text and 403 in its table; 403 was seen.',
  ),
  tokenNotFoundCode: assume(
    'OAU-213',
    'Code for an unknown token; seen in answers, absent from the guide’s table.',
  ),
  wrongVerifierCode: assume(
    'OAU-106',
    'Code when code_verifier does not match code_challenge; none is documented.',
  ),
  wrongJwtCode: assume(
    'OAU-140',
    'Code for an assertion that is no credential of this account; none is documented.',
  ),
  missingParameterCode: assume(
    'CMN-101',
    'Code of an OAuth request that lacks a parameter (invalid_request); none is documented.',
  ),
  jwtIssuesRefreshToken: assume(
    true,
    'Whether a login by JWT also issues a refresh token. The guide says it may.',
  ),
  sessionsPerUser: assume(
    5,
    'Sessions of one user in one app; one more ends the oldest. The guide says “usually five”.',
  ),
  refreshGraceSeconds: assume(
    10,
    'How long a used refresh token still answers with the same new pair after the new access token was used.',
  ),
  webSocketTokenSeconds: assume(
    30,
    'Life of a WebSocket token. The guide’s sample says 30, the SDK’s comment 600.',
  ),
  webSocketTokenIsSingleUse: assume(
    true,
    'The guide calls the WebSocket token single use; the official SDK reuses it within its life.',
  ),
  missingSocketTokenClose: assume(4400, 'Close code of a WebSocket without access_token; seen.'),
  badSocketTokenCode: assume(
    'WSG-401',
    'Code of the Error frame for a WebSocket token that is unknown, used or expired; none is documented.',
  ),
  badSocketTokenClose: assume(1008, 'Close code that follows an Error frame; none is documented.'),
  badFrameCode: assume('WSG-400', 'Code of the Error frame for a frame that is no request.'),
  recoveryWithoutSubscriptionCode: assume(
    'WSG-1005',
    'recoveryErrorCode when there is nothing to recover; seen in published experiments.',
  ),
  recoveryOtherSessionCode: assume(
    'WSG-1003',
    'recoveryErrorCode when the OAuth session is another one; seen in published experiments.',
  ),
  socketPingSeconds: assume(
    30,
    'How often the gateway pings; the guide gives only the 10 s to answer.',
  ),
  chatListHasMembers: assume(
    true,
    'Whether GET /chats lists members: the API reference has the field, the guide says it is left out.',
  ),
  olderPostsToken: assume<'prevPageToken' | 'nextPageToken'>(
    'prevPageToken',
    'Which token of GET /chats/{id}/posts leads to older posts; the documents do not say.',
  ),
  ownPostsOnlyCode: assume(
    'CMN-403',
    'Code (403) when someone edits or deletes another person’s post; only the status is documented.',
  ),
  unreachableWebhookCode: assume(
    'SUB-521',
    'Code when the webhook’s address does not answer at all; seen, absent from the guide’s table.',
  ),
  webhookOverMaximum: assume<'clamp' | 'refuse'>(
    'clamp',
    'What happens to an expiresIn above 315360000 s (ten years); not documented.',
  ),
  webhookTimeoutMs: assume(
    3000,
    'How long a webhook may take to answer an event; documented for the validation request only.',
  ),
  webhookBlacklistAfterMs: assume(
    600_000,
    'How long deliveries have to fail, without one success, before the subscription is blacklisted.',
  ),
  rateLimitsEnabled: assume(
    true,
    'Whether the documented limits (Light 50, Medium 40, Heavy 10, Auth 5 a minute) are applied. The control command rateLimits switches them.',
  ),
  dailyPosts: assume(
    2500,
    'Posts of one user a day through the API, then HTTP 500; the guide documents it, real apps may differ.',
  ),
} as const;

type Table = typeof ASSUMPTIONS;

/** The value of each assumption, by name. */
export type Assumptions = {
  readonly [K in keyof Table]: Table[K] extends Assumption<infer T> ? T : never;
};

export function settle(overrides: Partial<Assumptions> = {}): Assumptions {
  const settled = Object.entries(ASSUMPTIONS).map(([name, { value }]) => [name, value]);
  return { ...(Object.fromEntries(settled) as Assumptions), ...overrides };
}
